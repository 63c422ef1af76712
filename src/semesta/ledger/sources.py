"""The SQL by which rows of the lake become claims of paid months (DuckDB).

Only text is made here; the service runs it. A file may lack a canonical column that its
supplier does not know, so each source is first a view with every column it needs.
"""

from __future__ import annotations

from collections.abc import Iterable

# Which canonical columns each source is read with, and as what.
_CORE = {
    "row_id": "VARCHAR",
    "delivery": "VARCHAR",
    "line": "INTEGER",
    "fate": "VARCHAR",
}
COLUMNS: dict[str, dict[str, str]] = {
    "bpu_participants": _CORE
    | {
        "payer": "VARCHAR",
        "programmes": "VARCHAR",
        "month_from": "DATE",
        "month_until": "DATE",
        "amount": "BIGINT",
    },
    "pu_participants": _CORE
    | {
        "npp": "VARCHAR",
        "kpj": "VARCHAR",
        "programmes": "VARCHAR",
        "month_from": "DATE",
        "started_on": "DATE",
    },
    "employers": _CORE
    | {"npp": "VARCHAR", "programmes": "VARCHAR", "paid_until": "DATE"},
    "deactivations": _CORE
    | {"kpj": "VARCHAR", "ended_on": "DATE", "occurred_on": "DATE"},
}
# A proof of payment is not evidence of who is who, so it was not linked: it names its
# decree, whose own list says who is meant, or else a number that one person bears.
COLUMNS["payments"] = COLUMNS["bpu_participants"] | {
    "nik": "VARCHAR",
    "kpj": "VARCHAR",
    "decree_number": "VARCHAR",
}
SUPPLIERS = tuple(COLUMNS)


def view_sql(source: str, files: str, present: Iterable[str]) -> str:
    """A view named after the source with all its columns, missing ones as NULL.

    `files` is a DuckDB list literal ('[]' when nothing was delivered) and `present`
    the columns those files really have.
    """
    there = set(present)
    columns = ", ".join(
        f"CAST({name} AS {kind}) AS {name}"
        if name in there
        else f"CAST(NULL AS {kind}) AS {name}"
        for name, kind in COLUMNS[source].items()
    )
    if files == "[]":
        return f"CREATE VIEW {source} AS SELECT {columns} LIMIT 0"
    origin = f"read_parquet({files}, union_by_name=true)"
    return f"CREATE VIEW {source} AS SELECT {columns} FROM {origin}"


# One row per row of the participants list, the proofs of payment and the wage
# workers' list, in the order in which the deliveries came. Month numbers are
# year * 12 + month - 1. Reads the views above, delivery_order, person_rows,
# decree_entries (decree_number, nik, person_id) and people (person_id, nik, kpj).
CLAIMS = """
WITH paid AS (
    SELECT *, NULL AS bearer, NULL AS problem FROM bpu_participants
    UNION ALL BY NAME
    SELECT p.*, coalesce(on_decree.person_id, by_nik.person_id, by_kpj.person_id)
        AS bearer,
        -- A proof that names a decree is about its list, and about nobody else.
        CASE WHEN coalesce(p.decree_number, '') = '' OR on_decree.person_id IS NOT NULL
                  OR (p.decree_number, coalesce(by_nik.person_id, by_kpj.person_id)) IN
                     (SELECT (decree_number, person_id) FROM decree_entries)
             THEN NULL
             WHEN p.decree_number NOT IN (SELECT decree_number FROM decree_entries)
             THEN 'decree_unknown' ELSE 'not_on_decree' END AS problem
    FROM payments p
    LEFT JOIN (
        SELECT decree_number, nik, min(person_id) AS person_id FROM decree_entries
        GROUP BY ALL HAVING count(DISTINCT person_id) = 1
    ) on_decree ON on_decree.decree_number = p.decree_number AND on_decree.nik = p.nik
    LEFT JOIN (
        SELECT nik, min(person_id) AS person_id FROM people
        WHERE nik <> '' GROUP BY nik HAVING count(*) = 1
    ) by_nik ON by_nik.nik = p.nik
    LEFT JOIN (
        SELECT kpj, min(person_id) AS person_id FROM people
        WHERE kpj <> '' GROUP BY kpj HAVING count(*) = 1
    ) by_kpj ON by_kpj.kpj = p.kpj
),
employer AS (
    -- The newest list that names the employer; of two lines the one paid longer.
    SELECT e.npp, e.row_id, e.programmes, e.paid_until
    FROM employers e JOIN delivery_order o USING (delivery)
    WHERE e.fate IN ('accepted', 'corrected') AND e.npp IS NOT NULL AND e.npp <> ''
    QUALIFY row_number() OVER (
        PARTITION BY e.npp ORDER BY o.position DESC, e.paid_until DESC NULLS LAST,
        e.row_id
    ) = 1
),
ended AS (
    SELECT kpj, coalesce(occurred_on, ended_on) AS ended_on
    FROM deactivations
    WHERE fate IN ('accepted', 'corrected') AND kpj IS NOT NULL AND kpj <> ''
),
member AS (
    -- A number may be used again: only an end after this start ends this membership.
    SELECT p.*, coalesce(p.month_from, p.started_on) AS began_on,
        (SELECT min(ended.ended_on) FROM ended
         WHERE ended.kpj = p.kpj
           AND ended.ended_on >= coalesce(p.month_from, p.started_on)) AS ended_on
    FROM pu_participants p
),
wage AS (
    SELECT m.row_id, m.delivery, m.line, m.fate,
        coalesce(nullif(m.programmes, ''), nullif(e.programmes, ''), 'JKK+JKM')
            AS programmes,
        m.began_on AS month_from,
        least(e.paid_until, m.ended_on) AS month_until,
        coalesce(e.row_id, '') AS evidence,
        CASE WHEN e.npp IS NULL THEN 'employer_unknown'
             WHEN e.paid_until IS NULL THEN 'employer_unpaid' END AS problem
    FROM member m LEFT JOIN employer e ON e.npp = m.npp
),
claim AS (
    SELECT row_id, delivery, line, fate, 'BPU' AS segment,
        coalesce(nullif(payer, ''), 'OTHER') AS payer,
        coalesce(nullif(programmes, ''), 'JKK+JKM') AS programmes,
        month_from, month_until, amount, '' AS evidence, problem, bearer
    FROM paid
    UNION ALL
    SELECT row_id, delivery, line, fate, 'PU', 'EMPLOYER', programmes,
        month_from, month_until, NULL, evidence, problem, NULL
    FROM wage
)
SELECT c.row_id, c.delivery, c.line, c.fate,
    coalesce(r.person_id, c.bearer) AS person_id, c.segment, c.payer,
    c.programmes,
    year(c.month_from) * 12 + month(c.month_from) - 1 AS start,
    year(c.month_until) * 12 + month(c.month_until) - 1 AS until,
    c.amount, c.evidence, c.problem
FROM claim c
JOIN delivery_order o USING (delivery)
LEFT JOIN person_rows r USING (row_id)
ORDER BY o.position, c.line, c.row_id
"""
