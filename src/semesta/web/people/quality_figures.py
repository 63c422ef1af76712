"""Figures and pictures of linkage quality, as sentences an office can use."""

from __future__ import annotations

from typing import Any, NamedTuple

from semesta.linkage.measuring.estimate import Estimate, Interval
from semesta.linkage.measuring.queries import Measured, Sampled
from semesta.warehouse.workspace import Workspace
from semesta.web.charts import HALF, Chart, draw, threshold_lines
from semesta.web.formats import decimal, number, percent

WRONG = "pasangan yang digabung, keliru: ternyata dua orang"
MISSED = "pasangan yang sebenarnya satu orang, terlewat"
NAMES = {"precision": "Presisi", "recall": "Kelengkapan", "f1": "F1"}
DRAWN = {"pairs": "Pasangan baris", "clusters": "Kelompok utuh"}
KINDS = (*DRAWN, "b_cubed")


class Told(NamedTuple):
    """A figure per 1,000, in words; `between` is empty where it is no estimate."""

    value: str
    of: str
    between: str
    share: str


class Drawn(NamedTuple):
    """A chart with the title above it."""

    title: str
    chart: Chart


class Row(NamedTuple):
    """Quality at one threshold: `shares` of pairs, whole clusters, clusters by row."""

    threshold: str
    in_use: bool
    shares: list[str]


def sample_figures(estimate: Estimate) -> list[Told]:
    """Wrong and missed pairs per 1,000, with the bounds of 95 % confidence."""
    parts = ((estimate.precision, WRONG), (estimate.recall, MISSED))
    return [_told(found, of) for found, of in parts if found]


def _told(found: Interval, of: str) -> Told:
    low, high = per_thousand(found.high), per_thousand(found.low)
    between = f"antara {low} dan {high}"
    return Told(per_thousand(found.value), of, between, percent(100 * found.value, 2))


def truth_figures(measured: Measured) -> list[Told]:
    """The same where the truth is known: counted, not estimated."""
    pairs = measured.figures["found"]["pairs"]
    return [
        Told(per_thousand(pairs[name]), of, "", percent(100 * pairs[name], 2))
        for name, of in (("precision", WRONG), ("recall", MISSED))
    ]


def per_thousand(share: float) -> str:
    """A share of what is right → how many of 1,000 are not: `0,2`, `13`."""
    wrong = max(0.0, 1000 * (1 - share))
    return number(wrong) if wrong >= 9.95 or wrong < 0.05 else decimal(wrong)


def charts(
    measured: Measured | None, sampled: Sampled | None, workspace: Workspace
) -> list[Drawn]:
    """Precision, recall and F1 by threshold: from the sample, and from a known truth."""
    found = []
    # Before that each answer would draw it anew.
    if sampled and sampled.finished and sampled.by_threshold:
        points = [(at.threshold, at._asdict()) for at in sampled.by_threshold]
        found.append(_chart("Pasangan baris, menurut contoh", points, 0.0, workspace))
    if measured:
        threshold = measured.figures["threshold"]
        for kind, title in DRAWN.items():
            points = [
                (at["threshold"], at["quality"][kind])
                for at in measured.figures["by_threshold"]
            ]
            named = f"{title}, menurut kebenaran kota contoh"
            found.append(_chart(named, points, threshold, workspace))
    return found


def _chart(
    title: str,
    points: list[tuple[float, dict[str, Any]]],
    marked: float,
    workspace: Workspace,
) -> Drawn:
    named = [(at, {NAMES[n]: shares[n] for n in NAMES}) for at, shares in points]
    best_at, best = max(named, key=lambda point: point[1]["F1"])
    alt = (
        f"{title}: presisi, kelengkapan, dan F1 pada ambang {decimal(named[0][0])} sampai "
        f"{decimal(named[-1][0])}. F1 tertinggi {percent(100 * best['F1'], 2)} pada ambang "
        f"{decimal(best_at)}. Angkanya ada pada tabel."
    )
    lines = threshold_lines(named, marked=marked)
    return Drawn(title, draw(lines, alt=alt, wide=HALF, workspace=workspace))


def truth_rows(measured: Measured) -> list[Row]:
    """The table beside the charts of a known truth."""
    return [
        Row(
            decimal(at["threshold"]),
            at["threshold"] == measured.figures["threshold"],
            [
                percent(100 * at["quality"][kind][name], 2)
                for kind in KINDS
                for name in NAMES
            ],
        )
        for at in measured.figures["by_threshold"]
    ]


def sample_rows(sampled: Sampled) -> list[Row]:
    """The table beside the chart of the sample: pairs only."""
    return [
        Row(
            decimal(at.threshold),
            at.threshold == 0,
            [percent(100 * share, 2) for share in (at.precision, at.recall, at.f1)],
        )
        for at in sampled.by_threshold
    ]
