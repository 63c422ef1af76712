"""A reading tells its steps in order, and never goes back."""

from __future__ import annotations

from tests.support.clerk import AS_OF
from tests.support.office_files import HEADER, REGION, person, workbook

from semesta.intake.progress import Step
from semesta.intake.reading import Received, read_file


def test_a_reading_tells_how_far_it_is() -> None:
    content = workbook([HEADER, *map(person, range(1, 6))], [HEADER, person(7)])
    told: list[Step] = []
    received = Received(content, "0" * 16, "x.xlsx", AS_OF, "proposal")

    read_file(received, REGION, tell=told.append)

    names = list(dict.fromkeys(step.name for step in told))
    assert names == ["open", "tables", "clean", "check", "store"]
    shares = [step.share for step in told]
    assert shares == sorted(shares)
    assert 0 < shares[0] < shares[-1] < 1
    cleaned = [step for step in told if step.name == "clean"]
    assert [step.part for step in cleaned] == list(range(1, len(cleaned) + 1))
    assert {step.parts for step in cleaned} == {len(cleaned)}
    assert {step.rows for step in cleaned} == {6}


def test_a_step_in_words() -> None:
    assert Step("clean", 3, 14).title == "Membersihkan kolom 3 dari 14"
    assert Step("open").title == "Membuka berkas"


def test_more_rows_are_further() -> None:
    shares = [Step("tables", rows=rows).share for rows in (0, 10_000, 900_000)]
    assert shares == sorted(set(shares))
    assert shares[-1] < Step("clean", 1, 9).share
