"""A grid as a file in each format an office might save it in."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from functools import partial
from html import escape

from tests.support.badfiles.grids import Grid
from tests.support.office_files import workbook
from tests.support.old_workbooks import ods, xls


def text(
    grid: Grid,
    *,
    delimiter: str = ",",
    encoding: str = "utf-8",
    newline: str = "\r\n",
    quoting: int = csv.QUOTE_MINIMAL,
) -> bytes:
    """The grid as a text table."""
    out = io.StringIO(newline="")
    writer = csv.writer(
        out, delimiter=delimiter, lineterminator=newline, quoting=quoting
    )
    writer.writerows(["" if cell is None else cell for cell in row] for row in grid)
    return out.getvalue().encode(encoding, "replace")


def xlsx(grid: Grid) -> bytes:
    return workbook([[_for_xml(cell) for cell in row] for row in grid])


def opendocument(grid: Grid) -> bytes:
    return ods([[_shown(_for_xml(cell)) for cell in row] for row in grid])


def old_workbook(grid: Grid) -> bytes:
    return xls([[_shown(cell) for cell in row] for row in grid])


def html(grid: Grid) -> bytes:
    """A web page with one table, as portals offer it under the name `.xls`."""
    lines = "".join(
        f"<tr>{''.join(f'<td>{escape(str(_shown(cell)))}</td>' for cell in row)}</tr>\n"
        for row in grid
    )
    page = f"<html><body><table border=1>\n{lines}</table></body></html>"
    return page.encode("utf-8", "replace")


def spreadsheet_ml(grid: Grid) -> bytes:
    """The XML spreadsheet of 2003."""
    lines = "".join(
        "<Row>"
        + "".join(
            f'<Cell><Data ss:Type="String">{escape(str(_shown(_for_xml(cell))))}</Data></Cell>'
            for cell in row
        )
        + "</Row>"
        for row in grid
    )
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        f'<Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="Daftar">'
        f"<Table>{lines}</Table></Worksheet></Workbook>"
    ).encode()


def _shown(cell: object) -> str | float:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    return cell if isinstance(cell, str | int | float) else str(cell)


def _for_xml(cell: object) -> object:
    """What XML cannot hold (most control characters) is left out."""
    if not isinstance(cell, str):
        return cell
    return "".join(c for c in cell if c >= " " or c in "\t\n\r")


FORMATS: dict[str, Callable[[Grid], bytes]] = {
    "comma": text,
    "semicolon_utf16": lambda grid: text(grid, delimiter=";", encoding="utf-16"),
    "tabs_all_quoted": lambda grid: text(grid, delimiter="\t", quoting=csv.QUOTE_ALL),
    "xlsx": xlsx,
    "ods": opendocument,
    "html": html,
    "xml2003": spreadsheet_ml,
}
# What only text tables know; crossed with few damages, for little more can happen.
TEXTS: dict[str, Callable[[Grid], bytes]] = {
    f"{name}_{encoding}_{end}": partial(
        text, delimiter=delimiter, encoding=encoding, newline=newline
    )
    for name, delimiter in (("pipe", "|"), ("semicolon", ";"))
    for encoding in ("utf-8-sig", "cp1252", "utf-16-le", "utf-16-be")
    for end, newline in (("crlf", "\r\n"), ("lf", "\n"), ("cr", "\r"))
}
