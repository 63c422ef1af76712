"""Who receives the cash when a member dies: the classes of heirs in their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from semesta.law.book import Overrides, Reading, law_at

KIN_IN_WORDS = {
    "spouse": "janda atau duda",
    "child": "anak",
    "parent": "ayah atau ibu",
    "grandparent": "kakek atau nenek",
    "grandchild": "cucu",
    "sibling": "saudara kandung",
    "parent_in_law": "mertua",
    "will": "wasiat",
}


@dataclass(frozen=True)
class Heirs:
    """The order of heirs, and who of this family comes first.

    `rank` counts from 1; None when a fact is missing (`needs`) or nobody is left, in
    which case `who` says where the money goes.
    """

    order: tuple[str, ...]
    rank: int | None
    who: str
    law: str
    needs: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {
            "order": [
                {"rank": rank, "who": who} for rank, who in enumerate(self.order, 1)
            ],
            "rank": self.rank,
            "who": self.who,
            "law": self.law,
            "unknown": list(self.needs),
        }


def heirs_of(
    family: Mapping[str, bool | None], *, on: date, switches: Overrides = None
) -> Heirs:
    """The first class of heirs that exists; within a class there is no order.

    `family` says for each key of KIN_IN_WORDS whether there is such a relative; what is
    left out or None is unknown. A class counts as soon as one of it lives; a class of
    which nobody knows stops the search. PP 44/2015 arts. 37(5), 40(2).
    """
    found = law_at(on, Reading.of(switches)).get("heirs.order")
    ranks = found.value["ranks"]
    order = tuple(row["who"] for row in ranks)
    for rank, row in enumerate(ranks, start=1):
        known = [family.get(kin) for kin in row["kin"]]
        if True in known:
            return Heirs(order, rank, row["who"], found.law)
        if None in known:
            missing = tuple(
                f"apakah ada {KIN_IN_WORDS[kin]}"
                for kin in row["kin"]
                if family.get(kin) is None
            )
            return Heirs(order, None, "", found.law, missing)
    return Heirs(order, None, found.value["last"], found.law)
