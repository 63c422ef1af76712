"""Guards before a workbook is opened: what kind of file it is, and that it is no bomb.

A workbook is a zip of XML. Its directory tells the sizes inside, so a gigabyte of zeros
is refused before a byte of it is unpacked. How large a grid the cells span is `gridscan`'s.
"""

from __future__ import annotations

import zipfile
import zlib
from typing import BinaryIO

from semesta.kernel import UserError

MAX_FILE = 512 * 2**20
MAX_UNPACKED = 1536 * 2**20
MAX_RATIO = 150
SMALL = 32 * 2**20  # below this no ratio is suspicious
MAX_SHEETS = 200
MAX_COLUMNS = 512
MAX_CELLS = 20_000_000
MAX_ROWS = 2_000_000
MAX_TEXT_CELLS = 4 * MAX_CELLS  # read as columns, where a cell costs little

# What the standard library's zip reader raises for an archive that is damaged.
UNREADABLE = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, LookupError, ValueError,
    NotImplementedError, RuntimeError,
)  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_KINDS = (
    (b"\x89PNG", "gambar PNG"), (b"\xff\xd8\xff", "gambar JPEG"),
    (b"GIF8", "gambar GIF"), (b"{\\rtf", "dokumen RTF"), (b"Rar!", "arsip RAR"),
    (b"7z\xbc\xaf", "arsip 7z"), (b"\x1f\x8b", "arsip GZIP"), (b"SQLite format", "basis data"),
    (b"PAR1", "berkas Parquet"), (b"MZ", "program Windows"), (b"\x7fELF", "program"),
)  # fmt: skip


def kind_of(file: BinaryIO, size: int) -> str:
    """`xlsx`, `ods`, `xls`, `pdf`, `html`, `xml` or `text` by content; UserError for
    everything else."""
    check_size(size)
    head = file.read(4096)
    file.seek(0)
    if head.startswith(_OLE):
        return _ole_kind(file)
    if head.startswith(b"PK"):
        return _zip_kind(file)
    if b"%PDF" in head[:1024]:
        return "pdf"
    for magic, name in _OTHER_KINDS:
        if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(magic):
            raise not_a_table(name)
    return _markup_kind(head) or "text"


def _markup_kind(head: bytes) -> str:
    """`xml` for Excel's XML of 2003, `html` for a page (many programs call theirs .xls)."""
    text = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").lower()
    if not text.startswith(b"<"):
        return ""
    if b"urn:schemas-microsoft-com:office:spreadsheet" in text and b"<?xml" in text:
        return "xml"
    if any(tag in text for tag in (b"<html", b"<table", b"<!doctype html", b"<meta")):
        return "html"
    if text.startswith((b"<?xml", b"<!doctype")):
        raise not_a_table("XML yang bukan lembar kerja")
    return ""


def check_size(size: int) -> None:
    """Refuse a file that is empty or larger than can be read in bounded memory."""
    if size == 0:
        raise UserError(
            "file.empty",
            "Berkas ini kosong.",
            "Ukurannya nol bita; mungkin pengirimannya terputus.",
            "Mintalah berkas yang lengkap kepada pengirim, lalu kirim lagi.",
        )
    if size > MAX_FILE:
        raise UserError(
            "file.too_large",
            "Berkas ini terlalu besar.",
            f"Ukurannya {size / 2**20:,.0f} MB; batasnya {MAX_FILE // 2**20} MB.",
            "Pecah daftar menjadi beberapa berkas, lalu kirim satu per satu.",
        )


def too_long_markup(size: int, limit: int) -> UserError:
    return UserError(
        "file.too_large",
        "Berkas ini terlalu besar untuk halaman web atau XML.",
        f"Ukurannya {size / 2**20:,.0f} MB; batasnya {limit // 2**20} MB.",
        "Buka di Excel, simpan sebagai .xlsx, lalu kirim lagi.",
    )


def not_a_table(name: str) -> UserError:
    """The error for a file that is something else than a table, whatever its name."""
    return UserError(
        "file.not_a_table",
        "Berkas ini bukan lembar kerja.",
        f"Isinya {name}, apa pun nama berkasnya.",
        "Buka di aplikasi lembar kerja, simpan sebagai .xlsx atau .csv, lalu kirim lagi.",
    )


def encrypted() -> UserError:
    return UserError(
        "file.encrypted",
        "Berkas ini terkunci kata sandi.",
        "Isinya tersandi, sehingga tidak satu baris pun dapat dibaca.",
        "Buka dengan kata sandinya, hapus kata sandi, simpan, lalu kirim lagi.",
    )


def corrupt(detail: str) -> UserError:
    return UserError(
        "file.corrupt",
        "Berkas ini rusak atau terpotong.",
        f"Isinya tidak dapat dibuka sampai selesai ({detail}).",
        "Mintalah berkas aslinya dikirim ulang; periksa apakah dapat dibuka di Excel.",
    )


def _bomb(size: int) -> UserError:
    return UserError(
        "file.bomb",
        "Berkas ini tidak dibuka karena isinya membengkak tidak wajar.",
        f"Ukuran aslinya menjadi {size / 2**20:,.0f} MB setelah dibuka.",
        "Salin datanya ke lembar kerja baru yang hanya berisi daftar, lalu kirim lagi.",
    )


def too_many_columns(columns: int) -> UserError:
    return UserError(
        "table.too_many_columns",
        "Tabel ini terlalu lebar.",
        f"Ada {columns:,} kolom; batasnya {MAX_COLUMNS}.",
        "Hapus kolom kosong di sebelah kanan daftar, simpan, lalu kirim lagi.",
    )


def too_many_rows(limit: int) -> UserError:
    return UserError(
        "table.too_many_rows",
        "Daftar ini terlalu panjang untuk sekali baca.",
        f"Ada lebih dari {limit:,} baris.",
        "Pecah daftar menjadi beberapa berkas, lalu kirim satu per satu.",
    )


def cell_too_long() -> UserError:
    return UserError(
        "table.cell_too_long",
        "Satu sel di berkas ini terlalu panjang.",
        "Isinya lebih dari 16 juta huruf, sehingga tidak mungkin berisi data seseorang.",
        "Hapus isi sel itu (mungkin gambar atau teks tempelan), lalu kirim lagi.",
    )


def too_many_cells(cells: int, limit: int = MAX_CELLS) -> UserError:
    return UserError(
        "table.too_large",
        "Lembar kerja ini terlalu besar.",
        f"Selnya terbentang seluas {cells:,} sel; batasnya {limit:,}.",
        "Hapus isi yang tercecer jauh dari daftar, atau kirim sebagai CSV.",
    )


def _ole_kind(file: BinaryIO) -> str:
    content = file.read(MAX_FILE)
    file.seek(0)

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        raise encrypted()
    if holds("WordDocument"):
        raise not_a_table("dokumen Word")
    if holds("Workbook") or holds("Book"):
        return "xls"
    raise corrupt("wadah berkas Office lama tanpa lembar kerja")


def _zip_kind(file: BinaryIO) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            _check_directory(members)
            names = {member.filename for member in members}
            kind = _kind_by_names(names, archive)
    except UNREADABLE as error:
        raise corrupt("arsip terpotong") from error
    finally:
        file.seek(0)
    return kind


def _check_directory(members: list[zipfile.ZipInfo]) -> None:
    if any(member.flag_bits & 1 for member in members):
        raise encrypted()
    total = sum(member.file_size for member in members)
    if total > MAX_UNPACKED:
        raise _bomb(total)
    for member in members:
        ratio = member.file_size / max(member.compress_size, 1)
        if member.file_size > SMALL and ratio > MAX_RATIO:
            raise _bomb(member.file_size)


def _kind_by_names(names: set[str], archive: zipfile.ZipFile) -> str:
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "content.xml" in names and "mimetype" in names:
        if b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise encrypted()
        if b"spreadsheet" in archive.read("mimetype"):
            return "ods"
        raise not_a_table("dokumen OpenDocument yang bukan lembar kerja")
    if "xl/workbook.bin" in names:
        raise not_a_table("lembar kerja biner (.xlsb)")
    if "word/document.xml" in names:
        raise not_a_table("dokumen Word")
    if any(name.startswith("xl/") for name in names):
        raise corrupt("bagian lembar kerja tidak lengkap")
    raise not_a_table("arsip ZIP")
