"""Rupiah, counts, deciles and telephone numbers as people write them."""

from __future__ import annotations

import pytest

from semesta.intake.cells import NUMBER
from semesta.intake.money import clean_count, clean_decile, clean_rupiah
from semesta.intake.phones import clean_phone


@pytest.mark.parametrize(
    ("cell", "value", "codes"),
    [
        ("1500000", 1_500_000, ()),
        ("1500000.0", 1_500_000, ()),
        ("1.500.000", 1_500_000, ()),
        ("1,500,000", 1_500_000, ()),
        ("1.500.000,00", 1_500_000, ()),
        ("1,500,000.00", 1_500_000, ()),
        ("Rp 1.500.000", 1_500_000, ()),
        ("Rp1.500.000,-", 1_500_000, ()),
        ("Rp. 1.500.000,-", 1_500_000, ()),
        ("IDR 1500000", 1_500_000, ()),
        ("1.500.000 / bulan", 1_500_000, ()),
        (NUMBER + "1500000", 1_500_000, ()),
        (NUMBER + "1500000.5", 1_500_001, ()),
        ("0", 0, ()),
        ("1,5 jt", 1_500_000, ("money.words",)),
        ("1.5 juta", 1_500_000, ("money.words",)),
        ("1,5jt", 1_500_000, ("money.words",)),
        ("Rp 2 Juta", 2_000_000, ("money.words",)),
        ("800 rb", 800_000, ("money.words",)),
        ("750 ribu", 750_000, ("money.words",)),
        ("1 miliar", 1_000_000_000, ("money.words",)),
        ("tidak tentu", None, ("money.unreadable",)),
        ("2 karung", None, ("money.unreadable",)),
        (NUMBER + "-5", None, ("money.unreadable",)),
        (NUMBER + "nan", None, ()),
        ("1.50.000", None, ("money.unreadable",)),
        ("", None, ()),
        ("-", None, ()),
    ],
)
def test_rupiah(cell: str, value: int | None, codes: tuple[str, ...]) -> None:
    assert clean_rupiah(cell) == (value, codes)


@pytest.mark.parametrize(
    ("cell", "value"),
    [("12", 12), (NUMBER + "12", 12), ("12.0", 12), ("3 orang", 3), ("6 bulan", 6)],
)
def test_counts(cell: str, value: int) -> None:
    assert clean_count(cell) == (value, ())


def test_a_count_that_is_none() -> None:
    assert clean_count("banyak") == (None, ("count.unreadable",))


@pytest.mark.parametrize(
    ("cell", "value"), [("1", 1), ("Desil 3", 3), ("10.0", 10), ("4+", 4), ("0", None)]
)
def test_deciles(cell: str, value: int | None) -> None:
    assert clean_decile(cell) == (value, ())


@pytest.mark.parametrize("cell", ["11", "miskin", "-3"])
def test_deciles_that_are_none(cell: str) -> None:
    assert clean_decile(cell) == (None, ("decile.unreadable",))


@pytest.mark.parametrize(
    ("cell", "value", "codes"),
    [
        ("081234567890", "081234567890", ()),
        ("0812-3456-7890", "081234567890", ()),
        ("(0752) 82000", "075282000", ()),
        ("+62 812-3456-7890", "081234567890", ()),
        ("+6281234567890", "081234567890", ()),
        ("6281234567890", "081234567890", ()),
        (NUMBER + "81234567890", "081234567890", ("phone.leading_zero",)),
        ("81234567890", "081234567890", ("phone.leading_zero",)),
        ("81234567890.0", "081234567890", ("phone.leading_zero",)),
        ("081234567890 / 085211112222", "081234567890", ("phone.several",)),
        ("0812345", None, ("phone.unreadable",)),
        ("tidak punya", None, ("phone.unreadable",)),
        ("0", None, ()),
        ("-", None, ()),
    ],
)
def test_phones(cell: str, value: str | None, codes: tuple[str, ...]) -> None:
    assert clean_phone(cell) == (value, codes)
