"""A returned correction workbook as a delivery of its own: rows, fates, and what each
of its rows supersedes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from semesta.intake.choosing import fitting
from semesta.intake.corrections.lineages import (
    Member,
    changed_cells,
    corrected_table,
    standings,
    superseded,
)
from semesta.intake.corrections.returning import (
    Base,
    Compared,
    Taken,
    compare,
    has_numbers,
    left_out,
    lines_of,
    raw_rows,
    standard_rows,
    succession,
    taken_rows,
)
from semesta.intake.lakerows import problems_table, rows_table
from semesta.intake.maps import supplier_map
from semesta.intake.marks import list_of
from semesta.intake.reading import (
    Opened,
    Reading,
    Received,
    open_tables,
    standard_of,
)
from semesta.kernel import Region, UserError


@dataclass(frozen=True)
class Origin:
    """The list being corrected, as its first delivery tells: `source` holds its bytes."""

    source: Path
    name: str
    filename: str
    supplier: str
    as_of: date
    area: str


@dataclass
class Correction:
    """What a returned file becomes. `corrected`: which row of the list each row means;
    `editions`: the next rows of each delivery that lost some, by its name."""

    reading: Reading
    corrected: pa.Table
    editions: dict[str, pa.Table]


def is_correction(opened: Opened) -> bool:
    """Whether a file is, or once was, a correction workbook."""
    return bool(opened.marked) or any(has_numbers(table) for table in opened.tables)


def names_its_list(opened: Opened) -> tuple[str, list[str]]:
    """The SHA-256 of the list that the file names (blank: none), and the beginnings of
    names its row numbers carry, the most frequent first."""
    beginnings = [
        beginning
        for line in lines_of(opened.tables)
        if (beginning := list_of(line.number))
    ]
    unique = sorted(set(beginnings), key=lambda one: (-beginnings.count(one), one))
    return opened.marked, unique


def read_correction(
    received: Received, origin: Origin, members: Sequence[Member], region: Region
) -> Correction:
    """Read a returned file against its list and the corrections taken before.

    UserError `correction.no_numbers` when the column of row numbers is gone.
    """
    supplier = supplier_map(origin.supplier)
    first = fitting(open_tables(origin.source).tables, supplier)
    headers = [h.text for one in first for h in one.table.headers]
    opened = open_tables(received.source, headers)
    lines = lines_of(opened.tables)
    if not any(has_numbers(table) for table in opened.tables):
        raise no_numbers()
    base = Base(first, origin.name).overlaid(changed_cells(members))
    compared = compare(base, lines)
    now = base.overlaid(compared.changes)
    sent = Received(
        origin.source, received.name, origin.filename, origin.as_of, area=origin.area
    )
    judged, area = standard_of(now.mapped, supplier, sent, region)
    standing = standings(members)
    taken = taken_rows(base, compared, judged.severity, standing)
    standard = standard_rows(judged, taken)
    reading = Reading(
        supplier=supplier,
        area=area,
        tables=_described(opened, compared, taken),
        fates=standard.fates(),
        raw=raw_rows(taken),
        rows=rows_table(standard, received.name, supplier),
        problems=problems_table(standard, received.name, supplier),
    )
    by = succession(taken, standard.severity, standing, received.name)
    return Correction(
        reading, _corrected(taken, compared, received.name), _editions(members, by)
    )


def _corrected(taken: Sequence[Taken], compared: Compared, name: str) -> pa.Table:
    return corrected_table(
        (one.line.row_id(name), one.root, compared.changes.get(one.root, {}))
        for one in taken
        if one.root
    )


def _editions(members: Sequence[Member], by: dict[str, str]) -> dict[str, pa.Table]:
    editions = {}
    for member in members:
        own = {row: new for row, new in by.items() if row.startswith(f"{member.name}:")}
        if own:
            editions[member.name] = superseded(member.rows, own)
    return editions


def _described(
    opened: Opened, compared: Compared, taken: Sequence[Taken]
) -> list[dict[str, Any]]:
    """The returned tables as stored with the delivery; lines that came back as they
    were are counted with the first."""
    numbers = np.array([one.line.sheet_number for one in taken])
    described: list[dict[str, Any]] = []
    for table in opened.tables:
        about: dict[str, Any] = {
            "sheet": table.sheet,
            "sheet_number": table.sheet_number,
            "header_lines": list(table.header_lines),
            "rows": int((numbers == table.sheet_number).sum()),
            "left_out": dict(table.left_out),
        }
        if not has_numbers(table):
            about |= {"rows": 0, "skipped": "other_columns", "lines": table.rows}
        described.append(about)
    unchanged = left_out(compared, taken)
    if described and unchanged:
        described[0]["left_out"]["unchanged"] = unchanged
    return described + opened.skipped


def no_numbers() -> UserError:
    return UserError(
        "correction.no_numbers",
        "Kolom nomor baris Semesta tidak ada lagi di lembar perbaikan ini.",
        "Tanpa nomor itu tidak diketahui baris mana yang diperbaiki.",
        "Unduh lembar perbaikan sekali lagi, isi, dan jangan hapus kolom terakhirnya.",
    )


def unknown_list() -> UserError:
    return UserError(
        "correction.unknown_list",
        "Lembar perbaikan ini bukan untuk kiriman mana pun di sini.",
        "Daftar yang diperbaikinya tidak pernah diterima di ruang kerja ini.",
        "Periksa apakah berkasnya benar, atau kirim dahulu daftar aslinya.",
    )


def other_area() -> UserError:
    return UserError(
        "correction.other_area",
        "Lembar perbaikan ini untuk kiriman di luar wilayah Anda.",
        "Hanya kantor yang mengirim daftar itu, atau petugas kota, yang memperbaikinya.",
        "Kirim lembar perbaikan dari daftar kantor Anda sendiri.",
    )


def meanwhile() -> UserError:
    return UserError(
        "correction.meanwhile",
        "Perbaikan lain untuk daftar yang sama baru saja masuk.",
        "Keduanya dibaca pada saat yang sama, dan yang ini belum melihat yang lain.",
        "Kirim berkas ini sekali lagi.",
    )
