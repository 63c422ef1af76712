"""The only writers of differences: find them anew, and explain one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from semesta.audit.services import record
from semesta.kernel import Actor, NotPossible, UserError
from semesta.ledger.books.services import keep_books
from semesta.ledger.ranges import month_at
from semesta.ledger.reconciliation.matching import Found
from semesta.ledger.reconciliation.models import Difference
from semesta.ledger.reconciliation.queries import compared

State = Difference.State
LONGEST = 300


def reconcile(*, by: Actor) -> dict[str, Any]:
    """Hold what was paid against what the insurer accepted, and keep the books.

    New differences are opened, those gone are settled; books and differences agree at
    every moment. Running it again changes nothing. Returns counts and what was held.
    """
    with transaction.atomic():
        found = compared()
        kept = keep_books(by=by, accepted=found.accepted)
        opened, settled = _bring_up_to_date(found.differences, by)
        counts = {
            "matched": found.matched,
            "differences": len(found.differences),
            "amount": sum(each.amount for each in found.differences),
            "opened": opened,
            "settled": settled,
            **kept.as_dict(),
        }
        if opened or settled:
            detail = {name: counts[name] for name in ("matched", "opened", "settled")}
            record(action="ledger.reconciled", by=by, detail=detail)
    return counts


def _bring_up_to_date(found: Iterable[Found], by: Actor) -> tuple[int, int]:
    wanted = {each.key: each for each in found}
    known = {each.key: each for each in Difference.objects.all()}
    new = [_record_of(key, wanted[key], by) for key in wanted if key not in known]
    Difference.objects.bulk_create(new, batch_size=500)
    back = [
        each for key, each in known.items()
        if key in wanted and each.state == State.SETTLED
    ]  # fmt: skip
    gone = [
        each for key, each in known.items()
        if key not in wanted and each.state != State.SETTLED
    ]  # fmt: skip
    for each in back:
        each.state, each.closed_at, each.closed_by = State.OPEN, None, ""
    for each in gone:
        each.state, each.closed_at, each.closed_by = State.SETTLED, by.at, by.username
    fields = ["state", "closed_at", "closed_by"]
    Difference.objects.bulk_update([*back, *gone], fields, batch_size=500)
    return len(new) + len(back), len(gone)


def _record_of(key: str, found: Found, by: Actor) -> Difference:
    return Difference(
        key=key,
        kind=found.kind,
        bill_id=found.bill,
        person_id=found.person,
        payer=found.payer,
        first_month=month_at(found.span.start).first_day,
        until_month=month_at(found.span.until).first_day,
        months_paid=found.months_paid,
        months_accepted=found.months_accepted,
        amount=found.amount,
        found_at=by.at,
    )


@transaction.atomic
def explain(*, difference: Difference, note: str, by: Actor) -> Difference:
    """Say why a difference is there; it stays explained until it is gone.

    The same note again changes nothing. UserError `difference.note` without one,
    NotPossible `difference.settled` for one that is gone.
    """
    note = " ".join(note.split())[:LONGEST]
    if not note:
        raise UserError(
            "difference.note",
            "Selisih ini belum dijelaskan.",
            "Penjelasan kosong tidak membantu yang memeriksa nanti.",
            "Tulis sebabnya dan apa yang sudah dilakukan.",
        )
    if difference.state == State.SETTLED:
        raise NotPossible(
            "difference.settled",
            "Selisih ini sudah selesai.",
            "Bukti terbaru tidak lagi menunjukkannya.",
            "Tidak ada yang perlu dilakukan.",
        )
    if (difference.state, difference.note) == (State.EXPLAINED, note):
        return difference
    difference.state, difference.note = State.EXPLAINED, note
    difference.closed_at, difference.closed_by = by.at, by.username
    difference.save()
    record(action="difference.explained", by=by, subject=f"difference:{difference.pk}")
    return difference
