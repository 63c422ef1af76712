"""Whom the kelurahan propose: poor workers, and some who do not fit.

Of the rows proposed some are of the dead, of people who moved, are over 65, in
employment, civil servants or without work, and some stand twice in one list or in two
lists.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from semesta.demo.history import BURSTS
from semesta.demo.jobs import officer_jobs
from semesta.demo.places import kelurahan
from semesta.demo.population import Slice
from semesta.demo.seeds import banded, pick
from semesta.demo.work import ASN, BPU, NONE, PU


@dataclass(frozen=True)
class MisfitRates:
    """Parts of the proposed rows (0–1) that should not be there."""

    dead: float = 0.010
    """Died before the list was made."""
    moved: float = 0.008
    """Moved out of the city."""
    over_65: float = 0.032
    """65 or older."""
    in_employment: float = 0.025
    """Has an employer (PU)."""
    civil_servant: float = 0.004
    """Is a civil servant (ASN)."""
    not_working: float = 0.018
    """Does not work."""
    twice: float = 0.010
    """Stands a second time in the same list, written anew."""
    copied: float = 0.004
    """Stands a second time because a row was pasted twice."""
    in_two_lists: float = 0.013
    """Stands in the list of another kelurahan too."""


MISFITS = MisfitRates()
_LIST_MADE = np.datetime64("2025-12-15")


@dataclass
class Proposed:
    """One row per proposed row: person, whose list, why it does not fit."""

    person: np.ndarray
    kelurahan: np.ndarray
    misfit: np.ndarray  # '' = fits


def propose(
    part: Slice, rng: np.random.Generator, rates: MisfitRates = MISFITS
) -> Proposed:
    """The rows all kelurahan propose, roughly in the order of RW and RT."""
    rows = part.quota("proposed")
    groups: list[tuple[np.ndarray, str]] = []
    for kind, weight in _misfits(part).items():
        rate = getattr(rates, kind)
        groups.append((pick(rng, weight, round(rows * rate)), kind))
    counts = [round(rows * rate) for rate in (rates.twice, rates.copied)]
    copies = sum(counts) + round(rows * rates.in_two_lists)
    fitting = rows - sum(len(people) for people, _ in groups) - copies
    fit = pick(rng, _fitting(part), fitting)
    groups.append((fit, ""))
    person = np.concatenate([people for people, _ in groups])
    misfit = np.concatenate(
        [np.full(len(people), kind, dtype=object) for people, kind in groups]
    )
    where = part.kelurahan[person]
    again = rng.permutation(fit)[:copies]
    why = np.full(copies, "in_two_lists", dtype=object)
    why[: sum(counts)] = "copied"
    why[: counts[0]] = "twice"
    elsewhere = why == "in_two_lists"
    second = part.kelurahan[again]
    second = np.where(
        elsewhere, (second + rng.integers(1, 16, copies)) % len(kelurahan()), second
    )
    person, where = np.r_[person, again], np.r_[where, second]
    misfit = np.r_[misfit, why]
    return _in_order(part, rng, Proposed(person, where, misfit))


def _in_order(part: Slice, rng: np.random.Generator, rows: Proposed) -> Proposed:
    home = part.home[rows.person]
    block = part.homes.rw[home] * 10 + part.homes.rt[home]
    order = np.lexsort((rng.random(len(block)), block + rng.integers(0, 4, len(block))))
    return Proposed(rows.person[order], rows.kelurahan[order], rows.misfit[order])


def _poverty(part: Slice) -> np.ndarray:
    weight = np.exp(-0.45 * np.maximum(part.decile.astype(float) - 3, 0))
    # Lists begin with the list of the year before.
    last = [b.quota for b in BURSTS].index("burst_2024")
    before = np.zeros(len(part), dtype=bool)
    before[part.paid.person[part.paid.burst >= last]] = True
    return weight * np.where(before, 3.5, 1.0)


def _fitting(part: Slice) -> np.ndarray:
    fits = part.here & (part.work.segment == BPU) & (part.age >= 18) & (part.age < 64.9)
    officer = np.isin(part.work.job, officer_jobs())
    return fits * _poverty(part) * np.where(officer, 0.03, 1.0)


def _misfits(part: Slice) -> dict[str, np.ndarray]:
    """Weights of the people who may be proposed though they do not fit, by kind."""
    segment, age, poor = part.work.segment, part.age, _poverty(part)
    adult = (age >= 18) & (age < 65)
    # Lists are made in December: who died later was alive then.
    dead = (part.lives.died < _LIST_MADE) & (segment == BPU) & adult
    moved = ~np.isnat(part.lives.moved) & part.alive & adult
    return {
        "dead": dead * poor,
        "moved": moved * poor,
        "over_65": (part.here & (segment == BPU))
        * poor
        * banded(age, [65, 80], [0, 1.0, 0]),
        "in_employment": (part.here & (segment == PU) & adult) * poor,
        "civil_servant": (part.here & (segment == ASN) & adult) * poor,
        "not_working": (part.here & (segment == NONE) & (age > 22) & (age < 65)) * poor,
    }
