"""What of a claim becomes entries, and why the rest does not."""

from __future__ import annotations

from typing import Any

import pytest

from semesta.ledger.posting import (
    REASONS,
    Claim,
    Posted,
    claim_key,
    plan_postings,
    share,
)
from semesta.ledger.ranges import Span

JAN = 2026 * 12


def a_claim(row: int = 1, **changes: Any) -> Claim:
    """A row that pays January to June 2026 for person 1 from the city's budget."""
    claim = Claim(
        row_id=f"aa:1:{row}",
        delivery="aa",
        line=row,
        fate="accepted",
        person_id=1,
        segment="BPU",
        payer="APBD",
        programmes="JKK+JKM",
        start=JAN,
        until=JAN + 6,
        amount=100_800,
        evidence="",
        problem=None,
    )
    return claim._replace(**changes)


def posted(claim: Claim, span: Span) -> Posted:
    return Posted(
        claim_key(claim), claim.row_id, claim.person_id or 0, claim.segment,
        claim.payer, span,
    )  # fmt: skip


def test_a_new_range_is_posted_whole() -> None:
    plan = plan_postings([a_claim()], [])
    assert [(p.span, p.amount) for p in plan.postings] == [
        (Span(JAN, JAN + 6), 100_800)
    ]
    assert plan.counts() == {
        "rows": 1,
        "posted_rows": 1,
        "already": 0,
        "moved_entries": 0,
        "unposted": {},
        "entries": 1,
        "paid_months": 6,
        "people": 1,
        "by_segment": {"BPU": 1},
        "amount": 100_800,
        "overlap_rows": 0,
        "overlap_months": 0,
        "overlap_amount": 0,
    }


def test_the_same_row_again_is_already_posted() -> None:
    plan = plan_postings([a_claim()], [posted(a_claim(), Span(JAN, JAN + 6))])
    assert (plan.postings, plan.already) == ([], 1)


def test_a_row_whose_entry_was_voided_is_not_posted_again() -> None:
    plan = plan_postings([a_claim()], [posted(a_claim(), Span(0, 0))])
    assert (plan.postings, plan.already) == ([], 1)


def test_only_the_months_not_yet_paid_by_the_same_payer_are_posted() -> None:
    rows = [a_claim(1, start=JAN + 2, until=JAN + 4, amount=33_600), a_claim(2)]
    plan = plan_postings(rows, [])
    assert [posting.span for posting in plan.postings] == [
        Span(JAN + 2, JAN + 4),
        Span(JAN, JAN + 2),
        Span(JAN + 4, JAN + 6),
    ]
    assert len({posting.key for posting in plan.postings}) == 3
    assert plan.counts()["overlap_months"] == 2
    assert plan.counts()["overlap_amount"] == 33_600
    assert plan.counts()["unposted"] == {}


def test_a_range_paid_already_is_reported_as_an_overlap() -> None:
    plan = plan_postings([a_claim(1), a_claim(2, start=JAN + 1, until=JAN + 2)], [])
    assert plan.counts()["unposted"] == {"overlap": 1}
    assert plan.counts()["overlap_rows"] == 1


@pytest.mark.parametrize(
    "other", [{"payer": "BAZNAS"}, {"person_id": 2}, {"segment": "PU"}]
)
def test_another_payer_person_or_segment_does_not_overlap(other: dict) -> None:
    plan = plan_postings([a_claim(1), a_claim(2, **other)], [])
    assert len(plan.postings) == 2
    assert plan.overlaps == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"fate": "held"}, "held"),
        ({"fate": "refused"}, "refused"),
        ({"person_id": None}, "no_person"),
        ({"problem": "employer_unknown"}, "employer_unknown"),
        ({"start": None}, "no_start"),
        ({"until": None}, "no_end"),
        ({"until": JAN}, "empty_range"),
        ({"until": JAN - 3}, "empty_range"),
        ({"amount": -1}, "negative_amount"),
    ],
)
def test_a_claim_that_cannot_be_posted_says_why(change: dict, reason: str) -> None:
    plan = plan_postings([a_claim(**change)], [])
    assert plan.counts()["unposted"] == {reason: 1}
    assert reason in REASONS
    assert plan.postings == []


def test_a_membership_found_to_have_ended_earlier_needs_a_correction() -> None:
    claim = a_claim(until=JAN + 3)
    plan = plan_postings([claim], [posted(a_claim(), Span(JAN, JAN + 6))])
    assert plan.counts()["unposted"] == {"ended_later": 1}
    assert plan.unposted[0].months == 3


def test_new_evidence_brings_the_months_that_came_since() -> None:
    old = a_claim(evidence="ee:1:1", amount=None)
    new = a_claim(evidence="ff:1:1", amount=None, until=JAN + 8)
    plan = plan_postings([new], [posted(old, Span(JAN, JAN + 6))])
    assert [posting.span for posting in plan.postings] == [Span(JAN + 6, JAN + 8)]
    assert plan.postings[0].amount is None


def test_rows_add_up() -> None:
    rows = [
        a_claim(1),
        a_claim(2),
        a_claim(3, person_id=None),
        a_claim(4, person_id=4),
    ]
    counts = plan_postings(rows, [posted(rows[3], Span(JAN, JAN + 6))]).counts()
    unposted = sum(counts["unposted"].values())
    assert counts["rows"] == counts["posted_rows"] + counts["already"] + unposted


def test_shares_of_a_partition_sum_to_the_amount() -> None:
    whole = Span(0, 7)
    parts = [Span(0, 2), Span(2, 3), Span(3, 7)]
    shares = [share(100, whole, part) for part in parts]
    assert shares == [30, 14, 56]
    assert share(None, whole, whole) is None
