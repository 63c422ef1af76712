"""Maps that a person confirms: stored whole, once, in versions; lists read by them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.support.clerk import AS_OF
from tests.support.office_files import workbook
from tests.support.strange_lists import (
    BOAT_MEANINGS,
    BOATS,
    NAMELESS_MEANINGS,
    boats,
    fishermen,
    nameless,
)

from semesta.audit.models import Event, Run
from semesta.intake.drafting import services as drafting
from semesta.intake.drafting.chosen import Chosen, changed_map, map_text, new_map
from semesta.intake.drafting.queries import (
    lists_in,
    map_in_use,
    recognised,
)
from semesta.intake.drafting.sampling import sample_tables
from semesta.intake.drafting.services import store_map
from semesta.intake.maps import (
    SupplierMap,
    own_maps,
    own_version,
    parse_map,
    supplier_map,
    supplier_maps,
    use_own_maps,
)
from semesta.intake.models import Delivery
from semesta.intake.queries import waits_for_meaning
from semesta.intake.received import ASK, AUTO
from semesta.intake.services import take_in
from semesta.kernel import Actor, UserError
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db

CHOSEN = Chosen("Pemilik perahu", "person", "Dinas", BOAT_MEANINGS, ["name"])
Take = Callable[..., Delivery]


@pytest.fixture(autouse=True)
def _own_maps() -> Iterator[None]:
    yield
    use_own_maps(None)


@pytest.fixture
def take(workspace: Workspace, officer: Actor, tmp_path: Path) -> Take:
    def take_it(content: bytes, supplier: str = AUTO) -> Delivery:
        path = tmp_path / "daftar.xlsx"
        path.write_bytes(content)
        told = {"workspace": workspace, "by": officer, "as_of": AS_OF}
        return take_in(path=path, supplier=supplier, **told)

    return take_it


@pytest.fixture
def store(workspace: Workspace, officer: Actor, tmp_path: Path):
    def store_it(
        made: SupplierMap, content: bytes = b"", replaces: str = ""
    ) -> SupplierMap:
        sample = tmp_path / "contoh.xlsx"
        sample.write_bytes(content or boats())
        told = {"workspace": workspace, "by": officer, "replaces": replaces}
        return store_map(supplier=made, sample=sample, **told)

    return store_it


def made(content: bytes = b"", chosen: Chosen = CHOSEN) -> SupplierMap:
    return new_map(chosen, sample_tables(content or boats(), 100)[0].table.headers)


def told() -> list[str]:
    events = Event.objects.filter(subject__startswith="supplier:").order_by("seq")
    return [event.action for event in events]


class TestStoring:
    def test_the_next_list_is_recognised_by_itself(self, store, take: Take) -> None:
        refused = take(boats("DAFTAR"))
        one = store(made())
        read = take(boats("DAFTAR"), one.name)
        later = take(boats("BULAN DEPAN", first=11))

        assert refused.status == "refused"
        assert waits_for_meaning(refused)
        assert (read.pk, read.status, read.accepted) == (refused.pk, "read", 8)
        assert (later.supplier, later.accepted) == ("pemilik_perahu", 8)
        assert {read.map_sha256, later.map_sha256} == {one.fingerprint}
        assert map_in_use(later) == one

    def test_twice_is_once(self, store) -> None:
        first, again = store(made()), store(made())
        assert first == again
        assert told() == ["intake.supplier_added"]

    def test_a_name_in_use_is_not_taken(self, store, workspace: Workspace) -> None:
        store(made())
        path = own_maps(workspace) / "pemilik_perahu.yaml"
        before = path.read_text()
        other = made(chosen=Chosen("Pemilik perahu", "person", "Lain", BOAT_MEANINGS))
        shipped = made(chosen=Chosen("Deaths", "person", "Lain", BOAT_MEANINGS))
        for one in (other, shipped):
            with pytest.raises(UserError) as raised:
                store(one)
            assert raised.value.code == "supplier.exists"
        assert path.read_text() == before
        assert len(told()) == 1

    def test_a_map_that_does_not_find_its_list_is_not_stored(
        self, store, workspace: Workspace
    ) -> None:
        with pytest.raises(UserError) as raised:
            store(made(), nameless())
        assert raised.value.code in ("columns.missing", "table.none")
        assert not own_maps(workspace).exists()
        assert told() == []

    @pytest.mark.parametrize("step", ["record", "link"])
    def test_killed_on_the_way_it_leaves_no_map(
        self, store, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, step: str
    ) -> None:
        def killed(*args: object, **more: object) -> None:
            raise KeyboardInterrupt

        where = drafting if step == "record" else os
        with monkeypatch.context() as patched:
            patched.setattr(where, step, killed)
            with pytest.raises(KeyboardInterrupt):
                store(made())

        assert "pemilik_perahu" not in supplier_maps()
        assert told() == []
        assert not list(workspace.root.rglob("*.part"))
        assert store(made()).name == "pemilik_perahu"
        assert told() == ["intake.supplier_added"]

    def test_a_map_without_its_event_gets_it(self, store, workspace: Workspace) -> None:
        own_maps(workspace).mkdir()
        path = own_maps(workspace) / "pemilik_perahu.yaml"
        path.write_text(map_text(made()), "utf-8")
        store(made())
        store(made())
        assert len(told()) == 1

    def test_no_value_of_the_list_is_stored(self, store, workspace: Workspace) -> None:
        store(made())
        for path in own_maps(workspace).rglob("*.yaml"):
            assert "SYAFRIL" not in path.read_text()
            assert "137401" not in path.read_text()


class TestVersions:
    def test_the_old_version_stays_and_deliveries_keep_theirs(
        self, store, take: Take, workspace: Workspace
    ) -> None:
        first = store(made())
        before = take(boats("JANUARI"))
        headers = sample_tables(boats(), 10)[0].table.headers
        chosen = Chosen(
            "Nelayan", "person", "Dinas", (*BOAT_MEANINGS[:4], "reason_text")
        )
        second = store(changed_map(chosen, headers, first), replaces=first.fingerprint)
        after = take(boats("FEBRUARI", first=20))

        assert told() == ["intake.supplier_added", "intake.supplier_changed"]
        before.refresh_from_db()
        assert (before.map_sha256, after.map_sha256) == (
            first.fingerprint, second.fingerprint,
        )  # fmt: skip
        for one in (first, second):
            path = own_version(workspace, one.name, one.fingerprint)
            assert parse_map(path.read_text("utf-8"), path.name) == one
        assert supplier_map("pemilik_perahu") == second

    def test_of_two_changes_the_later_is_told(self, store) -> None:
        first = store(made())
        changes = [
            SupplierMap.model_validate(first.model_dump() | {"office": office})
            for office in "AB"
        ]
        store(changes[0], replaces=first.fingerprint)
        with pytest.raises(UserError) as raised:
            store(changes[1], replaces=first.fingerprint)
        assert raised.value.code == "supplier.meanwhile"
        assert supplier_map("pemilik_perahu").office == "A"

    def test_a_list_refused_by_one_version_is_read_by_the_next(
        self, store, take: Take
    ) -> None:
        first = store(made())
        other = nameless()
        refused = take(other, first.name)
        assert waits_for_meaning(refused)
        assert take(other, first.name).received_at == refused.received_at
        runs = Run.objects.count()
        headers = sample_tables(other, 100)[0].table.headers
        chosen = Chosen("Pemilik perahu", "person", "Dinas", NAMELESS_MEANINGS)
        store(changed_map(chosen, headers, first), other, first.fingerprint)

        assert take(other, first.name).status == "read"
        assert Run.objects.count() == runs + 1


class TestHeadersThatSayNothing:
    @pytest.fixture
    def families_map(self, store) -> SupplierMap:
        chosen = Chosen("Data keluarga", "person", "Dinas", NAMELESS_MEANINGS)
        return store(made(nameless(), chosen), nameless())

    def test_the_same_layout_is_recognised(self, families_map, take: Take) -> None:
        later = take(nameless(count=9))
        assert (later.supplier, later.accepted) == ("data_keluarga", 9)

    def test_a_family_card_never_passes_for_a_nik(
        self, families_map, take: Take
    ) -> None:
        swapped = take(nameless(swapped=True))
        assert swapped.status == "refused"
        assert waits_for_meaning(swapped)

    def test_one_row_is_too_few_to_doubt(self, families_map, take: Take) -> None:
        assert take(nameless(count=1)).supplier == "data_keluarga"


class TestRecognising:
    def test_a_map_that_requires_little_does_not_take_other_lists(
        self, store, take: Take
    ) -> None:
        names = workbook([["Nama", "Hobi"], ["SYAFRIL KOTO", "CATUR"]])
        chosen = Chosen("Klub catur", "person", "Klub", ("name", ""))
        store(made(names, chosen), names)
        other = workbook([["NAMA", "NIP PNS", "Kapal", "Umpan", "Jala"],
                          ["HENDRI GUCI", "1", "2", "3", "4"]])  # fmt: skip

        assert take(names).supplier == "klub_catur"
        assert take(other).status == "refused"

    def test_a_list_much_like_a_confirmed_one_is_taken(self, store, take: Take) -> None:
        store(made())
        fewer = [row[:4] for row in [BOATS, *fishermen()]]
        assert take(workbook(fewer)).supplier == "pemilik_perahu"


class TestAsking:
    def test_a_file_waits_for_its_meaning(self, take: Take) -> None:
        waiting = take(boats(), ASK)
        assert (waiting.status, waiting.supplier) == ("refused", "")
        assert waiting.problem["code"] == "supplier.asked"
        assert take(boats(), ASK).pk == waiting.pk

    def test_a_damaged_file_cannot_be_explained(self, take: Take) -> None:
        damaged = take(b"PK\x03\x04 damaged", ASK)
        assert damaged.problem["code"].startswith("file.")
        assert not waits_for_meaning(damaged)

    def test_a_list_that_would_be_known_now_is_recognised(
        self, store, take: Take, workspace: Workspace
    ) -> None:
        waiting = take(boats())
        assert recognised(lists_in(waiting, workspace), waiting) is None
        one = store(made())
        assert recognised(lists_in(waiting, workspace), waiting) == one
