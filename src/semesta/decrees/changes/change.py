"""A changed decree: its hash, chained to the decree before it, and what it may cost."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from io import StringIO

from semesta.decrees.decree import Head, Listed, canonical_csv
from semesta.kernel import Rupiah, UserError


@dataclass(frozen=True)
class Leaving:
    """One line taken off a list: its decree and number there, why, from which month."""

    decree_number: str
    number: int
    nik: str
    name: str
    reason: str
    from_month: str


def change_csv(
    head: Head,
    additions: Sequence[Listed],
    removals: Sequence[Leaving],
    previous_sha256: str,
) -> bytes:
    """The canonical text of a change: head, hash before it, additions, removals."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["previous", previous_sha256])
    for removal in removals:
        writer.writerow(["removed", *astuple(removal)])
    return canonical_csv(head, additions) + out.getvalue().encode()


def change_sha256(
    head: Head,
    additions: Sequence[Listed],
    removals: Sequence[Leaving],
    previous_sha256: str,
) -> str:
    """The hash printed on a changed decree; no earlier decree can be swapped under it."""
    text = change_csv(head, additions, removals, previous_sha256)
    return hashlib.sha256(text).hexdigest()


def check_within(budget: int, *, spent: int, freed: int, added: int) -> None:
    """UserError `decree.over_budget` when the list after a change costs too much.

    All in whole rupiah: `spent` what the list costs now, `freed` by those who leave,
    `added` by those who come in.
    """
    cost = spent - freed + added
    if cost <= budget:
        return
    raise UserError(
        "decree.over_budget",
        f"Perubahan ini melampaui anggaran sebesar {Rupiah(cost - budget)}.",
        f"Daftar menjadi {Rupiah(cost)}, anggarannya {Rupiah(budget)}: iuran yang sudah "
        "berjalan tidak kembali.",
        "Kurangi pengganti, atau mulai pada bulan yang lebih akhir.",
    )
