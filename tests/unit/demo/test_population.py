"""The people of the invented city: numbers, families, work, history."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from semesta.demo import deaths
from semesta.demo.history import BURSTS, CITY_OFFICERS
from semesta.demo.households import (
    CHILD,
    FEMALE,
    GRANDCHILD,
    HEAD,
    MALE,
    MARRIED,
    compose,
)
from semesta.demo.identifiers import NumberRegister
from semesta.demo.jobs import officer_jobs
from semesta.demo.places import kelurahan
from semesta.demo.population import Progress, Slice, populate
from semesta.demo.scale import CITY_PEOPLE, CityScale
from semesta.demo.seeds import pick, stream
from semesta.demo.work import ASN, BPU, PU, TNI_POLRI

TODAY = date(2026, 1, 31)


def slices(people: int, slice_people: int = 65_536, seed: int = 1374) -> list[Slice]:
    scale = CityScale(people, slice_people)
    so_far = Progress(NumberRegister())
    return [
        populate(scale=scale, seed=seed, chunk=chunk, today=TODAY, so_far=so_far)
        for chunk in scale
    ]


@pytest.fixture(scope="module")
def city() -> Slice:
    return slices(CITY_PEOPLE)[0]


def months(first: str, past: str) -> int:
    return int((np.datetime64(past, "M") - np.datetime64(first, "M")).astype(int))


class TestSize:
    def test_the_city_has_exactly_its_people(self, city: Slice) -> None:
        assert len(city) == CITY_PEOPLE == 62_731

    @pytest.mark.parametrize("people", [100, 101, 999, 2_000, 4_321])
    def test_any_size_is_exact(self, people: int) -> None:
        assert sum(map(len, slices(people, 700))) == people

    def test_a_city_of_no_size_or_beyond_the_limit_is_refused(self) -> None:
        for people in (0, 99, 10_000_001):
            with pytest.raises(ValueError, match="people must be"):
                CityScale(people)

    def test_more_people_make_more_slices_not_larger_ones(self) -> None:
        scales = [CityScale(n) for n in (60_000, 1_000_000, 10_000_000)]
        assert [s.slices for s in scales] == [1, 16, 153]
        for scale in scales:
            sizes = [past - first for first, past in map(scale.bounds, scale)]
            assert max(sizes) <= 65_536
            assert max(sizes) - min(sizes) <= 1

    def test_the_quotas_of_all_slices_are_the_quota_of_the_city(self) -> None:
        whole, cut = CityScale(200_000), CityScale(200_000, 7_000)
        for name in ("proposed", "burst_core", "laid_off", "public_bodies"):
            parts = sum(cut.quota(name, chunk) for chunk in cut)
            assert parts == sum(whole.quota(name, chunk) for chunk in whole)


class TestDeterminism:
    def test_the_same_seed_gives_the_same_people(self) -> None:
        one, two = slices(2_000)[0], slices(2_000)[0]
        assert one.nik.tolist() == two.nik.tolist()
        assert one.names.name.tolist() == two.names.name.tolist()
        assert one.paid.person.tolist() == two.paid.person.tolist()

    def test_another_seed_gives_other_people(self) -> None:
        one, two = slices(2_000)[0], slices(2_000, seed=7)[0]
        assert one.names.name.tolist() != two.names.name.tolist()

    def test_a_draw_with_the_same_keys_overlaps(self) -> None:
        keys = stream(1, 0, "keys").standard_exponential(1_000)
        rng = stream(1, 0, "draw")
        few = pick(rng, np.ones(1_000), 100, keys)
        more = pick(rng, np.ones(1_000), 150, keys)
        assert set(few) <= set(more)


class TestNumbers:
    def test_every_nik_is_invented_and_no_one_shares_one(self, city: Slice) -> None:
        assert len(set(city.nik)) == len(city)
        assert all(len(nik) == 16 and nik.isdigit() for nik in city.nik)
        assert all(9001 <= int(nik[12:]) <= 9999 for nik in city.nik)

    def test_niks_stay_unique_over_slices(self) -> None:
        niks = np.concatenate([part.nik for part in slices(9_000, 1_000)])
        assert len(set(niks)) == 9_000

    def test_when_a_day_runs_out_neighbouring_districts_take_over(self) -> None:
        register, rng = NumberRegister(), stream(1, 0, "niks")
        count = 5_000  # all men of one district, born on one day
        day = np.full(count, np.datetime64("1980-01-01"))
        zeros = np.zeros(count, dtype=np.int64)
        niks = register.niks(rng, zeros, zeros, day)
        assert len(set(niks)) == count
        assert all(9001 <= int(nik[12:]) <= 9999 for nik in niks)
        more = np.zeros(25_000, dtype=np.int64)
        with pytest.raises(ValueError, match="no NIK left"):
            register.niks(rng, more, more, np.full(25_000, day[0]))

    def test_the_date_in_a_nik_is_the_birth_date_and_women_add_40(
        self, city: Slice
    ) -> None:
        days = np.datetime_as_string(city.members.born, unit="D")
        right = 0
        for nik, day, sex in zip(city.nik, days, city.members.sex, strict=True):
            shown = int(nik[6:8]) - (40 if sex == FEMALE else 0)
            assert 1 <= shown <= 31
            right += f"{shown:02d}{nik[8:12]}" == day[8:] + day[5:7] + day[2:4]
        assert right / len(city) == pytest.approx(0.992, abs=0.002)

    def test_nine_in_ten_niks_were_issued_in_the_city(self, city: Slice) -> None:
        here = np.mean([nik.startswith("1374") for nik in city.nik])
        assert here == pytest.approx(0.92, abs=0.01)

    def test_family_cards_are_unique_and_never_a_nik(self, city: Slice) -> None:
        assert len(set(city.card)) == city.members.households
        assert all(9001 <= int(card[12:]) <= 9999 for card in city.card)
        assert not set(city.card) & set(city.nik)


class TestFamilies:
    def test_each_household_has_one_head(self, city: Slice) -> None:
        heads = city.home[city.members.relation == HEAD]
        assert heads.tolist() == list(range(city.members.households))

    def test_children_are_younger_than_their_mothers(self, city: Slice) -> None:
        child = np.flatnonzero(city.members.mother >= 0)
        mother = city.members.mother[child]
        assert (city.age[mother] - city.age[child]).min() > 16
        assert (city.members.sex[mother] == FEMALE).all()

    def test_children_are_younger_than_the_head(self, city: Slice) -> None:
        members = city.members
        head = np.flatnonzero(members.relation == HEAD)[members.household]
        for relation, years in ((CHILD, 15.5), (GRANDCHILD, 25)):
            rows = members.relation == relation
            assert (city.age[head[rows]] - city.age[rows]).min() > years

    def test_the_mothers_name_is_the_name_of_the_mother_at_home(
        self, city: Slice
    ) -> None:
        child = np.flatnonzero(city.members.mother >= 0)
        mother = city.members.mother[child]
        assert (city.names.mother[child] == city.names.name[mother]).all()

    def test_brothers_and_sisters_have_one_mother(self, city: Slice) -> None:
        children = np.flatnonzero(city.members.relation == CHILD)
        by_home: dict[int, set[str]] = {}
        for row in children:
            by_home.setdefault(city.home[row], set()).add(city.names.mother[row])
        assert {len(names) for names in by_home.values()} == {1}

    def test_husband_and_wife_point_to_each_other(self, city: Slice) -> None:
        spouse = city.members.spouse
        rows = np.flatnonzero(spouse >= 0)
        assert (spouse[spouse[rows]] == rows).all()
        assert (city.members.sex[rows] != city.members.sex[spouse[rows]]).all()
        assert (city.members.marital[rows] == MARRIED).all()

    def test_the_last_household_is_trimmed_to_fit(self) -> None:
        for people in range(150, 190):
            members = compose(stream(3, 0, "h"), people, TODAY)
            assert len(members.household) == people
            assert members.spouse.max() < people
            assert members.mother.max() < people

    def test_age_and_sex_are_those_of_a_small_indonesian_city(
        self, city: Slice
    ) -> None:
        assert np.mean(city.age < 15) == pytest.approx(0.255, abs=0.02)
        assert np.mean(city.age >= 65) == pytest.approx(0.066, abs=0.012)
        assert np.mean(city.members.sex == MALE) == pytest.approx(0.495, abs=0.02)
        assert len(city) / city.members.households == pytest.approx(3.6, abs=0.2)

    def test_every_kelurahan_has_people_the_large_ones_more(self, city: Slice) -> None:
        people = np.bincount(city.kelurahan, minlength=16)
        names = [k.name for k in kelurahan()]
        assert people.min() > 500
        assert names[int(people.argmax())] in ("Kampung Manggis", "Guguk Malintang")


class TestNames:
    def test_one_in_ten_has_a_single_name(self, city: Slice) -> None:
        single = np.mean([" " not in name for name in city.names.name])
        assert single == pytest.approx(0.10, abs=0.02)

    def test_no_word_stands_twice_in_a_name(self, city: Slice) -> None:
        for name in city.names.name:
            assert len(set(name.split())) == len(name.split())

    def test_gelar_are_borne_by_men(self, city: Slice) -> None:
        bears = city.names.gelar != ""
        assert (city.members.sex[bears] == MALE).all()
        assert 0.02 < bears.mean() < 0.06


class TestWork:
    def test_segments_have_the_numbers_of_the_city(self, city: Slice) -> None:
        count = np.bincount(city.work.segment, minlength=5)
        assert count[ASN] + count[TNI_POLRI] == 3_300
        assert count[PU] == 9_000
        assert count[BPU] == 16_000

    def test_72_percent_of_pu_are_registered(self, city: Slice) -> None:
        assert int(city.covered.sum()) == 6_480
        assert (city.work.segment[city.covered] == PU).all()

    def test_firms_hold_exactly_their_workers(self, city: Slice) -> None:
        hired = city.work.firm[city.work.firm >= 0]
        workers = np.bincount(hired, minlength=len(city.firms.number))
        assert workers.tolist() == city.firms.workers.tolist()
        assert (city.firms.registered <= city.firms.workers).all()
        covered = np.bincount(city.work.firm[city.covered], minlength=len(workers))
        assert covered.tolist() == city.firms.registered.tolist()

    def test_there_are_firms_unregistered_partly_registered_and_in_arrears(
        self, city: Slice
    ) -> None:
        firms = city.firms
        known = firms.registered > 0
        assert 700 <= len(firms.number) <= 900
        assert (~known).sum() > 200
        assert (known & (firms.registered < firms.workers)).sum() > 20
        assert (firms.arrears > 0).sum() / known.sum() == pytest.approx(0.12, abs=0.02)
        assert (firms.npp[~known] == "").all()
        assert (firms.due()[firms.arrears > 0] > 0).all()

    def test_no_child_works(self, city: Slice) -> None:
        assert city.age[city.work.segment != 0].min() >= 17

    def test_poorer_households_earn_less_per_head(self, city: Slice) -> None:
        per_head = city.welfare.income / city.welfare.members
        medians = [
            np.median(per_head[city.welfare.national == decile])
            for decile in range(1, 11)
        ]
        assert medians == sorted(medians)


class TestHistory:
    def test_the_bursts_are_those_of_the_city(self, city: Slice) -> None:
        paid = city.paid
        sizes = [int((paid.burst == n).sum()) for n in range(len(BURSTS))]
        assert sizes == [1_000, 1_500, 7_023, 7_023, 8_300, 4_000]
        lengths = paid.months()
        assert set(lengths[paid.burst == 0]) == {3}
        assert set(lengths[paid.burst == 1]) == {3}
        assert set(lengths[paid.burst == 2]) == {1}
        assert lengths[paid.burst == 3].mean() == pytest.approx(6.3, abs=0.1)
        assert lengths[paid.burst == 4].mean() == pytest.approx(10.4, abs=0.1)
        assert set(lengths[paid.burst == 5]) == {months("2025-05", "2026-01")}

    def test_ranges_are_half_open_and_not_empty(self, city: Slice) -> None:
        assert (city.paid.past > city.paid.first).all()
        assert city.paid.first.min() >= np.datetime64("2019-01")
        assert city.paid.past.max() <= np.datetime64("2026-07")

    def test_officers_who_lived_have_36_months_and_more(self, city: Slice) -> None:
        officers = np.isin(city.work.job, officer_jobs())
        assert int(officers.sum()) == 1_373
        assert city.paid_months[officers & city.alive].min() >= 36
        by_city = city.paid.person[city.paid.payer == CITY_OFFICERS]
        assert officers[by_city].all()

    def test_some_have_36_months_many_are_short_or_lapsed(self, city: Slice) -> None:
        some = city.paid_months[city.paid_months > 0]
        assert (some >= 36).sum() > 1_300
        assert ((some >= 30) & (some < 36)).sum() > 20
        last = np.zeros(len(city), dtype="datetime64[M]")
        np.maximum.at(last, city.paid.person, city.paid.past)
        lapsed = (last > np.datetime64("2019-01")) & (last < np.datetime64("2025-10"))
        assert lapsed.sum() > 3_000

    def test_a_core_was_in_every_burst(self, city: Slice) -> None:
        bursts = [set(city.paid.person[city.paid.burst == n]) for n in range(6)]
        assert len(set.intersection(*bursts)) >= 140

    def test_a_month_paid_twice_counts_once(self, city: Slice) -> None:
        slow: dict[int, set[int]] = {}
        rows = zip(city.paid.person, city.paid.first, city.paid.past, strict=True)
        for person, first, past in rows:
            slow.setdefault(int(person), set()).update(
                range(first.astype(int), past.astype(int))
            )
        for person, paid in slow.items():
            assert city.paid_months[person] == len(paid)

    def test_some_people_died_while_paid_for(self, city: Slice) -> None:
        died = city.lives.died[city.paid.person].astype("datetime64[M]")
        during = (died >= city.paid.first) & (died < city.paid.past)
        assert len(set(city.paid.person[during])) > 40


class TestDeaths:
    def test_rates_are_those_stated(self) -> None:
        ages = np.array([17.0, 42.0, 62.0, 67.0])
        men = deaths.rate(ages, np.zeros(4, dtype=int)) * 1000
        women = deaths.rate(ages, np.ones(4, dtype=int)) * 1000
        assert men.tolist() == pytest.approx([1.2, 3.948, 22.56, 35.52])
        assert women.tolist() == pytest.approx([0.8, 2.632, 15.04, 23.68])

    def test_deaths_occur_at_the_rates(self, city: Slice) -> None:
        born, end = city.members.born, np.datetime64(TODAY)
        start = np.maximum(born, np.datetime64("2023-01-01"))
        years = (end - start).astype(int) / 365.25
        middle = (start - born).astype(int) / 365.25 + years / 2
        expected = (1 - np.exp(-years * deaths.rate(middle, city.members.sex))).sum()
        assert (~city.alive).sum() == pytest.approx(expected, rel=0.08)
        assert 250 < (city.lives.died >= np.datetime64("2025-01-31")).sum() < 450

    def test_nobody_dies_before_birth_or_after_today(self, city: Slice) -> None:
        died = city.lives.died[~city.alive]
        assert died.min() >= np.datetime64("2023-01-01")
        assert died.max() <= np.datetime64(TODAY)
        assert (died >= city.members.born[~city.alive]).all()

    def test_the_register_knows_85_percent(self, city: Slice) -> None:
        known = city.lives.register_knows[~city.alive].mean()
        assert known == pytest.approx(0.85, abs=0.03)
        assert not city.lives.register_knows[city.alive].any()
