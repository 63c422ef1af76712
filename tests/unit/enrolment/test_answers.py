"""The insurer's answers against one decree."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from tests.support.enrolment import a_nik

from semesta.enrolment.answers import Answer, changes, match, read_answers, same_number

NUMBER = "400/1/2026"
ENTRIES = {a_nik(1): 11, a_nik(2): 12}


def an_answer(nik: int, status: str = "DITERIMA", **changes: str) -> Answer:
    given = {
        "row_id": f"d1:1:{nik}",
        "delivery": "d1",
        "nik": a_nik(nik),
        "kpj": "",
        "status": status,
        "reason_code": "",
        "reason_text": "",
        "decree_number": NUMBER,
    }
    return Answer(**{**given, **changes})


def matched(*answers: Answer):
    return match(answers, decree_number=NUMBER, entries=ENTRIES)


def test_accepted_and_rejected() -> None:
    found = matched(an_answer(1, kpj="99000000001"), an_answer(2, "DITOLAK"))
    assert found.registered[11].kpj == "99000000001"
    assert list(found.rejected) == [12]
    assert not any(found.without_effect().values())


def test_what_changes_nothing_is_told_by_row() -> None:
    found = matched(
        an_answer(1, decree_number="400/2/2026"),
        an_answer(3),
        an_answer(2, "MENUNGGU"),
    )
    assert found.without_effect() == {
        "other_decree": ["d1:1:1"],
        "unknown_nik": ["d1:1:3"],
        "unreadable": ["d1:1:2"],
        "conflicting": [],
    }
    assert not found.registered


def test_two_answers_in_one_file_decide_nothing() -> None:
    found = matched(an_answer(1), an_answer(1, "DITOLAK"))
    assert not found.registered
    assert not found.rejected
    assert len(found.conflicting) == 2


def test_the_same_answer_twice_is_one() -> None:
    found = matched(an_answer(1), an_answer(1))
    assert list(found.registered) == [11]
    assert found.conflicting == []


def test_a_later_file_overrides() -> None:
    found = matched(an_answer(1, "DITOLAK"), an_answer(1, delivery="d2"))
    assert list(found.registered) == [11]
    assert not found.rejected


def test_a_conflict_leaves_the_earlier_files_answer() -> None:
    found = matched(
        an_answer(1),
        an_answer(1, delivery="d2"),
        an_answer(1, "DITOLAK", delivery="d2"),
    )
    assert list(found.registered) == [11]


def test_numbers_are_the_same_in_any_writing() -> None:
    assert same_number("400 / 1/2026 a", "400/1/2026 A")
    assert not same_number("400/1/2026", "400/11/2026")


def test_what_an_answer_changes() -> None:
    before = {"kpj": "", "rejection_code": "", "rejection_reason": ""}
    entries = [{"id": n, "status": "listed", **before} for n in (11, 12, 13)]
    long = "x" * 200
    found = matched(
        an_answer(1, kpj="99000000001"),
        an_answer(2, "DITOLAK", reason_code=long, reason_text=long),
    )
    accepted, rejected = changes(entries, found)
    assert (accepted["status"], accepted["kpj"]) == ("registered", "99000000001")
    assert rejected["status"] == "rejected"
    assert (len(rejected["rejection_code"]), len(rejected["rejection_reason"])) == (
        10, 120,
    )  # fmt: skip
    assert changes([accepted, rejected, entries[2]], found) == []


def test_reads_usable_rows_and_fills_missing_columns(tmp_path: Path) -> None:
    rows = [
        {"row_id": "r1", "delivery": "d", "nik": a_nik(1), "status": "DITERIMA",
         "fate": "accepted", "decree_number": NUMBER},
        {"row_id": "r2", "delivery": "d", "nik": None, "status": "DITERIMA",
         "fate": "held", "decree_number": NUMBER},
        {"row_id": "r3", "delivery": "d", "nik": a_nik(2), "status": None,
         "fate": "corrected", "decree_number": NUMBER},
    ]  # fmt: skip
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "d.parquet")
    found = list(read_answers([tmp_path / "d.parquet"]))
    assert [answer.row_id for answer in found] == ["r1", "r3"]
    assert found[0].kpj == ""
    assert found[1].status == ""
