"""Tables for people at a terminal."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table

from semesta.cli.output import STAGE_TITLES, thousands

FATES = {
    "accepted": "diterima",
    "corrected": "diperbaiki",
    "held": "ditahan",
    "refused": "ditolak",
}


def per_cent(value: float | None) -> str:
    """`78.28` → `78,3 %`; unknown → a dash."""
    return "–" if value is None else f"{value:.1f} %".replace(".", ",")


def print_coverage(figures: list[dict[str, Any]]) -> None:
    """Coverage by definition, segment and area: the figure before the detail."""
    table = Table(title="Cakupan", title_justify="left")
    for heading in ("Ukuran", "Segmen", "Wilayah"):
        table.add_column(heading)
    for heading in ("Cakupan", "Terlindungi", "Penyebut"):
        table.add_column(heading, justify="right")
    for figure in figures:
        table.add_row(
            figure["title"],
            figure["segment"],
            figure["area_name"],
            per_cent(figure["value"]),
            thousands(figure["numerator"]),
            thousands(figure["denominator"]),
        )
    Console().print(table)


def print_city(result: dict[str, Any]) -> None:
    """The closing table of `semesta demo`."""
    console = Console()
    table = Table(title="\nKota rekaan selesai disusun", title_justify="left", box=None)
    table.add_column("")
    table.add_column("", justify="right")
    for label, value in _city_lines(result):
        table.add_row(label, value)
    console.print(table)
    times = Table(title="\nDetik per tahap", title_justify="left", box=None)
    times.add_column("")
    times.add_column("", justify="right")
    for stage, seconds in result["seconds"].items():
        times.add_row(STAGE_TITLES.get(stage, "Seluruhnya"), f"{seconds:.1f}")
    console.print(times)


def _city_lines(result: dict[str, Any]) -> list[tuple[str, str]]:
    fates, linkage = result["fates"], result["linkage"]
    plan, decree, ledger = result["plan"], result["decree"], result["ledger"]
    lines = [
        ("Penduduk", thousands(result["people"])),
        ("Berkas kantor", thousands(result["files"])),
        ("Baris", thousands(result["rows"])),
    ]
    lines += [(f"  {FATES[fate]}", thousands(count)) for fate, count in fates.items()]
    lines += [
        ("Orang dalam registri", thousands(result["persons"])),
        ("Penautan: presisi", f"{linkage['precision']:.4f}".replace(".", ",")),
        ("Penautan: kelengkapan", f"{linkage['recall']:.4f}".replace(".", ",")),
        ("Layak / tidak / perlu data", _outcomes(result["decisions"])),
    ]
    lines += [
        (f"  tidak: {ground}", thousands(count))
        for ground, count in result["decisions"]["failed_by"].items()
    ]
    lines += [
        ("Anggaran", f"Rp{thousands(plan['budget'])}"),
        ("Dibiayai", f"{thousands(plan['people'])} orang × {plan['months']} bulan"),
        ("Biaya", f"Rp{thousands(plan['cost'])}"),
        ("Nama di SK", thousands(decree["entries"])),
        ("Catatan buku iuran", thousands(ledger["entries"])),
        ("Bulan-orang terbayar", thousands(ledger["paid_months"])),
    ]
    return lines + [
        (f"{figure['title']} ({figure['segment']})", per_cent(figure["value"]))
        for figure in result["coverage"]
        if figure["area"] == result["region"]
    ]


def _outcomes(decisions: dict[str, Any]) -> str:
    return " / ".join(thousands(decisions[k]) for k in ("pass", "fail", "unknown"))
