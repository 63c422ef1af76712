"""NIK, family cards and other numbers: every damage has its code, none is guessed."""

from __future__ import annotations

import pytest

from semesta.intake.cells import NUMBER
from semesta.intake.identity import (
    clean_family_card,
    clean_nik,
    clean_nip,
    number_reader,
)

GOOD = "1374010101809001"


@pytest.mark.parametrize(
    ("cell", "value", "codes"),
    [
        (GOOD, GOOD, ()),
        ("1374014101809001", "1374014101809001", ()),  # a woman: day + 40
        (f" {GOOD}\u00a0", GOOD, ()),
        (f"\u200b{GOOD}", GOOD, ()),
        (f'="{GOOD}"', GOOD, ()),
        ("", None, ()),
        ("-", None, ()),
        ("nihil", None, ()),
        (f"'{GOOD}", GOOD, ("nik.apostrophe",)),
        (f"{GOOD}.0", GOOD, ("nik.decimal_tail",)),
        ("137401 010180 9001", GOOD, ("nik.separators",)),
        ("137401.010180.9001", GOOD, ("nik.separators",)),
        ("1374-0101-0180-9001", GOOD, ("nik.separators",)),
        ("1374010101809OO1", GOOD, ("nik.letter_for_digit",)),
        ("137401 O1O180 9001", GOOD, ("nik.separators", "nik.letter_for_digit")),
        (NUMBER + GOOD, None, ("nik.numeric_cell",)),
        (NUMBER + "137401010180900", None, ("nik.numeric_cell",)),
        (NUMBER + "1.374010101809e+15", None, ("nik.scientific",)),
        (NUMBER + "0", None, ()),
        (NUMBER + "12", None, ("nik.length",)),
        ("1,37401E+15", None, ("nik.scientific",)),
        ("1.37401E15", None, ("nik.scientific",)),
        ("137401010180900", None, ("nik.length",)),
        ("13740101018090011", None, ("nik.length",)),
        ("BELUM ADA", None, ("nik.length",)),
        (f"{GOOD} / {GOOD[:-1]}2", None, ("nik.several",)),
        ("0000000000000000", None, ("nik.placeholder",)),
        ("1111111111111111", None, ("nik.placeholder",)),
        ("1234567890123456", None, ("nik.placeholder",)),
        ("1374010101800000", None, ("nik.placeholder",)),
        ("1374000000000000", None, ("nik.placeholder",)),
        ("1374010101900001", None, ("nik.placeholder",)),
        ("1374013101809001", "1374013101809001", ()),
        ("1374013213809001", "1374013213809001", ("nik.impossible",)),
        ("1374017501809001", "1374017501809001", ("nik.impossible",)),
        ("0374010101809001", "0374010101809001", ()),
        ("0074010101809001", "0074010101809001", ("nik.impossible",)),
        ("١٣٧٤٠١٠١٠١٨٠٩٠٠١", None, ("nik.length",)),
    ],
)  # fmt: skip
def test_nik(cell: str, value: str | None, codes: tuple[str, ...]) -> None:
    assert clean_nik(cell) == (value, codes)


@pytest.mark.parametrize(
    ("cell", "value", "codes"),
    [
        ("1374010101159001", "1374010101159001", ()),
        (NUMBER + "1374010101159001", None, ("family_card.numeric_cell",)),
        ("13740101011590O1", "1374010101159001", ("family_card.letter_for_digit",)),
        ("137401010115", None, ("family_card.length",)),
        ("0000000000000000", None, ("family_card.placeholder",)),
    ],
)
def test_family_card(cell: str, value: str | None, codes: tuple[str, ...]) -> None:
    assert clean_family_card(cell) == (value, codes)


def test_a_card_number_needs_no_date_inside() -> None:
    assert clean_family_card("1374019999999001").codes == ()


@pytest.mark.parametrize(
    ("cell", "value", "codes"),
    [
        ("19720101 199803 1 906", "197201011998031906", ()),
        ("197201011998031906", "197201011998031906", ()),
        (NUMBER + "197201011998031904", None, ("nip.numeric_cell",)),
        ("1972", None, ("nip.length",)),
    ],
)
def test_nip(cell: str, value: str | None, codes: tuple[str, ...]) -> None:
    assert clean_nip(cell) == (value, codes)


@pytest.mark.parametrize(
    ("cell", "value", "codes"),
    [
        (NUMBER + "912000000001", "0912000000001", ("number.leading_zero",)),
        ("9120000000012", "9120000000012", ()),
        ("99.000.001.0-204.000", "990000010204000", ()),
        (NUMBER + "99000000000000001", None, ("number.numeric_cell",)),
        ("9.9E+12", None, ("number.numeric_cell",)),
        ("???", None, ("number.unreadable",)),
        ("", None, ()),
    ],
)
def test_other_numbers(cell: str, value: str | None, codes: tuple[str, ...]) -> None:
    assert number_reader(length=13).clean(cell) == (value, codes)
