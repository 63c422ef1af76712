"""Bars as widths of rectangles."""

from __future__ import annotations

import pytest

from semesta.web.bars import meter, slices


def test_slices_fill_the_bar_in_order() -> None:
    cut = slices([("good", "diterima", 3), ("bad", "ditolak", 1)])

    assert [(part.x, part.width) for part in cut] == [
        ("0.00%", "75.00%"),
        ("75.00%", "25.00%"),
    ]


def test_nothing_has_no_bar() -> None:
    assert slices([("good", "diterima", 0)]) == []


@pytest.mark.parametrize(
    ("value", "width"),
    [(None, "0.00%"), (-5, "0.00%"), (55.5, "55.50%"), (118.2, "100.00%")],
)
def test_a_meter_stays_within_its_frame(value: float | None, width: str) -> None:
    assert meter(value) == width
