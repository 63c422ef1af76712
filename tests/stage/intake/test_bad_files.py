"""Every bad file gets its clear fate or error, in Indonesian; nothing is half done."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.clerk import AS_OF
from tests.support.office_files import (
    HEADER,
    nik,
    person,
    with_formula,
    workbook,
    zipped_zeros,
)
from tests.support.old_workbooks import ole

from semesta.audit.models import Event, Run
from semesta.intake.models import Delivery
from semesta.intake.queries import delivery_rows, problems_of, rows_paths
from semesta.intake.services import kept_file, take_in
from semesta.kernel import Actor
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def send(workspace: Workspace, officer: Actor, tmp_path: Path):
    """Send content as a file and return its delivery."""

    def send_it(
        content: bytes | Path,
        filename: str = "Usulan.xlsx",
        *,
        supplier: str = "proposal",
        area: str = "",
    ) -> Delivery:
        path = content if isinstance(content, Path) else tmp_path / filename
        if isinstance(content, bytes):
            path.write_bytes(content)
        return take_in(
            path=path,
            supplier=supplier,
            area=area,
            filename=filename,
            workspace=workspace,
            by=officer,
            as_of=AS_OF,
        )

    return send_it


def check_refused(delivery: Delivery, code: str, workspace: Workspace) -> None:
    assert delivery.status == Delivery.Status.REFUSED
    assert delivery.problem["code"] == code
    assert all(delivery.problem[part].endswith(".") for part in ("what", "why", "fix"))
    assert delivery.rows == 0
    assert not list(workspace.lake.rglob("*.parquet"))
    assert rows_paths(workspace) == []
    assert Event.objects.count() == 1
    kept = kept_file(workspace, delivery.sha256, delivery.filename)
    assert kept.stat().st_size == delivery.size
    assert not list(workspace.root.rglob("*.part"))


def test_an_empty_file(send, workspace: Workspace) -> None:
    check_refused(send(b""), "file.empty", workspace)


def test_an_empty_workbook(send, workspace: Workspace) -> None:
    check_refused(send(workbook([])), "table.none", workspace)


def test_an_encrypted_workbook(send, workspace: Workspace) -> None:
    content = ole("EncryptedPackage", bytes(8192))
    check_refused(send(content), "file.encrypted", workspace)


def test_a_truncated_workbook(send, workspace: Workspace) -> None:
    content = workbook([HEADER, *map(person, range(1, 50))])
    check_refused(send(content[:-900]), "file.corrupt", workspace)


def test_a_renamed_pdf(send, workspace: Workspace) -> None:
    delivery = send(b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\n", "Usulan.xlsx")
    check_refused(delivery, "file.not_a_table", workspace)
    assert "PDF" in delivery.problem["why"]


@pytest.mark.slow
def test_a_gigabyte_of_zeros(send, workspace: Workspace, tmp_path: Path) -> None:
    bomb = zipped_zeros(tmp_path / "bom.xlsx", 1 << 30)
    check_refused(send(bomb), "file.bomb", workspace)


def test_a_sheet_with_two_tables(send, workspace: Workspace) -> None:
    delivery = send(
        workbook(
            [
                ["A. PEDAGANG"], HEADER, person(1), person(2), [], ["B. PETANI"],
                ["NO", "NAMA", "NIK"], [1, "DARNIS", nik(3)],
            ]
        )
    )  # fmt: skip
    assert delivery.rows == delivery.accepted == 3
    assert [table["rows"] for table in delivery.tables] == [2, 1]
    page = delivery_rows(delivery, workspace=workspace, with_raw=True)
    assert [row.line for row in page.rows] == [3, 4, 8]
    assert page.rows[2].raw["NAMA"] == "DARNIS"


def test_a_header_in_row_nine(send) -> None:
    titles = [
        ["PEMERINTAH KOTA"],
        ["KELURAHAN GANTING"],
        [],
        ["Tahun", "2026"],
        [],
        [],
        [],
        [],
    ]
    delivery = send(workbook([*titles, HEADER, person(1)]))
    assert (delivery.rows, delivery.accepted) == (1, 1)
    assert delivery.tables[0]["header_lines"] == [9, 9]
    assert delivery.area == "13.74.01.1001"


def test_formulas_without_a_result_are_asked_about(send, workspace: Workspace) -> None:
    content = with_formula([HEADER, person(1), person(2)], "C3", '="SYAF"&"RIL"')
    delivery = send(content)
    assert (delivery.accepted, delivery.held) == (1, 1)
    (problem,) = problems_of(delivery, workspace=workspace)
    assert problem["code"] == "cell.formula"
    assert (problem["row"], problem["column"]) == (3, "NAMA")
    assert problem["office"] == "Kelurahan pengusul"
    assert problem["message"].endswith("sebagai nilai.")


def test_a_nik_in_a_numeric_cell_has_lost_its_last_digit(
    send, workspace: Workspace
) -> None:
    damaged = person(2)
    damaged[1] = int(nik(2))
    delivery = send(workbook([HEADER, person(1), damaged]))
    assert (delivery.accepted, delivery.held) == (1, 1)
    (row,) = delivery_rows(delivery, workspace=workspace, fate="held").rows
    assert row.clean["nik"] is None
    assert row.codes == ["nik.numeric_cell"]
    assert "digit terakhirnya sudah hilang" in row.problems[0]["message"]


def test_the_same_file_twice_changes_nothing(send, workspace: Workspace) -> None:
    content = workbook([HEADER, person(1), person(2)])
    first = send(content)
    before = sorted(
        (path, path.stat().st_mtime_ns) for path in workspace.root.rglob("*.parquet")
    )
    again = send(content, "Nama lain.xlsx", supplier="auto")
    assert again == first
    assert again.filename == "Usulan.xlsx"
    assert (Delivery.objects.count(), Run.objects.count(), Event.objects.count()) == (
        1,
        1,
        1,
    )
    assert before == sorted(
        (path, path.stat().st_mtime_ns) for path in workspace.root.rglob("*.parquet")
    )


def test_a_bad_file_twice_is_refused_once(send) -> None:
    assert send(b"%PDF-1.4 x").pk == send(b"%PDF-1.4 x").pk
    assert (Delivery.objects.count(), Event.objects.count()) == (1, 1)


def test_the_same_nik_on_five_people(send, workspace: Workspace) -> None:
    names = ["SYAFRIL", "YUSNIAR", "BUSTAMI", "ROSMAINI", "HENDRI"]
    five = [[n, nik(1), name, "", "", ""] for n, name in enumerate(names, start=1)]
    delivery = send(workbook([HEADER, *five, person(6)]))
    assert (delivery.accepted, delivery.held) == (1, 5)
    page = delivery_rows(delivery, workspace=workspace, fate="held")
    assert {tuple(row.codes) for row in page.rows} == {("nik.shared",)}
    assert {row.problems[0]["office"] for row in page.rows} == {"Kelurahan pengusul"}


def test_a_column_rounded_before_it_became_text(send) -> None:
    lines = [
        [n, nik(n)[:-1] + "0", f"SYAFRIL {'K' * n}", "", "", ""] for n in range(1, 25)
    ]
    delivery = send(workbook([HEADER, *lines]))
    assert delivery.held == 24


def test_the_same_row_twice(send, workspace: Workspace) -> None:
    again = [9, *person(1)[1:]]
    delivery = send(workbook([HEADER, person(1), person(2), again]))
    assert (delivery.accepted, delivery.refused) == (2, 1)
    (problem,) = problems_of(delivery, workspace=workspace)
    assert problem["code"] == "row.duplicate"
    assert problem["message"] == "Baris ini sama persis dengan baris 2."


def test_a_row_that_names_nobody(send) -> None:
    delivery = send(
        workbook([HEADER, person(1), [2, None, None, None, "JL. X", "Ojek"]])
    )
    assert (delivery.accepted, delivery.refused) == (1, 1)


def test_columns_that_are_missing_are_named(send, workspace: Workspace) -> None:
    content = workbook([["NO", "NAMA", "ALAMAT"], [1, "SYAFRIL", "JL. X"]])
    delivery = send(content, supplier="dukcapil")
    check_refused(delivery, "columns.missing", workspace)
    assert "nik" in delivery.problem["why"]
    assert "ALAMAT" in delivery.problem["why"]


def test_a_file_refused_for_its_supplier_may_be_another_ones(send) -> None:
    content = workbook([HEADER, person(1)])
    refused = send(content, supplier="dukcapil")
    assert refused.status == Delivery.Status.REFUSED
    read = send(content, supplier="proposal")
    assert (read.pk, read.status, read.rows) == (refused.pk, "read", 1)
    assert read.problem == {}
    assert send(content, supplier="dukcapil").status == Delivery.Status.READ
    assert (Delivery.objects.count(), Event.objects.count()) == (1, 2)


def test_an_unclear_supplier_is_asked_for(send, workspace: Workspace) -> None:
    content = workbook([["NAMA", "NIK"], ["SYAFRIL", nik(1)]])
    check_refused(
        send(content, "x.xlsx", supplier="auto"), "supplier.unclear", workspace
    )


def test_text_that_would_run_in_a_spreadsheet_stays_text(
    send, workspace: Workspace
) -> None:
    danger = "=cmd|' /C calc'!A0"
    delivery = send(workbook([HEADER, [1, nik(1), "SYAFRIL", "", danger, "Ojek"]]))
    (row,) = delivery_rows(delivery, workspace=workspace, with_raw=True).rows
    assert row.raw["ALAMAT"] == danger
    assert delivery.accepted == 1
