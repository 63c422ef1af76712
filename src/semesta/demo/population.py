"""A slice of the city: tens of thousands of people and all true of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial

import numpy as np

from semesta.demo import (
    deaths,
    employers,
    history,
    names,
    places,
    schooling,
    welfare,
    work,
)
from semesta.demo.deaths import Lives
from semesta.demo.employers import Firms, Leavers
from semesta.demo.history import Paid
from semesta.demo.households import Members, compose
from semesta.demo.identifiers import NumberRegister
from semesta.demo.names import Names
from semesta.demo.places import Homes
from semesta.demo.scale import CityScale
from semesta.demo.seeds import stream
from semesta.demo.welfare import Welfare
from semesta.demo.work import Work

FIRST_WORKING_AGE = 15


@dataclass
class Slice:
    """All columns of one slice; people, households, firms are rows."""

    seed: int
    chunk: int
    today: date
    scale: CityScale
    person: np.ndarray  # person numbers in the whole city, from 1
    first_household: int
    members: Members
    age: np.ndarray  # in years, today
    schooling: np.ndarray
    names: Names
    homes: Homes
    card: np.ndarray  # family card number per household
    nik: np.ndarray
    birthplace: np.ndarray
    phone: np.ndarray  # '' = none
    work: Work
    firms: Firms
    covered: np.ndarray  # registered at the insurer as PU
    welfare: Welfare
    lives: Lives
    paid: Paid = field(init=False)
    leavers: Leavers = field(init=False)

    def __len__(self) -> int:
        return len(self.person)

    def stream(self, purpose: str) -> np.random.Generator:
        """The random stream of this slice for one purpose, e.g. one office's file."""
        return stream(self.seed, self.chunk, purpose)

    def quota(self, name: str) -> int:
        return self.scale.quota(name, self.chunk)

    @cached_property
    def home(self) -> np.ndarray:
        """Household row of each person."""
        return self.members.household

    @cached_property
    def kelurahan(self) -> np.ndarray:
        """Position in places.kelurahan() of each person's home."""
        return self.homes.kelurahan[self.home]

    @cached_property
    def decile(self) -> np.ndarray:
        """National decile of each person's household."""
        return self.welfare.national[self.home]

    @cached_property
    def alive(self) -> np.ndarray:
        return np.isnat(self.lives.died)

    @cached_property
    def here(self) -> np.ndarray:
        """Alive and living in the city."""
        return self.alive & np.isnat(self.lives.moved)

    @cached_property
    def kpj(self) -> np.ndarray:
        """The insurer's participant number everyone would have: 11 digits from 99."""
        return np.char.mod("99%09d", self.person).astype(object)

    @cached_property
    def insured(self) -> np.ndarray:
        """Was ever known to the insurer: as PU, as BPU or as one who left."""
        known = self.covered | (self.paid_months > 0)
        known[self.leavers.person] = True
        return known

    @cached_property
    def paid_months(self) -> np.ndarray:
        """Months paid for each person since 2019, each month once."""
        return self.paid.months_per_person(len(self))


@dataclass
class Progress:
    """What the next slice must know of those before it; bounded in size."""

    register: NumberRegister
    next_household: int = 1
    next_firm: int = 1


def populate(
    *, scale: CityScale, seed: int, chunk: int, today: date, so_far: Progress
) -> Slice:
    """Invent slice `chunk` of the city; `so_far` is moved on for the next slice."""
    first, past = scale.bounds(chunk)
    rng = partial(stream, seed, chunk)
    quota = partial(_quota, scale, chunk)
    members = compose(rng("households"), past - first, today)
    age = (np.datetime64(today, "D") - members.born).astype(np.int64) / 365.2425
    level = schooling.finish_school(rng("schooling"), age)
    homes = places.settle(rng("places"), members.households)
    district = places.district_numbers()[homes.kelurahan]
    jobs = work.employ(rng("work"), members, age, level, quota)
    firms = employers.found(rng("employers"), quota, so_far.next_firm)
    covered = employers.staff(rng("staff"), firms, jobs, quota)
    person = first + 1 + np.arange(past - first)
    part = Slice(
        seed=seed,
        chunk=chunk,
        today=today,
        scale=scale,
        person=person,
        first_household=so_far.next_household,
        members=members,
        age=age,
        schooling=level,
        names=names.name_all(rng("names"), members, level, today.year),
        homes=homes,
        card=so_far.register.cards(rng("cards"), district),
        nik=so_far.register.niks(
            rng("niks"), district[members.household], members.sex, members.born
        ),
        birthplace=places.birthplaces(rng("birthplaces"), len(age)),
        phone=_phones(rng("phones"), person, age),
        work=jobs,
        firms=firms,
        covered=covered,
        welfare=welfare.rank(
            rng("welfare"), members.household, jobs.income, members.households
        ),
        lives=deaths.live(rng("deaths"), members.born, members.sex, today),
    )
    _live_on(part)
    so_far.next_household += members.households
    so_far.next_firm += len(firms.number)
    return part


def _live_on(part: Slice) -> None:
    """What follows from the rest: who was paid for, and who left employment."""
    jobs, age = part.work, part.age
    part.paid = history.pay(
        part.stream("history"),
        jobs,
        age,
        part.decile,
        part.lives.died,
        quota=part.quota,
    )
    able = np.isin(jobs.segment, (work.NONE, work.BPU)) & part.here
    able &= (age > 21) & (age < 58)
    able[part.paid.person] = False
    part.leavers = employers.leave(
        part.stream("leavers"), jobs, part.covered, able, part.quota
    )


def _quota(scale: CityScale, chunk: int, name: str) -> int:
    return scale.quota(name, chunk)


def _phones(
    rng: np.random.Generator, person: np.ndarray, age: np.ndarray
) -> np.ndarray:
    """Mobile numbers with 0860, a prefix of no operator: none can be called."""
    likely = np.clip(1.2 - age / 130, 0, 0.93) * (age >= FIRST_WORKING_AGE)
    has = rng.random(len(age)) < likely
    number = np.char.mod("0860%08d", person * 7_654_321 % 100_000_000).astype(object)
    return np.where(has, number, "")
