"""Who is paid by whom, so that the budgets together protect most people."""

from __future__ import annotations

import numpy as np

from semesta.planning.sharing import Purse, divide

ALL = np.ones(4, bool)
# Two drivers, two farmers.
CITY = np.full(4, 16_800)
DONOR = np.array([8_400, 8_400, 16_800, 16_800])
ORDER = np.arange(4)


def test_a_donor_pays_the_drivers_because_the_same_money_pays_two() -> None:
    purses = [Purse("APBD", 33_600, CITY, ALL), Purse("CSR", 16_800, DONOR, ALL)]
    found = divide(purses, ORDER, 4)
    assert found.payer_of.tolist() == [1, 1, 0, 0]
    # Each for itself from the top: the city takes both drivers, the donor one farmer.
    assert (found.people, found.alone) == (4, 3)


def test_nobody_is_paid_by_who_may_not() -> None:
    barred = np.array([False, False, True, False])
    found = divide([Purse("DBH_SAWIT", 1_000_000, CITY, barred)], ORDER, 4)
    assert found.payer_of.tolist() == [-1, -1, 0, -1]


def test_no_payer_spends_more_than_it_has() -> None:
    purses = [Purse("APBD", 40_000, CITY, ALL), Purse("CSR", 20_000, DONOR, ALL)]
    found = divide(purses, ORDER, 4)
    for number, purse in enumerate(purses):
        assert purse.costs[found.payer_of == number].sum() <= purse.budget


def test_within_equals_the_order_holds() -> None:
    found = divide([Purse("APBD", 33_600, CITY, ALL)], np.array([3, 1, 0, 2]), 4)
    assert np.flatnonzero(found.payer_of == 0).tolist() == [1, 3]


def test_without_payers_or_people() -> None:
    assert divide([], ORDER, 4).people == 0
    assert divide([Purse("APBD", 1, CITY, ALL)], np.array([], int), 4).people == 0
