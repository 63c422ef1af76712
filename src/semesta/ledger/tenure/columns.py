"""The tenure guard for everyone at once: the same as `guard_of`, in columns (DuckDB).

The law is not written a second time: `standing_expr` and `hold_expr` say who is
protected until when, and each distinct end, price and school cohort is asked of the
law's own functions once and joined to the people.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from semesta.kernel import Month
from semesta.law.book import Overrides, Reading, law_at, law_book
from semesta.law.membership import (
    gap_expr,
    hold_expr,
    merged_expr,
    standing_expr,
)
from semesta.ledger.ranges import month_at
from semesta.ledger.standing import SEGMENTS
from semesta.ledger.tenure.children import (
    CHILD,
    PARENTS,
    UNMARRIED,
    amount_of,
    most_children,
    rules_known,
)
from semesta.ledger.tenure.guard import loss_at_end, price_of_months, scholarship_months
from semesta.warehouse.engines import arrow

if TYPE_CHECKING:
    import ibis
    import ibis.expr.types as ir
    from duckdb import DuckDBPyConnection

# What is asked of the registry, as Person names it; of people merged, who stays.
PEOPLE = pa.schema(
    [
        ("id", pa.int64()),
        ("kelurahan", pa.string()),
        ("household_id", pa.int64()),
        ("relation", pa.string()),
        ("born_on", pa.date32()),
        ("alive", pa.bool_()),
        ("died_on", pa.date32()),
        ("works", pa.bool_()),
        ("marital_status", pa.string()),
        ("occupation", pa.string()),
    ]
)
_GAP = pa.struct([("gap_from", pa.date32()), ("gap_until", pa.date32())])
# One row per living person with a paid month begun; dearest loss first.
GUARD = pa.schema(
    [
        ("person_id", pa.int64()),
        ("kelurahan", pa.string()),
        ("segment", pa.string()),
        ("status", pa.string()),
        ("tenure_months", pa.int32()),
        ("paid_months", pa.int32()),
        ("unpaid_months", pa.int32()),
        ("paid_until", pa.date32()),
        ("gap_months", pa.int32()),
        ("gaps", pa.list_(_GAP)),
        ("months_to_36", pa.int32()),
        ("reaches_on", pa.date32()),
        ("loss_on", pa.date32()),
        ("loss_right", pa.string()),
        ("loss_rupiah", pa.int64()),
        ("scholarship_open", pa.bool_()),
        ("children", pa.int32()),
        ("children_unsure", pa.int32()),
        ("scholarship", pa.int64()),
        ("at_stake", pa.int64()),
        ("payer", pa.string()),
        ("keep_monthly", pa.int64()),
        ("arrears", pa.int64()),
        ("keep_to_36", pa.int64()),
    ]
)


def guard_table(
    backend: ibis.BaseBackend,
    ranges: ir.Table,
    people: pa.Table,
    on: date,
    *,
    switches: Overrides = None,
) -> pa.Table:
    """Everyone's guard on a day, in the columns of `GUARD`, dearest loss first.

    `ranges` has person_id, segment, payer, paid_from, paid_until and belongs to
    `backend` (DuckDB); `people` are the columns of `PEOPLE`.
    """
    reading = Reading.of(switches)
    con: Any = backend.con
    con.register("people_given", people.cast(PEOPLE))
    con.execute(LIVING, {"on": on})
    _memberships(backend, con, ranges, on, reading)
    _losses(con, on, reading)
    _children(con, on)
    _prices(con, reading)
    return arrow(con.sql(WHOLE)).cast(GUARD)


def _memberships(
    backend: ibis.BaseBackend,
    con: DuckDBPyConnection,
    ranges: ir.Table,
    on: date,
    reading: Reading,
) -> None:
    """`member`: of each living person the membership that holds longest."""
    import ibis

    backend.create_table("ranges_given", ranges, temp=True, overwrite=True)
    given = backend.table("ranges_given")
    alike: dict[str, list[Any]] = {"standings": [], "holds": [], "gaps": []}
    for segment in SEGMENTS:
        # Merged once, so that what follows reads fewer rows, each time.
        name = f"paid_{segment.lower()}"
        merged = merged_expr(given.filter(given.segment == segment))
        backend.create_table(name, merged, temp=True, overwrite=True)
        mine = backend.table(name)
        how: dict[str, Any] = {"segment": segment, "switches": reading}
        each = {
            "standings": standing_expr(mine, on, **how),
            "holds": hold_expr(mine, on, **how),
            "gaps": gap_expr(mine, on),
        }
        for name, expr in each.items():
            alike[name].append(expr.mutate(segment=ibis.literal(segment)))
    for name, parts in alike.items():
        backend.create_table(name, ibis.union(*parts), temp=True, overwrite=True)
    con.execute(
        MEMBER,
        {
            "needed": scholarship_months(on, reading),
            "restarts": reading.peek("tenure_after_lapse") == "restarts",
            "this_month": Month.of(on).index,
        },
    )


def _losses(con: DuckDBPyConnection, on: date, reading: Reading) -> None:
    """`losses`: per situation of a membership's end what the law still grants then."""
    # Beyond any minimum the law ever had every number of months means the same.
    ever = law_book().parameters["jkm.minimum_months"].values
    con.execute(SITUATIONS, {"most": max(int(each.value) for each in ever)})
    rows = []
    for segment, until, spell, since, before in con.execute(
        "SELECT DISTINCT segment, until, spell, since, before FROM situation"
    ).fetchall():
        loss = loss_at_end(
            segment,
            month_at(until),
            spell_months=spell,
            spell_from=month_at(until - since),
            paid_months=spell + before,
            reading=reading,
        )
        if loss is not None:
            rows.append(
                {
                    "segment": segment, "until": until, "spell": spell, "since": since,
                    "before": before, "loss_on": loss.on, "loss_right": loss.right,
                    "loss_rupiah": loss.rupiah, "eve": loss.on - timedelta(days=1),
                }
            )  # fmt: skip
    con.register("losses", pa.Table.from_pylist(rows, schema=_LOSSES))
    con.execute(LOST, {"on": on})


_LOSSES = pa.schema(
    [
        ("segment", pa.string()), ("until", pa.int64()), ("spell", pa.int64()),
        ("since", pa.int64()), ("before", pa.int64()), ("loss_on", pa.date32()),
        ("loss_right", pa.string()), ("loss_rupiah", pa.int64()), ("eve", pa.date32()),
    ]
)  # fmt: skip


def _children(con: DuckDBPyConnection, on: date) -> None:
    """`family`: per person the children a death would leave, counted by the law."""
    con.execute(PARENT, {"parents": list(PARENTS)})
    con.execute(
        KID,
        {
            "child": CHILD,
            "unmarried": UNMARRIED,
            "limit": _age_limit(on),
            "starts_in": _school_start(on),
        },
    )
    rows = [
        {"cohort": cohort, "day": day, "amount": amount_of(cohort, day)}
        for cohort, day in con.execute(
            "SELECT DISTINCT cohort, day FROM child WHERE answer = 'yes'"
        ).fetchall()
        if rules_known(day)
    ]
    schema = pa.schema(
        [("cohort", pa.int64()), ("day", pa.date32()), ("amount", pa.int64())]
    )
    con.register("cohorts", pa.Table.from_pylist(rows, schema=schema))
    most = most_children(on) if rules_known(on) else 0
    con.execute(PER_FAMILY, {"most": most, "known": rules_known(on)})


def _age_limit(on: date) -> int:
    found = law_at(on).find("scholarship.age_limit")
    return int(found.value) if found else 0


def _school_start(on: date) -> int:
    found = law_at(on).find("scholarship.school_year")
    return int(found.value["starts_in"]) if found else 1


def _prices(con: DuckDBPyConnection, reading: Reading) -> None:
    """`prices`: rupiah of a run of months, per payer and job, as the law has it."""
    con.execute(PAID_BY)
    rows = [
        {
            "payer": payer, "occupation": job, "first": first, "months": months,
            "price": price_of_months(month_at(first), months, payer, job, reading),
        }
        for payer, job, first, months in con.execute(ASKED_PRICES).fetchall()
    ]  # fmt: skip
    schema = pa.schema(
        [
            ("payer", pa.string()), ("occupation", pa.string()), ("first", pa.int64()),
            ("months", pa.int64()), ("price", pa.int64()),
        ]
    )  # fmt: skip
    con.register("prices", pa.Table.from_pylist(rows, schema=schema))


def _index(day: str) -> str:
    return f"(year({day}) * 12 + month({day}) - 1)"


LIVING = """
CREATE OR REPLACE TEMP TABLE living AS
SELECT * FROM people_given
WHERE alive IS DISTINCT FROM false AND (died_on IS NULL OR died_on > $on)
"""
MEMBER = f"""
CREATE OR REPLACE TEMP TABLE member AS
SELECT s.person_id, s.segment, s.status, s.tenure_months, s.paid_months,
    s.unpaid_months, s.paid_until, s.status IN ('active', 'grace') AS protects,
    {_index("h.until")} AS until, {_index("h.spell_from")} AS begins,
    h.spell_months, h.paid_months AS paid_by_then,
    greatest(0, $needed - CASE WHEN $restarts THEN h.spell_months
        ELSE h.paid_months END) AS lacking,
    greatest(0, $needed - s.tenure_months) AS short,
    $this_month AS this_month
FROM standings s JOIN holds h USING (person_id, segment)
JOIN living p ON p.id = s.person_id
QUALIFY row_number() OVER (
    PARTITION BY s.person_id
    ORDER BY s.status IN ('active', 'grace') DESC, h.until DESC, s.segment
) = 1
"""
SITUATIONS = """
CREATE OR REPLACE TEMP TABLE situation AS
SELECT person_id, segment, until, least(spell_months, $most) AS spell,
    least(until - begins, $most) AS since,
    least(paid_by_then - spell_months, $most) AS before
FROM member WHERE protects
"""
LOST = """
CREATE OR REPLACE TEMP TABLE lost AS
SELECT m.person_id, l.loss_on, l.loss_rupiah, coalesce(l.eve, $on) AS eve,
    l.loss_on IS NOT NULL AND m.lacking = 0 AS scholarship_open,
    CASE WHEN l.loss_right = 'jkm' AND m.lacking = 0 THEN 'jkm_scholarship'
         ELSE l.loss_right END AS loss_right
FROM member m
LEFT JOIN situation s USING (person_id)
LEFT JOIN losses l ON l.segment = s.segment AND l.until = s.until
    AND l.spell = s.spell AND l.since = s.since AND l.before = s.before
"""
PARENT = """
CREATE OR REPLACE TEMP TABLE parent AS
SELECT p.id AS person_id, p.household_id, l.eve AS day
FROM living p JOIN lost l ON l.person_id = p.id
WHERE p.household_id IS NOT NULL AND p.relation IN (SELECT unnest($parents))
"""
KID = """
CREATE OR REPLACE TEMP TABLE child AS
WITH kid AS (
    SELECT household_id, born_on, works,
        CASE WHEN marital_status <> '' THEN marital_status <> $unmarried END AS married,
        year(born_on) + CASE WHEN (month(born_on), day(born_on)) > ($starts_in, 1)
            THEN 1 ELSE 0 END AS cohort,
        year(born_on) * 10000 + month(born_on) * 100 + day(born_on) AS born
    FROM living WHERE relation = $child AND household_id IS NOT NULL
)
SELECT p.person_id, p.day, k.cohort,
    CASE WHEN (year(p.day) * 10000 + month(p.day) * 100 + day(p.day) - k.born)
                  >= $limit * 10000 OR k.married OR k.works THEN 'no'
         WHEN k.born IS NULL OR k.married IS NULL OR k.works IS NULL THEN 'unknown'
         ELSE 'yes' END AS answer
FROM parent p JOIN kid k USING (household_id)
"""
PER_FAMILY = """
CREATE OR REPLACE TEMP TABLE family AS
WITH ranked AS (
    SELECT c.person_id, c.answer, o.amount,
        row_number() OVER (PARTITION BY c.person_id ORDER BY o.amount DESC NULLS LAST)
            AS place
    FROM child c LEFT JOIN cohorts o ON o.cohort = c.cohort AND o.day = c.day
        AND c.answer = 'yes'
),
counted AS (
    SELECT person_id, count(*) FILTER (WHERE answer = 'yes') AS children,
        count(*) FILTER (WHERE answer = 'unknown') AS children_unsure,
        coalesce(sum(amount) FILTER (WHERE place <= $most), 0) AS scholarship
    FROM ranked GROUP BY person_id
)
SELECT p.person_id, coalesce(children, 0) AS children,
    coalesce(children_unsure, 0) AS children_unsure,
    coalesce(scholarship, 0) AS scholarship
FROM parent p LEFT JOIN counted USING (person_id) WHERE $known
"""
PAID_BY = f"""
CREATE OR REPLACE TEMP TABLE latest AS
SELECT m.person_id,
    arg_max(r.payer, (r.paid_until, r.payer)) AS payer
FROM member m JOIN ranges_given r USING (person_id, segment)
WHERE {_index("r.paid_from")} < m.until AND r.paid_until > r.paid_from
GROUP BY m.person_id
"""
_ASKED = """
SELECT m.person_id, m.segment, l.payer, coalesce(p.occupation, '') AS occupation,
    m.until, m.lacking, m.unpaid_months, m.protects,
    year(m.paid_until) * 12 + month(m.paid_until) - 1 AS owed_from
FROM member m JOIN latest l USING (person_id) JOIN living p ON p.id = m.person_id
WHERE m.segment = 'BPU'
"""
ASKED_PRICES = f"""
WITH asked AS ({_ASKED})
SELECT DISTINCT payer, occupation, until AS first, 1 AS months FROM asked
UNION SELECT DISTINCT payer, occupation, until, lacking FROM asked WHERE protects
UNION SELECT DISTINCT payer, occupation, owed_from, unpaid_months FROM asked
    WHERE protects
"""
WHOLE = f"""
WITH asked AS ({_ASKED}),
cost AS (
    SELECT a.person_id, once.price AS keep_monthly, owed.price AS arrears,
        there.price AS keep_to_36
    FROM asked a
    LEFT JOIN prices once ON once.payer = a.payer AND once.occupation = a.occupation
        AND once.first = a.until AND once.months = 1
    LEFT JOIN prices owed ON a.protects AND owed.payer = a.payer
        AND owed.occupation = a.occupation AND owed.first = a.owed_from
        AND owed.months = a.unpaid_months
    LEFT JOIN prices there ON a.protects AND there.payer = a.payer
        AND there.occupation = a.occupation AND there.first = a.until
        AND there.months = a.lacking
),
gap AS (
    SELECT person_id, segment,
        list({{'gap_from': gap_from, 'gap_until': gap_until}} ORDER BY gap_from) AS gaps,
        sum({_index("gap_until")} - {_index("gap_from")}) AS gap_months
    FROM gaps GROUP BY ALL
),
reach AS (
    SELECT person_id, CASE
        WHEN NOT protects OR short = 0 THEN NULL
        WHEN lacking > 0 THEN until + lacking - 1
        ELSE least({_index("paid_until")} - 1, this_month) + short END AS reaches
    FROM member
)
SELECT m.person_id, p.kelurahan, m.segment, m.status,
    m.tenure_months, m.paid_months, m.unpaid_months, m.paid_until,
    coalesce(g.gap_months, 0) AS gap_months, coalesce(g.gaps, []) AS gaps,
    m.short AS months_to_36,
    make_date(r.reaches // 12, r.reaches % 12 + 1, 1) AS reaches_on,
    l.loss_on, l.loss_right, l.loss_rupiah, l.scholarship_open,
    f.children, f.children_unsure, f.scholarship,
    l.loss_rupiah + CASE WHEN l.scholarship_open THEN coalesce(f.scholarship, 0)
        ELSE 0 END AS at_stake,
    paid.payer, c.keep_monthly, c.arrears, c.keep_to_36
FROM member m JOIN living p ON p.id = m.person_id JOIN lost l USING (person_id)
JOIN latest paid USING (person_id) JOIN reach r USING (person_id)
LEFT JOIN family f USING (person_id) LEFT JOIN cost c USING (person_id)
LEFT JOIN gap g ON g.person_id = m.person_id AND g.segment = m.segment
ORDER BY at_stake DESC NULLS LAST, l.loss_on NULLS LAST, m.person_id
"""
