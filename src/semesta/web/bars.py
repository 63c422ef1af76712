"""Stacked bars and meters as widths of SVG rectangles (the CSP forbids style=""). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Slice:
    """One part of a bar: its tone, its words, its count and where it is drawn.

    `x` and `width` are percentages ready for an attribute (`12.50%`).
    """

    tone: str
    label: str
    count: int
    share: float
    x: str
    width: str


def slices(parts: Iterable[tuple[str, str, int]]) -> list[Slice]:
    """Cut a bar of 100 % by the counts of (tone, label, count); an empty list if all 0."""
    parts = list(parts)
    total = sum(count for _, _, count in parts)
    if not total:
        return []
    cut, at = [], 0.0
    for tone, label, count in parts:
        share = 100 * count / total
        cut.append(Slice(tone, label, count, share, f"{at:.2f}%", f"{share:.2f}%"))
        at += share
    return cut


def meter(value: float | None) -> str:
    """The width of a share between 0 and 100 %, whatever lies outside is cut."""
    return f"{min(max(value or 0.0, 0.0), 100.0):.2f}%"
