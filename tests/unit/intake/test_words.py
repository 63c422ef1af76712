"""Words with few meanings, and occupations."""

from __future__ import annotations

import pytest

from semesta.intake.cells import NUMBER, TRUTH
from semesta.intake.fields import FIELDS
from semesta.intake.words import (
    clean_occupation,
    clean_programmes,
    occupations,
    truth_reader,
    vocabulary,
    word_reader,
)


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("sex", "L", "L"),
        ("sex", "Laki-Laki", "L"),
        ("sex", "LAKI - LAKI", "L"),
        ("sex", "male", "L"),
        ("sex", "Pr", "P"),
        ("sex", "2", "P"),
        ("sex", NUMBER + "1", "L"),
        ("relation", "KEPALA KELUARGA", "kepala"),
        ("relation", "1. Kepala keluarga", "kepala"),
        ("relation", "Isteri", "istri"),
        ("relation", "FAMILI LAIN", "famili"),
        ("marital_status", "BELUM KAWIN", "belum-kawin"),
        ("marital_status", "Kawin Tercatat", "kawin"),
        ("marital_status", "Y", "kawin"),
        ("scale", "Usaha Mikro", "mikro"),
        ("payer", "Pemko Padang Panjang", "APBD"),
        ("payer", "APBD_PROV", "APBD_PROV"),
        ("payer", "Mandiri", "SELF"),
        ("work_status", "Berusaha sendiri", "berusaha-sendiri"),
        ("sex", "", None),
    ],
)
def test_words(kind: str, cell: str, value: str | None) -> None:
    assert word_reader(kind).clean(cell) == (value, ())


def test_an_unknown_word_is_named_not_guessed() -> None:
    assert word_reader("sex").clean("entah") == (None, ("sex.unknown",))


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("alive", "HIDUP", True),
        ("alive", "MENINGGAL", False),
        ("yes_no", "Ya", True),
        ("yes_no", "Tidak bekerja", False),
        ("yes_no", TRUTH + "FALSE", False),
        ("yes_no", "", None),
    ],
)
def test_yes_and_no(kind: str, cell: str, value: bool | None) -> None:
    assert truth_reader(kind).clean(cell) == (value, ())


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Ojek", "ojek"),
        ("Tukang Ojek Pangkalan", "ojek"),
        ("Ojek Online", "ojek-daring"),
        ("PETANI/PEKEBUN", "petani"),
        ("Buruh Tani", "buruh-tani"),
        ("buruh harian lepas", "buruh-harian"),
        ("Pedagang Sate Keliling", "pedagang-kecil"),
        ("Pedagang Keliling", "asongan"),
        ("Pekerja Kapur", "pekerja-kapur"),
        ("PEGAWAI NEGERI SIPIL (PNS)", "pns"),
        ("BELUM/TIDAK BEKERJA", "belum-bekerja"),
        ("MENGURUS RUMAH TANGGA", "mengurus-rumah-tangga"),
        ("Asisten Rumah Tangga", "asisten-rumah-tangga"),
        ("Ketua RT", "rt-rw"),
        ("Garin", "marbot"),
        ("9. Sopir angkot", "sopir"),
    ],
)
def test_occupations(cell: str, code: str) -> None:
    found, codes = clean_occupation(cell)
    assert (found[0], codes) == (code, ())


def test_an_unknown_occupation_keeps_its_text() -> None:
    assert clean_occupation("Pawang hujan") == (
        ("lainnya", "PAWANG HUJAN"),
        ("occupation.unknown",),
    )


def test_occupation_codes_are_fit_for_the_database() -> None:
    assert all(len(code) <= 30 and code == code.lower() for code in occupations())


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("JKK,JKM", "JKK+JKM"),
        ("JKM + JKK + JHT", "JKK+JKM+JHT"),
        ("T", "JKK+JKM"),
        ("TI", "JKK+JKM+JHT"),
        ("jkk jkm", "JKK+JKM"),
    ],
)
def test_programmes(cell: str, value: str) -> None:
    assert clean_programmes(cell) == (value, ())


def test_no_programme() -> None:
    assert clean_programmes("BPJS") == (None, ("programmes.unknown",))


@pytest.mark.parametrize(
    "kind", ["sex", "relation", "marital_status", "payer", "scale"]
)
def test_codes_are_words_for_themselves(kind: str) -> None:
    reader = word_reader(kind)
    assert all(reader.clean(code).value == code for code in vocabulary(kind).values())
    assert kind in FIELDS
