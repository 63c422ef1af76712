"""What of a file became no row, in words: no line of it goes unnamed."""

from __future__ import annotations

from typing import Any

from semesta.web.formats import number

_KINDS = {
    "total": "baris jumlah",
    "section": "judul bagian",
    "signature": "baris tanda tangan",
    "note": "catatan",
    "column_numbers": "baris nomor kolom",
    "numbered_blank": "baris bernomor tanpa isi",
    "header": "judul kolom berulang",
    "blank": "baris kosong",
    "unchanged": "baris tanpa perubahan",
}
_UNREAD = {
    "no_table": "tidak ada judul kolom yang dikenal",
    "other_columns": "kolomnya bukan kolom daftar ini",
}


def told(tables: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One entry per table or sheet that holds lines beside its rows: `sheet`, `rows`,
    `header_lines`, `unread` (why nothing of it was read), `others` (texts)."""
    return [one for table in tables if (one := _told(table))["unread"] or one["others"]]


def _told(table: dict[str, Any]) -> dict[str, Any]:
    counted = {"above": table.get("above", 0), **table.get("left_out", {})}
    names = {"above": "baris di atas judul kolom"} | _KINDS
    unread = table.get("lines", 0)
    why = _UNREAD.get(table.get("skipped", ""), "")
    return {
        "sheet": table.get("sheet", ""),
        "rows": table.get("rows", 0),
        "header_lines": table.get("header_lines"),
        "unread": f"{number(unread)} baris: {why}" if unread and why else "",
        "others": [
            f"{number(count)} {names.get(kind, kind)}"
            for kind, count in counted.items()
            if count
        ],
    }
