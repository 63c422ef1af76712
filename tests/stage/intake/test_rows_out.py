"""Rows handed over as one Parquet file, and the same through the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.support.clerk import AS_OF
from tests.support.commands import semesta
from tests.support.office_files import HEADER, nik, person, workbook

from semesta.audit.models import Event
from semesta.intake.fates import FATES, problems
from semesta.intake.handover.rowsout import SCHEMA
from semesta.intake.handover.services import hand_over_rows
from semesta.intake.services import take_in
from semesta.kernel import Actor, UserError
from semesta.warehouse.workspace import Workspace


def _dirty() -> bytes:
    numeric, shared, undated, nameless = (person(n) for n in (2, 3, 4, 5))
    numeric[1], shared[1], undated[3] = int(nik(2)), nik(1), "kemarin"
    nameless[2] = ""
    return workbook([HEADER, person(1), numeric, shared, undated, nameless, person(1)])


@pytest.mark.django_db
class TestHandingOver:
    @pytest.fixture
    def take(self, workspace: Workspace, officer: Actor, tmp_path: Path):
        def take_it(content: bytes, name: str = "Usulan.xlsx"):
            path = tmp_path / name
            path.write_bytes(content)
            return take_in(
                path=path, workspace=workspace, by=officer, as_of=AS_OF,
                supplier="proposal",
            )  # fmt: skip

        return take_it

    def test_every_row_once_with_its_one_fate(
        self, take, workspace: Workspace, officer: Actor, tmp_path: Path
    ) -> None:
        read, refused = take(_dirty()), take(b"", "kosong.csv")
        out = tmp_path / "rows.parquet"
        count = hand_over_rows(
            deliveries=[read, refused, read], path=out, workspace=workspace, by=officer
        )
        table = pq.read_table(out)
        assert (count, table.schema.names) == (read.rows, SCHEMA.names)
        fates = table["fate"].to_pylist()
        assert {fate: fates.count(fate) for fate in FATES} == {
            fate: getattr(read, fate) for fate in FATES
        }
        assert not list(tmp_path.glob("*.part"))
        event = Event.objects.latest("seq")
        assert (event.action, event.detail["rows"]) == ("intake.rows_out", read.rows)

    def test_nothing_was_read(
        self, take, workspace: Workspace, officer: Actor, tmp_path: Path
    ) -> None:
        out = tmp_path / "rows.parquet"
        hand_over_rows(
            deliveries=[take(b"")], path=out, workspace=workspace, by=officer
        )
        assert pq.read_table(out).schema.names == SCHEMA.names

    def test_a_folder_that_is_not_there(
        self, take, workspace: Workspace, officer: Actor, tmp_path: Path
    ) -> None:
        with pytest.raises(UserError) as raised:
            hand_over_rows(
                deliveries=[take(_dirty())],
                path=tmp_path / "tidak-ada" / "rows.parquet",
                workspace=workspace,
                by=officer,
            )
        assert raised.value.code == "rows_out.folder"


@pytest.mark.once
@pytest.mark.slow
def test_the_command_tells_rows_fates_and_problems(tmp_path: Path) -> None:
    city, file, out = (
        tmp_path / "kota",
        tmp_path / "Usulan.xlsx",
        tmp_path / "r.parquet",
    )
    file.write_bytes(_dirty())
    assert semesta("init", "--workspace", city).returncode == 0
    done = semesta(
        "intake", file, "--supplier", "proposal", "--workspace", city, "--json",
        "--rows-out", out,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (told,) = json.loads(done.stdout)["files"]
    assert (
        told["rows"] == sum(told["fates"].values()) == pq.read_table(out).num_rows == 6
    )
    found = {(p["row"], p["column"], p["code"]) for p in told["problems"]}
    assert {
        (2, "NIK", "nik.shared"), (3, "NIK", "nik.numeric_cell"),
        (4, "NIK", "nik.shared"), (5, "TGL LAHIR", "date.unreadable"),
        (6, "NAMA", "name.missing"), (7, "", "row.duplicate"),
    } <= found  # fmt: skip
    assert {p["code"] for p in told["problems"]} <= set(problems())
    assert all(p["message"] for p in told["problems"])
