"""The only writer of budget lines."""

from __future__ import annotations

from django.db import transaction

from semesta.audit.services import record
from semesta.kernel import Actor
from semesta.planning.lines import check_line
from semesta.planning.models import BudgetLine


@transaction.atomic
def set_aside(
    *, year: int, payer: str, name: str, amount: int, instrument: str, by: Actor
) -> BudgetLine:
    """Put a payer's sum for a year on record, or change its amount or paper.

    `amount` in whole rupiah. The same again changes nothing. Whether less still covers
    what was committed is for the books to say. UserError as `check_line`.
    """
    name = " ".join(name.split())
    check_line(year=year, payer=payer, name=name, amount=amount)
    line, is_new = BudgetLine.objects.get_or_create(
        year=year,
        payer=payer,
        name=name,
        defaults={"amount": amount, "instrument": instrument},
    )
    before = (line.amount, line.instrument)
    if not is_new and before == (amount, instrument):
        return line
    line.amount, line.instrument = amount, instrument
    line.save()
    record(
        action="budget.set_aside",
        by=by,
        subject=f"budget:{line.pk}",
        detail={"amount": amount, "before": 0 if is_new else before[0]},
    )
    return line
