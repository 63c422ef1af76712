"""Employers: workers, licences, registration at the insurer, arrears.

Some firms are not registered at the insurer at all (PWBD), some register only a part of
their workers (PDS-TK), some report less than they pay (PDS-upah). Numbers are invented:
NPP begin with ZZ, NIB with 99, NPWP with 99.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from semesta.demo.jobs import job_number
from semesta.demo.places import kelurahan, semicolon_list, words
from semesta.demo.seeds import banded, pick
from semesta.demo.work import PU, Quota, Work

MINIMUM_WAGE = 2_994_193  # UMP Sumatera Barat 2025
SCALES = ("Usaha Mikro", "Usaha Kecil", "Usaha Menengah", "Usaha Besar")
# Part of a month's wages due each month: JKK 0.54 % + JKM 0.30 % + JHT 5.70 % + JP 3.00
# %.
MONTHLY_DUE = 0.0954
ARREARS_SHARE = 0.12
UNDERREPORTING_SHARE = 0.10
PARTIAL_SHARE = 0.22


LAID_OFF = np.datetime64("2025-08-01")


@dataclass
class Leavers:
    """One row per end of an employment in 2025: the person and the day."""

    person: np.ndarray
    day: np.ndarray  # datetime64[D]


@dataclass
class Firms:
    """One row per employer of a slice."""

    number: np.ndarray  # employer number in the whole city, from 1
    public: np.ndarray
    form: np.ndarray  # 'PT', 'CV', 'Perorangan', …
    name: np.ndarray  # without the form
    sector: np.ndarray  # position in words("firms")["sector"]
    kelurahan: np.ndarray
    workers: np.ndarray  # true number
    registered: np.ndarray  # workers registered at the insurer; 0 = PWBD
    wage: np.ndarray  # usual true wage, rupiah a month
    underreports: np.ndarray
    nib: np.ndarray  # '' = no licence
    npwp: np.ndarray
    npp: np.ndarray  # '' = not registered
    since: np.ndarray  # datetime64[D] of registration
    arrears: np.ndarray  # months unpaid at the end of 2025

    def due(self) -> np.ndarray:
        """Arrears of each employer in whole rupiah."""
        return np.round(
            self.arrears * self.registered * self.wage * MONTHLY_DUE
        ).astype(np.int64)


def found(rng: np.random.Generator, quota: Quota, first_number: int) -> Firms:
    """The employers of a slice with their number of workers, before anyone is hired."""
    bodies, firms = quota("public_bodies"), max(quota("firms"), 1)
    in_bodies = quota("public_non_asn") if bodies else 0
    workers = np.r_[
        _sizes(rng, bodies, in_bodies, spread=0.7),
        _sizes(rng, firms, max(quota("pu_workers") - in_bodies, firms), spread=1.25),
    ].astype(np.int64)
    count = bodies + firms
    number = first_number + np.arange(count)
    public = np.arange(count) < bodies
    sector, form, name = _firm_names(rng, public, workers)
    level = banded(workers, [5, 20, 100], [0.72, 0.9, 1.12, 1.3])
    wage = level * MINIMUM_WAGE * np.exp(rng.normal(0, 0.12, count))
    licensed = ~public & (rng.random(count) < 0.9)
    taxed = public | (rng.random(count) < 0.86)
    return Firms(
        number=number,
        public=public,
        form=form,
        name=name,
        sector=sector,
        kelurahan=rng.choice(len(kelurahan()), size=count, p=_trade_shares()),
        workers=workers,
        registered=np.zeros(count, dtype=np.int64),
        wage=np.round(wage, -4).astype(np.int64),
        underreports=np.zeros(count, dtype=bool),
        nib=np.where(licensed, _numbered("99{:011d}", number * 7 + 1_000_003), ""),
        npwp=np.where(taxed, _numbered("99.{:03d}.{:03d}.0-204.000", number), ""),
        npp=np.full(count, "", dtype=object),
        since=np.datetime64("2014-07-01") + rng.integers(0, 3_900, count),
        arrears=np.zeros(count, dtype=np.int64),
    )


def _trade_shares() -> np.ndarray:
    """Firms sit where people are, and double so in the market kelurahan."""
    market = {
        "Pasar Baru": 5.0,
        "Pasar Usang": 3.0,
        "Balai-balai": 2.0,
        "Silaing Bawah": 1.5,
    }
    shares = np.array([k.share * market.get(k.name, 1.0) for k in kelurahan()])
    return shares / shares.sum()


def _numbered(pattern: str, numbers: np.ndarray) -> np.ndarray:
    if pattern.count("{") == 1:
        return np.array([pattern.format(n) for n in numbers.tolist()], dtype=object)
    pairs = (divmod(n, 1000) for n in numbers.tolist())
    return np.array([pattern.format(*pair) for pair in pairs], dtype=object)


def _sizes(
    rng: np.random.Generator, count: int, total: int, spread: float
) -> np.ndarray:
    """`count` sizes of at least one that add up to `total`; few large, many small."""
    if not count:
        return np.empty(0, dtype=np.int64)
    raw = np.exp(rng.normal(0, spread, count))
    sizes = 1 + np.floor(raw / raw.sum() * (total - count)).astype(np.int64)
    sizes[np.argsort(-raw)[: total - int(sizes.sum())]] += 1
    return sizes


def _firm_names(
    rng: np.random.Generator, public: np.ndarray, workers: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    lists = words("firms")
    sectors = lists["sector"]
    shares = np.array([s["share"] for s in sectors], dtype=float)
    count = len(public)
    sector = rng.choice(len(sectors), size=count, p=shares / shares.sum())
    one = rng.choice(np.array(lists["words"]["one"].split(), dtype=object), count)
    two = rng.choice(np.array(lists["words"]["two"].split(), dtype=object), count)
    schools = semicolon_list(lists["words"]["school"])
    offices = semicolon_list(lists["words"]["office"])
    forms = np.array(["Perorangan", "UD", "CV", "PT"], dtype=object)
    kind = banded(workers, [3, 8, 30], [0, 1, 2, 3]) + (rng.random(count) < 0.25)
    form = forms[np.minimum(kind, 3).astype(int)]
    name = np.empty(count, dtype=object)
    for i, (s, a, b) in enumerate(zip(sector.tolist(), one, two, strict=True)):
        word = sectors[s]["word"]
        if public[i]:
            form[i], name[i] = (
                "Instansi Pemerintah",
                f"{offices[i % len(offices)]} (Non ASN)",
            )
        elif word == "Yayasan":
            form[i], name[i] = "Yayasan", f"{schools[i % len(schools)]} {a}"
        elif word == "Koperasi":
            form[i], name[i] = "Koperasi", f"{a} {b}"
        elif form[i] in ("PT", "CV"):
            name[i] = f"{a} {b}" if s % 2 else f"{a} {b} {word}"
        else:
            name[i] = f"{word} {a} {b}"
    return sector, form, name


def staff(
    rng: np.random.Generator, firms: Firms, work: Work, quota: Quota
) -> np.ndarray:
    """Hire the slice's PU workers and register a part of them at the insurer.

    Fills work.firm, work.income and the firms' numbers. Returns one bool per person:
    registered as PU. The registered are exactly the quota `pu_registered` (fewer only
    when the slice has too few workers).
    """
    people = np.flatnonzero(work.segment == PU)
    rng.shuffle(people)
    hired = np.repeat(np.arange(len(firms.workers)), firms.workers)[: len(people)]
    people = people[: len(hired)]
    work.firm[people] = hired
    firms.workers = np.bincount(hired, minlength=len(firms.workers))
    work.job[people[firms.public[hired]]] = job_number("HONORER")
    school = [s["word"] for s in words("firms")["sector"]].index("Yayasan")
    teaches = (firms.sector[hired] == school) & ~firms.public[hired]
    work.job[people[teaches]] = job_number("GURU_SWASTA")
    wage = firms.wage[hired] * np.exp(rng.normal(0, 0.12, len(people)))
    work.income[people] = (np.round(wage / 10_000) * 10_000).astype(np.int64)
    firms.registered = _registered(rng, firms, quota("pu_registered"))
    turn = np.arange(len(hired)) - np.r_[0, np.cumsum(firms.workers)][hired]
    covered = np.zeros(len(work.segment), dtype=bool)
    covered[people[turn < firms.registered[hired]]] = True
    _registration(rng, firms)
    return covered


def leave(
    rng: np.random.Generator,
    work: Work,
    covered: np.ndarray,
    able: np.ndarray,
    quota: Quota,
) -> Leavers:
    """Who left PU in 2025. `able`: is no more employed, may have been.

    On 1 August 190 temporary staff of the city were laid off; 182 of them came back and
    are covered again. The others left through the year.
    """
    public = np.flatnonzero(covered & (work.job == job_number("HONORER")))
    back = rng.permutation(public)[: quota("laid_off") * 182 // 190]
    gone = rng.permutation(np.flatnonzero(able))[
        : max(quota("deactivated") - len(back), 0)
    ]
    lost = max(quota("laid_off") - len(back), 0)
    day = np.datetime64("2025-01-15") + rng.integers(0, 330, len(gone))
    day[:lost] = LAID_OFF
    return Leavers(np.r_[back, gone], np.r_[np.full(len(back), LAID_OFF), day])


def _registered(rng: np.random.Generator, firms: Firms, target: int) -> np.ndarray:
    """Registered workers per employer, `target` in all; larger ones sooner."""
    inclined = banded(firms.workers, [5, 20, 100], [0.25, 0.7, 2.2, 8.0])
    inclined[firms.public] = 1000.0
    keys = rng.standard_exponential(len(inclined)) / inclined
    part = np.where(
        rng.random(len(keys)) < PARTIAL_SHARE, rng.uniform(0.4, 0.9, len(keys)), 1.0
    )
    part[firms.public | (firms.workers < 4)] = 1.0
    offered = np.ceil(firms.workers * part).astype(np.int64)
    order = np.argsort(keys)
    past = np.cumsum(offered[order])
    take = np.clip(target - (past - offered[order]), 0, offered[order])
    registered = np.zeros(len(keys), dtype=np.int64)
    registered[order] = take
    return registered


def _registration(rng: np.random.Generator, firms: Firms) -> None:
    known = firms.registered > 0
    firms.npp = np.where(known, _numbered("ZZ{:06d}", firms.number), "")
    private = known & ~firms.public
    weights = np.where(private, 1 / np.sqrt(np.maximum(firms.workers, 1)), 0.0)
    behind = pick(rng, weights, round(ARREARS_SHARE * int(known.sum())))
    ages = rng.choice(4, size=len(behind), p=[0.42, 0.25, 0.2, 0.13])
    low, high = np.array([1, 4, 7, 13])[ages], np.array([3, 6, 12, 40])[ages]
    months = low + (rng.random(len(behind)) * (high - low + 1)).astype(np.int64)
    open_for = (np.datetime64("2025-12-01") - firms.since[behind]).astype(
        np.int64
    ) // 31
    firms.arrears[behind] = np.clip(months, 1, np.maximum(open_for, 1))
    above = private & (firms.wage > MINIMUM_WAGE * 1.05)
    liars = pick(
        rng, above.astype(float), round(UNDERREPORTING_SHARE * int(known.sum()))
    )
    firms.underreports[liars] = True


def last_paid(firms: Firms, today: date) -> np.ndarray:
    """The last month each employer paid for (datetime64[M])."""
    month = np.datetime64(today, "M") - 1
    return month - firms.arrears


def scale_of(workers: np.ndarray) -> np.ndarray:
    """The business scale shown for a number of workers."""
    return np.array(SCALES, dtype=object)[
        banded(workers, [5, 20, 100], [0, 1, 2, 3]).astype(int)
    ]
