"""Quotas in numbers: as the policy writes them, or as its rule divides them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from semesta.eligibility.policy import Policy

if TYPE_CHECKING:
    from collections.abc import Mapping

LEVELS = {"kecamatan": 3, "kelurahan": 4}


def quotas_of(policy: Policy, facts: pa.Table) -> dict[str, int]:
    """Area code → most people, empty when the policy sets no quota.

    `facts` is a table of FACTS. A rule divides its total over the areas of the region in
    which somebody lives; what cannot be divided goes to the largest remainders, and among
    equals to the lowest code.
    """
    if policy.quotas is not None:
        return dict(policy.quotas)
    rule = policy.quota_rule
    if rule is None:
        return {}
    here = pc.starts_with(facts["kelurahan"], f"{policy.region}.")
    living = facts.filter(pc.and_kleene(here, pc.fill_null(facts["alive"], True)))
    if rule.share == "workers":
        living = living.filter(pc.fill_null(living["works"], False))
    counted: dict[str, int] = {}
    for item in living["kelurahan"].value_counts().to_pylist():
        area = ".".join(item["values"].split(".")[: LEVELS[rule.level]])
        counted[area] = counted.get(area, 0) + item["counts"]
    if rule.share == "equal":
        counted = dict.fromkeys(counted, 1)
    return divide(rule.total, counted)


def divide(total: int, weights: Mapping[str, int]) -> dict[str, int]:
    """`total` in whole numbers in proportion to the weights; they sum to it exactly."""
    whole = sum(weights.values())
    if not whole:
        return {}
    shares = {area: divmod(total * weight, whole) for area, weight in weights.items()}
    given = {area: share for area, (share, _) in shares.items()}
    by_remainder = sorted(shares, key=lambda area: (-shares[area][1], area))
    for area in by_remainder[: total - sum(given.values())]:
        given[area] += 1
    return dict(sorted(given.items()))
