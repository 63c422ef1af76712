"""At what rates the lists of each office are dirty.

The kinds of damage are those seen or to be expected in such files; the rates are
invented, highest where a list is typed by hand in a kelurahan and lowest in the civil
register.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace


@dataclass(frozen=True)
class DirtRates:
    """Parts of rows (0–1) with each damage, at most one of each group."""

    nik_one_digit: float = 0.0
    """NIK: one wrong digit."""
    nik_swapped: float = 0.0
    """NIK: two neighbouring digits exchanged."""
    nik_blank: float = 0.0
    """NIK: the cell is empty."""
    nik_letter_o: float = 0.0
    """NIK: the letter O for a zero."""
    nik_spaced: float = 0.0
    """NIK: blanks or dots between groups of digits."""
    nik_dummy: float = 0.0
    """NIK: a placeholder such as 0000000000000000."""
    nik_husband: float = 0.0
    """NIK: that of husband or wife (only rows of married people can)."""
    nik_float: float = 0.0
    """NIK: text with `.0` behind, the trace of a spreadsheet."""
    nik_number: float = 0.0
    """NIK: a numeric cell, whose last digit is lost (workbooks only)."""
    nik_short: float = 0.0
    """NIK: a digit left out, so fifteen."""
    name_variant: float = 0.0
    """Name: a word in another spelling (M. for Muhammad, Achmad, old oe/dj)."""
    name_typo: float = 0.0
    """Name: a letter doubled, lost or exchanged."""
    name_dropped: float = 0.0
    """Name: a word left out or made an initial."""
    name_joined: float = 0.0
    """Name: the blank between two words lost."""
    name_titled: float = 0.0
    """Name: with the title or degree, of those who have one (`NAMA.HJ`)."""
    name_gelar: float = 0.0
    """Name: with the gelar, of those who bear one (`SYAFRIL ST. MUDO`)."""
    date_blank: float = 0.0
    """Birth date: empty."""
    date_swapped: float = 0.0
    """Birth date: day and month exchanged (where the day allows)."""
    date_new_year: float = 0.0
    """Birth date: 1 January of the right year."""
    date_wrong: float = 0.0
    """Birth date: another day or year by one digit."""
    kelurahan_variant: float = 0.0
    """Kelurahan: double blanks, `Koto Katiak`, `Balai-Balai`, prefix `Kel.`."""
    address_blank: float = 0.0
    """Address: empty."""
    phone_blank: float = 0.0
    """Phone: empty although there is one."""
    card_blank: float = 0.0
    """Family card number: empty."""
    card_wrong: float = 0.0
    """Family card number: one wrong digit."""
    mother_blank: float = 0.0
    """Mother's name: empty."""
    sex_wrong: float = 0.0
    """Sex: the other one."""

    def __post_init__(self) -> None:
        for field in fields(self):
            if not 0 <= getattr(self, field.name) <= 1:
                raise ValueError(f"{field.name} is a part of the rows, 0 to 1")

    def group(self, prefix: str) -> dict[str, float]:
        """The rates of one group of damages, e.g. all that start with `nik_`."""
        return {
            f.name: getattr(self, f.name)
            for f in fields(self)
            if f.name.startswith(prefix)
        }

    def without_cells(self) -> DirtRates:
        """The same rates for a text file, which has no numeric cells."""
        return replace(self, nik_number=0.0)


CLEAN = DirtRates()
KELURAHAN = DirtRates(
    nik_one_digit=0.018,
    nik_swapped=0.009,
    nik_blank=0.022,
    nik_letter_o=0.006,
    nik_spaced=0.012,
    nik_dummy=0.004,
    nik_husband=0.006,
    nik_float=0.006,
    nik_number=0.012,
    nik_short=0.004,
    name_variant=0.07,
    name_typo=0.035,
    name_dropped=0.03,
    name_joined=0.008,
    name_titled=0.45,
    name_gelar=0.35,
    date_blank=0.02,
    date_swapped=0.01,
    date_new_year=0.012,
    date_wrong=0.012,
    kelurahan_variant=0.15,
    address_blank=0.03,
    phone_blank=0.30,
    card_blank=0.05,
    card_wrong=0.015,
    mother_blank=0.05,
    sex_wrong=0.004,
)
DECREE = DirtRates(
    nik_one_digit=0.012,
    nik_swapped=0.006,
    nik_blank=0.008,
    nik_letter_o=0.002,
    nik_spaced=0.004,
    nik_husband=0.003,
    nik_float=0.003,
    nik_number=0.006,
    name_variant=0.05,
    name_typo=0.025,
    name_dropped=0.02,
    name_titled=0.3,
    name_gelar=0.2,
    kelurahan_variant=0.10,
    address_blank=0.02,
)
INSURER = DirtRates(
    nik_one_digit=0.008,
    nik_swapped=0.004,
    nik_husband=0.001,
    name_variant=0.04,
    name_typo=0.025,
    name_dropped=0.02,
    name_joined=0.004,
    date_swapped=0.005,
    date_new_year=0.004,
    date_wrong=0.006,
    phone_blank=0.4,
    mother_blank=0.06,
)
WELFARE_LIST = DirtRates(
    nik_one_digit=0.008,
    nik_swapped=0.003,
    nik_blank=0.022,
    nik_dummy=0.002,
    name_variant=0.035,
    name_typo=0.02,
    name_dropped=0.012,
    date_swapped=0.005,
    date_new_year=0.01,
    date_wrong=0.006,
    card_blank=0.006,
    card_wrong=0.006,
    sex_wrong=0.002,
)
REGISTER = DirtRates(mother_blank=0.018, name_titled=0.03, date_new_year=0.002)
DEATH_LIST = DirtRates(
    nik_one_digit=0.012,
    nik_swapped=0.006,
    nik_blank=0.08,
    nik_spaced=0.01,
    nik_number=0.01,
    name_variant=0.06,
    name_typo=0.03,
    name_dropped=0.03,
    name_titled=0.5,
    name_gelar=0.5,
    kelurahan_variant=0.12,
    address_blank=0.04,
)
STAFF_LIST = DirtRates(
    nik_one_digit=0.004, nik_swapped=0.002, nik_blank=0.006, name_typo=0.008
)
