"""Everyone's standing from the database against the law asked person by person."""

from __future__ import annotations

import random
from datetime import date

import pytest
from tests.support.people import a_person, paid

from semesta.kernel import Month
from semesta.ledger import queries
from semesta.ledger.ranges import Span, month_at
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db

FIRST = Month(2021, 1).index


def _history(chance: random.Random) -> None:
    for _ in range(40):
        person = a_person()
        # Months overlap only between payers: one payer pays a month once.
        free = Span(FIRST, FIRST + 90)
        for payer in ["APBD", "SELF", "BAZNAS", "CSR"][: chance.randint(0, 4)]:
            start = FIRST + chance.randint(0, 60)
            until = start + chance.choice([1, 2, 3, 6, 10, 24])
            paid(person, str(month_at(start)), str(month_at(until)), payer=payer)
        while chance.random() < 0.5 and free.months > 24:
            start = free.start + chance.randint(0, 20)
            free = Span(start + chance.choice([1, 2, 6, 24]), free.until)
            paid(person, str(month_at(start)), str(month_at(free.start)), segment="PU")


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("on", [date(2026, 1, 31), date(2024, 3, 15)])
def test_the_table_says_what_the_law_says(
    workspace: Workspace, seed: int, on: date
) -> None:
    _history(random.Random(seed))
    fast = {
        (row["person_id"], row["segment"]): row
        for row in queries.standing_table(on=on, workspace=workspace).to_pylist()
    }
    people = set(queries.in_force().values_list("person_id", flat=True))
    for person_id in people:
        for segment, slow in queries.standing_of(person_id, on).items():
            row = fast.pop((person_id, segment), None)
            if row is None:
                assert slow.status == "never"
                continue
            assert (
                row["status"],
                row["tenure_months"],
                row["unpaid_months"],
                Month.of(row["paid_until"]),
                Month.of(row["spell_from"]),
                row["spell_months"],
                row["paid_months"],
                row["spells"],
            ) == (
                slow.status,
                slow.tenure_months,
                slow.unpaid_months,
                slow.paid_until,
                slow.spell_from,
                slow.spell_months,
                slow.paid_months,
                slow.spells,
            )
    assert fast == {}


def test_people_by_month_are_counted_as_one_would_by_hand(workspace: Workspace) -> None:
    _history(random.Random(7))
    first, last = Month(2021, 1), Month(2026, 1)
    slow: dict[tuple[Month, str], set[int]] = {}
    for entry in queries.in_force():
        month = Month.of(entry.paid_from)
        while month < Month.of(entry.paid_until):
            for segment in (entry.segment, "ALL"):
                slow.setdefault((month, segment), set()).add(entry.person_id)
            month += 1
    table = queries.active_people_by_month(first=first, last=last, workspace=workspace)
    fast = {
        (Month.of(row["month"]), row["segment"]): row["people"]
        for row in table.to_pylist()
    }
    assert fast == {
        slot: len(people) for slot, people in slow.items() if slot[0] <= last
    }
