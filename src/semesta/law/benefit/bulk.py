"""What the families of many members would receive, on any engine.

As with contributions, the law's own functions answer each distinct situation once,
and the engine joins the answers to the people.
"""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from semesta.kernel import Month, Rupiah
from semesta.law.answer import Answer
from semesta.law.benefit.death import death_benefit
from semesta.law.benefit.work_accident import (
    Accident,
    accident_benefit,
    least_for_death,
)
from semesta.law.book import Overrides, Reading, law_at
from semesta.law.contribution.bulk import bracket_number, percent_expr
from semesta.law.membership import Standing, Status, month_index

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

STATUSES: tuple[Status, ...] = ("active", "grace", "lapsed")


def death_benefit_expr(
    standings: ir.Table, on: date, *, segment: str = "BPU", switches: Overrides = None
) -> ir.Table:
    """JKM if each member died on a day, not at work. One row per row of `standings`.

    `standings` is what `standing_expr` gives for that day and segment. Gives person_id,
    jkm_total, jkm_payable_now (whole rupiah; null where a fact is missing, as for wage
    earners whose employer is long in arrears), is_short (too few months for the full
    benefit) and opens_scholarship (null likewise). The same as `death_benefit` for each.
    """
    import ibis

    reading = Reading.of(switches)
    law = law_at(on, reading)
    minimum = law.get("jkm.minimum_months").value
    needed = law.get("scholarship.jkm_minimum_months").value
    since = Month.of(on).index - month_index(standings.spell_from)
    keyed = standings.select(
        "person_id",
        "status",
        # Beyond the minimum every number of months means the same.
        spell=ibis.least(standings.spell_months, minimum).cast("int8"),
        since=ibis.least(since, minimum).cast("int8"),
        before=ibis.least(standings.paid_months - standings.spell_months, minimum).cast(
            "int8"
        ),
        opens_scholarship=(standings.status != "lapsed")
        & (standings.tenure_months >= needed),
    )
    answers = ibis.memtable(_death_answers(on, segment, minimum, reading))
    found = keyed.left_join(answers, ["status", "spell", "since", "before"])
    return found.select(
        "person_id",
        "jkm_total",
        "jkm_payable_now",
        opens_scholarship=ibis.ifelse(
            found.jkm_total.notnull(), found.opens_scholarship, None
        ),
        is_short=found.is_short.fill_null(False),
    )


def _death_answers(on: date, segment: str, minimum: int, reading: Reading) -> pa.Table:
    """One row per status and number of months, each up to the minimum.

    What the law cannot answer has no row, so the join leaves it null.
    """
    import pyarrow as pa

    rows = []
    counts = range(minimum + 1)
    for status, spell, since, before in product(STATUSES, counts, counts, counts):
        held = _standing(on, status, spell=spell, since=since, before=before)
        answer = death_benefit(
            event_on=on, standing=held, segment=segment, switches=reading
        )
        if answer.unknown:
            continue
        codes = [line.code for line in answer.lines]
        rows.append(
            {
                "status": status, "spell": spell, "since": since, "before": before,
                **_sums("jkm", answer),
                "is_short": "jkm.short_membership" in codes,
            }
        )  # fmt: skip
    schema = pa.schema(
        [
            ("status", pa.string()),
            *((name, pa.int8()) for name in ("spell", "since", "before")),
            *((name, pa.int64()) for name in ("jkm_total", "jkm_payable_now")),
            ("is_short", pa.bool_()),
        ]
    )
    return pa.Table.from_pylist(rows, schema=schema)


def work_death_expr(
    standings: ir.Table, incomes: ir.Table, on: date, *, switches: Overrides = None
) -> ir.Table:
    """JKK cash if each BPU member died at work on a day. One row per row of `standings`.

    `incomes` has person_id and monthly_income (whole rupiah or null). Gives person_id,
    jkk_total, jkk_payable_now; null where the income is unknown. The same as
    `accident_benefit` for each.
    """
    import ibis

    income = incomes.select(
        "person_id", number=bracket_number(incomes.monthly_income, Month.of(on))
    )
    joined = standings.select("person_id", "status").left_join(income, "person_id")
    keyed = joined.select("person_id", "status", "number").view()
    keyed = keyed.mutate(number=keyed.number.fill_null(0))
    answers = ibis.memtable(_work_death_answers(on, Reading.of(switches)))
    found = keyed.left_join(answers, ["status", "number"])
    return found.select("person_id", "jkk_total", "jkk_payable_now")


def wage_earner_death_expr(
    incomes: ir.Table, on: date, *, switches: Overrides = None
) -> ir.Table:
    """The death benefit of JKK alone if each wage earner died at work on a day.

    `incomes` has person_id and monthly_income, the wage (whole rupiah or null). Gives
    person_id and jkk_death, at least the death benefit of JKM (a switch says which
    part); the same as the line jkk.death of `accident_benefit` for each who is insured.
    """
    import ibis

    law = law_at(on, Reading.of(switches))
    rule = law.get("jkk.death").value
    amount = percent_expr(incomes.monthly_income * rule["months"], rule["percent"])
    least = int(least_for_death(law, Rupiah(0)))
    return incomes.select("person_id", jkk_death=ibis.greatest(amount, least))


def _work_death_answers(on: date, reading: Reading) -> pa.Table:
    """One row per status and bracket that the law can answer.

    Bracket 0 stands for an unknown income, which matters only to who is protected.
    """
    import pyarrow as pa

    rows = []
    brackets = law_at(on, reading).get("bpu.jkk.bracket").value
    incomes = {0: None, **{row["number"]: row["from"] for row in brackets}}
    for status, (number, income) in product(STATUSES, incomes.items()):
        answer = accident_benefit(
            Accident("work_death", on),
            standing=_standing(on, status, spell=1, since=0, before=0),
            monthly_income=income,
            switches=reading,
        )
        if not answer.unknown:
            rows.append({"status": status, "number": number, **_sums("jkk", answer)})
    schema = pa.schema(
        [
            ("status", pa.string()),
            ("number", pa.int8()),
            ("jkk_total", pa.int64()),
            ("jkk_payable_now", pa.int64()),
        ]
    )
    return pa.Table.from_pylist(rows, schema=schema)


def _standing(
    on: date, status: Status, *, spell: int, since: int, before: int
) -> Standing:
    """A standing of which only what the law asks for is set."""
    return Standing(
        status=status,
        tenure_months=spell + before,
        unpaid_months=0 if status == "active" else 1,
        paid_until=Month.of(on),
        spell_from=Month.of(on) + -since,
        spell_months=spell,
        paid_months=spell + before,
        spells=1,
        on=on,
    )


def _sums(programme: str, answer: Answer) -> dict[str, int]:
    return {
        f"{programme}_total": int(answer.total),
        f"{programme}_payable_now": int(answer.payable_now),
    }
