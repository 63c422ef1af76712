"""There and back: the workbook goes out, comes back filled in, and its rows take over."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.support.clerk import AS_OF
from tests.support.corrections import filled, sheets, the_list
from tests.support.office_files import HEADER, nik, person, workbook

from semesta.audit.models import Event
from semesta.audit.queries import verify_chain
from semesta.intake import queries
from semesta.intake.corrections.queries import still_open
from semesta.intake.corrections.services import write_corrections
from semesta.intake.marks import MARK_SHEET, NUMBER_HEADER
from semesta.intake.models import Delivery
from semesta.intake.services import take_in
from semesta.kernel import Actor, UserError
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db

GANTING, SIGANDO = "13.74.01.1001", "13.74.01.1002"
# Lines of the file: 3 fine, 4 NIK as a number, 5 and 6 share a NIK, 7 has no name, 8 is
# corrected by us, 9 repeats line 3, 10 looks like a formula.
NUMERIC, SHARED, ALSO, NAMELESS, TIDIED, REPEATED, FORMULA = 4, 5, 6, 7, 8, 9, 10


def dirty() -> bytes:
    rows = [person(number) for number in range(1, 9)]
    rows[1][1] = int(nik(2))
    rows[3][1] = rows[2][1]
    rows[4][2] = ""
    rows[5][1] = f"{nik(6)}.0"
    rows[6] = [7, *rows[0][1:]]
    rows[7][4] = "=cmd|' /C calc'!A1"
    rows[7][1] = int(nik(8))
    return workbook([["KELURAHAN GANTING"], HEADER, *rows], names=["Usulan 2026"])


@pytest.fixture
def take(workspace: Workspace, officer: Actor, tmp_path: Path):
    def take_it(content: bytes, name: str = "Usulan.xlsx", **more) -> Delivery:
        path = tmp_path / name
        path.write_bytes(content)
        return take_in(path=path, workspace=workspace, by=officer, as_of=AS_OF, **more)

    return take_it


@pytest.fixture
def ask(workspace: Workspace, officer: Actor):
    def ask_for(delivery: Delivery, **more):
        return write_corrections(
            delivery=delivery, workspace=workspace, by=officer, **more
        )

    return ask_for


@pytest.fixture
def sent(take) -> Delivery:
    return take(dirty(), supplier="proposal")


def fates(workspace: Workspace, delivery: Delivery) -> dict[int, str]:
    """Line of the file → fate, as the lake has it today."""
    delivery.refresh_from_db()
    table = pq.read_table(queries.lake_file(workspace, "rows", delivery.name))
    found = dict(zip(table["line"].to_pylist(), table["fate"].to_pylist(), strict=True))
    counts = {fate: getattr(delivery, fate) for fate in set(found.values())}
    assert counts == {fate: list(found.values()).count(fate) for fate in counts}
    return found


def linked(workspace: Workspace) -> list[str | None]:
    """The NIK of all rows that later stages read, sorted."""
    return sorted(
        row["nik"] or ""
        for path in queries.rows_paths(workspace)
        for row in pq.read_table(path).to_pylist()
        if row["fate"] in ("accepted", "corrected")
    )


ANSWERS = {
    NUMERIC: {"NIK": nik(2)},
    ALSO: {"NIK": nik(4)},
    NAMELESS: {"NAMA": "DARNIS PILIANG"},
    FORMULA: {"NIK": nik(8)},
}


class TestTheWorkbook:
    def test_it_is_the_senders_own_sheet(self, sent, ask) -> None:
        found = sheets(ask(sent).content)
        assert list(found) == ["Pertanyaan", "Usulan 2026", MARK_SHEET]
        header, *rows = found["Usulan 2026"]
        assert header[: len(HEADER)] == HEADER
        assert header[-1] == NUMBER_HEADER
        lines = [int(row[-1].rsplit("-", 1)[1]) for row in rows]
        assert lines == [NUMERIC, SHARED, ALSO, NAMELESS, REPEATED, FORMULA]
        assert all(isinstance(cell, str) for row in rows for cell in row)
        assert ["SHA-256", sent.sha256] in [row[:2] for row in found[MARK_SHEET]]

    def test_lost_digits_are_not_shown_as_known(self, sent, ask) -> None:
        row = the_list(ask(sent).content)[1]
        assert row[1] == f"{nik(2)[:15]}?"

    def test_nothing_in_it_is_a_formula(self, sent, ask) -> None:
        made = ask(sent, all_rows=True)
        with zipfile.ZipFile(BytesIO(made.content)) as archive:
            for name in archive.namelist():
                if name.startswith("xl/worksheets/sheet"):
                    assert b"<f>" not in archive.read(name)
        assert any("=cmd" in cell for row in the_list(made.content) for cell in row)

    def test_all_rows_on_request(self, sent, ask) -> None:
        made = ask(sent, all_rows=True)
        assert len(the_list(made.content)) == 1 + sent.rows
        assert made.rows == 6

    def test_the_same_state_gives_the_same_bytes(self, sent, ask) -> None:
        assert ask(sent).content == ask(sent).content

    def test_the_page_counts_what_the_workbook_asks(
        self, sent, ask, workspace: Workspace
    ) -> None:
        made, waiting = ask(sent), still_open(sent, workspace=workspace)
        assert (len(made.questions), made.rows) == tuple(waiting) == (4, 6)

    def test_the_trail_tells_of_it_without_personal_data(self, sent, ask) -> None:
        ask(sent)
        event = Event.objects.order_by("-seq")[0]
        assert event.action == "delivery.corrections"
        assert event.subject == f"delivery:{sent.name}"
        assert (event.detail["waiting"], event.detail["questions"]) == (6, 4)
        assert verify_chain() == []

    def test_nothing_to_ask(self, take, ask) -> None:
        fine = take(workbook([HEADER, person(1)]), supplier="proposal")
        with pytest.raises(UserError) as raised:
            ask(fine)
        assert raised.value.code == "correction.nothing"


class TestComingBack:
    def test_answers_take_the_place_of_what_waited(
        self, sent, take, ask, workspace: Workspace
    ) -> None:
        back = take(filled(ask(sent), ANSWERS), "Perbaikan.xlsx")
        assert (back.corrects, back.status, back.supplier) == (sent, "read", "proposal")
        assert (back.area, back.as_of) == (GANTING, sent.as_of)
        # The shared NIK is free now, so the row sent back as it was is taken too.
        assert (back.rows, back.held, back.refused) == (5, 0, 0)
        assert fates(workspace, sent) == {
            3: "accepted", NUMERIC: "superseded", SHARED: "superseded",
            ALSO: "superseded", NAMELESS: "superseded", TIDIED: "corrected",
            REPEATED: "refused", FORMULA: "superseded",
        }  # fmt: skip
        assert queries.fates_of(sent) == {
            "accepted": 1, "corrected": 1, "held": 0, "refused": 1, "superseded": 5,
        }  # fmt: skip
        assert "superseded" not in queries.fates_of(back)
        niks = [nik(1), nik(2), nik(3), nik(4), nik(5), nik(6), nik(8)]
        assert linked(workspace) == niks
        (row,) = (
            row
            for row in queries.delivery_rows(sent, workspace=workspace).rows
            if row.line == NUMERIC
        )
        assert row.superseded_by.startswith(f"{back.name}:2:")
        assert still_open(back, workspace=workspace) == (1, 1)
        assert verify_chain() == []

    def test_the_page_tells_no_more_of_rows_that_were_answered(
        self, sent, take, ask, workspace: Workspace
    ) -> None:
        def noticed() -> set[tuple[str, int]]:
            counts = queries.problem_counts(sent, workspace=workspace)
            return {(one.code, one.rows) for one in counts}

        before = noticed()
        take(filled(ask(sent), ANSWERS), "Perbaikan.xlsx")
        sent.refresh_from_db()
        left = {code for code, _rows in noticed()}
        assert noticed() < before
        assert left == {"nik.decimal_tail", "row.duplicate"}  # tidied; the twin

    def test_rows_sent_back_as_they_were_stay_open(
        self, sent, take, ask, workspace: Workspace
    ) -> None:
        back = take(filled(ask(sent), {NUMERIC: {"ALAMAT": "JL. BARU 1"}}))
        assert (back.rows, back.held) == (1, 1)
        assert fates(workspace, sent)[NAMELESS] == "held"
        assert back.tables[0]["left_out"]["unchanged"] == 5

    def test_typing_the_same_digits_is_an_answer(self, sent, take, ask) -> None:
        back = take(filled(ask(sent), {NUMERIC: {"NIK": nik(2)[:15] + "0"}}))
        assert (back.rows, back.held) == (1, 0)

    @pytest.mark.parametrize("blank", ["", "  ", "-"])
    def test_a_blank_never_overwrites(
        self, sent, take, ask, blank: str, workspace: Workspace
    ) -> None:
        answers = {NUMERIC: {"NIK": nik(2), "NAMA": blank, "ALAMAT": blank}}
        back = take(filled(ask(sent), answers))
        (row,) = queries.delivery_rows(back, workspace=workspace).rows
        assert (row.clean["name"], row.fate) == (person(2)[2], "accepted")
        assert row.clean["address"] == "JL. SUDIRMAN NO. 2"

    def test_accepted_rows_are_not_taken_twice(
        self, sent, take, ask, workspace: Workspace
    ) -> None:
        back = take(filled(ask(sent, all_rows=True), {3: {"PEKERJAAN": "Tukang kayu"}}))
        assert back.rows == 1
        assert fates(workspace, sent)[3] == "superseded"
        assert fates(workspace, sent)[TIDIED] == "corrected"
        assert linked(workspace) == [nik(1), nik(6)]

    def test_a_row_in_force_gives_way_only_to_an_accepted_one(
        self, sent, take, ask, workspace: Workspace
    ) -> None:
        back = take(filled(ask(sent, all_rows=True), {3: {"NIK": int(nik(1))}}))
        assert (back.rows, back.held) == (0, 0)  # the same digits: nothing was said
        other = take(filled(ask(sent, all_rows=True), {3: {"NIK": int(nik(77))}}))
        assert (other.rows, other.held) == (1, 1)
        assert fates(workspace, sent)[3] == "accepted"

    def test_the_same_twice_is_the_first_result(
        self, sent, take, ask, workspace: Workspace
    ) -> None:
        content = filled(ask(sent), ANSWERS)
        first = take(content)
        before = (Event.objects.count(), fates(workspace, sent))
        assert take(content, "lagi.xlsx") == first
        assert (Event.objects.count(), fates(workspace, sent)) == before

    def test_a_correction_of_a_correction(
        self, sent, take, ask, workspace: Workspace
    ) -> None:
        first = take(filled(ask(sent), ANSWERS | {NUMERIC: {"NIK": "1374"}}))
        assert (first.rows, first.held) == (4 + 1, 0)
        # Too short a NIK is no question in a proposal; a damaged one is.
        second = take(filled(ask(first, all_rows=True), {NUMERIC: {"NIK": nik(2)}}))
        assert second.corrects == sent
        assert second.rows == 1
        assert nik(2) in linked(workspace)
        assert list(fates(workspace, first).values()).count("superseded") == 1

    def test_an_open_correction_is_asked_again_under_its_first_number(
        self, sent, take, ask, workspace: Workspace
    ) -> None:
        first = take(filled(ask(sent), {NUMERIC: {"NIK": int(nik(20))}}))
        assert first.held == 1
        made = ask(first)
        assert made.content == ask(sent).content
        second = take(filled(made, {NUMERIC: {"NIK": nik(2)}}))
        assert (second.rows, second.held) == (1, 0)
        assert fates(workspace, first) == {2: "superseded"}

    def test_numbers_that_say_nothing(
        self, sent, take, ask, workspace: Workspace
    ) -> None:
        content = filled(ask(sent), ANSWERS)
        found = sheets(content)
        rows = found["Usulan 2026"]
        rows[2][-1] = rows[1][-1]
        rows[4][-1] = ""
        rows[6][-1] = "00000000-1-4"
        back = take(workbook(*found.values(), names=list(found)))
        problems = queries.problems_of(back, workspace=workspace)
        assert [one["code"] for one in problems if one["kind"] == "refused"] == [
            "row.number_doubled", "row.number_doubled", "row.number_missing",
            "row.number_unknown",
        ]  # fmt: skip
        now = fates(workspace, sent)
        assert (now[NUMERIC], now[NAMELESS], now[ALSO]) == (
            "held",
            "held",
            "superseded",
        )

    def test_saved_as_csv_it_is_still_known(
        self, sent, take, ask, workspace: Workspace
    ) -> None:
        rows = the_list(filled(ask(sent), ANSWERS))
        text = "\n".join(";".join(c.replace("\n", " ") for c in row) for row in rows)
        back = take(text.encode(), "Perbaikan.csv")
        assert (back.corrects, back.rows) == (sent, 5)


class TestWhatCannotBeTaken:
    def test_someone_elses_file(self, sent, take, ask) -> None:
        content = filled(ask(sent), ANSWERS)
        refused = take(content, area=SIGANDO)
        assert refused.problem["code"] == "correction.other_area"
        assert (refused.status, refused.area, refused.corrects) == (
            "refused", SIGANDO, None,
        )  # fmt: skip
        # The right office is not shut out by it.
        assert take(content, area=GANTING).rows == 5

    def test_a_list_that_never_came(self, sent, take, ask) -> None:
        content = filled(ask(sent), ANSWERS)
        Delivery.objects.all().delete()
        assert take(content).problem["code"] == "correction.unknown_list"

    def test_the_numbers_are_gone(self, sent, take, ask) -> None:
        found = sheets(ask(sent).content)
        found["Usulan 2026"] = [row[:-1] for row in found["Usulan 2026"]]
        back = take(workbook(*found.values(), names=list(found)))
        assert back.problem["code"] == "correction.no_numbers"

    def test_a_kill_leaves_everything_as_it_was(
        self, sent, take, ask, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(**_: object) -> None:
            raise RuntimeError("mati listrik")

        content, before = filled(ask(sent), ANSWERS), fates(workspace, sent)
        with monkeypatch.context() as patch:
            patch.setattr("semesta.audit.services.record", fail)
            with pytest.raises(RuntimeError):
                take(content)
        assert fates(workspace, sent) == before
        assert take(content).rows == 5
