"""A map for an unknown office, written from a sample; loaded and used like any other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from tests.support.clerk import AS_OF
from tests.support.commands import semesta
from tests.support.office_files import nik, workbook

from semesta.audit.models import Event
from semesta.intake.drafting.services import NewSupplier, add_supplier
from semesta.intake.maps import own_maps, supplier_map, supplier_maps, use_own_maps
from semesta.intake.services import take_in
from semesta.kernel import Actor, UserError
from semesta.warehouse.workspace import Workspace

HEADER = ["Urut", "Kode A", "Si Pemilik Perahu", "Lahirnya", "Nama Kapal", "GT"]
NAMES = "SYAFRIL YUSNIAR BUSTAMI ROSMAINI HENDRI DARNIS ZULKIFLI NURBAITI".split()


def fishermen(count: int = 8) -> list[list[object]]:
    return [
        [n, nik(n, day=n), f"{NAMES[n % 8]} {NAMES[(n + 3) % 8]}", f"{n:02d}-01-1980",
         ["CAHAYA 1", "HARAPAN 2"][n % 2], 3]
        for n in range(1, count + 1)
    ]  # fmt: skip


def listed(*titles: str) -> bytes:
    return workbook([*([title] for title in titles), HEADER, *fishermen()])


@pytest.fixture(autouse=True)
def _own_maps() -> Iterator[None]:
    yield
    use_own_maps(None)


@pytest.mark.django_db
class TestAdding:
    @pytest.fixture
    def add(self, workspace: Workspace, officer: Actor, tmp_path: Path):
        def add_it(content: bytes, name: str = "nelayan") -> NewSupplier:
            sample = tmp_path / "Daftar pemilik perahu.xlsx"
            sample.write_bytes(content)
            return add_supplier(
                name=name, sample=sample, workspace=workspace, by=officer, as_of=AS_OF
            )

        return add_it

    def test_headers_nobody_knows_are_understood_by_their_values(self, add) -> None:
        made = add(listed("DAFTAR PEMILIK PERAHU", "TAHUN 2026"))
        found = {one.header: one.field for one in made.columns}
        assert found["Kode A"] == "nik"
        assert found["Si Pemilik Perahu"] == "name"
        assert found["Lahirnya"] == "born_on"
        assert (found["Nama Kapal"], found["GT"]) == ("", "")
        assert made.fates == {"accepted": 8, "corrected": 0, "held": 0, "refused": 0}

    def test_the_map_is_loaded_and_reads_the_next_list(
        self, add, workspace: Workspace, officer: Actor, tmp_path: Path
    ) -> None:
        made = add(listed())
        one = supplier_map("nelayan")
        assert (one.subject, one.fields["nik"]) == ("person", ["Kode A"])
        assert made.path == own_maps(workspace) / "nelayan.yaml"
        path = tmp_path / "bulan depan.xlsx"
        path.write_bytes(workbook([["DAFTAR"], [], HEADER, *fishermen(3)]))
        delivery = take_in(
            path=path, workspace=workspace, by=officer, as_of=AS_OF, supplier="nelayan"
        )
        assert (delivery.status, delivery.rows, delivery.accepted) == ("read", 3, 3)

    def test_the_file_says_how_sure_and_leaves_the_rest_to_fill(self, add) -> None:
        text = add(listed()).path.read_text("utf-8")
        assert "yakin" in text
        assert '#  ???: ["Nama Kapal"]  # 2 isi berbeda' in text
        assert yaml.safe_load(text)["others"] == ["Nama Kapal", "GT"]

    def test_no_value_of_the_sample_is_in_the_file(self, add) -> None:
        text = add(listed()).path.read_text("utf-8")
        cells = [str(cell) for row in fishermen() for cell in row[1:4]]
        assert not [cell for cell in cells if cell in text]

    def test_it_is_in_the_trail(self, add) -> None:
        add(listed())
        event = Event.objects.latest("seq")
        assert (event.action, event.subject) == (
            "intake.supplier_added", "supplier:nelayan",
        )  # fmt: skip

    @pytest.mark.parametrize("name", ["nelayan", "proposal"])
    def test_nothing_is_overwritten(self, add, name: str) -> None:
        path = add(listed()).path
        before = path.read_text("utf-8")
        with pytest.raises(UserError) as raised:
            add(listed("LAIN"), name)
        assert raised.value.code == "supplier.exists"
        assert supplier_map("nelayan").fields["nik"] == ["Kode A"]
        assert path.read_text("utf-8") == before

    @pytest.mark.parametrize(
        ("content", "name", "code"),
        [
            (listed(), "Nelayan DKP", "supplier.name"),
            (listed(), "../nelayan", "supplier.name"),
            (b"", "nelayan", "file.empty"),
            (workbook([["A", "B"], ["x1", "y2"], ["x2", "y3"]]), "nelayan",
             "supplier.no_identity"),
            (workbook([]), "nelayan", "table.none"),
        ],
    )  # fmt: skip
    def test_a_sample_that_gives_no_map_leaves_nothing(
        self, add, workspace: Workspace, content: bytes, name: str, code: str
    ) -> None:
        with pytest.raises(UserError) as raised:
            add(content, name)
        assert raised.value.code == code
        assert "nelayan" not in supplier_maps()
        assert not list(workspace.root.rglob("*.yaml"))

    def test_a_broken_own_map_is_named(self, workspace: Workspace) -> None:
        folder = own_maps(workspace)
        folder.mkdir()
        (folder / "rusak.yaml").write_text("name: [")
        use_own_maps(folder)
        with pytest.raises(UserError) as raised:
            supplier_maps()
        assert raised.value.code == "supplier.map"
        assert "rusak.yaml" in raised.value.what


@pytest.mark.once
@pytest.mark.slow
def test_the_command(tmp_path: Path) -> None:
    city, sample = tmp_path / "kota", tmp_path / "perahu.xlsx"
    sample.write_bytes(listed("DAFTAR"))
    assert semesta("init", "--workspace", city).returncode == 0
    more = ("--new-supplier", "nelayan", "--workspace", city)
    done = semesta("intake", sample, *more, "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["columns"][1]["field"] == "nik"
    assert told["fates"]["accepted"] == 8
    again = semesta("intake", sample, *more, "--json")
    assert again.returncode == 2
    assert json.loads(again.stdout)["error"]["code"] == "supplier.exists"
    two = semesta("intake", sample, sample, "--new-supplier", "lain", "-w", city)
    assert "supplier.sample" in two.stderr
    read = semesta("intake", sample, "--supplier", "nelayan", "-w", city, "--json")
    (file,) = json.loads(read.stdout)["files"]
    assert (file["rows"], file["fates"]["accepted"]) == (8, 8)
