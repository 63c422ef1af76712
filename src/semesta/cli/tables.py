"""Tables for people at a terminal."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from semesta.audit.stages import TITLES
from semesta.cli.output import thousands

if TYPE_CHECKING:
    from semesta.law.review import ToReview
    from semesta.linkage.learning.services import Learned
    from semesta.linkage.measuring.estimate import Interval
    from semesta.linkage.measuring.queries import Sampled

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


def print_guard(figures: dict[str, Any], rows: list[dict[str, Any]], on: date) -> None:
    """The tenure guard: who loses something soon, then those who lose most."""
    console = Console()
    soon = Table(title=f"Penjaga masa iur per {on.isoformat()}", title_justify="left")
    for heading in ("Bila tidak dibayar", "Orang", "Rupiah", "Iuran sebulan"):
        soon.add_column(heading, justify="left" if soon.columns == [] else "right")
    for days, loss in figures["next_loss"].items():
        money = (thousands(loss[name]) for name in ("rupiah", "keep_monthly"))
        soon.add_row(f"dalam {days} hari", thousands(loss["people"]), *money)
    console.print(soon)
    lines = Table(box=None)
    for heading in ("Orang", "Keadaan", "Masa iur", "Hilang pada", "Rupiah"):
        lines.add_column(heading)
    for row in rows:
        lines.add_row(
            str(row["person_id"]),
            row["status"],
            str(row["tenure_months"]),
            str(row["loss_on"] or "–"),
            thousands(row["loss_rupiah"]),
        )
    console.print(lines)


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
        times.add_row(TITLES.get(stage, "Seluruhnya"), f"{seconds:.1f}")
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


SHARES = ("precision", "recall", "f1")


def print_linkage_quality(quality: dict[str, Any]) -> None:
    """Quality by threshold, the shipped and the best one marked: pairs, then clusters."""
    by_kind = (
        ("Mutu penautan: pasangan baris", "pairs"),
        ("Mutu penautan: kelompok utuh (tepat semua baris satu orang)", "clusters"),
        ("Mutu penautan: kelompok menurut baris (B-cubed)", "b_cubed"),
    )
    for title, kind in by_kind:
        table = Table(title=title, title_justify="left")
        table.add_column("Ambang")
        for heading in ("Presisi", "Kelengkapan", "F1", "Kelompok terbesar"):
            table.add_column(heading, justify="right")
        for row in quality["by_threshold"]:
            found = row["quality"]
            table.add_row(
                _threshold_words(quality, row["threshold"]),
                *(f"{found[kind][name]:.4f}" for name in SHARES),
                thousands(found["largest"]),
            )
        Console().print(table)


def _threshold_words(quality: dict[str, Any], threshold: float) -> str:
    marks = [
        word
        for word, which in (("terpasang", "shipped"), ("terbaik", "best"))
        if quality[which]["threshold"] == threshold
    ]
    return " ".join([f"{threshold:g}", *marks])


def print_learned(learned: Learned) -> None:
    """Weights before and after, level by level, and both on answers not seen."""
    from semesta.linkage.learning.answers import moved
    from semesta.linkage.levels import COMPARISONS

    console = Console()
    table = Table(title="Bobot yang berubah", title_justify="left")
    for heading in ("Isian", "Keadaan"):
        table.add_column(heading)
    for heading in ("Sebelum", "Sesudah"):
        table.add_column(heading, justify="right")
    labels = {c.code: c.label for c in COMPARISONS}
    texts = {(c.code, x.code): x.text for c in COMPARISONS for x in c.levels}
    for one in moved(learned.start, learned.model):
        named = (labels[one.comparison], texts[one.comparison, one.level])
        table.add_row(*named, f"{one.before:+.2f}", f"{one.after:+.2f}")
    console.print(table)
    console.print(_judged(learned))
    better = learned.after.surprise < learned.before.surprise
    console.print(
        f"Ditulis: {learned.path} (versi {learned.model.version}, "
        f"sidik {learned.model.sha256[:12]})\n"
        + (
            f"Pakai dengan: semesta link use-weights {learned.path}"
            if better
            else "Bobot baru tidak lebih baik pada jawaban yang belum dilihatnya: "
            "jangan dipakai, kumpulkan jawaban lagi."
        ),
        soft_wrap=True,
    )


def _judged(learned: Learned) -> Table:
    title = f"\nPada {learned.answers} pasangan yang dijawab (uji silang lima bagian)"
    table = Table(title=title, title_justify="left")
    table.add_column("Bobot")
    for heading in ("Presisi", "Kelengkapan", "F1", "Keliru", "Kejutan (bit)"):
        table.add_column(heading, justify="right")
    for name, judged in (("sebelum", learned.before), ("sesudah", learned.after)):
        score = judged.score
        table.add_row(
            name,
            *(_share(value) for value in (score.precision, score.recall, score.f1)),
            thousands(judged.wrong),
            _share(judged.surprise),
        )
    return table


def print_sample(found: Sampled) -> None:
    """A sample: what it says so far, then stratum by stratum."""
    console = Console()
    console.print(f"Diperiksa {found.answered} dari {found.drawn} pasangan contoh")
    estimate = found.estimate
    console.print(f"Presisi      {_interval(estimate.precision)}")
    console.print(f"Kelengkapan  {_interval(estimate.recall)}")
    table = Table(title="Menurut lapisan", title_justify="left")
    table.add_column("Lapisan")
    for heading in ("Pasangan", "Contoh", "Sama", "Berbeda", "Ragu"):
        table.add_column(heading, justify="right")
    for s in found.strata:
        looked = (s.looked.pairs, s.drawn, s.looked.same, s.different, s.unsure)
        table.add_row(s.words, *(thousands(number) for number in looked))
    console.print(table)


def _interval(found: Interval | None) -> str:
    if found is None:
        return "belum dapat diperkirakan"
    return f"{_share(found.value)} ({_share(found.low)}–{_share(found.high)})"


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
