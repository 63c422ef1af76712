"""The exact pass: one number on two rows, and a name or a birth date that agrees.

A number alone is not enough: husband and wife share one, placeholders stand on dozens of
rows. Rows are joined when they carry the same valid NIK (or the same KPJ) **and** the key of
the first name or the birth date agrees. A number whose rows still fall into three groups or
more belongs to nobody in particular: it joins only rows that agree in name *and* date, and
does not count as evidence later.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa

from semesta.linkage.unions import Unions

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SHARED_FROM_GROUPS = 3


class Trait(NamedTuple):
    """What the exact pass looks at: one distinct combination over all rows."""

    nik: str | None
    kpj: str | None
    first_key: str | None
    bag: str | None
    born: str | None
    sex: str | None


def exact_groups(traits: list[Trait]) -> tuple[list[int], set[str]]:
    """The group of each trait (index of its smallest member), and the shared NIK."""
    shared = _shared(traits, "nik")
    lone_kpj = _shared(traits, "kpj")
    unions = Unions(len(traits))
    _join(unions, traits, "nik", shared)
    _join(unions, traits, "kpj", lone_kpj)
    return unions.labels(), shared


def _shared(traits: list[Trait], number: str) -> set[str]:
    """Numbers whose rows fall into three groups of people or more."""
    unions = Unions(len(traits))
    _join(unions, traits, number, set())
    groups: dict[str, set[int]] = defaultdict(set)
    for place, trait in enumerate(traits):
        if value := getattr(trait, number):
            groups[value].add(unions.root(place))
    return {
        value for value, roots in groups.items() if len(roots) >= SHARED_FROM_GROUPS
    }


def _join(unions: Unions, traits: list[Trait], number: str, shared: set[str]) -> None:
    seen: dict[tuple, int] = {}
    both_sexes = _dates_of_both_sexes(traits, number)
    for place, trait in enumerate(traits):
        value = getattr(trait, number)
        if not value:
            continue
        for key in _keys(trait, value, value in shared, both_sexes):
            if key in seen:
                unions.join(seen[key], place)
            else:
                seen[key] = place


def _keys(
    trait: Trait, value: str, is_shared: bool, both_sexes: set[tuple[str, str]]
) -> list[tuple]:
    if is_shared:
        whole = trait.bag and trait.born
        return [(value, trait.bag, trait.born)] if whole else []
    keys: list[tuple] = []
    if trait.first_key:
        keys.append((value, "name", trait.first_key))
    if trait.born and (value, trait.born) not in both_sexes:
        keys.append((value, "born", trait.born))
    return keys


def _dates_of_both_sexes(traits: list[Trait], number: str) -> set[tuple[str, str]]:
    """Number and date that stand on a man and on a woman: the date joins nobody there."""
    sexes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for trait in traits:
        value = getattr(trait, number)
        if value and trait.born and trait.sex:
            sexes[value, trait.born].add(trait.sex)
    return {key for key, found in sexes.items() if len(found) > 1}


def exact_pass(con: DuckDBPyConnection) -> int:
    """Create `exact` (seq, exact_id) and blank shared NIK in `identities`.

    `exact_id` is the smallest `seq` of the group. Returns how many NIK were shared.
    """
    con.execute(
        """
        CREATE OR REPLACE TEMP TABLE traits AS
        WITH distinct_traits AS (
            SELECT nik, kpj, first_key, bag, born, sex, min(seq) AS seq FROM identities
            WHERE nik IS NOT NULL OR kpj IS NOT NULL GROUP BY ALL
        ), met AS (
            SELECT *, count(nik) OVER (PARTITION BY nik) AS niks,
                   count(kpj) OVER (PARTITION BY kpj) AS kpjs FROM distinct_traits
        )
        SELECT * EXCLUDE (niks, kpjs), niks > 1 OR kpjs > 1 AS joins FROM met ORDER BY seq
        """
    )
    # A number met in one form only joins nothing: most rows never come to Python.
    columns = con.execute(
        "SELECT * EXCLUDE joins FROM traits WHERE joins ORDER BY seq"
    ).to_arrow_table()
    seqs = columns["seq"].to_pylist()
    values = columns.drop(["seq"]).to_pydict().values()
    groups, shared = exact_groups([Trait(*row) for row in zip(*values, strict=True)])
    table = pa.table(
        {
            "seq": pa.array(seqs, pa.int64()),
            "exact_id": pa.array([seqs[group] for group in groups], pa.int64()),
        }
    )
    _write_exact(con, table, shared)
    return len(shared)


def _write_exact(con: DuckDBPyConnection, table: pa.Table, shared: set[str]) -> None:
    con.register("arrow_groups", table)
    con.register(
        "arrow_shared", pa.table({"nik": pa.array(sorted(shared), pa.string())})
    )
    con.execute(
        """
        CREATE OR REPLACE TEMP TABLE exact AS
        SELECT i.seq,
               -- Equal rows under a placeholder are no evidence either, unless whole.
               CASE WHEN i.kpj IS NULL AND (i.bag IS NULL OR i.born IS NULL)
                         AND i.nik IN (SELECT nik FROM arrow_shared) THEN i.seq
                    ELSE coalesce(g.exact_id, t.seq, i.seq) END AS exact_id
        FROM identities i
        LEFT JOIN traits t ON i.nik IS NOT DISTINCT FROM t.nik
            AND i.kpj IS NOT DISTINCT FROM t.kpj
            AND i.first_key IS NOT DISTINCT FROM t.first_key
            AND i.bag IS NOT DISTINCT FROM t.bag
            AND i.born IS NOT DISTINCT FROM t.born
            AND i.sex IS NOT DISTINCT FROM t.sex
        LEFT JOIN arrow_groups g ON g.seq = t.seq;
        UPDATE identities SET nik = NULL, nik_date = NULL
        WHERE nik IN (SELECT nik FROM arrow_shared)
        """
    )
    con.unregister("arrow_groups")
    con.unregister("arrow_shared")
    _mark_contested(con)


def _mark_contested(con: DuckDBPyConnection) -> None:
    # Two people under one NIK: one of them carries it by mistake, so that another NIK on
    # another list says little against either.
    con.execute(
        """
        ALTER TABLE identities ADD COLUMN contested BOOLEAN;
        CREATE OR REPLACE TEMP TABLE contested AS
        SELECT nik FROM identities JOIN exact USING (seq) WHERE nik IS NOT NULL
        GROUP BY nik HAVING count(DISTINCT exact_id) > 1;
        UPDATE identities SET contested = nik IN (SELECT nik FROM contested)
        WHERE nik IS NOT NULL
        """
    )
