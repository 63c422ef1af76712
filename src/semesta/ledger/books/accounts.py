"""The accounts of a budget line: where each of its rupiah stands.

Money moves one way, from what the council granted to what the insurer accepted, and
back only by an entry of its own. Every entry moves one amount from one account to
another, so it sums to zero, and so do the books.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

# Outside the books: what was granted is owed to the budget, so only this goes below 0.
GRANTED = "granted"
AVAILABLE, COMMITTED, BILLED = "available", "committed", "billed"
PAID, ACCEPTED = "paid", "accepted"
INSIDE = (AVAILABLE, COMMITTED, BILLED, PAID, ACCEPTED)
LABELS: dict[str, str] = {
    AVAILABLE: "Masih bebas",
    COMMITTED: "Terikat SK, belum ditagih",
    BILLED: "Ditagih, belum dibayar",
    PAID: "Dibayar, belum diterima BPJS",
    ACCEPTED: "Diterima BPJS",
}
# Each kind of entry moves money from its first account to its second.
MOVES: dict[str, tuple[str, str]] = {
    "appropriation": (GRANTED, AVAILABLE),
    "commitment": (AVAILABLE, COMMITTED),
    "bill": (COMMITTED, BILLED),
    "payment": (BILLED, PAID),
    "acceptance": (PAID, ACCEPTED),
}
KINDS: dict[str, str] = {
    "appropriation": "Pagu",
    "commitment": "Penetapan SK",
    "bill": "Tagihan",
    "payment": "Pembayaran",
    "acceptance": "Penerimaan BPJS",
}


class Move(NamedTuple):
    """One entry of a budget line's journal, as the sums see it. Whole rupiah, above 0."""

    source: str
    target: str
    amount: int


def balances(moves: Iterable[Move]) -> dict[str, int]:
    """What stands on each account after these moves."""
    found = dict.fromkeys((GRANTED, *INSIDE), 0)
    for move in moves:
        found[move.source] -= move.amount
        found[move.target] += move.amount
    return found


def problems(found: Mapping[str, int]) -> list[str]:
    """What is impossible about these balances; empty when the books balance."""
    wrong = [f"{name} di bawah nol" for name in INSIDE if found[name] < 0]
    if sum(found.values()):
        wrong.append("jumlah semua akun bukan nol")
    return wrong


def reached(found: Mapping[str, int]) -> dict[str, int]:
    """How much has come at least so far: committed includes billed, and so on."""
    sums, total = {}, 0
    for name in reversed(INSIDE):
        total += found[name]
        sums[name] = total
    return {name: sums[name] for name in INSIDE}
