"""What people have decided about pairs of rows, and how a linkage obeys it.

A "different" between two rows of one exact group makes the group fall apart along the
decided rows. Between groups a decision becomes a weight that no evidence outweighs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa

from semesta.linkage.unions import Unions

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# What a decided pair weighs where pairs are listed.
DECIDED_WEIGHT = 60.0
# How much more it weighs where groups are joined, so that no number of other pairs makes
# up for it; a "different" stands against any "same" that would lead around it.
SAME_FORCE, DIFFERENT_FORCE = 1e2, 1e4


class Decided(NamedTuple):
    """A person's answer about two rows: the same human being, or two."""

    row_id_l: str
    row_id_r: str
    same: bool


class GroupRow(NamedTuple):
    """A row of an exact group, with what decides whom it goes with."""

    seq: int
    row_id: str
    bag: str | None
    born: str | None
    source: str | None


def in_force(
    answers: Iterable[Decided], successors: Mapping[str, str]
) -> list[Decided]:
    """The decision that counts for each pair: the newest, about the rows that stand today.

    `answers`: oldest first; `successors`: row → the row that took its place. Decisions
    whose two rows have become one row say nothing any more.
    """
    newest: dict[tuple[str, str], Decided] = {}
    for answer in answers:
        ends = (answer.row_id_l, answer.row_id_r)
        left, right = sorted(standing_row(row_id, successors) for row_id in ends)
        if left != right:
            newest[left, right] = Decided(left, right, answer.same)
    return sorted(newest.values())


def standing_row(row_id: str, successors: Mapping[str, str]) -> str:
    """The row that stands today for a row that corrections may have replaced."""
    while row_id in successors:
        row_id = successors[row_id]
    return row_id


def with_what_follows(decided: Iterable[Decided]) -> list[Decided]:
    """The decisions and what follows from them: rows called the same as one row are the
    same, and stand apart from whom any of them was told apart from.

    Nothing follows where people contradict each other.
    """
    given = {(d.row_id_l, d.row_id_r): d for d in decided}
    sets = _called_the_same(given.values())
    alike = [(a, b) for one in set(sets.values()) for a, b in combinations(one, 2)]
    apart = [
        (min(a, b), max(a, b))
        for d in given.values()
        if not d.same and sets[d.row_id_l] != sets[d.row_id_r]
        for a, b in product(sets[d.row_id_l], sets[d.row_id_r])
    ]
    told = {pair: Decided(*pair, True) for pair in alike}
    told |= {pair: Decided(*pair, False) for pair in apart}
    return sorted((told | given).values())


def contradictions(decided: Iterable[Decided]) -> int:
    """How many pairs were told apart whose rows others lead from one to the other."""
    found = list(decided)
    sets = _called_the_same(found)
    return sum(not d.same and sets[d.row_id_l] == sets[d.row_id_r] for d in found)


def _called_the_same(decided: Iterable[Decided]) -> dict[str, tuple[str, ...]]:
    """Row → all rows that people called the same, directly or through others, in order."""
    found = list(decided)
    rows = sorted({row for d in found for row in (d.row_id_l, d.row_id_r)})
    place = {row: at for at, row in enumerate(rows)}
    unions = Unions(len(rows))
    for d in found:
        if d.same:
            unions.join(place[d.row_id_l], place[d.row_id_r])
    sets: dict[int, list[str]] = defaultdict(list)
    for row, root in zip(rows, unions.labels(), strict=True):
        sets[root].append(row)
    return {row: tuple(some) for some in sets.values() for row in some}


# ── inside one exact group ───────────────────────────────────────────────────


@dataclass
class _Part:
    """Rows that stay together: `decided` draw the others, `rows` are all of them."""

    decided: list[GroupRow]
    rows: list[GroupRow]


def parts_of(
    rows: Iterable[GroupRow], decided: Collection[Decided]
) -> list[list[GroupRow]]:
    """Divide one exact group so that no two rows told apart stay together.

    Every other row goes with the decided row it agrees with most: in name, then birth
    date, then list; ties go to the part of the smallest row_id. The order of `rows` and
    `decided` does not matter. Parts come in order of their smallest decided row.
    """
    ordered = sorted(rows, key=lambda row: row.row_id)
    place = {row.row_id: at for at, row in enumerate(ordered)}
    inside = [d for d in decided if d.row_id_l in place and d.row_id_r in place]
    apart = {
        frozenset((place[d.row_id_l], place[d.row_id_r])) for d in inside if not d.same
    }
    sets = [
        [ordered[at] for at in members]
        for members in _tied(len(ordered), inside, place, apart)
    ]
    named = {ordered[at].row_id for pair in apart for at in pair}
    parts: list[_Part] = []
    loose = []
    for some in sets:
        if named.isdisjoint(row.row_id for row in some):
            loose.append(some)
            continue
        allowed = [p for p in parts if not _told_apart(p.rows, some, apart, place)]
        if allowed:
            part = _nearest(allowed, some)
            part.rows.extend(some)
            part.decided.extend(some)
        else:
            parts.append(_Part(list(some), list(some)))
    for some in loose if parts else []:
        _nearest(parts, some).rows.extend(some)
    return [part.rows for part in parts] or [ordered]


def _tied(
    count: int,
    inside: Iterable[Decided],
    place: Mapping[str, int],
    apart: Collection[frozenset[int]],
) -> list[list[int]]:
    """Sets of rows that people called the same, as far as nobody told them apart."""
    unions = Unions(count)
    for decision in sorted(d for d in inside if d.same):
        ends = (decision.row_id_l, decision.row_id_r)
        one, other = (unions.root(place[row]) for row in ends)
        # Two rows told apart stay apart, also when others lead from one to the other.
        if not any({unions.root(at) for at in pair} == {one, other} for pair in apart):
            unions.join(one, other)
    sets: dict[int, list[int]] = defaultdict(list)
    for at in range(count):
        sets[unions.root(at)].append(at)
    return list(sets.values())


def _told_apart(
    one: Sequence[GroupRow],
    other: Sequence[GroupRow],
    apart: Collection[frozenset[int]],
    place: Mapping[str, int],
) -> bool:
    return any(
        frozenset((place[a.row_id], place[b.row_id])) in apart
        for a in one
        for b in other
    )


def _nearest(parts: Sequence[_Part], rows: Sequence[GroupRow]) -> _Part:
    """The part with the decided row that these rows agree with most; the first wins."""
    agreed = [max(_agreement(a, b) for a in rows for b in p.decided) for p in parts]
    return parts[agreed.index(max(agreed))]


def _agreement(one: GroupRow, other: GroupRow) -> tuple[bool, ...]:
    """Name, birth date, list: which of them both state alike."""
    pairs = zip(one[2:], other[2:], strict=True)
    return tuple(bool(a) and a == b for a, b in pairs)


def part_groups(con: DuckDBPyConnection, decided: Sequence[Decided]) -> None:
    """Let the groups of `exact` fall apart where people told two of their rows apart.

    A NIK that then stands on two people is marked as contested in `identities`.
    """
    if not decided:
        return
    _register(con, decided)
    found = con.execute(
        """
        WITH named AS (
            SELECT row_id, exact_id FROM identities JOIN exact USING (seq)
            WHERE row_id IN (SELECT l FROM arrow_decided UNION SELECT r FROM arrow_decided)
        ), apart AS (
            SELECT DISTINCT a.exact_id FROM arrow_decided d
            JOIN named a ON a.row_id = d.l JOIN named b ON b.row_id = d.r
            WHERE NOT same AND a.exact_id = b.exact_id
        )
        SELECT exact_id, seq, row_id, bag, born, source
        FROM identities JOIN exact USING (seq) WHERE exact_id IN (FROM apart)
        """
    ).fetchall()
    con.unregister("arrow_decided")
    groups: dict[int, list[GroupRow]] = defaultdict(list)
    for exact_id, *row in found:
        groups[exact_id].append(GroupRow(*row))
    parts = [part for rows in groups.values() for part in parts_of(rows, decided)]
    if parts:
        _write_parts(con, parts)


def _write_parts(con: DuckDBPyConnection, parts: Sequence[Sequence[GroupRow]]) -> None:
    firsts = [(row.seq, min(r.seq for r in part)) for part in parts for row in part]
    table = pa.table(
        {
            "seq": pa.array([seq for seq, _ in firsts], pa.int64()),
            "first": pa.array([first for _, first in firsts], pa.int64()),
        }
    )
    con.register("arrow_parts", table)
    con.execute(
        """
        UPDATE exact SET exact_id = first FROM arrow_parts p WHERE exact.seq = p.seq;
        CREATE OR REPLACE TEMP TABLE contested AS
        SELECT nik FROM identities JOIN exact USING (seq)
        WHERE nik IN (SELECT nik FROM identities JOIN arrow_parts USING (seq))
        GROUP BY nik HAVING count(DISTINCT exact_id) > 1;
        UPDATE identities SET contested = true WHERE nik IN (FROM contested)
        """
    )
    con.unregister("arrow_parts")


# ── between groups ───────────────────────────────────────────────────────────


def weigh_decisions(con: DuckDBPyConnection, decided: Sequence[Decided]) -> None:
    """Put decided pairs into `scored`, in place of what the evidence said of them.

    They have no rule there. A decision holds for all records of the two rows' groups.
    """
    if not decided:
        return
    _register(con, decided)
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE decided AS
        WITH recs AS (SELECT m.row_id, r.rec, node FROM members m JOIN records r USING (node))
        SELECT least(a.rec, b.rec) AS rec_l, greatest(a.rec, b.rec) AS rec_r,
               min(CASE WHEN same THEN {DECIDED_WEIGHT} ELSE -{DECIDED_WEIGHT} END) AS weight
        FROM arrow_decided d JOIN recs a ON a.row_id = d.l JOIN recs b ON b.row_id = d.r
        WHERE a.node <> b.node GROUP BY 1, 2;
        DELETE FROM scored USING decided d
        WHERE scored.rec_l = d.rec_l AND scored.rec_r = d.rec_r;
        INSERT INTO scored SELECT rec_l, rec_r, weight, NULL FROM decided
        """
    )
    con.unregister("arrow_decided")


# The weight with which a pair of `scored` pulls two groups together or apart.
FORCE_SQL = f"""CASE WHEN rule IS NOT NULL THEN match_weight
    WHEN match_weight > 0 THEN match_weight * {SAME_FORCE}
    ELSE match_weight * {DIFFERENT_FORCE} END"""


def _register(con: DuckDBPyConnection, decided: Sequence[Decided]) -> None:
    con.register(
        "arrow_decided",
        pa.table(
            {
                "l": [d.row_id_l for d in decided],
                "r": [d.row_id_r for d in decided],
                "same": [d.same for d in decided],
            }
        ),
    )
