"""What a clerk does with a correction workbook: open it, type into it, save it."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from python_calamine import CalamineWorkbook
from tests.support.clerk import AS_OF
from tests.support.office_files import HEADER, nik, person, workbook

from semesta.intake.corrections.services import CorrectionFile
from semesta.intake.marks import NUMBER_HEADER
from semesta.intake.models import Delivery
from semesta.intake.services import take_in
from semesta.kernel import Actor


def sheets(content: bytes) -> dict[str, list[list[str]]]:
    """All sheets of a workbook as rows of texts, the hidden one too."""
    book = CalamineWorkbook.from_object(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def the_list(content: bytes) -> list[list[str]]:
    """The sender's first own sheet: the header, then the rows."""
    return list(sheets(content).values())[1]


def filled(
    made: CorrectionFile | bytes, answers: Mapping[int, Mapping[str, object]]
) -> bytes:
    """The workbook saved again with these cells typed in: line of the file the row first
    stood in → header → value."""
    content = made if isinstance(made, bytes) else made.content
    found = sheets(content)
    for rows in list(found.values())[1:-1]:
        number = rows[0].index(NUMBER_HEADER)
        for row in rows[1:]:
            line = int(row[number].rsplit("-", 1)[1])
            for header, value in answers.get(line, {}).items():
                row[rows[0].index(header)] = value
    return workbook(*found.values(), names=list(found))


def a_dirty_delivery(kelurahan: str = "GANTING") -> Delivery:
    """A kelurahan's list in the workspace of the settings: line 4 waits for its NIK."""
    rows = [person(81), person(82)]
    rows[1][1] = int(nik(82))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"Usulan_{kelurahan}_kotor.xlsx"
        path.write_bytes(workbook([[f"KELURAHAN {kelurahan}"], HEADER, *rows]))
        return take_in(
            path=path,
            workspace=settings.WORKSPACE,
            by=Actor("petugas", datetime(2026, 1, 5, 3, 0, tzinfo=UTC)),
            as_of=AS_OF,
        )
