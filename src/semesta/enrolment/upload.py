"""The insurer's BPU file: eleven columns, every cell text, one row per person.

Layout: NOMOR_IDENTITAS … BULAN_IURAN as the insurer's bulk template for participants
without an employer. A row that lacks what the insurer requires is not written, because
the whole file would come back; it becomes a task instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from semesta.kernel import UserError
from semesta.kernel.identity import SIXTEEN_DIGITS
from semesta.warehouse.workbook import Column, Sheet, write_workbook

COLUMNS = (
    "NOMOR_IDENTITAS",
    "NAMA_LENGKAP",
    "TGL_LAHIR",
    "HANDPHONE",
    "EMAIL",
    "JENIS_PEKERJAAN_1",
    "JENIS_PEKERJAAN_2",
    "LOKASI_PEKERJAAN",
    "UPAH",
    "KODE_PAKET",
    "BULAN_IURAN",
)
WIDTHS = (18, 32, 12, 15, 10, 24, 18, 24, 10, 12, 12)
SHEET = "BPU"
PACKAGE_JKK_JKM = "T"
ROWS_PER_FILE = 10_000
NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[ .,'’`/()-])*")
MOBILE = re.compile(r"08\d{8,11}")
LONGEST_NAME = 100
EARLIEST = date(1900, 1, 1)


@dataclass(frozen=True)
class Member:
    """What is known about one entry when the file is written.

    `card_name`: the name in the population register today, blank when it is not known
    there. The insurer wants it letter by letter, so it goes before the decree's.
    """

    entry_id: int
    nik: str
    name: str
    born_on: date | None
    phone: str
    occupation_code: str
    card_name: str = ""


@dataclass(frozen=True)
class Terms:
    """What is the same for every row of a file. `jobs`: occupation → the insurer's code;
    `on`: the day the file is written."""

    place: str
    wage: int
    months: int
    jobs: Mapping[str, str]
    on: date = date.max


@dataclass(frozen=True)
class Gap:
    """A column that cannot be filled for one entry. `blocks`: the row stays out."""

    entry_id: int
    column: str
    code: str
    message: str
    blocks: bool


def check_within(months: int, *, of: int) -> None:
    """UserError `upload.months` when more months are billed than the decree pays."""
    if months <= of:
        return
    raise UserError(
        "upload.months",
        f"{months} bulan melebihi SK.",
        f"SK ini membiayai {of} bulan.",
        f"Pilih paling banyak {of} bulan.",
    )


def is_name(text: str) -> bool:
    """Whether a name could stand on an identity card."""
    tidy = text == " ".join(text.split())
    return tidy and len(text) <= LONGEST_NAME and NAME.fullmatch(text) is not None


def mobile(phone: str) -> str:
    """`+62 812-3456-7890` → `081234567890`; blank when it is no Indonesian mobile."""
    digits = re.sub(r"\D", "", phone)
    if digits.startswith("62"):
        digits = "0" + digits[2:]
    elif digits.startswith("8"):
        digits = "0" + digits
    return digits if MOBILE.fullmatch(digits) else ""


def find_gaps(member: Member, terms: Terms) -> list[Gap]:
    """Every column of the file that this entry cannot fill, in the file's order."""
    return [
        Gap(member.entry_id, column, code, message, blocks)
        for broken, column, code, message, blocks in _rules(member, terms)
        if broken
    ]


def _rules(member: Member, terms: Terms) -> Iterator[tuple[bool, str, str, str, bool]]:
    yield (
        not SIXTEEN_DIGITS.fullmatch(member.nik),
        "NOMOR_IDENTITAS", "upload.nik",
        "NIK harus enam belas angka.", True,
    )  # fmt: skip
    yield (
        not is_name(member.card_name or member.name),
        "NAMA_LENGKAP", "upload.name",
        "Nama kosong atau memuat tanda yang tidak ada di KTP.", True,
    )  # fmt: skip
    yield (
        bool(member.card_name) and member.card_name != member.name,
        "NAMA_LENGKAP", "upload.name_differs",
        "Nama di SK berbeda dari data kependudukan; yang dikirim nama di KTP.", False,
    )  # fmt: skip
    yield (
        member.born_on is None or not EARLIEST <= member.born_on <= terms.on,
        "TGL_LAHIR", "upload.born_on",
        "Tanggal lahir belum diketahui atau tidak mungkin.", True,
    )  # fmt: skip
    yield (
        not mobile(member.phone),
        "HANDPHONE", "upload.phone",
        "Nomor HP tidak ada atau tidak berbentuk 08…; kolomnya dikosongkan.", False,
    )  # fmt: skip
    yield (
        member.occupation_code not in terms.jobs,
        "JENIS_PEKERJAAN_1", "upload.occupation",
        "Pekerjaan kosong atau tidak ada di daftar pekerjaan BPJS Ketenagakerjaan.",
        True,
    )  # fmt: skip
    yield (
        not terms.place,
        "LOKASI_PEKERJAAN", "upload.place",
        "Kota ini belum ada di daftar lokasi BPJS Ketenagakerjaan.", True,
    )  # fmt: skip


def row(member: Member, terms: Terms) -> tuple[str, ...]:
    """One line of the file, all text, for an entry without a blocking gap."""
    if member.born_on is None:
        raise ValueError("an entry without a birth date has no row")
    return (
        member.nik,
        (member.card_name or member.name).upper(),
        member.born_on.strftime("%d-%m-%Y"),
        mobile(member.phone),
        "",
        terms.jobs[member.occupation_code],
        "",
        terms.place,
        str(int(terms.wage)),
        PACKAGE_JKK_JKM,
        str(terms.months),
    )


def file_bytes(members: Sequence[Member], terms: Terms, *, made_on: date) -> bytes:
    """The file as bytes: one sheet, header in the first line, every cell text."""
    columns = [
        Column(title, width) for title, width in zip(COLUMNS, WIDTHS, strict=True)
    ]
    rows = [row(member, terms) for member in members]
    sheet = Sheet(name=SHEET, columns=columns, rows=rows, styled=False)
    return write_workbook([sheet], title=SHEET, made_on=made_on)


def parts(members: Sequence[Member]) -> list[Sequence[Member]]:
    """The members cut into files of at most as many rows as the insurer takes."""
    return [
        members[start : start + ROWS_PER_FILE]
        for start in range(0, len(members), ROWS_PER_FILE)
    ]


def filename(number: str, months: int, content_sha256: str) -> str:
    """`BPU_400.9-12-2026_6-bulan_1a2b3c4d.xlsx`: never the same for other content."""
    slug = re.sub(r"[^\w.]+", "-", number).strip("-.")
    return f"BPU_{slug}_{months}-bulan_{content_sha256[:8]}.xlsx"
