"""`semesta intake --new-supplier`: a first map for an office nobody knows yet."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from semesta.cli.output import print_json
from semesta.cli.workspace import system_actor
from semesta.kernel import UserError


def propose_supplier(
    name: str, samples: list[Path], *, space: Any, as_of: date, as_json: bool
) -> None:
    """Write the map and tell what each column was taken for. UserError `supplier.sample`
    unless there is exactly one sample."""
    if len(samples) != 1:
        raise UserError(
            "supplier.sample",
            "Peta kolom baru disusun dari tepat satu berkas contoh.",
            f"Yang disebut ada {len(samples)} berkas.",
            "Sebutkan satu berkas, lalu kirim yang lain dengan --supplier.",
        )
    from semesta.intake.drafting.services import add_supplier

    made = add_supplier(
        name=name,
        sample=samples[0],
        workspace=space,
        by=system_actor("pengirim baru lewat perintah"),
        as_of=as_of,
    )
    columns = [
        {
            "header": one.header,
            "field": one.field or None,
            "confidence": one.confidence,
            "by": one.by,
        }
        for one in made.columns
    ]
    if as_json:
        figures = {"supplier": name, "file": str(made.path), "columns": columns}
        print_json(figures | {"fates": made.fates})
        return
    _show(name, made, columns)


def _show(name: str, made: Any, columns: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    from semesta.intake.fates import FATE_TITLES

    table = Table(title=f"Pengirim baru: {name}", title_justify="left")
    for heading in ("Judul kolom", "Kolom baku", "Yakin", "Dari"):
        table.add_column(heading)
    for one in columns:
        sure = f"{one['confidence']:.0%}" if one["field"] else ""
        table.add_row(one["header"], one["field"] or "belum dikenali", sure, one["by"])
    console = Console()
    console.print(table)
    rows = ", ".join(
        f"{FATE_TITLES[fate].lower()} {count}"
        for fate, count in made.fates.items()
        if count
    )
    console.print(f"Contoh terbaca: {rows}.")
    console.print(f"Periksa peta kolomnya: {made.path}", soft_wrap=True)
