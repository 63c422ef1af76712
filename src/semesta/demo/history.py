"""The paid months of the programme since 2019, one row per paid range.

Dated facts of Kota Padang Panjang: 1,000 poor workers for three months in 2019, 1,500
from September to December 2020, 7,023 of the poor and 1,260 officers in December 2022,
the poor for about six months of 2023, some ten of 2024, 4,000 from May to December
2025; RT, LPM, kader and imam every month from January 2023 to December 2025. Beside
them people who pay for themselves. Months are datetime64[M]; ranges are half-open.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from semesta.demo.jobs import job_number, officer_jobs
from semesta.demo.seeds import banded, pick
from semesta.demo.work import ASN, BPU, NONE, PU, Quota, Work

CITY, CITY_OFFICERS, SELF, ALMS = range(4)
PAYERS = ("PEMKO PADANG PANJANG", "PEMKO PADANG PANJANG", "MANDIRI", "BAZNAS")
WADAH = ("WPK0901", "WPK0902", "", "WPK0950")
PRICE, OFFICER_PRICE, WITH_SAVINGS = 16_800, 10_000, 36_800
MONTH = np.dtype("datetime64[M]")
PAID_AHEAD = np.datetime64("2026-07", "M")  # no one has paid for a later month
DEATHS_HEARD_OF = 0.94
ALWAYS = 1e9  # a weight that wins every draw


@dataclass(frozen=True)
class Burst:
    """One time the city paid for the poor. `longer`: part with a month more."""

    quota: str
    first: str
    past: str
    longer: float = 0.0


BURSTS = (
    Burst("burst_2019", "2019-10", "2020-01"),
    Burst("burst_2020", "2020-09", "2020-12"),
    Burst("burst_december_2022", "2022-12", "2023-01"),
    Burst("burst_2023", "2023-01", "2023-07", longer=0.27),
    Burst("burst_2024", "2024-02", "2024-12", longer=0.45),
    Burst("burst_2025", "2025-05", "2026-01"),
)
OFFICER_YEARS = (2023, 2024, 2025)


@dataclass
class Paid:
    """One row per paid range of one person, in the order of payment."""

    person: np.ndarray
    first: np.ndarray  # datetime64[M]
    past: np.ndarray  # datetime64[M], exclusive
    payer: np.ndarray  # position in PAYERS
    price: np.ndarray  # rupiah a month
    burst: np.ndarray  # position in BURSTS, -1 = none

    def months(self) -> np.ndarray:
        return (self.past - self.first).astype(np.int64)

    def months_per_person(self, people: int) -> np.ndarray:
        """Paid months of each person; a month paid twice counts once."""
        base = np.datetime64("2019-01", "M")
        start = (self.first - base).astype(np.int64)
        length = self.months()
        who = np.repeat(self.person, length)
        offset = np.arange(len(who)) - np.repeat(np.cumsum(length) - length, length)
        cells = np.unique(who * 200 + np.repeat(start, length) + offset)
        return np.bincount(cells // 200, minlength=people)


@dataclass
class _Payees:
    """Everyone of a slice while payments are being made. One row per person."""

    rng: np.random.Generator
    work: Work
    age: np.ndarray  # in years, today
    died: np.ndarray
    quota: Quota
    inclined: np.ndarray  # weight on a list of the poor
    keys: dict[str, np.ndarray]  # race keys per burst
    core: np.ndarray  # rows of those who are in every burst


def pay(
    rng: np.random.Generator,
    work: Work,
    age: np.ndarray,
    decile: np.ndarray,
    died: np.ndarray,
    *,
    quota: Quota,
) -> Paid:
    """All paid ranges of a slice. `decile`: national, of the household."""
    inclined = _inclination(work, age, decile)
    keys = _keys(rng, len(age))
    fit = (age > 33) * (age < 60) * np.isnat(died)
    core = pick(rng, inclined * fit, quota("burst_core"))
    payees = _Payees(rng, work, age, died, quota, inclined, keys, core)
    rows = [_burst(payees, number) for number in range(len(BURSTS))]
    rows.extend(_officer_years(payees))
    rows.append(_self_payers(payees, np.unique(np.concatenate([r[0] for r in rows]))))
    columns = [np.concatenate(parts) for parts in zip(*rows, strict=True)]
    order = np.lexsort((columns[0], columns[1]))
    return Paid(*(column[order] for column in columns))


def _keys(rng: np.random.Generator, count: int) -> dict[str, np.ndarray]:
    """Race keys per burst: each list begins with the one before it."""
    lasting = rng.standard_exponential(count)
    keys = {
        burst.quota: 0.7 * lasting + 0.3 * rng.standard_exponential(count)
        for burst in BURSTS
    }
    # December 2022 and the months of 2023 after it are one list with few changes.
    same = keys["burst_december_2022"]
    keys["burst_2023"] = same * rng.uniform(0.98, 1.02, count)
    return keys


def _inclination(work: Work, age: np.ndarray, decile: np.ndarray) -> np.ndarray:
    """How likely one is on a list of the poor; some now have employment."""
    weight = np.exp(-0.42 * decile.astype(float))
    weight *= banded(age, [19, 25, 66, 70], [0, 0.5, 1.0, 0.8, 0])
    by_segment = np.zeros(5)
    by_segment[[BPU, PU, ASN, NONE]] = 1.0, 0.10, 0.025, 0.05
    weight *= by_segment[work.segment]
    return np.where(np.isin(work.job, officer_jobs()), 0.0, weight)


def _ranges(
    people: np.ndarray,
    first: str,
    past: str | np.ndarray,
    payer: int,
    *,
    burst: int = -1,
) -> tuple:
    """One range for each of `people`, in the order of the columns of Paid."""
    count = len(people)
    price = OFFICER_PRICE if payer == CITY_OFFICERS else PRICE
    return (
        people,
        np.full(count, first, dtype=MONTH),
        np.broadcast_to(np.asarray(past, dtype=MONTH), count),
        np.full(count, payer),
        np.full(count, price),
        np.full(count, burst),
    )


def _burst(payees: _Payees, number: int) -> tuple:
    burst, rng, core = BURSTS[number], payees.rng, payees.core
    first = np.datetime64(burst.first, "M")
    then = payees.age - (np.datetime64("2026-01", "M") - first).astype(int) / 12
    weight = payees.inclined * (then >= 17.5) * (then < 64.9)
    # The office hears of most deaths, not of all: a few of the dead are paid for again.
    dead = payees.died < first.astype("datetime64[D]")
    gone = dead & (rng.random(len(dead)) < DEATHS_HEARD_OF)
    weight[gone] = 0
    weight[core] = np.where(gone[core], 0, ALWAYS)
    people = pick(rng, weight, payees.quota(burst.quota), payees.keys[burst.quota])
    past = np.full(len(people), burst.past, dtype=MONTH)
    past += rng.random(len(people)) < burst.longer
    return _ranges(people, burst.first, past, CITY, burst=number)


def _officer_years(payees: _Payees) -> list[tuple]:
    """December 2022 for most officers, then the whole year for each who lives."""
    officers = np.flatnonzero(np.isin(payees.work.job, officer_jobs()))
    many = min(payees.quota("officers_december_2022"), len(officers))
    most = np.sort(payees.rng.permutation(officers)[:many])
    rows = [_ranges(most, "2022-12", "2023-01", CITY_OFFICERS)]
    for year in OFFICER_YEARS:
        dead = payees.died[officers] < np.datetime64(f"{year}-01-01")
        rows.append(
            _ranges(officers[~dead], f"{year}-01", f"{year + 1}-01", CITY_OFFICERS)
        )
    return rows


def _self_payers(payees: _Payees, paid_by_city: np.ndarray) -> tuple:
    """Irregular ranges of people who pay for themselves, or Baznas for them."""
    rng, work = payees.rng, payees.work
    weight = banded(payees.age, [22, 65], [0, 1.0, 0]) * np.isnat(payees.died)
    weight *= (work.segment == BPU) * (1 + 2 * (work.job == job_number("OJEK_DARING")))
    weight[paid_by_city] *= 0.25
    # Half of the core pays on between the bursts; only these can reach 36 months.
    steadfast = payees.core[rng.random(len(payees.core)) < 0.5]
    weight[steadfast] = ALWAYS
    people = pick(rng, weight, payees.quota("self_payers"))
    start = rng.integers(0, 80, len(people))  # months since January 2019
    start[np.isin(people, steadfast)] = 0
    payer = np.where(rng.random(len(people)) < 0.08, ALMS, SELF)
    savings = (rng.random(len(people)) < 0.2) & (payer == SELF)
    price = np.where(savings, WITH_SAVINGS, PRICE)
    parts: list[tuple] = []
    for _ in range(5):
        length = rng.choice(_LENGTHS, size=len(people), p=_LENGTH_SHARES)
        on = start < 84
        first = np.datetime64("2019-01", "M") + start
        past = np.minimum(first + length, PAID_AHEAD)
        parts.append((people[on], first[on], past[on], payer[on], price[on]))
        start = start + length + rng.choice([0, 1, 2, 4, 9, 24], size=len(people))
        start[rng.random(len(people)) < 0.25] = 99  # gives up
    joined = [np.concatenate(p) for p in zip(*parts, strict=True)]
    return (*joined, np.full(len(joined[0]), -1))


_LENGTHS = [1, 2, 3, 6, 12, 18]
_LENGTH_SHARES = [0.1, 0.12, 0.3, 0.23, 0.2, 0.05]
