"""Taking a file in: bytes kept, rows in the lake, one record in the trail, areas kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.db import IntegrityError
from tests.support.clerk import AS_OF
from tests.support.office_files import HEADER, nik, person, workbook

from semesta.access.models import Role, User
from semesta.audit.models import Event, Run
from semesta.audit.queries import verify_chain
from semesta.intake import queries, services
from semesta.intake.fields import COLUMNS, CORE
from semesta.intake.models import Delivery
from semesta.intake.received import ReceivedFile
from semesta.intake.services import take_in, take_in_many
from semesta.kernel import Actor, UserError
from semesta.kernel.errors import NotAllowed
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db

GANTING, SIGANDO = "13.74.01.1001", "13.74.01.1002"


def proposal(*numbers: int, kelurahan: str = "GANTING") -> bytes:
    return workbook([[f"KELURAHAN {kelurahan}"], HEADER, *map(person, numbers)])


@pytest.fixture
def take(workspace: Workspace, officer: Actor, tmp_path: Path):
    def take_it(content: bytes, name: str = "Usulan.xlsx", **more) -> Delivery:
        path = tmp_path / name
        path.write_bytes(content)
        more = {"supplier": "proposal"} | more
        return take_in(path=path, workspace=workspace, by=officer, as_of=AS_OF, **more)

    return take_it


def test_the_rows_are_standard_rows(take, workspace: Workspace) -> None:
    delivery = take(proposal(1, 2))
    rows = pq.read_table(queries.lake_file(workspace, "rows", delivery.name))
    about = ["row_id", "delivery", "source", "subject", "line", "fate", "codes"]
    assert rows.column_names[: len(about)] == about
    assert set(CORE) <= set(rows.column_names)
    assert all(
        rows.schema.field(name).type == COLUMNS[name]
        for name in rows.column_names
        if name not in about
    )
    first = rows.to_pylist()[0]
    assert first["row_id"] == f"{delivery.name}:1:3"
    assert first["kelurahan"] == GANTING
    assert (first["name"], first["nik"]) == (person(1)[2], nik(1))
    assert first["born_on"] == date(1980, 1, 1)
    assert (first["address"], first["rt"], first["rw"]) == (
        "JL. SUDIRMAN NO. 1",
        "001",
        "002",
    )


def test_the_bytes_are_kept(take, workspace: Workspace) -> None:
    content = proposal(1)
    delivery = take(content, "USULAN.XLSX")
    kept = services.kept_file(workspace, delivery.sha256, delivery.filename)
    assert kept.read_bytes() == content
    assert kept.suffix == ".xlsx"
    assert kept.parent.name == delivery.sha256[:2]


def test_one_run_and_one_event_tell_of_it(take, officer: Actor) -> None:
    delivery = take(proposal(1, 2))
    run = Run.objects.get()
    assert run.stage == "intake"
    assert run.counts == {
        "rows": 2,
        "accepted": 2,
        "corrected": 0,
        "held": 0,
        "refused": 0,
    }
    assert run.inputs["sha256"] == delivery.sha256
    assert run.outputs["rows"] == delivery.rows_sha256
    event = Event.objects.get()
    assert (event.action, event.actor) == ("run.intake", officer.username)
    assert verify_chain() == []


def test_no_personal_data_in_trail_and_problems(take, workspace: Workspace) -> None:
    damaged = person(3)
    damaged[1] = int(nik(3))
    delivery = take(workbook([HEADER, person(1), person(1), damaged]))
    told = str(list(Event.objects.values())) + str(list(Run.objects.values()))
    told += str(queries.problems_of(delivery, workspace=workspace))
    for private in (nik(1), nik(3)[:-1], str(person(1)[2])):
        assert private not in told


def test_the_same_input_gives_the_same_bytes(
    take, workspace: Workspace, officer: Actor, tmp_path: Path
) -> None:
    first = take(proposal(1, 2, 3))
    other = Workspace(tmp_path / "lain").create(region="13.74")
    Delivery.objects.all().delete()
    Run.objects.all().delete()
    again = take_in(
        path=tmp_path / "Usulan.xlsx", supplier="proposal", workspace=other, by=officer,
        as_of=AS_OF,
    )  # fmt: skip
    assert again.rows_sha256 == first.rows_sha256


def test_a_failure_while_recording_leaves_no_delivery(
    take, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError("mati listrik")

    with monkeypatch.context() as patch:
        patch.setattr("semesta.audit.services.record", fail)
        with pytest.raises(RuntimeError):
            take(proposal(1))
    assert not Delivery.objects.exists()
    assert not Run.objects.exists()
    assert queries.rows_paths(workspace) == []
    assert take(proposal(1)).accepted == 1


def test_who_comes_second_gets_the_firsts_delivery(
    take, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = proposal(1)
    first = take(content)
    seen = iter([Delivery.objects.none(), Delivery.objects.filter(pk=first.pk)])
    monkeypatch.setattr(
        services.Delivery.objects, "filter", lambda **_: next(seen), raising=False
    )

    def collide(*_: object, **__: object) -> None:
        raise IntegrityError("sha256")

    monkeypatch.setattr(services, "recorded_run", collide)
    assert take(content) == first


def test_unknown_suppliers_and_areas_are_told_at_once(take) -> None:
    for more, code in (
        ({"supplier": "dinas"}, "supplier.unknown"),
        ({"area": "13.71.01.1001"}, "area.unknown"),
    ):
        with pytest.raises(UserError) as raised:
            take(proposal(1), **more)
        assert raised.value.code == code
    assert not Delivery.objects.exists()


def test_the_area_given_wins_over_the_title(take) -> None:
    assert take(proposal(1)).area == GANTING
    delivery = take(proposal(1, 2), area=SIGANDO)
    assert delivery.area == SIGANDO


def test_a_district_may_send_for_its_kelurahan(take, workspace: Workspace) -> None:
    delivery = take(proposal(1), area="13.74.01")
    (row,) = queries.delivery_rows(delivery, workspace=workspace).rows
    assert (delivery.area, row.clean["kelurahan"]) == ("13.74.01", GANTING)


def test_a_row_that_names_an_unknown_place_is_not_moved(
    take, workspace: Workspace
) -> None:
    lines = [[*HEADER, "KELURAHAN"], [*person(1), ""], [*person(2), "Koto Baru"],
             [*person(3), "Sigando"]]  # fmt: skip
    delivery = take(workbook([["KELURAHAN GANTING"], *lines]))
    rows = queries.delivery_rows(delivery, workspace=workspace).rows
    assert [row.clean["kelurahan"] for row in rows] == [GANTING, None, SIGANDO]
    assert [row.fate for row in rows] == ["accepted", "held", "accepted"]


def test_many_files_and_their_progress(
    workspace: Workspace, officer: Actor, tmp_path: Path
) -> None:
    files, told = [], []
    for number in range(1, 4):
        path = tmp_path / f"Usulan_{number}.xlsx"
        path.write_bytes(proposal(number))
        files.append(ReceivedFile(path, "proposal", AS_OF, GANTING))
    deliveries = take_in_many(
        files=files, workspace=workspace, by=officer, tell=lambda *at: told.append(at)
    )
    assert [d.rows for d in deliveries] == [1, 1, 1]
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert queries.fate_totals() == {
        "rows": 3, "accepted": 3, "corrected": 0, "held": 0, "refused": 0,
    }  # fmt: skip


def test_paths_for_later_stages(take, workspace: Workspace) -> None:
    first = take(proposal(1))
    second = take(
        workbook([["NPP", "NAMA_PERUSAHAAN"], ["ZZ000001", "CV CONTOH"]]),
        "Daftar_Pemberi_Kerja.xlsx",
        supplier="employers",
    )
    take(b"%PDF-1.4", "x.pdf")
    paths = [queries.lake_file(workspace, "rows", d.name) for d in (first, second)]
    assert queries.rows_paths(workspace) == paths
    assert queries.rows_paths(workspace, suppliers=["proposal"]) == paths[:1]
    assert queries.rows_paths(workspace, subject="employer") == paths[1:]


def test_pages_of_rows(take, workspace: Workspace) -> None:
    delivery = take(proposal(*range(1, 30)))
    page = queries.delivery_rows(delivery, workspace=workspace, limit=10, offset=20)
    assert (page.total, len(page.rows)) == (29, 9)
    assert page.rows[0].line == 23
    assert queries.delivery_rows(delivery, workspace=workspace, offset=29).rows == []
    held = queries.delivery_rows(delivery, workspace=workspace, fate="held")
    assert (held.total, held.rows) == (0, [])
    with pytest.raises(KeyError):
        queries.delivery_rows(delivery, workspace=workspace, fate="'; --")


def test_counts_of_problems(take, workspace: Workspace) -> None:
    lines = [person(1), person(2)]
    lines[0][1] = int(nik(1))
    lines[1][1] = nik(2) + ".0"
    delivery = take(workbook([HEADER, *lines]))
    first, second = queries.problem_counts(delivery, workspace=workspace)
    assert (first.code, first.kind, first.rows) == ("nik.numeric_cell", "held", 1)
    assert (first.office, bool(first.question)) == ("Kelurahan pengusul", True)
    assert (second.code, second.office, second.question) == ("nik.decimal_tail", "", "")


# ── areas ─────────────────────────────────────────────────────────────────


def lurah(area: str) -> User:
    return User(username="lurah", role=Role.KELURAHAN, area=area)


def test_a_kelurahan_sees_its_own_deliveries_only(take, workspace: Workspace) -> None:
    own = take(proposal(1))
    other = take(proposal(2, kelurahan="SIGANDO"))
    city = take(
        workbook([["NPP", "NAMA_PERUSAHAAN"], ["ZZ000001", "CV CONTOH"]]),
        supplier="employers",
    )
    user = lurah(GANTING)
    assert list(queries.deliveries(user)) == [own]
    assert queries.fate_totals(user)["rows"] == 1
    assert queries.delivery_named(own.name, user) == own
    for hidden in (other, city):
        for look in (
            lambda d: queries.delivery_named(d.name, user),
            lambda d: queries.delivery_rows(d, workspace=workspace, user=user),
            lambda d: queries.problems_of(d, workspace=workspace, user=user),
            lambda d: queries.problem_counts(d, workspace=workspace, user=user),
        ):
            with pytest.raises(NotAllowed):
                look(hidden)
    assert len(queries.deliveries(User(username="petugas", role=Role.OFFICER))) == 3
