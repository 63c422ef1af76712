"""Policy times facts gives decisions: one expression for everyone, on any engine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from semesta.eligibility.criterion import At
from semesta.eligibility.policy import Policy

if TYPE_CHECKING:
    import ibis.expr.types as ir

PASS, FAIL, UNKNOWN = "pass", "fail", "unknown"
# One letter per criterion, in the policy's order: as long as the policy, not the law.
LETTERS = {"p": PASS, "f": FAIL, "u": UNKNOWN}
# Facts kept beside each decision: what its sentences quote.
QUOTED = (
    "household_id", "kelurahan", "age", "decile", "income", "occupation", "standing",
    "paid_months", "own_paid_months", "paid_until", "other_payer", "other_paid_until",
)  # fmt: skip
GROUND = pa.struct(
    [("criterion", pa.string()), ("result", pa.string()), ("clause", pa.string())]
)


def judge_expr(facts: ir.Table, policy: Policy, *, as_of: date) -> ir.Table:
    """Decisions, one row per person: person_id, outcome, results, quoted facts, keys.

    outcome: fail when any criterion fails, else unknown when any is unknown, else pass.
    results: one letter per criterion in the policy's order (p, f, u). One column per
    ranking key of the policy, named after it.
    """
    import ibis

    at = At(as_of=as_of, region=policy.region, payer=policy.payer)
    letters = [
        ibis.cases((test, "p"), (~test, "f"), else_="u")
        for test in (
            rule.criterion.test(facts, rule.params, at) for rule in policy.rules
        )
    ]
    results = letters[0]
    for letter in letters[1:]:
        results = results + letter
    judged = facts.select(
        "person_id",
        results=results,
        **{name: facts[name] for name in QUOTED},
        **_keys(facts, policy),
    )
    outcome = ibis.cases(
        (judged.results.contains("f"), FAIL),
        (judged.results.contains("u"), UNKNOWN),
        else_=PASS,
    )
    return judged.mutate(outcome=outcome)


def _keys(facts: ir.Table, policy: Policy) -> dict[str, Any]:
    return {
        key.name: key.expression(facts, params)
        for key, params in policy.keys
        if key.name not in QUOTED
    }


def with_grounds(decisions: pa.Table, policy: Policy) -> pa.Table:
    """The decisions with `grounds`, a list of criterion, result and clause, by person.

    There are few different results, so each list is made once.
    """
    # Sorted before the lists are there: moving those a second time costs most.
    decisions = decisions.sort_by("person_id")
    codes = decisions["results"].combine_chunks().dictionary_encode()
    lists = pa.array(
        [_grounds(code, policy) for code in codes.dictionary.to_pylist()],
        pa.list_(GROUND),
    )
    whole = decisions.append_column("grounds", lists.take(codes.indices))
    order = ["person_id", "outcome", "grounds", "results"]
    rest = [name for name in whole.column_names if name not in order]
    return whole.select([*order, *rest])


def _grounds(code: str, policy: Policy) -> list[dict[str, str]]:
    return [
        {"criterion": use.criterion, "result": LETTERS[letter], "clause": use.clause}
        for letter, use in zip(code, policy.criteria, strict=True)
    ]


def hold(decisions: pa.Table, kept: Mapping[int, str]) -> pa.Table:
    """The decisions with those of paused people standing still.

    `kept`: paused person → the outcome they keep, whatever the criteria say today. Adds
    `paused`, and `choosable`: may be taken into a plan. A paused person who passes stays
    choosable only as a member whom this payer pays already: neither undone nor new.
    """
    ids = decisions["person_id"]
    paused = pc.is_in(ids, value_set=pa.array(list(kept), pa.int64()))
    outcome = decisions["outcome"]
    if kept:
        held = [kept.get(person) for person in ids.to_pylist()]
        outcome = pc.coalesce(pa.array(held, pa.string()), outcome)
    stays = pc.and_kleene(
        pc.is_in(decisions["standing"], value_set=pa.array(["active", "grace"])),
        pc.greater(decisions["own_paid_months"], 0),
    )
    free = pc.or_kleene(pc.invert(paused), pc.fill_null(stays, False))
    place = decisions.column_names.index("outcome")
    return (
        decisions.set_column(place, "outcome", outcome)
        .append_column("paused", paused)
        .append_column("choosable", pc.and_(pc.equal(outcome, PASS), free))
    )


def outcome_counts(decisions: pa.Table) -> dict[str, int]:
    """How many pass, fail, are unknown."""
    counts = {PASS: 0, FAIL: 0, UNKNOWN: 0}
    for item in decisions["outcome"].value_counts().to_pylist():
        counts[item["values"]] = item["counts"]
    return counts


def result_counts(decisions: pa.Table, policy: Policy) -> dict[str, dict[str, int]]:
    """Per criterion: how many pass, fail, are unknown, and fail for this alone."""
    counts = {
        use.criterion: {PASS: 0, FAIL: 0, UNKNOWN: 0, "only_this": 0}
        for use in policy.criteria
    }
    for item in pc.value_counts(decisions["results"]).to_pylist():
        code, people = item["values"], item["counts"]
        for letter, use in zip(code, policy.criteria, strict=True):
            counts[use.criterion][LETTERS[letter]] += people
            if letter != "p" and code.count("p") == len(code) - 1:
                counts[use.criterion]["only_this"] += people
    return counts
