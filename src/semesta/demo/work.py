"""Who works, in which segment, at what, for how much.

Segments: civil servants, soldiers and police (other insurers), PU (in an employment
relation), BPU (outside one) and none. The numbers are those of the city, scaled.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from semesta.demo.households import FEMALE, MALE, Members
from semesta.demo.jobs import column, job_number, jobs, officer_jobs, outside_jobs
from semesta.demo.seeds import banded, pick

NONE, ASN, TNI_POLRI, PU, BPU = range(5)
SEGMENTS = ("TIDAK_BEKERJA", "ASN", "TNI_POLRI", "PU", "BPU")
STEADINESS = 0.8
Quota = Callable[[str], int]


@dataclass
class Work:
    """One row per person: segment, occupation, true rupiah a month."""

    segment: np.ndarray
    job: np.ndarray
    income: np.ndarray
    firm: np.ndarray  # row in the slice's firms, -1 = none; filled by employers.staff


@dataclass
class _Town:
    """Everyone of a slice while work is being given out. One row per person."""

    rng: np.random.Generator
    members: Members
    age: np.ndarray
    level: np.ndarray
    steady: np.ndarray  # how much the household tends to steady work, around 1
    work: Work

    def fit(self, men: float, women: float) -> np.ndarray:
        """A weight for men and one for women, 0 for who has work already."""
        free = self.work.segment == NONE
        return np.where(self.members.sex == MALE, men, women) * free

    def give(self, segment: int, weight: np.ndarray, many: int) -> np.ndarray:
        """Put `many` people drawn with `weight` into a segment; returns their rows."""
        chosen = pick(self.rng, weight, many)
        self.work.segment[chosen] = segment
        return chosen


def employ(
    rng: np.random.Generator,
    members: Members,
    age: np.ndarray,
    level: np.ndarray,
    quota: Quota,
) -> Work:
    """Give work to as many people as the quotas say. Age in years."""
    work = Work(
        segment=np.zeros(len(age), dtype=np.int8),
        job=_without_work(members, age, rng),
        income=np.zeros(len(age), dtype=np.int64),
        firm=np.full(len(age), -1, dtype=np.int64),
    )
    # Where one has steady work, husband, wife and children have it oftener too.
    lot = np.exp(STEADINESS * rng.normal(0, 1, members.households))
    town = _Town(rng, members, age, level, lot[members.household], work)
    _civil_servants(town, quota)
    _officers(town, quota)
    weight = banded(age, [18, 21, 30, 45, 59], [0, 0.6, 1.6, 1.3, 0.7, 0])
    weight *= np.array([0.2, 0.3, 0.5, 0.8, 1.3, 1.5, 2, 2, 1.5, 1])[level]
    weight *= town.fit(1.3, 0.85) * town.steady
    work.job[town.give(PU, weight, quota("pu_workers"))] = job_number("KARYAWAN")
    _own_account(town, quota)
    _incomes(town)
    return work


def _without_work(
    members: Members, age: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    draw = rng.random(len(age))
    job = np.full(len(age), job_number("BELUM_BEKERJA"), dtype=np.int16)
    job[(age >= 6) & (age < 23)] = job_number("PELAJAR")
    job[(age >= 23) & (members.sex == FEMALE)] = job_number("RUMAH_TANGGA")
    job[(age >= 60) & (draw < 0.15)] = job_number("PENSIUNAN")
    return job


def _civil_servants(town: _Town, quota: Quota) -> None:
    rng, work = town.rng, town.work
    weight = banded(town.age, [23, 30, 58], [0, 0.7, 1.2, 0]) * town.steady
    weight *= np.array([0, 0, 0, 0, 0.5, 1, 4, 6, 9, 9])[town.level]
    chosen = town.give(ASN, weight, quota("civil_servants"))
    contract = rng.random(len(chosen)) < 0.27
    work.job[chosen] = np.where(contract, job_number("PPPK"), job_number("PNS"))
    weight = banded(town.age, [19, 56], [0, 1.0, 0]) * (town.level >= 4)
    chosen = town.give(TNI_POLRI, weight * town.fit(1, 0.07), quota("soldiers_police"))
    soldier = rng.random(len(chosen)) < 0.45
    work.job[chosen] = np.where(soldier, job_number("TNI"), job_number("POLRI"))


def _officers(town: _Town, quota: Quota) -> None:
    """Neighbourhood officers (RT, LPM, kader, imam): BPU by their office."""
    numbers = officer_jobs()
    shares = np.array([jobs()[n].share for n in numbers])
    past = np.round(quota("officers") * np.cumsum(shares) / shares.sum()).astype(int)
    for number, many in zip(numbers, np.diff(np.r_[0, past]), strict=True):
        men = jobs()[number].men
        weight = banded(town.age, [30, 40, 62], [0, 0.7, 1.0, 0])
        chosen = town.give(BPU, weight * town.fit(men, 1 - men), int(many))
        town.work.job[chosen] = number


def _own_account(town: _Town, quota: Quota) -> None:
    weight = banded(
        town.age, [17, 20, 25, 60, 66, 72, 80], [0, 0.25, 0.8, 1.5, 1.0, 0.5, 0.2, 0]
    )
    weight *= np.array([1.4, 1.5, 1.5, 1.3, 1, 0.7, 0.5, 0.4, 0.2, 0.1])[town.level]
    weight *= town.fit(2.6, 0.75) / town.steady
    chosen = town.give(BPU, weight, quota("bpu_workers") - quota("officers"))
    numbers = outside_jobs()
    share = np.array([jobs()[n].share for n in numbers])
    men = np.array([jobs()[n].men for n in numbers])
    for sex, fit in ((MALE, men), (FEMALE, 1 - men)):
        rows = chosen[town.members.sex[chosen] == sex]
        shares = share * fit / (share * fit).sum()
        town.work.job[rows] = town.rng.choice(numbers, size=len(rows), p=shares)


def _incomes(town: _Town) -> None:
    rng, work, count = town.rng, town.work, len(town.age)
    luck = np.clip(town.steady, 0.4, 2.5) ** 0.2
    spread = np.exp(rng.normal(0, 0.34, count)) * luck
    own = column("income")[work.job].astype(float) * spread
    service = (2.6 + 0.45 * town.level) * 1e6 * np.exp(rng.normal(0, 0.22, count))
    income = np.where(work.segment == BPU, own, 0.0)
    income = np.where(np.isin(work.segment, (ASN, TNI_POLRI)), service, income)
    pension = (work.job == job_number("PENSIUNAN")) * 2.4e6 * spread
    work.income[:] = (np.round((income + pension) / 50_000) * 50_000).astype(np.int64)
