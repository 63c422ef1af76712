"""The grid of paid months can be read without its colours."""

from __future__ import annotations

from datetime import date

from semesta.ledger.ranges import Span
from semesta.ledger.timeline import PaidSpan, timeline
from semesta.web.people.months import month_grid


def a_timeline() -> object:
    year = 2025 * 12
    return timeline(
        [
            PaidSpan(Span(year + 4, year + 8), "APBD", "BPU"),
            PaidSpan(Span(year + 9, year + 14), "BAZNAS", "BPU"),
        ]
    )


def test_newest_year_first_with_twelve_boxes_each() -> None:
    grid = month_grid(a_timeline(), date(2026, 1, 31))

    assert [line.year for line in grid.lines] == [2026, 2025]
    assert all(len(line.boxes) == 12 for line in grid.lines)
    assert [line.paid for line in grid.lines] == [2, 7]


def test_each_box_has_a_letter_a_tone_and_words() -> None:
    boxes = month_grid(a_timeline(), date(2026, 1, 31)).lines[1].boxes

    assert (boxes[4].letter, boxes[4].tone) == ("K", "APBD")
    assert boxes[4].label == "Mei 2025: APBD kabupaten/kota"
    assert (boxes[8].letter, boxes[8].tone) == ("", "unpaid")
    assert (boxes[9].letter, boxes[9].tone) == ("B", "OTHER")


def test_months_to_come_are_not_called_unpaid() -> None:
    boxes = month_grid(a_timeline(), date(2026, 1, 31)).lines[0].boxes

    assert boxes[1].tone == "OTHER", "paid ahead"
    assert boxes[2].tone == "future"


def test_keys_name_only_payers_that_occur() -> None:
    keys = month_grid(a_timeline(), date(2026, 1, 31)).keys

    assert [key.letter for key in keys] == ["K", "B"]
