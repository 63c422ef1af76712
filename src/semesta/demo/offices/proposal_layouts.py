"""The layouts of the proposals, one per kelurahan."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from semesta.demo import dates
from semesta.demo.places import words


@dataclass(frozen=True)
class Layout:
    """How one kelurahan types its list; see words/proposals.toml."""

    columns: tuple[tuple[str, str], ...]
    header_line: int
    titles: tuple[str, ...]
    dates: dict[int, float]  # styles of dates.py and their parts
    sheet: str = "Sheet1"
    case: str = "upper"
    sex: tuple[str, ...] = ("L", "P")
    income: str = "number"
    numeric_niks: float = 1.0
    blank_rows: int = 2
    prepared_rows: int = 0
    numbered_columns: bool = False

    @property
    def two_lines(self) -> bool:
        """Some headers stand in a second line under a merged one."""
        return any("|" in header for _, header in self.columns)


@cache
def layouts() -> dict[str, Layout]:
    """The layout of each kelurahan by its Kemendagri code."""
    return {code: _layout(table) for code, table in words("proposals").items()}


def _layout(table: dict) -> Layout:
    styles = {getattr(dates, name.upper()): p for name, p in table["dates"].items()}
    return Layout(
        **{
            **table,
            "columns": tuple((field, header) for field, header in table["columns"]),
            "titles": tuple(table["titles"]),
            "sex": tuple(table.get("sex", ("L", "P"))),
            "dates": styles,
        }
    )
