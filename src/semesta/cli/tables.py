"""Tables for people at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from semesta.cli.output import STAGE_TITLES, thousands

if TYPE_CHECKING:
    from semesta.law.review import ToReview

FATES = {
    "accepted": "diterima",
    "corrected": "diperbaiki",
    "held": "ditahan",
    "refused": "ditolak",
    "superseded": "digantikan",
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
    plan, decree, ledger = result["plan"], result["decree"], result["ledger"]
    return [
        ("Penduduk", thousands(result["people"])),
        ("Berkas kantor", thousands(result["files"])),
        ("Baris", thousands(result["rows"])),
        *((f"  {FATES[fate]}", thousands(n)) for fate, n in result["fates"].items()),
        ("Orang dalam registri", thousands(result["persons"])),
        ("  presisi penautan", _share(result["linkage"]["precision"])),
        ("  kelengkapan penautan", _share(result["linkage"]["recall"])),
        ("Layak / tidak / perlu data", _outcomes(result["decisions"])),
        *_grounds(result["decisions"]["failed_by"]),
        ("Anggaran", f"Rp{thousands(plan['budget'])}"),
        ("Dibiayai", f"{thousands(plan['people'])} orang × {plan['months']} bulan"),
        ("Biaya", f"Rp{thousands(plan['cost'])}"),
        ("Nama di SK", thousands(decree["entries"])),
        ("Catatan buku iuran", thousands(ledger["entries"])),
        ("Bulan-orang terbayar", thousands(ledger["paid_months"])),
        *_headlines(result),
    ]


def _grounds(failed_by: dict[str, int]) -> list[tuple[str, str]]:
    """Why people are not eligible; one person may fail on several grounds."""
    from semesta.eligibility.criteria import catalogue

    known = catalogue()
    return [
        (f"  tidak: {known[code].label}", thousands(count))
        for code, count in failed_by.items()
        if count
    ]


def _headlines(result: dict[str, Any]) -> list[tuple[str, str]]:
    """The region's figures, and the first of them by segment."""
    region = [f for f in result["coverage"] if f["area"] == result["region"]]
    first = region[0]["measure"] if region else ""
    return [
        (f"{figure['title']} ({figure['segment']})", per_cent(figure["value"]))
        for figure in region
        if figure["value"] is not None
        and (figure["segment"] == "ALL" or figure["measure"] == first)
    ]


def _share(value: float) -> str:
    return f"{value:.4f}".replace(".", ",")


def _outcomes(decisions: dict[str, Any]) -> str:
    return " / ".join(thousands(decisions[k]) for k in ("pass", "fail", "unknown"))


def print_linkage_quality(quality: dict[str, Any]) -> None:
    """Quality at the shipped and the best threshold, then at the others."""
    table = Table(title="Mutu penautan", title_justify="left")
    table.add_column("Ambang")
    for heading in ("Presisi", "Kelengkapan", "F1", "F1 kelompok", "Terbesar"):
        table.add_column(heading, justify="right")
    best, shipped = quality["best"]["threshold"], quality["shipped"]["threshold"]
    for row in quality["by_threshold"]:
        marks = [
            word
            for word, at in (("terpasang", shipped), ("terbaik", best))
            if at == row["threshold"]
        ]
        pairs, clusters = row["quality"]["pairs"], row["quality"]["clusters"]
        table.add_row(
            " ".join([f"{row['threshold']:g}", *marks]),
            *(f"{pairs[name]:.4f}" for name in ("precision", "recall", "f1")),
            f"{clusters['f1']:.4f}",
            thousands(row["quality"]["largest"]),
        )
    Console().print(table)


def print_law_review(found: list[ToReview]) -> None:
    """One row per dated value that needs a second look."""
    table = Table(title="Nilai yang perlu diperiksa lagi", title_justify="left")
    table.add_column("Nilai", no_wrap=True)
    for heading in ("Berlaku sejak", "Dasar", "Keyakinan", "Sebab"):
        table.add_column(heading)
    for value in found:
        table.add_row(
            value.key, str(value.from_), value.law, value.confidence, value.why
        )
    Console().print(table)
