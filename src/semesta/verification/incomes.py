"""The income brackets of the law, as the field asks for them."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import NamedTuple

from semesta.kernel import Rupiah
from semesta.law.book import law_at


class Band(NamedTuple):
    """One bracket: its number, the base the law reckons with, and its words."""

    number: int
    base: int
    words: str


def income_bands(on: date) -> list[Band]:
    """All brackets in force on a day, lowest first (PP 44/2015, Lampiran II)."""
    rows = law_at(on).get("bpu.jkk.bracket").value
    starts = [int(row["from"]) for row in rows]
    words = [f"Kurang dari {Rupiah(starts[1])}"]
    words += [
        f"{Rupiah(low)} sampai di bawah {Rupiah(high)}"
        for low, high in pairwise(starts[1:])
    ]
    words.append(f"{Rupiah(starts[-1])} atau lebih")
    return [
        Band(int(row["number"]), int(row["base"]), text)
        for row, text in zip(rows, words, strict=True)
    ]
