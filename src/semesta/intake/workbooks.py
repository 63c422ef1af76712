"""Workbooks through calamine, with its failures turned into the user's errors."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from semesta.intake.containers import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_SHEETS,
    corrupt,
    encrypted,
    not_a_table,
    too_many_cells,
    too_many_columns,
)


@contextmanager
def _told_plainly(what: str) -> Iterator[None]:
    """Whatever goes wrong inside calamine is a damaged or locked file."""
    try:
        yield
    except PasswordError as error:
        raise encrypted() from error
    except (CalamineError, OSError, ValueError) as error:
        raise corrupt(what) from error
    except BaseException as error:
        # A panic of the Rust code; its class cannot be imported to be named here.
        if type(error).__name__ != "PanicException":
            raise
        raise corrupt(what) from error


@contextmanager
def workbook(source: Path | bytes) -> Iterator[CalamineWorkbook]:
    """An open workbook. UserError `file.corrupt` or `file.encrypted`."""
    with _told_plainly("lembar kerja tidak terbuka"):
        opened = CalamineWorkbook.from_object(
            io.BytesIO(source) if isinstance(source, bytes) else str(source)
        )
    with opened:
        if len(opened.sheets_metadata) > MAX_SHEETS:
            raise not_a_table("buku kerja dengan terlalu banyak lembar")
        yield opened


def worksheets(opened: CalamineWorkbook) -> Iterator[tuple[int, CalamineSheet, bool]]:
    """(number, sheet, whether hidden) of each sheet of cells, one at a time."""
    for number, about in enumerate(opened.sheets_metadata, start=1):
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        with _told_plainly(f"lembar ke-{number} tidak terbaca"):
            cells = opened.get_sheet_by_index(number - 1)
        if cells.width > MAX_COLUMNS:
            raise too_many_columns(cells.width)
        if cells.width * cells.total_height > MAX_CELLS:
            raise too_many_cells(cells.width * cells.total_height)
        yield number, cells, about.visible != SheetVisibleEnum.Visible


def all_rows(cells: CalamineSheet) -> Iterable[list]:
    """Rows from the sheet's first line on; columns from the first one in use."""
    return cells.iter_rows() if cells.start else iter(())


def merged_ranges(
    cells: CalamineSheet,
) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Merged ranges with columns counted from the first one in use."""
    first = cells.start[1] if cells.start else 0
    return [
        ((top, left - first), (bottom, right - first))
        for (top, left), (bottom, right) in cells.merged_cell_ranges or []
    ]
