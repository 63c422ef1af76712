"""The price of one person comes from the law, for the payer and month by month."""

from __future__ import annotations

import pytest

from semesta.kernel import Month, Rupiah, UserError
from semesta.planning.price import declared_income, price_of

JANUARY = Month(2026, 1)


def test_a_city_pays_in_full_also_during_the_relief() -> None:
    price = price_of(JANUARY, 12, payer="APBD")
    assert set(price.monthly) == {Rupiah(16_800)}
    assert price.whole == Rupiah(201_600)
    assert price.first == Rupiah(16_800)
    assert "PP 44/2015" in price.law


def test_others_pay_half_from_april_on() -> None:
    price = price_of(JANUARY, 6, payer="SELF")
    assert price.monthly == (Rupiah(16_800),) * 3 + (Rupiah(8_400),) * 3
    assert price.whole == Rupiah(75_600)


@pytest.mark.parametrize("months", [0, -1, 13])
def test_months_out_of_range(months: int) -> None:
    with pytest.raises(UserError) as error:
        price_of(JANUARY, months, payer="APBD")
    assert error.value.code == "plan.months"


def test_an_unknown_payer() -> None:
    with pytest.raises(UserError) as error:
        price_of(JANUARY, 1, payer="LOTRE")
    assert error.value.code == "law.payer"


def test_the_declared_income_is_the_base_of_the_lowest_bracket() -> None:
    assert declared_income(JANUARY) == Rupiah(1_000_000)
