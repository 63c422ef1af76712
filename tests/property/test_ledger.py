"""Whatever rows come in: no month is paid twice by one payer, and rows add up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from semesta.ledger.posting import Claim, Posted, PostingPlan, plan_postings
from semesta.ledger.ranges import Span, gaps, merge, months_in, subtract
from semesta.ledger.timeline import PaidSpan, timeline

FIRST = 2023 * 12

spans = st.builds(
    lambda start, months: Span(FIRST + start, FIRST + start + months),
    st.integers(0, 30),
    st.integers(1, 12),
)


@st.composite
def claims(draw: st.DrawFn) -> list[Claim]:
    rows = []
    for line in range(draw(st.integers(0, 8))):
        start = FIRST + draw(st.integers(0, 20))
        rows.append(
            Claim(
                row_id=f"aa:1:{line}",
                delivery="aa",
                line=line,
                fate=draw(st.sampled_from(["accepted", "corrected", "held"])),
                person_id=draw(st.sampled_from([1, 2, None])),
                segment=draw(st.sampled_from(["BPU", "PU"])),
                payer=draw(st.sampled_from(["APBD", "SELF"])),
                programmes="JKK+JKM",
                start=start,
                until=start + draw(st.integers(-1, 9)),
                amount=draw(st.none() | st.integers(0, 500_000)),
                evidence="",
                problem=None,
            )
        )
    return rows


def as_posted(plan: PostingPlan) -> list[Posted]:
    found = []
    for posting in plan.postings:
        claim = posting.claim
        owner = claim.person_id or 0
        found.append(
            Posted(
                posting.key,
                claim.row_id,
                owner,
                claim.segment,
                claim.payer,
                posting.span,
            )
        )
    return found


@given(st.lists(spans))
def test_merging_keeps_the_months_and_is_done_once(found: list[Span]) -> None:
    merged = merge(found)
    months = {month for span in found for month in range(span.start, span.until)}
    assert {m for span in merged for m in range(span.start, span.until)} == months
    assert merge(merged) == merged
    assert months_in(found) == len(months)


@given(spans, st.lists(spans))
def test_subtracting_parts_what_is_covered_from_what_is_not(
    whole: Span, covered: list[Span]
) -> None:
    rest = {m for span in subtract(whole, covered) for m in range(*span)}
    taken = {m for span in covered for m in range(*span)}
    assert rest == set(range(*whole)) - taken


@given(st.lists(spans, min_size=1))
def test_paid_months_and_gaps_fill_the_time_between(found: list[Span]) -> None:
    drawn = timeline(PaidSpan(span, "APBD", "BPU") for span in found)
    first = min(span.start for span in found)
    last = max(span.until for span in found)
    assert drawn.paid_months + drawn.gap_months == last - first
    assert sum(year.paid for year in drawn.years) == drawn.paid_months
    assert months_in(gaps(found)) == drawn.gap_months


@given(claims())
def test_no_month_is_posted_twice_for_one_payer(rows: list[Claim]) -> None:
    posted = as_posted(plan_postings(rows, []))
    months = [
        (each.person_id, each.segment, each.payer, month)
        for each in posted
        for month in range(each.span.start, each.span.until)
    ]
    assert len(months) == len(set(months))


@given(claims())
def test_rows_and_rupiah_add_up(rows: list[Claim]) -> None:
    plan = plan_postings(rows, [])
    counts = plan.counts()
    unposted = sum(counts["unposted"].values())
    assert counts["rows"] == len(rows)
    assert counts["rows"] == counts["posted_rows"] + counts["already"] + unposted
    refused = {row.row_id for row in plan.unposted if row.reason != "overlap"}
    valid = [row for row in rows if row.row_id not in refused]
    assert counts["amount"] + counts["overlap_amount"] == sum(
        row.amount or 0 for row in valid
    )


@given(claims())
def test_posting_again_posts_nothing(rows: list[Claim]) -> None:
    first = plan_postings(rows, [])
    again = plan_postings(rows, as_posted(first))
    assert again.postings == []
