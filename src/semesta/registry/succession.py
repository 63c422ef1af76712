"""Who keeps which number when the rows are linked anew.

A person's number must outlive every new linkage, because ledgers and decrees point to it.
Of all clusters that hold rows of a known person, the one with most of them inherits the
number. Clusters without an heir get new numbers in order of their first row. A person who
inherited nothing was merged into whoever holds most of their rows now. Where the first rows
of two merged people part again, each gets the number back, however many rows came since.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass
class Succession:
    """`person_of` each cluster, `anchors` of new people, `merged` old → new number."""

    person_of: dict[str, int] = field(default_factory=dict)
    anchors: dict[int, str] = field(default_factory=dict)
    merged: dict[int, int] = field(default_factory=dict)
    revived: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Known:
    """The registry before: the person of each row, every anchor, the merged people, and
    the highest number ever given."""

    person_of_row: Mapping[str, int] = field(default_factory=dict)
    anchors: Mapping[str, int] = field(default_factory=dict)
    merged: frozenset[int] = frozenset()
    highest: int = 0


def succeed(clusters: Mapping[str, Sequence[str]], known: Known) -> Succession:
    """Give every cluster a number. `clusters`: row_ids of each, earliest first, in order
    of their first rows."""
    result = Succession()
    shares = _shares(clusters, known)
    order = {cluster: place for place, cluster in enumerate(clusters)}
    taken: set[int] = set()
    _give_back(clusters, known, shares, result, taken)
    for (person, cluster), _ in sorted(
        shares.items(), key=lambda s: (-s[1], s[0][0], order[s[0][1]])
    ):
        if person not in taken and cluster not in result.person_of:
            result.person_of[cluster] = person
            taken.add(person)
    _newcomers(clusters, known, result, taken)
    best: dict[int, tuple[int, int]] = {}
    for (person, cluster), count in shares.items():
        if person not in taken:
            claim = (-count, result.person_of[cluster])
            best[person] = min(best.get(person, claim), claim)
    result.merged = {person: into for person, (_, into) in sorted(best.items())}
    return result


def _shares(
    clusters: Mapping[str, Sequence[str]], known: Known
) -> Counter[tuple[int, str]]:
    """How many rows each known person has in each cluster."""
    shares: Counter[tuple[int, str]] = Counter()
    if known.person_of_row:
        for cluster, rows in clusters.items():
            for row in rows:
                person = known.person_of_row.get(row)
                if person is not None:
                    shares[person, cluster] += 1
    return shares


def _give_back(
    clusters: Mapping[str, Sequence[str]],
    known: Known,
    shares: Counter[tuple[int, str]],
    result: Succession,
    taken: set[int],
) -> None:
    """Give merged people's numbers to the clusters that their first rows part with."""
    if not known.merged:
        return
    home: dict[int, str] = {}
    for cluster, rows in clusters.items():
        home |= {known.anchors[row]: cluster for row in rows if row in known.anchors}
    holders: dict[str, set[int]] = {}
    for person, cluster in shares:
        holders.setdefault(cluster, set()).add(person)
    for anchor, former in sorted(known.anchors.items(), key=lambda one: one[1]):
        if former not in known.merged or former not in home:
            continue
        cluster, into = home[former], known.person_of_row.get(anchor)
        if into is None or home.get(into, cluster) == cluster:
            continue
        # Not where somebody else's rows stand: then the row only changed hands.
        if holders[cluster] == {into} and cluster not in result.person_of:
            result.person_of[cluster] = former
            result.revived.add(former)
            taken.add(former)


def _newcomers(
    clusters: Mapping[str, Sequence[str]],
    known: Known,
    result: Succession,
    taken: set[int],
) -> None:
    number = known.highest
    used = set(known.anchors)
    for cluster, rows in clusters.items():
        if cluster in result.person_of:
            continue
        # A merge that is undone gives the person back the number they had.
        former = _former(rows[0], known, taken)
        if former is not None:
            result.person_of[cluster] = former
            result.revived.add(former)
            taken.add(former)
            continue
        number += 1
        result.person_of[cluster] = number
        result.anchors[number] = _free_anchor(rows, used)
        used.add(result.anchors[number])


def _former(row: str, known: Known, taken: set[int]) -> int | None:
    """A merged person who was anchored at this row and has no cluster now."""
    name, turn = row, 1
    while name in known.anchors:
        number = known.anchors[name]
        if number in known.merged and number not in taken:
            return number
        turn += 1
        name = f"{row}#{turn}"
    return None


def _free_anchor(rows: Sequence[str], used: set[str]) -> str:
    """The earliest row that nobody is anchored at."""
    for row in rows:
        if row not in used:
            return row
    turn = 2
    while f"{rows[0]}#{turn}" in used:
        turn += 1
    return f"{rows[0]}#{turn}"
