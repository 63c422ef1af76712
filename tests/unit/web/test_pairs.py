"""Comparing two rows without showing more of a number than needed."""

from __future__ import annotations

import pytest

from semesta.web.people.pairs import mask_alike


@pytest.mark.parametrize(
    ("number", "other", "shown"),
    [
        ("1374010101909001", "1374010201909001", "1374***1****9001"),
        ("1374010101909001", "1374010101909001", "1374********9001"),
        ("1374010101909001", "137401", "1374********9001"),
        ("1374010101909001", "1374014203929002", "1374********9001"),
    ],
)
def test_only_the_digits_that_differ_are_shown(
    number: str, other: str, shown: str
) -> None:
    assert mask_alike(number, other) == shown
