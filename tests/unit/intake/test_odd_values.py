"""Odd values as tired clerks type them, one table for all kinds: cell → value, codes."""

from __future__ import annotations

from datetime import date

import pytest
from tests.support.clerk import AS_OF
from tests.support.office_files import REGION

from semesta.intake.cells import NUMBER
from semesta.intake.cleaning import clean_cell
from semesta.intake.fields import FIELDS, Context

CONTEXT = Context(REGION, AS_OF)
LAST_OF_1992 = date(1992, 12, 31)
NIK = "1374010101809001"
UNREAD = "money.unreadable"

READ_AS = [
    *[
        ("born_on", cell, LAST_OF_1992, ())
        for cell in (
            "31-12-1992", "31/12/1992 0:00", "31.12.1992", "31 12 1992", "1992.12.31",
            "31121992", "19921231", "31 Des 1992", "31-XII-1992", "tgl 31-12-1992",
            "31-12-1992.", "'31-12-1992", "31 desember1992", "31--12--1992",
            "Kamis, 31 Desember 1992", "1992-12-31T00:00:00Z", "December 31, 1992",
        )
    ],
    ("born_on", "O1-O1-198O", date(1980, 1, 1), ()),
    ("born_on", "1 Agst 1980", date(1980, 8, 1), ()),
    ("born_on", "1 Pebruari 1980", date(1980, 2, 1), ()),
    ("born_on", "33969", LAST_OF_1992, ("date.serial",)),
    ("born_on", NUMBER + "33969", LAST_OF_1992, ("date.serial",)),
    ("born_on", "31/12/05", date(2005, 12, 31), ("date.two_digit_year",)),
    ("born_on", "31/12/45", date(1945, 12, 31), ("date.two_digit_year",)),
    ("born_on", "12/31/1992", LAST_OF_1992, ("date.month_first",)),
    ("born_on", "12-1992", None, ("date.unreadable",)),
    ("born_on", "29-02-1981", None, ("date.impossible",)),
    ("born_on", "31 Nopember 1992", None, ("date.impossible",)),
    ("born_on", "00-00-1980", None, ("date.year_only",)),
    ("born_on", "45 th", None, ("date.age",)),
    ("born_on", "31-12-2092", None, ("date.future",)),
    ("born_on", "5051980", None, ("date.unreadable",)),
    ("nik", "1374O1O1O18O9OO1", NIK, ("nik.letter_for_digit",)),
    ("nik", "1374.0101.0180.9001", NIK, ("nik.separators",)),
    ("nik", "NIK: " + NIK, NIK, ("nik.separators",)),
    ("nik", f'="{NIK}"', NIK, ()),
    ("nik", NUMBER + NIK, None, ("nik.numeric_cell",)),
    ("nik", NIK + " (suami)", None, ("nik.length",)),
    ("nik", NIK + "1", None, ("nik.length",)),
    ("nik", "1lI4OlOlOl8O9OOl", None, ("nik.length",)),
    ("phone", "O81234567890", "081234567890", ()),
    ("phone", "WA: 0812-3456-7890", "081234567890", ()),
    ("phone", "081234567890 (istri)", "081234567890", ()),
    ("phone", "tidak ada", None, ()),
    ("phone", "8.12346E+10", None, ("phone.unreadable",)),
    ("sex", "laki2", "L", ()),
    ("sex", "Prempuan", "P", ()),
    ("sex", "L/P", None, ("sex.unknown",)),
    ("kelurahan", "Kp. Manggis", "13.74.02.1003", ("place.spelling",)),
    ("kelurahan", "balai2", "13.74.02.1008", ("place.spelling",)),
    ("kelurahan", "Ps Usang", "13.74.02.1002", ("place.spelling",)),
    ("kelurahan", "T. Pak Lambik", "13.74.01.1008", ("place.spelling",)),
    ("kelurahan", "1374020006", "13.74.01.1001", ()),
    ("kelurahan", NUMBER + "1374011001", "13.74.01.1001", ()),
    ("kelurahan", "Koto Baru", None, ("place.unknown",)),
    ("name", "Dr. ANDI, Sp.PD", ("ANDI", "DR SP.PD"), ()),
    ("name", "K.H. ALI", ("ALI", "KH"), ()),
    ("name", "SYAFRIL DT. RAJO", ("SYAFRIL", "DT RAJO"), ()),
    ("occupation", "tdk bekerja", ("belum-bekerja", "TDK BEKERJA"), ()),
    ("occupation", "tkg ojek", ("ojek", "TKG OJEK"), ()),
    *[
        ("income", cell, 1_500_000, ("money.words",))
        for cell in (
            "1,5 jt", "1.5jt", "1 jt 500 rb", "1.500 rb", "1500rb", "satu setengah juta",
        )
    ],
    *[
        ("income", cell, 1_500_000, ())
        for cell in (
            "Rp 1.500.000,-", "Rp.1.5OO.OOO", "1,500,000.00", "±1.500.000", "1500000,00",
            "Rp 1.500.000/bulan",
        )
    ],
    ("income", "sejuta", 1_000_000, ("money.words",)),
    ("income", "setengah juta", 500_000, ("money.words",)),
    ("income", "500rb", 500_000, ("money.words",)),
    ("income", "1.5", None, (UNREAD,)),
    ("income", "50.000 / hari", None, (UNREAD,)),
    ("income", "500.000-1.000.000", None, (UNREAD,)),
    ("income", "500 rb 1 jt", None, (UNREAD,)),
    ("income", "-500000", None, (UNREAD,)),
    ("income", "tidak tetap", None, (UNREAD,)),
]  # fmt: skip


@pytest.mark.parametrize(("field", "cell", "value", "codes"), READ_AS)
def test_an_odd_value(field: str, cell: str, value: object, codes: tuple) -> None:
    cleaned = clean_cell(cell, FIELDS[field].reader(CONTEXT))
    assert (cleaned.value, cleaned.codes) == (value, codes)
