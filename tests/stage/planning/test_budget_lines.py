"""What payers set aside: entered once, changed with a trace, refused with a reason."""

from __future__ import annotations

from typing import Any

import pytest

from semesta.audit.models import Event
from semesta.kernel import Actor, UserError
from semesta.planning.models import BudgetLine
from semesta.planning.queries import budget_lines
from semesta.planning.services import add_budget_line, change_budget_line

pytestmark = pytest.mark.django_db
LINE: dict[str, Any] = {
    "year": 2026, "payer": "APBD", "name": "DPA DPMPTSP", "amount": 1_457_000_000,
}  # fmt: skip


def test_entered_once_with_one_event(officer: Actor) -> None:
    first = add_budget_line(**LINE, by=officer)
    assert add_budget_line(**LINE, by=officer) == first
    assert budget_lines(2026) == [first]
    assert budget_lines(2025) == []
    assert Event.objects.filter(action="budget.added").count() == 1


def test_the_same_name_with_another_sum_is_a_mistake(officer: Actor) -> None:
    add_budget_line(**LINE, by=officer)
    with pytest.raises(UserError) as error:
        add_budget_line(**{**LINE, "amount": 5_000_000}, by=officer)
    assert error.value.code == "budget.exists"


def test_a_change_keeps_the_former_sum_in_the_trail(officer: Actor) -> None:
    line = add_budget_line(**LINE, by=officer)
    changed = change_budget_line(
        line=line, amount=2_000_000, instrument="DPPA 2026", by=officer
    )
    assert (changed.amount, changed.instrument) == (2_000_000, "DPPA 2026")
    event = Event.objects.get(action="budget.changed")
    assert event.detail == {"from": 1_457_000_000, "to": 2_000_000}
    change_budget_line(line=line, amount=2_000_000, instrument="DPPA 2026", by=officer)
    assert Event.objects.filter(action="budget.changed").count() == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"payer": "LOTRE"}, "plan.payer"),
        ({"amount": 0}, "budget.amount"),
        ({"amount": 16_799}, "budget.amount"),
        ({"name": "  "}, "budget.name"),
        ({"year": 1990}, "budget.year"),
    ],
)
def test_what_cannot_stand(change: dict[str, Any], code: str, officer: Actor) -> None:
    with pytest.raises(UserError) as error:
        add_budget_line(**{**LINE, **change}, by=officer)
    assert error.value.code == code
    assert not BudgetLine.objects.exists()


def test_a_donors_month_may_cost_less(officer: Actor) -> None:
    assert add_budget_line(
        **{**LINE, "payer": "CSR", "amount": 8_400}, by=officer
    ).pk  # fmt: skip
