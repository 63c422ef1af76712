"""What a list of an office is in tests, and what stands above and below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from tests.support.office_files import workbook

KK = "1374010101159001"
GANTING = "13.74.01.1001"
OK, MENDED = "accepted", "corrected"
HELD, REFUSED = "held", "refused"


@dataclass(frozen=True, slots=True)
class OfficeList:
    """`fates`: what becomes of each row, in order. `first`: values of the first row.
    `said`: codes that the list must be told."""

    filename: str
    header: str
    lines: Sequence[str]
    fates: Sequence[str]
    first: Mapping[str, object]
    said: frozenset[str] = frozenset()
    titles: Sequence[str] = ()
    foot: Sequence[str] = ()
    sheet: str = "Sheet1"

    def content(self) -> bytes:
        """The workbook."""
        texts = [*self.titles, self.header, *self.lines, *self.foot]
        return workbook([_cells(text) for text in texts], names=[self.sheet])

    def with_headers(self, change: Callable[[str], str]) -> OfficeList:
        """The same list with its headers written another way."""
        return replace(self, header=";".join(map(change, self.header.split(";"))))


def _cells(text: str) -> list[object]:
    return [
        int(cell[1:]) if cell.startswith("#") else cell or None
        for cell in text.split(";")
    ]


def signed(office: str) -> list[str]:
    """What stands below a list that somebody signs."""
    return [
        "", ";;;Padang Panjang, 5 Januari 2026", f";;;{office}", "", "",
        ";;;DARNIS PILIANG, S.Sos", ";;;NIP. 197001011990031901",
    ]  # fmt: skip


def headed(*texts: str) -> list[str]:
    return ["PEMERINTAH KOTA PADANG PANJANG", *texts, ""]
