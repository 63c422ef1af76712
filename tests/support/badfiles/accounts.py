"""Whether every line of a file is accounted for: a row with a fate, or counted by kind."""

from __future__ import annotations

from semesta.intake.fates import SEVERITY
from semesta.intake.reading import Reading


def accounted_lines(reading: Reading) -> int:
    """The lines of a file that hold something, as the delivery's page tells them."""
    lines = 0
    for table in reading.tables:
        lines += table.get("lines", 0) + table.get("rows", 0) + table.get("above", 0)
        left_out = table.get("left_out", {})
        lines += sum(count for kind, count in left_out.items() if kind != "blank")
        if "header_lines" in table:
            first, last = table["header_lines"]
            lines += last - first + 1
    return lines


def check_fates(reading: Reading) -> None:
    """Each row has one fate and its own number, in all three tables alike."""
    rows = reading.rows
    assert sum(reading.fates.values()) == rows.num_rows == reading.raw.num_rows
    assert rows.num_rows == sum(table.get("rows", 0) for table in reading.tables)
    ids = set(rows["row_id"].to_pylist())
    assert len(ids) == rows.num_rows
    assert set(reading.problems["row_id"].to_pylist()) <= ids
    assert set(reading.problems["kind"].to_pylist()) <= set(SEVERITY)
