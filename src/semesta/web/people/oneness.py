"""Why the rows of a person are one: what each hangs on, in words. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from semesta.linkage.queries import Bond
from semesta.linkage.unions import Unions
from semesta.web.people.waterfall import likelihood, push

FIRST = "baris pertama; yang lain dibandingkan dengannya"
BY_COMPANY = "ikut baris lain dalam kelompoknya; tidak dinilai sendiri"


class Why(NamedTuple):
    """What one row hangs on: a tone (`good`, `info`, `wait`, `plain`), a word for it, and
    the sentence. Rows are named by their place in the list, from 1."""

    tone: str
    word: str
    sentence: str


def why_one(
    rows: Sequence[Mapping[str, Any]],
    bonds: Sequence[Bond],
    decided: Mapping[frozenset[str], str],
) -> list[Why]:
    """For each row, in order, what makes it this person's.

    `rows`: standard rows; `bonds`: what the linkage said of their pairs, strongest first;
    `decided`: who decided a pair and when, in words.
    """
    place = {row["row_id"]: at for at, row in enumerate(rows)}
    groups = Unions(len(rows))
    for bond in bonds:
        if bond.kind == "exact":
            groups.join(place[bond.row_id_l], place[bond.row_id_r])
    found = []
    for at, row in enumerate(rows):
        by_hand = _decided(row["row_id"], decided, place)
        mates = [other for other in range(at) if groups.root(other) == groups.root(at)]
        if by_hand:
            found.append(by_hand)
        elif mates:
            found.append(_exact(at, mates, rows))
        elif at == 0:
            found.append(Why("plain", "Awal", FIRST))
        else:
            found.append(_weighed(at, bonds, groups, place))
    return found


def _decided(
    row_id: str, decided: Mapping[frozenset[str], str], place: Mapping[str, int]
) -> Why | None:
    """A person's word that this row is the same human being as an earlier one."""
    for pair, who in decided.items():
        others = pair - {row_id}
        if row_id not in pair or not others <= place.keys():
            continue
        other = min(place[one] for one in others)
        if other < place[row_id]:
            text = f"diputuskan satu orang dengan baris {other + 1} oleh {who}"
            return Why("info", "Diputuskan", text)
    return None


def _exact(at: int, mates: Sequence[int], rows: Sequence[Mapping[str, Any]]) -> Why:
    """The earlier row of its group that agrees with it most, and in what."""
    agreed = {other: _agreements(rows[at], rows[other]) for other in mates}
    best = max(mates, key=lambda other: (len(agreed[other]), -other))
    return Why("good", "Sama", f"{', '.join(agreed[best])} dengan baris {best + 1}")


def _agreements(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    told = []
    for name, words in (("nik", "NIK sama"), ("kpj", "nomor peserta sama")):
        if one[name] and one[name] == other[name]:
            told.append(words)
    names = [(row["name"] or "").casefold() for row in (one, other)]
    if names[0] and names[0] == names[1]:
        told.append("nama sama")
    if one["born_on"] and one["born_on"] == other["born_on"]:
        told.append("tanggal lahir sama")
    return told if len(told) > 1 else [*told, "nama serupa"]


def _weighed(
    at: int, bonds: Sequence[Bond], groups: Unions, place: Mapping[str, int]
) -> Why:
    """The strongest tie between its group of equal rows and the others."""
    own = groups.root(at)
    for bond in bonds:
        ends = place[bond.row_id_l], place[bond.row_id_r]
        roots = [groups.root(end) for end in ends]
        if bond.match_weight is None or bond.kind == "decided":
            continue
        if (roots[0] == own) is not (roots[1] == own):
            other = ends[0] if roots[1] == own else ends[1]
            weight = bond.match_weight
            tone = "good" if weight >= 1 else "wait"
            text = (
                f"mirip dengan baris {other + 1}: {push(weight)}, "
                f"kemungkinan {likelihood(weight)}"
            )
            return Why(tone, "Mirip", text)
    return Why("plain", "Ikut", BY_COMPANY)
