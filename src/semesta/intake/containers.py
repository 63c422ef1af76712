"""Guards before a workbook is opened: what kind of file it is, and that it is no bomb.

A workbook is a zip of XML. Its directory tells the sizes inside, so a gigabyte of zeros
is refused before a byte of it is unpacked; then each sheet is read once as a stream, in
bounded memory, to learn how large a grid its cells span and which formulas hold no value.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.etree import ElementTree

from semesta.intake.cells import ERROR, FORMULA
from semesta.kernel import UserError

MAX_FILE = 512 * 2**20
MAX_UNPACKED = 1536 * 2**20
MAX_RATIO = 150
SMALL = 32 * 2**20  # below this no ratio is suspicious
MAX_SHEETS = 200
MAX_COLUMNS = 512
MAX_CELLS = 20_000_000
MAX_ROWS = 2_000_000
_PIECE = 4 * 2**20

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_KINDS = (
    (b"%PDF", "PDF"), (b"\x89PNG", "gambar PNG"), (b"\xff\xd8\xff", "gambar JPEG"),
    (b"GIF8", "gambar GIF"), (b"{\\rtf", "dokumen RTF"), (b"Rar!", "arsip RAR"),
    (b"7z\xbc\xaf", "arsip 7z"), (b"\x1f\x8b", "arsip GZIP"), (b"SQLite format", "basis data"),
    (b"PAR1", "berkas Parquet"), (b"MZ", "program Windows"), (b"\x7fELF", "program"),
)  # fmt: skip


def kind_of(file: BinaryIO, size: int) -> str:
    """`xlsx`, `ods`, `xls` or `text` by content; UserError for everything else."""
    check_size(size)
    head = file.read(4096)
    file.seek(0)
    if head.startswith(_OLE):
        return _ole_kind(file)
    if head.startswith(b"PK"):
        return _zip_kind(file)
    for magic, name in _OTHER_KINDS:
        if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(magic) or (
            magic == b"%PDF" and magic in head[:1024]
        ):
            raise not_a_table(name)
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")[:200].lower()
    if start.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta")):
        raise not_a_table("halaman web atau XML yang diberi nama lembar kerja")
    return "text"


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
        "Isi lembar kerja tersandi, sehingga tidak satu baris pun dapat dibaca.",
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


def too_many_cells(cells: int) -> UserError:
    return UserError(
        "table.too_large",
        "Lembar kerja ini terlalu besar.",
        f"Selnya terbentang seluas {cells:,} sel; batasnya {MAX_CELLS:,}.",
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
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError) as error:
        raise corrupt("arsip terpotong") from error
    except (NotImplementedError, RuntimeError) as error:
        raise encrypted() from error
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


# ── what the cells of a sheet span ────────────────────────────────────────


@dataclass
class Scan:
    """What a sheet's XML tells that the reader of cells does not."""

    width: int = 0
    height: int = 0
    hidden_rows: int = 0
    unread: dict[int, dict[int, str]] = field(default_factory=dict)
    """Line (1-based) → column (0-based) → mark of a formula without a value or an error."""

    def add_unread(self, reference: bytes, mark: str) -> None:
        letters = reference.rstrip(b"0123456789")
        line = int(reference[len(letters) :])
        self.unread.setdefault(line, {})[column_number(letters.decode())] = mark


def column_number(letters: str) -> int:
    """`A` → 0, `AA` → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


_COLUMN = re.compile(rb"\sr=[\"']([A-Z]{1,3})\d")
_WIDE_CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*?\sr=[\"']([A-Z]{2,3})\d+[^>]*[^/>]>")
_FAR_ROW = re.compile(rb"\sr=[\"'][A-Z]*(\d{6,7})[\"']")
_HIDDEN = re.compile(rb"<(?:\w+:)?row\b[^>]*\shidden=[\"'](?:1|true)")
_ERROR_CELL = re.compile(
    rb"<(?:\w+:)?c\b(?=[^>]*\st=[\"']e[\"'])[^>]*?\sr=[\"']([A-Z]+\d+)[\"']"
)
_EMPTY_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b[^>]*?\sr=[\"']([A-Z]+\d+)[\"'][^>]*>\s*"
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*[^/>]>[^<]*</(?:\w+:)?f>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v\b[^>]*>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)


def scan_workbook(file: BinaryIO) -> dict[str, Scan]:
    """Sheet name → its scan, for an xlsx. UserError when its grid is too large."""
    try:
        with zipfile.ZipFile(file) as archive:
            paths = _sheet_paths(archive)
            if len(paths) > MAX_SHEETS:
                raise not_a_table(f"buku kerja dengan {len(paths)} lembar")
            return {
                name: _scan_sheet(archive, path)
                for name, path in paths.items()
                if path in archive.NameToInfo
            }
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise corrupt("arsip terpotong") from error
    except ElementTree.ParseError as error:
        raise corrupt("daftar lembar tidak terbaca") from error
    finally:
        file.seek(0)


def _sheet_paths(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → its member in the archive."""
    if "xl/_rels/workbook.xml.rels" not in archive.NameToInfo:
        raise corrupt("daftar lembar hilang")
    targets = {}
    for element in _small_xml(archive, "xl/_rels/workbook.xml.rels").iter():
        target = element.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        targets[element.get("Id", "")] = path
    paths = {}
    for element in _small_xml(archive, "xl/workbook.xml").iter():
        if element.tag.rpartition("}")[2] == "sheet":
            for key, value in element.attrib.items():
                if key.rpartition("}")[2] == "id" and value in targets:
                    paths[element.get("name", "")] = targets[value]
    return paths


def _small_xml(archive: zipfile.ZipFile, path: str) -> ElementTree.Element:
    if archive.getinfo(path).file_size > SMALL:
        raise corrupt("daftar lembar tidak wajar")
    return ElementTree.fromstring(archive.read(path))


def _scan_sheet(archive: zipfile.ZipFile, path: str) -> Scan:
    scan = Scan(height=100_000)
    widest = 0
    for piece in _pieces(archive, path, b"<"):
        for letters in set(_COLUMN.findall(piece)):
            widest = max(widest, column_number(letters.decode()) + 1)
        if widest > MAX_COLUMNS:
            _check_wide(piece)
        for row in _FAR_ROW.findall(piece):
            scan.height = max(scan.height, int(row))
        if b"hidden=" in piece:
            scan.hidden_rows += len(_HIDDEN.findall(piece))
        _find_unread(piece, scan)
    scan.width = min(widest, MAX_COLUMNS)
    if scan.height > 100_000 and scan.width * scan.height > MAX_CELLS:
        raise too_many_cells(scan.width * scan.height)
    return scan


def _check_wide(piece: bytes) -> None:
    """Formatting far to the right is harmless; cells with something in them are not."""
    for letters in set(_WIDE_CELL.findall(piece)):
        if (columns := column_number(letters.decode()) + 1) > MAX_COLUMNS:
            raise too_many_columns(columns)


def _find_unread(piece: bytes, scan: Scan) -> None:
    if b'"e"' in piece or b"'e'" in piece:
        for reference in _ERROR_CELL.findall(piece):
            scan.add_unread(reference, ERROR)
    if b"<f" in piece or b":f" in piece:
        for reference in _EMPTY_FORMULA.findall(piece):
            scan.add_unread(reference, FORMULA)


def _pieces(archive: zipfile.ZipFile, path: str, cut: bytes) -> Iterator[bytes]:
    """A member in pieces of bounded size, cut where a cell (or tag) begins."""
    rest = b""
    with archive.open(path) as stream:
        while block := stream.read(_PIECE):
            block = rest + block
            place = max(block.rfind(b"<c "), block.rfind(b":c "), block.rfind(b"<row"))
            place = block.rfind(b"<", 0, place + 1) if place > 0 else block.rfind(cut)
            if place <= 0 or len(block) > 8 * _PIECE:
                place = len(block)
            yield block[:place]
            rest = block[place:]
    if rest:
        yield rest


_ODS_TAG = re.compile(rb"<table:(table-row|(?:covered-)?table-cell)\b([^>]*)>")
_ROWS = re.compile(rb"number-rows-repeated=[\"'](\d+)")
_TIMES = re.compile(rb"number-columns-repeated=[\"'](\d+)")


def check_ods(file: BinaryIO) -> None:
    """Refuse an ods whose repeated cells would unfold into too large a grid."""
    cells = times_row = 0
    try:
        with zipfile.ZipFile(file) as archive:
            for piece in _pieces(archive, "content.xml", b"<"):
                for name, attributes in _ODS_TAG.findall(piece):
                    if name == b"table-row":
                        found = _ROWS.search(attributes)
                        times_row = int(found[1]) if found else 1
                    elif not attributes.rstrip().endswith(b"/"):
                        found = _TIMES.search(attributes)
                        cells += times_row * (int(found[1]) if found else 1)
                if cells > MAX_CELLS:
                    raise too_many_cells(cells)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError) as error:
        raise corrupt("arsip terpotong") from error
    finally:
        file.seek(0)
