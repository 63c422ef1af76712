"""Every supplier's list as its office sends it, also with its headers written another way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.support.office_files import codes, read, rows
from tests.support.office_lists import LISTS, OfficeList

from semesta.intake.maps import supplier_maps

pytestmark = pytest.mark.once

# What a clerk does to headers when retyping a list.
SHORTENED = {
    "NOMOR": "NO", "NO_": "NO. ", "TANGGAL": "TGL", "JENIS KELAMIN": "JK",
    "JENIS_KELAMIN": "JK", "KELURAHAN": "KEL.", "KECAMATAN": "KEC.", "JUMLAH": "JML",
    "NAMA LENGKAP": "NM LENGKAP", "NAMA_LENGKAP": "NM. LENGKAP", "TELEPON": "TELP",
    "HANDPHONE": "HP", "TEMPAT": "TMP", "LAHIR": "LHR", "PEKERJAAN": "PEKERJ.",
    "ALAMAT": "ALMT", "KETERANGAN": "KET.", "PERUSAHAAN": "PERUSH.",
    "HUBUNGAN": "HUB.", "KELUARGA": "KLG", "STATUS": "STS", "PENDIDIKAN": "PENDDK",
}  # fmt: skip


def shortened(header: str) -> str:
    """`Tempat/Tgl Lahir` → `TMP/TGL LHR`."""
    header = header.upper()
    for word, short in SHORTENED.items():
        header = header.replace(word, short)
    return header


def broken(header: str) -> str:
    """A line break in place of the first blank or underscore behind a word."""
    place = next((n for n, c in enumerate(header) if c in " _" and n > 2), None)
    return header if place is None else f"{header[:place]}\n{header[place + 1 :]}"


def spread(header: str) -> str:
    """Blanks around and inside, as in lists that went through many hands."""
    return f"  {header.replace('_', ' _ ')} "


WAYS: dict[str, Callable[[str], str]] = {
    "lower": str.lower,
    "title": str.title,
    "broken": broken,
    "spaced": lambda header: header.replace("_", " "),
    "spread": spread,
    "shortened": shortened,
}
# A form's server writes these; nobody retypes paths.
WRITTEN_BY_SERVERS = {
    ("field_survey", way) for way in ("spaced", "spread", "shortened")
}


def check(supplier: str, sent: OfficeList) -> None:
    reading = read(sent.content(), "auto", sent.filename)
    found = rows(reading)
    assert reading.supplier.name == supplier
    assert [row["fate"] for row in found] == list(sent.fates)
    assert {name: found[0].get(name) for name in sent.first} == sent.first
    assert sent.said <= codes(reading)


def test_every_supplier_has_its_list() -> None:
    assert set(LISTS) == set(supplier_maps())


@pytest.mark.parametrize("supplier", LISTS)
def test_as_the_office_sends_it(supplier: str) -> None:
    check(supplier, LISTS[supplier])


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("supplier", LISTS)
def test_headers_written_another_way(supplier: str, way: str) -> None:
    if (supplier, way) in WRITTEN_BY_SERVERS:
        return
    changed = LISTS[supplier].with_headers(WAYS[way])
    assert changed.header != LISTS[supplier].header or way in ("lower", "spaced")
    check(supplier, changed)
