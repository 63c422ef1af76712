"""The only readers of differences, and of the two sides they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from django.db.models import Count, QuerySet, Sum

from semesta.access.rights import check_may
from semesta.decrees.models import Decree
from semesta.ledger.books.models import Bill, BillLine
from semesta.ledger.queries import in_force
from semesta.ledger.ranges import Span, span_of
from semesta.ledger.reconciliation.matching import (
    AcceptedSpan,
    BilledLine,
    Compared,
    compare,
)
from semesta.ledger.reconciliation.models import Difference
from semesta.registry.queries import HOLDER

if TYPE_CHECKING:
    from semesta.access.models import User


def compared() -> Compared:
    """What was billed and paid, held against what the insurer accepted."""
    paid = {
        bill.pk: bill.paid or 0
        for bill in Bill.objects.annotate(paid=Sum("payments__amount"))
    }
    periods: dict[str, list[Span]] = {}
    months = Decree.objects.values_list("payer", "first_month", "until_month")
    for payer, first, until in months:
        periods.setdefault(payer, []).append(span_of(first, until))
    return compare(_lines(paid), _accepted(periods), paid=paid, periods=periods)


def _lines(paid: dict[int, int]) -> list[BilledLine]:
    rows = BillLine.objects.annotate(holder=HOLDER).values_list(
        "bill", "holder", "bill__decree__payer", "bill__first_month",
        "bill__until_month", "amount", "bill__amount",
    )  # fmt: skip
    return [
        BilledLine(
            bill, holder, payer, span_of(first, until), amount, paid[bill] >= whole
        )
        for bill, holder, payer, first, until, amount, whole in rows.iterator(20_000)
    ]


def _accepted(periods: dict[str, list[Span]]) -> list[AcceptedSpan]:
    """What the insurer's lists say of the payers with decrees, since the first of them."""
    if not periods:
        return []
    since = min(span.start for spans in periods.values() for span in spans)
    rows = (
        in_force()
        .filter(segment="BPU", payer__in=periods)
        .annotate(holder=HOLDER)
        .values_list("holder", "payer", "paid_from", "paid_until", "amount")
    )
    found = []
    for holder, payer, first, until, amount in rows.iterator(20_000):
        span = span_of(first, until)
        if span.until > since:
            found.append(AcceptedSpan(holder, payer, span, amount))
    return found


class Totals(TypedDict):
    """Differences that still ask for something, and those explained."""

    open: int
    open_amount: int
    explained: int


def differences(user: User, *, state: str = "", kind: str = "") -> QuerySet[Difference]:
    """Differences, dearest first; of one state or kind when given."""
    check_may(user, "see_money")
    found = Difference.objects.select_related("person", "bill__decree")
    if state:
        found = found.filter(state=state)
    return found.filter(kind=kind) if kind else found


def difference_totals(user: User) -> Totals:
    """How many differences are open, what they come to, and how many are explained."""
    check_may(user, "see_money")
    rows = (
        Difference.objects.order_by()
        .values_list("state")
        .annotate(Count("pk"), Sum("amount"))
    )
    counted = {state: (count, amount) for state, count, amount in rows}
    return Totals(
        open=counted.get("open", (0, 0))[0],
        open_amount=counted.get("open", (0, 0))[1],
        explained=counted.get("explained", (0, 0))[0],
    )
