"""A list read by a wrong map gets another reading: new rows in force, old ones kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pyarrow.parquet as pq
import pytest
from tests.support.commands import semesta
from tests.support.office_files import HEADER, nik, person, workbook

from semesta.audit.models import Event, Run
from semesta.intake.corrections.services import write_corrections
from semesta.intake.drafting.chosen import Chosen, changed_map, new_map
from semesta.intake.drafting.services import store_map
from semesta.intake.headers import header_of
from semesta.intake.maps import SupplierMap, supplier_map, use_own_maps
from semesta.intake.models import Delivery, PastReading
from semesta.intake.queries import lake_file, lake_path, problem_counts
from semesta.intake.rereading import services
from semesta.intake.rereading.comparing import Move
from semesta.intake.rereading.queries import maps_that_fit, would_change
from semesta.intake.rereading.services import read_by_other_map
from semesta.intake.services import take_in
from semesta.kernel import Actor, UserError
from semesta.kernel.errors import NotPossible
from semesta.linkage.queries import rows_named
from semesta.linkage.services import link_rows
from semesta.registry.models import Person
from semesta.registry.services import register
from semesta.warehouse.lake import write_parquet
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db
BY = Actor("petugas", datetime(2026, 1, 5, 3, 0, tzinfo=UTC))
HEADERS = ["Nomor A", "Orang B", "Orang C", "Hari D"]
# The officer took the mother for the owner.
WRONG = ("nik", "mother_name", "name", "born_on")
RIGHT = ("nik", "name", "mother_name", "born_on")


@pytest.fixture(autouse=True)
def _no_maps_are_left() -> Iterator[None]:
    yield
    use_own_maps(None)


def rows(count: int = 5) -> list[list[object]]:
    names = ["SYAFRIL", "YUSNIAR", "BUSTAMI", "ROSMAINI", "DARNIS"]
    return [
        [
            nik(n, day=n),
            f"{names[n - 1]} KOTO",
            f"{names[-n]} MALAY",
            f"{n:02d}-01-1980",
        ]
        for n in range(1, count + 1)
    ]


def the_map(meanings: tuple[str, ...], base: SupplierMap | None = None) -> SupplierMap:
    headers = [header_of(text) for text in HEADERS]
    chosen = Chosen("Pemilik perahu", "person", "Dinas", meanings, ["nik"])
    return changed_map(chosen, headers, base) if base else new_map(chosen, headers)


@pytest.fixture
def a_file(tmp_path: Path) -> Path:
    path = tmp_path / "Perahu.xlsx"
    path.write_bytes(workbook([HEADERS, *rows()]))
    return path


@pytest.fixture
def delivery(a_file: Path, workspace: Workspace) -> Delivery:
    """A list that was read with two columns confused."""
    store_map(supplier=the_map(WRONG), sample=a_file, workspace=workspace, by=BY)
    return take_in(path=a_file, workspace=workspace, by=BY, as_of=date(2026, 1, 5))


@pytest.fixture
def mended(a_file: Path, delivery: Delivery, workspace: Workspace) -> SupplierMap:
    wrong = supplier_map("pemilik_perahu")
    return store_map(
        supplier=the_map(RIGHT, wrong), sample=a_file, workspace=workspace, by=BY,
        replaces=wrong.fingerprint,
    )  # fmt: skip


@pytest.fixture
def demanding(a_file: Path, delivery: Delivery, workspace: Workspace) -> None:
    """Another list with these columns, in which each row must have a phone number."""
    headers = [header_of(text) for text in HEADERS]
    chosen = Chosen("Perahu berponsel", "person", "Dinas", RIGHT, ["nik"])
    one = new_map(chosen, headers).model_copy(update={"needs": ["phone"]})
    store_map(supplier=one, sample=a_file, workspace=workspace, by=BY)


def nothing_rests(delivery: Delivery, workspace: Workspace) -> None:
    """Nothing was decided or paid yet."""


Again = Callable[..., Delivery]


@pytest.fixture
def again(delivery: Delivery, workspace: Workspace) -> Again:
    def read(supplier: str = "pemilik_perahu", **more: Any) -> Delivery:
        told = {"check_rests": nothing_rests} | more
        fresh = Delivery.objects.get(pk=delivery.pk)
        return read_by_other_map(
            delivery=fresh, supplier=supplier, workspace=workspace, by=BY, **told
        )

    return read


def names_in(path: Path) -> list[str]:
    return pq.read_table(path)["name"].to_pylist()


class TestReading:
    def test_rows_get_the_new_meaning_under_their_old_ids(
        self, delivery: Delivery, mended: SupplierMap, again: Again,
        workspace: Workspace,
    ) -> None:  # fmt: skip
        before = pq.read_table(lake_file(workspace, "rows", delivery.name))
        read = again()
        after = pq.read_table(lake_file(workspace, "rows", delivery.name))

        assert before["name"].to_pylist()[0] == "DARNIS MALAY"
        assert after["name"].to_pylist()[0] == "SYAFRIL KOTO"
        assert after["row_id"] == before["row_id"]
        assert read.map_sha256 == mended.fingerprint
        assert read.rows_sha256 != delivery.rows_sha256
        assert Delivery.objects.get(pk=delivery.pk).rows_sha256 == read.rows_sha256

    def test_the_old_result_stays(
        self, delivery: Delivery, mended: SupplierMap, again: Again,
        workspace: Workspace,
    ) -> None:  # fmt: skip
        again()
        past = PastReading.objects.get(delivery=delivery)
        kept = names_in(lake_path(workspace, "rows", delivery.name, past.reading))

        assert kept[0] == "DARNIS MALAY"
        assert (past.map_sha256, past.accepted, past.replaced_by) == (
            delivery.map_sha256, 5, "petugas",
        )  # fmt: skip
        event = Event.objects.get(action="delivery.read_again")
        assert event.subject == f"delivery:{delivery.name}"
        assert event.detail["map"] == mended.fingerprint

    @pytest.mark.usefixtures("mended")
    def test_the_same_map_again_changes_nothing(self, again: Again) -> None:
        once = again()
        runs, events = Run.objects.count(), Event.objects.count()
        twice = again()

        assert (twice.reading, twice.rows_sha256) == (once.reading, once.rows_sha256)
        assert (Run.objects.count(), Event.objects.count()) == (runs, events)
        assert PastReading.objects.count() == 1

    def test_back_to_an_earlier_map_is_a_new_reading(
        self, delivery: Delivery, mended: SupplierMap, again: Again, a_file: Path,
        workspace: Workspace,
    ) -> None:  # fmt: skip
        there = again().reading
        store_map(
            supplier=the_map(WRONG, mended), sample=a_file, workspace=workspace, by=BY,
            replaces=mended.fingerprint,
        )  # fmt: skip
        back = again()

        assert len({there, back.reading, ""}) == 3
        assert back.rows_sha256 == delivery.rows_sha256
        rows_now = lake_file(workspace, "rows", delivery.name)
        assert names_in(rows_now)[0] == "DARNIS MALAY"
        assert PastReading.objects.count() == 2

    @pytest.mark.usefixtures("demanding")
    def test_problems_and_rows_as_received_are_the_new_readings(
        self, delivery: Delivery, again: Again, workspace: Workspace
    ) -> None:
        read = again("perahu_berponsel")
        told = problem_counts(read, workspace=workspace)

        assert read.held == 5
        assert [(one.kind, one.rows) for one in told] == [("held", 5)]
        assert lake_file(workspace, "raw", delivery.name).stem.endswith(read.reading)

    def test_what_was_refused_is_taken_in(
        self, workspace: Workspace, tmp_path: Path, again: Again
    ) -> None:
        path = tmp_path / "Lain.xlsx"
        path.write_bytes(workbook([["Apa", "Ini"], ["x", "y"], ["z", "w"]]))
        told: dict[str, Any] = {"workspace": workspace, "by": BY}
        refused = take_in(path=path, as_of=date(2026, 1, 5), **told)
        tried = again_of(refused, "pemilik_perahu", workspace)

        assert refused.status == tried.status == "refused"
        assert tried.problem["code"] == "table.none"
        assert not PastReading.objects.exists()


def again_of(delivery: Delivery, supplier: str, workspace: Workspace) -> Delivery:
    return read_by_other_map(
        delivery=delivery, supplier=supplier, workspace=workspace, by=BY,
        check_rests=nothing_rests,
    )  # fmt: skip


class TestRefusing:
    def refused(
        self, again: Again, supplier: str = "pemilik_perahu", **more: Any
    ) -> str:
        state = Delivery.objects.values().get(), Event.objects.count()
        with pytest.raises(UserError) as raised:
            again(supplier, **more)
        assert (Delivery.objects.values().get(), Event.objects.count()) == state
        assert not PastReading.objects.exists()
        return raised.value.code

    @pytest.mark.usefixtures("mended")
    def test_a_map_that_is_none_or_another_lists(self, again: Again) -> None:
        assert self.refused(again, "tidak_ada") == "supplier.unknown"
        assert self.refused(again, "deaths") == "columns.missing"

    @pytest.mark.usefixtures("mended")
    def test_another_version_than_was_seen(self, again: Again) -> None:
        assert self.refused(again, version="0" * 64) == "reread.meanwhile"

    @pytest.mark.usefixtures("mended")
    def test_what_rests_on_it_by_then(self, again: Again) -> None:
        asked = []

        def rests_later(delivery: Delivery, workspace: Workspace) -> None:
            asked.append(delivery)
            if len(asked) > 1:  # decided upon while the file was being read
                raise NotPossible("reread.rests", "x", "y", "z")

        assert self.refused(again, check_rests=rests_later) == "reread.rests"

    @pytest.mark.usefixtures("mended")
    def test_another_reading_in_between(
        self, again: Again, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        keep = services._keep

        def slow(delivery: Delivery, by: Actor) -> None:
            keep(delivery, by)
            Delivery.objects.update(edition="other")

        monkeypatch.setattr(services, "_keep", slow)
        with pytest.raises(UserError) as raised:
            again()
        assert raised.value.code == "reread.meanwhile"
        assert Delivery.objects.get().reading == ""


class TestBeforeDeciding:
    def test_it_shows_what_columns_would_mean_and_that_no_fate_changes(
        self, delivery: Delivery, mended: SupplierMap, workspace: Workspace
    ) -> None:
        change = would_change(delivery, mended, workspace)

        assert [one.header for one in change.columns if one.changes] == HEADERS[1:3]
        assert change.columns[1].before == "Nama ibu"
        assert change.columns[1].after == "Nama"
        assert change.moves == []
        assert change.before == change.after
        assert (change.rows, change.of) == (5, 5)
        assert PastReading.objects.count() == 0

    def test_it_counts_rows_by_what_they_were_and_would_be(
        self, delivery: Delivery, workspace: Workspace, a_file: Path
    ) -> None:
        wrong = supplier_map("pemilik_perahu")
        swapped = the_map(("number", "nik", "name", "born_on"), wrong)
        change = would_change(delivery, swapped, workspace)

        assert change.before["accepted"] == 5
        assert sum(change.after.values()) == 5
        assert change.moves[0].before == "accepted"
        assert sum(one.rows for one in change.moves) == 5 - change.after["accepted"]
        assert all(isinstance(one, Move) for one in change.moves)

    def test_only_maps_whose_columns_are_there_are_offered(
        self, delivery: Delivery, workspace: Workspace, a_file: Path
    ) -> None:
        assert maps_that_fit(delivery, workspace) == []
        wrong = supplier_map("pemilik_perahu")
        newer = store_map(
            supplier=the_map(RIGHT, wrong), sample=a_file, workspace=workspace, by=BY,
            replaces=wrong.fingerprint,
        )  # fmt: skip
        assert maps_that_fit(delivery, workspace) == [newer]


class TestCorrections:
    @pytest.mark.usefixtures("demanding")
    def test_a_list_that_was_corrected_keeps_its_reading(
        self, delivery: Delivery, workspace: Workspace, tmp_path: Path
    ) -> None:
        made = write_corrections(
            delivery=delivery, workspace=workspace, by=BY, all_rows=True
        )
        path = tmp_path / made.filename
        path.write_bytes(made.content)
        correction = take_in(
            path=path, workspace=workspace, by=BY, as_of=date(2026, 1, 6)
        )

        for one, code in ((delivery, "corrected"), (correction, "correction")):
            with pytest.raises(NotPossible) as raised:
                again_of(one, "perahu_berponsel", workspace)
            assert raised.value.code == f"reread.{code}"


def test_later_stages_see_the_new_rows(
    delivery: Delivery, mended: SupplierMap, again: Again, workspace: Workspace
) -> None:
    do: dict[str, Any] = {"workspace": workspace, "by": BY}
    register(linkage_run=link_rows(**do), **do)
    before = {person.nik: person for person in Person.objects.all()}

    again()
    register(linkage_run=link_rows(**do), **do)

    after = {person.nik: person for person in Person.objects.all()}
    assert before[nik(1, day=1)].name == "DARNIS MALAY"
    assert after[nik(1, day=1)].name == "SYAFRIL KOTO"
    assert {n: p.pk for n, p in before.items()} == {n: p.pk for n, p in after.items()}


def test_a_row_that_is_none_any_more_can_still_be_looked_at(
    delivery: Delivery, workspace: Workspace
) -> None:
    row_id = pq.read_table(lake_file(workspace, "rows", delivery.name))["row_id"][0]
    table = pq.read_table(lake_file(workspace, "rows", delivery.name)).slice(1)
    write_parquet(table, lake_path(workspace, "rows", delivery.name, "later"))
    kept = {name: getattr(delivery, name) for name in services._KEPT}
    PastReading.objects.create(
        delivery=delivery, replaced_at=BY.at, replaced_by=BY.username, **kept
    )
    Delivery.objects.update(edition="later", reading="later")

    found = rows_named(workspace, [row_id.as_py()])
    assert found[row_id.as_py()]["name"] == "DARNIS MALAY"


@pytest.mark.once
def test_the_command_reads_a_delivery_again(tmp_path: Path) -> None:
    city, path = tmp_path / "kota", tmp_path / "Usulan.xlsx"
    path.write_bytes(workbook([HEADER, person(1), person(2)]))
    assert semesta("init", "--workspace", city).returncode == 0
    told = ("-w", city, "--json")
    first = result(semesta("intake", path, "--supplier", "proposal", *told))
    again = ("intake", "--again", "Usulan.xlsx", *told)
    other = result(semesta(*again, "--supplier", "decree"))

    assert (first["supplier"], other["supplier"]) == ("proposal", "decree")
    assert first["delivery"] == other["delivery"]
    assert sum(other["fates"].values()) == 2
    for wrong in (
        [*again],
        [*again, path, "--supplier", "proposal"],
        ["intake", *told],
    ):
        done = semesta(*wrong)
        assert done.returncode == 2
        assert '"intake.' in done.stdout


def result(done: CompletedProcess[str]) -> dict[str, Any]:
    assert done.returncode == 0, done.stderr[-2000:]
    (one,) = json.loads(done.stdout)["files"]
    return one
