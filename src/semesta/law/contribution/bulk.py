"""Contributions of many members at once, on any engine.

The law is not written a second time: its own function answers each combination of
bracket, sector and payer once, and the engine joins the answers to the people.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING, Any

from semesta.kernel import Month
from semesta.law.book import Law, Overrides, Reading, law_at
from semesta.law.contribution.bpu import SECTORS, bpu_monthly
from semesta.law.contribution.pu import may_join_jkp
from semesta.law.employer.duty import programmes_of

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

PROGRAMMES = ("jkk", "jkm", "jht")


def bpu_contribution_expr(
    people: ir.Table, month: Month, *, switches: Overrides = None
) -> ir.Table:
    """One month's contribution of every BPU member. One row per row of `people`.

    `people` has person_id, monthly_income (whole rupiah or null), sector and payer
    (codes, blank or null when unknown), jht (true where JHT is paid). Gives person_id,
    jkk, jkm, jht, total in whole rupiah; null where a fact is missing or a code is
    unknown. The same as `bpu_monthly` for each; runs on DuckDB and Spark alike.
    """
    import ibis

    keyed = people.select(
        "person_id",
        number=bracket_number(people.monthly_income, month),
        sector=people.sector.fill_null(""),
        payer=people.payer.fill_null(""),
        saves=people.jht.fill_null(False),
    )
    answers = ibis.memtable(_answers(month, Reading.of(switches)))
    found = keyed.left_join(answers, ["number", "sector", "payer"])
    jht = ibis.ifelse(found.saves, found.jht, found.jht * 0)
    return found.select(
        "person_id", "jkk", "jkm", jht=jht, total=found.jkk + found.jkm + jht
    )


def bracket_number(income: ir.Value, month: Month) -> ir.Value:
    """The bracket's number of a monthly income; null for none, or one below zero."""
    import ibis

    table = law_at(month.first_day).get("bpu.jkk.bracket").value
    rows = sorted(table, key=lambda row: -row["from"])
    return ibis.cases(*((income >= row["from"], row["number"]) for row in rows))


def _answers(month: Month, reading: Reading) -> pa.Table:
    """One row per bracket, sector and payer that the law can answer.

    What it cannot answer has no row, so the join leaves it null.
    """
    import pyarrow as pa

    law = law_at(month.first_day, reading)
    brackets = law.get("bpu.jkk.bracket").value
    payers = ("", *law.get("bpu.payers").value)
    rows: list[list[Any]] = []
    for bracket, sector, payer in product(brackets, ("", *SECTORS), payers):
        answer = bpu_monthly(
            month,
            monthly_income=bracket["from"],
            payer=payer,
            sector=sector,
            jht=True,
            switches=reading,
        )
        if not answer.unknown:
            amounts = [int(line.amount) for line in answer.lines]
            rows.append([bracket["number"], sector, payer, *amounts])
    types = {
        "number": pa.int8(), "sector": pa.string(), "payer": pa.string(),
        **dict.fromkeys(PROGRAMMES, pa.int64()),
    }  # fmt: skip
    columns = [list(column) for column in zip(*rows, strict=True)]
    return pa.table(
        [
            pa.array(column, kind)
            for column, kind in zip(columns, types.values(), strict=True)
        ],
        names=list(types),
    )


def pu_contribution_expr(people: ir.Table, month: Month) -> ir.Table:
    """One month's contribution of every wage earner. One row per row of `people`.

    `people` has person_id, monthly_wage (whole rupiah or null), jkk_class, size (blank
    for all programmes) and jkp (false where its conditions are not met). Gives
    person_id and, in whole rupiah, jkk, jkm, jht_employer, jht_worker, jp_employer,
    jp_worker (0 where the size does not oblige), jkp, total; null where the wage, the
    class or the month's JP cap is unknown. The same as `pu_monthly`
    without the relief for labour-intensive industries; on DuckDB and Spark alike.
    """
    import ibis

    law = law_at(month.first_day)
    wage = ibis.ifelse(people.monthly_wage >= 0, people.monthly_wage, None)
    jkk = _by_class(law, people.jkk_class, wage)
    known = jkk.notnull()
    jht, jp = law.get("pu.jht.rate").value, law.get("pu.jp.rate").value
    with_jht, with_jp = (_obliged(law, people.size, name) for name in ("JHT", "JP"))
    cap = law.find("pu.jp.wage_cap")
    capped = ibis.least(wage, cap.value if cap else 0)
    known = known if cap else known & (with_jp == 0)
    parts = {
        "jkk": _covid(law, "JKK", jkk),
        "jkm": _covid(law, "JKM", percent_expr(wage, law.get("pu.jkm.rate").value)),
        "jht_employer": with_jht * percent_expr(wage, jht["employer"]),
        "jht_worker": with_jht * percent_expr(wage, jht["worker"]),
        "jp_employer": with_jp * percent_expr(capped, jp["employer"]),
        "jp_worker": with_jp * percent_expr(capped, jp["worker"]),
        "jkp": _may_join(law, people.size)
        * ibis.ifelse(people.jkp, 1, 0)
        * _job_loss(law, wage),
    }
    found = people.select(
        "person_id",
        **{name: ibis.ifelse(known, part, None) for name, part in parts.items()},
    )
    return found.mutate(total=sum(found[name] for name in parts))


def percent_expr(amount: ir.Value, percent: int | Decimal) -> ir.Value:
    """`percent_of` for a column: to the nearest whole rupiah, halves up."""
    # Whole numbers throughout: a float must not decide where a rupiah goes.
    exponent = int(Decimal(percent).as_tuple().exponent)
    scale = int(Decimal(1).scaleb(max(0, -exponent)))
    doubled = amount * int(percent * scale) * 2
    return (doubled + 100 * scale) // (2 * 100 * scale)


def _obliged(law: Law, size: ir.Value, programme: str) -> ir.Value:
    """1 where an employer of this size must join the programme, else 0."""
    import ibis

    sizes = [
        name
        for name in ("", *law.get("employer.programmes").value)
        if programme in programmes_of(law, name)
    ]
    return ibis.ifelse(size.isin(sizes), 1, 0)


def _by_class(law: Law, jkk_class: ir.Value, wage: ir.Value) -> ir.Value:
    """JKK by the risk class; null for one that the law does not have."""
    import ibis

    rates = law.get("pu.jkk.rate").value
    return ibis.cases(
        *(
            (jkk_class == row["class"], percent_expr(wage, row["percent"]))
            for row in rates
        )
    )


def _may_join(law: Law, size: ir.Value) -> ir.Value:
    """1 where an employer of this size joins all that JKP asks for, else 0."""
    import ibis

    sizes = [
        name
        for name in ("", *law.get("employer.programmes").value)
        if may_join_jkp(law, name)
    ]
    return ibis.ifelse(size.isin(sizes), 1, 0)


def _covid(law: Law, programme: str, amount: ir.Value) -> ir.Value:
    found = law.find("pu.relief.covid")
    if found is None or programme not in found.value["programmes"]:
        return amount
    return percent_expr(amount, found.value["percent_due"])


def _job_loss(law: Law, wage: ir.Value) -> ir.Value:
    import ibis

    rate, cap = law.find("pu.jkp.rate"), law.find("pu.jkp.wage_cap")
    if rate is None or cap is None:
        return wage * 0
    return percent_expr(ibis.least(wage, cap.value), rate.value["government"])
