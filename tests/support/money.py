"""A payer's year in small: budget, decree, upload, bill, proof and the insurer's rows."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.support.enrolment import AT, a_decree, a_person, a_plan
from tests.support.paid_rows import bpu
from tests.support.people import a_registry_run, deliver

from semesta.decrees.models import Decree, DecreeEntry
from semesta.enrolment.models import UploadFile, UploadLine
from semesta.kernel import Actor, Month
from semesta.ledger import services
from semesta.ledger.books.models import Bill
from semesta.ledger.books.services import make_bill, record_payment
from semesta.planning.budgets.services import set_aside
from semesta.planning.models import BudgetLine
from semesta.warehouse.workspace import Workspace

JANUARY = Month(2026, 1)
MONTHLY = 16_800
PAID_ON = date(2026, 1, 20)


def a_budget(by: Actor, amount: int, **changes: Any) -> BudgetLine:
    given: dict[str, Any] = {
        "year": 2026, "payer": "APBD", "name": "Pekerja rentan",
        "instrument": "DPA contoh", "amount": amount,
    }  # fmt: skip
    return set_aside(by=by, **{**given, **changes})


def an_uploaded_decree(
    workspace: Workspace, by: Actor, people: int = 3, first: int = 1, **changes: Any
) -> Decree:
    """A decree of so many people for twelve months whose upload file lists them all."""
    listed = [a_person(first + n) for n in range(people)]
    decree = a_decree(a_plan(workspace, by, listed), workspace, by, **changes)
    upload = UploadFile.objects.create(
        decree=decree, filename=f"BPU_{decree.pk}.xlsx", sha256=f"{decree.pk:064d}",
        months=6, rows=people, written_at=AT,
    )  # fmt: skip
    for entry in DecreeEntry.objects.filter(decree=decree):
        UploadLine.objects.create(upload=upload, entry=entry)
    return decree


def a_bill(
    decree: Decree, by: Actor, *, first: Month = JANUARY, months: int = 6
) -> Bill:
    return make_bill(
        decree=decree, first_month=first, months=months, made_on=PAID_ON, by=by
    )


def pay(bill: Bill, by: Actor, amount: int | None = None, reference: str = "NTPN-1"):
    return record_payment(
        bill=bill,
        amount=bill.amount if amount is None else amount,
        paid_on=PAID_ON,
        reference=reference,
        by=by,
    )


def accept(
    workspace: Workspace, by: Actor, decree: Decree, *months: tuple[str, str]
) -> None:
    """The insurer's rows: the months accepted for each person, in printed order."""
    entries = list(DecreeEntry.objects.filter(decree=decree).order_by("number"))
    rows = deliver(
        workspace,
        "bpu_participants",
        [
            bpu(
                first, until, amount=MONTHLY * (Month.parse(until) - Month.parse(first))
            )
            for first, until in months
        ],
    )
    who = {row: entry.person for row, entry in zip(rows, entries, strict=False)}
    a_registry_run(workspace, who)
    services.post(workspace=workspace, by=by)
