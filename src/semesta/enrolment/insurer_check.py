"""The insurer's own rules for the files it takes, as far as they are known.

Written apart from what writes the files, so that one can prove the other: a file without
findings here is one that the insurer takes at the first try, NIK and membership aside,
which only the insurer can look up.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import NamedTuple

from python_calamine import CalamineWorkbook

from semesta.kernel import NotPossible

BPU_HEADER = (
    "NOMOR_IDENTITAS", "NAMA_LENGKAP", "TGL_LAHIR", "HANDPHONE", "EMAIL",
    "JENIS_PEKERJAAN_1", "JENIS_PEKERJAAN_2", "LOKASI_PEKERJAAN", "UPAH", "KODE_PAKET",
    "BULAN_IURAN",
)  # fmt: skip
LEAVING_HEADER = (
    "KPJ", "NAMA_LENGKAP", "TGL_LAHIR", "SEBAB_NA", "TGL_KEJADIAN", "KETERANGAN",
)  # fmt: skip
LEAVING_NAME = "data_tk_na.xlsx"
MOST_ROWS = 10_000
# A file saved twice or copied gets such an ending, and is refused for it.
COPIED = re.compile(r"\(\d+\)|_\d{1,2}\.xlsx$|copy|salinan", re.IGNORECASE)
NAME = re.compile(r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ .,'’`/()-]*")


class Finding(NamedTuple):
    """One thing the insurer would refuse; `line` 0: the file as a whole."""

    line: int
    column: str
    message: str


@dataclass(frozen=True)
class Known:
    """What the insurer compares with: codes, the bases of the income bands, the day."""

    jobs: Collection[str]
    places: Collection[str]
    wages: Collection[int]
    leave: Collection[str]
    on: date


Row = dict[str, str]
Rule = tuple[str, str, Callable[[Row, Known], bool]]


def check_bpu_file(content: bytes, filename: str, known: Known) -> list[Finding]:
    """What the insurer would refuse in a registration file; empty: it passes."""
    return _check(content, filename, BPU_HEADER, _BPU_RULES, known, "NOMOR_IDENTITAS")


def check_leaving_file(content: bytes, filename: str, known: Known) -> list[Finding]:
    """What the insurer would refuse in a `data_tk_na` file; empty: it passes."""
    found = _check(content, filename, LEAVING_HEADER, _LEAVING_RULES, known, "KPJ")
    if filename != LEAVING_NAME:
        message = f"Nama berkas harus {LEAVING_NAME}."
        found.insert(0, Finding(0, "", message))
    return found


def refuse_unless_it_passes(findings: Sequence[Finding]) -> None:
    """NotPossible `upload.refused` for a file that the insurer would send back."""
    if not findings:
        return
    first = findings[0]
    where = f"Baris {first.line}, {first.column}" if first.line else "Berkas"
    raise NotPossible(
        "upload.refused",
        "Berkas ini akan ditolak BPJS Ketenagakerjaan, jadi tidak ditulis.",
        f"{where}: {first.message} ({len(findings)} temuan)",
        "Perbaiki datanya, atau periksa daftar kode, lalu tulis lagi.",
    )


def rows_in(content: bytes) -> int:
    """How many people stand in a file."""
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return len(book.get_sheet_by_index(0).to_python()) - 1


def _check(
    content: bytes,
    filename: str,
    header: Sequence[str],
    rules: Sequence[Rule],
    known: Known,
    key: str,
) -> list[Finding]:
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
    lines = rows.to_python()
    found = list(_of_the_file(lines, filename, header))
    if found:
        return found
    seen: Counter[str] = Counter()
    for number, cells in enumerate(lines[1:], start=2):
        if not all(isinstance(cell, str) for cell in cells):
            found.append(Finding(number, "", "Ada sel yang bukan teks."))
            continue
        row = dict(zip(header, map(str, cells), strict=True))
        found += [
            Finding(number, column, message)
            for column, message, passes in rules
            if not passes(row, known)
        ]
        seen[row[key]] += 1
        if seen[row[key]] > 1:
            found.append(Finding(number, key, "Nomor ini sudah ada di baris lain."))
    return found


def _of_the_file(
    lines: Sequence[Sequence[object]], filename: str, header: Sequence[str]
) -> Iterator[Finding]:
    if COPIED.search(filename):
        yield Finding(0, "", "Nama berkas sudah berubah, mis. berakhiran (1).")
    if not filename.endswith(".xlsx"):
        yield Finding(0, "", "Berkas harus berakhiran .xlsx.")
    if not lines or tuple(lines[0]) != tuple(header):
        yield Finding(0, "", "Judul kolom tidak sama dengan format BPJS.")
    if len(lines) < 2:
        yield Finding(0, "", "Tidak ada baris data.")
    if len(lines) - 1 > MOST_ROWS:
        yield Finding(0, "", f"Lebih dari {MOST_ROWS} baris.")


def _day(text: str) -> date | None:
    """A day written dd-mm-yyyy."""
    if not re.fullmatch(r"\d{2}-\d{2}-\d{4}", text):
        return None
    try:
        return datetime.strptime(text, "%d-%m-%Y").date()  # noqa: DTZ007
    except ValueError:
        return None


def _is_past_day(text: str, on: date) -> bool:
    day = _day(text)
    return day is not None and date(1900, 1, 1) <= day <= on


def _is_name(text: str) -> bool:
    whole = 0 < len(text) <= 100 and text == " ".join(text.split())
    return whole and NAME.fullmatch(text) is not None


def _is_mail(text: str) -> bool:
    return not text or re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text) is not None


_BPU_RULES: tuple[Rule, ...] = (
    ("NOMOR_IDENTITAS", "NIK bukan enam belas angka.",
     lambda row, known: re.fullmatch(r"\d{16}", row["NOMOR_IDENTITAS"]) is not None),
    ("NAMA_LENGKAP", "Nama tidak seperti di KTP.",
     lambda row, known: _is_name(row["NAMA_LENGKAP"])),
    ("TGL_LAHIR", "Tanggal lahir bukan dd-mm-yyyy.",
     lambda row, known: _is_past_day(row["TGL_LAHIR"], known.on)),
    ("HANDPHONE", "Nomor HP tidak berbentuk 08….",
     lambda row, known: re.fullmatch(r"(08\d{8,11})?", row["HANDPHONE"]) is not None),
    ("EMAIL", "Alamat surel salah.", lambda row, known: _is_mail(row["EMAIL"])),
    ("JENIS_PEKERJAAN_1", "Jenis pekerjaan tidak ada dalam daftar kode.",
     lambda row, known: row["JENIS_PEKERJAAN_1"] in known.jobs),
    ("JENIS_PEKERJAAN_2", "Jenis pekerjaan kedua tidak ada dalam daftar kode.",
     lambda row, known: row["JENIS_PEKERJAAN_2"] in {"", *known.jobs}),
    ("LOKASI_PEKERJAAN", "Lokasi pekerjaan tidak ada dalam daftar kode.",
     lambda row, known: row["LOKASI_PEKERJAAN"] in known.places),
    ("UPAH", "Upah bukan dasar upah salah satu golongan penghasilan.",
     lambda row, known: row["UPAH"] in {str(wage) for wage in known.wages}),
    ("KODE_PAKET", "Kode paket bukan T atau TI.",
     lambda row, known: row["KODE_PAKET"] in ("T", "TI")),
    ("BULAN_IURAN", "Bulan iuran bukan 1 sampai 12.",
     lambda row, known: row["BULAN_IURAN"] in {str(n) for n in range(1, 13)}),
)  # fmt: skip

_LEAVING_RULES: tuple[Rule, ...] = (
    ("KPJ", "KPJ bukan 8 sampai 13 angka.",
     lambda row, known: re.fullmatch(r"\d{8,13}", row["KPJ"]) is not None),
    ("NAMA_LENGKAP", "Nama tidak seperti di KTP.",
     lambda row, known: _is_name(row["NAMA_LENGKAP"])),
    ("TGL_LAHIR", "Tanggal lahir bukan dd-mm-yyyy.",
     lambda row, known: _is_past_day(row["TGL_LAHIR"], known.on)),
    ("SEBAB_NA", "Sebab nonaktif tidak ada dalam daftar kode.",
     lambda row, known: row["SEBAB_NA"] in known.leave),
    ("SEBAB_NA", "Peserta yang meninggal tidak dinonaktifkan; ajukan klaim JKM.",
     lambda row, known: "MENINGGAL" not in row["KETERANGAN"].upper()),
    ("TGL_KEJADIAN", "Tanggal kejadian bukan dd-mm-yyyy.",
     lambda row, known: _is_past_day(row["TGL_KEJADIAN"], known.on)),
    ("KETERANGAN", "Keterangan kosong atau terlalu panjang.",
     lambda row, known: 0 < len(row["KETERANGAN"]) <= 100),
)  # fmt: skip
