"""The only writers of the insurer's code list."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

from django.db import transaction
from python_calamine import CalamineError, CalamineWorkbook

from semesta.audit.services import record
from semesta.enrolment.codes import queries
from semesta.enrolment.codes.codelist import CodeList, compare, read_list
from semesta.enrolment.codes.models import CodeVersion
from semesta.kernel import Actor, UserError


def load_codes(
    *, content: bytes, filename: str, effective_on: date, by: Actor
) -> CodeVersion | None:
    """Take in the branch's list as the version from a day on; None when it is the list
    that holds already. UserError for a file that is no such list; nothing is kept then.
    """
    before = queries.codes_on(effective_on)
    after = read_list(_rows(content, filename), before)
    return _keep(before, after, Path(filename).name[:200], effective_on, by)


def use_code(
    *, kind: str, ours: str, code: str, effective_on: date, by: Actor
) -> CodeVersion | None:
    """Say which of the insurer's codes stands for one of our words: a new version.

    UserError `codes.unknown` for a code that the list in force does not have.
    """
    before = queries.codes_on(effective_on)
    if code not in before.codes.get(kind, {}):
        raise UserError(
            "codes.unknown",
            f"Kode {code} tidak ada dalam daftar yang berlaku.",
            "Yang dapat dipilih hanya kode dari daftar cabang.",
            "Pilih salah satu kode di daftar, atau muat daftar yang lebih baru.",
        )
    after = before.with_use(kind, ours, code)
    return _keep(before, after, f"Dipilih petugas: {ours} = {code}", effective_on, by)


def _keep(
    before: CodeList, after: CodeList, source: str, effective_on: date, by: Actor
) -> CodeVersion | None:
    if after.sha256 == before.sha256:
        return None
    changes = compare(before, after).as_dict()
    with transaction.atomic():
        version = CodeVersion.objects.create(
            effective_on=effective_on,
            source=source,
            sha256=after.sha256,
            body=after.body(),
            changes=changes,
            loaded_at=by.at,
            loaded_by=by.username,
        )
        record(
            action="enrolment.codes",
            by=by,
            subject=f"codes:{version.pk}",
            detail={"sha256": after.sha256, "effective_on": effective_on.isoformat()},
        )
    return version


def _rows(content: bytes, filename: str) -> list[list[str]]:
    """The lines of the first sheet, or of a CSV with semicolons or commas."""
    if filename.lower().endswith((".xlsx", ".xls", ".ods")):
        try:
            book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        except CalamineError as error:
            raise _unreadable() from error
        rows = book.get_sheet_by_index(0).to_python()
        return [[_text(cell) for cell in row] for row in rows]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable() from error
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") >= first.count(",") else ","
    return [list(row) for row in csv.reader(io.StringIO(text), delimiter=delimiter)]


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _unreadable() -> UserError:
    return UserError(
        "codes.unreadable",
        "Berkas daftar kode tidak dapat dibaca.",
        "Isinya bukan tabel Excel atau CSV.",
        "Simpan ulang daftar dari cabang sebagai .xlsx atau CSV UTF-8, lalu muat lagi.",
    )
