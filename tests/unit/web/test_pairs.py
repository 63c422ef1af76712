"""Comparing two rows without showing more of a number than needed."""

from __future__ import annotations

import pytest

from semesta.web.people.pairs import FIELDS, compare, mask_alike


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


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("1374010101909001", "1374014203929001", True),  # all that differs is hidden
        ("1374010101909001", "1374010201909001", False),
        ("1374010101909001", "1374010101909001", False),
    ],
)
def test_numbers_that_only_look_alike_are_said_to_differ(
    one: str, other: str, alike: bool
) -> None:
    blank = dict.fromkeys(FIELDS)
    (line,) = compare({**blank, "nik": one}, {**blank, "nik": other})
    assert line.looks_alike is alike
