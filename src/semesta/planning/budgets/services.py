"""The only writer of budget lines."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from semesta.audit.services import record
from semesta.kernel import Actor, Rupiah, UserError
from semesta.law.book import law_at
from semesta.planning.models import BudgetLine


@transaction.atomic
def set_aside(
    *, year: int, payer: str, name: str, amount: int, instrument: str, by: Actor
) -> BudgetLine:
    """Put a payer's sum for a year on record, or change its amount or paper.

    `amount` in whole rupiah. The same again changes nothing. Whether less still covers
    what was committed is for the books to say. UserError `budget.amount`,
    `budget.payer` or `budget.name`.
    """
    name = " ".join(name.split())
    _check(year, payer, name, amount)
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


def _check(year: int, payer: str, name: str, amount: int) -> None:
    if amount <= 0:
        raise UserError(
            "budget.amount",
            f"Pagu {Rupiah(amount)} tidak dapat dicatat.",
            "Pagu harus lebih dari nol rupiah.",
            "Isi jumlahnya dalam rupiah, seperti di DPA atau surat pemberi dana.",
        )
    payers = payers_in(year)
    if payer not in payers:
        raise UserError(
            "budget.payer",
            "Pembayar ini tidak dikenal.",
            f"Yang dikenal: {', '.join(payers)}.",
            "Pilih salah satu pembayar itu.",
        )
    if not name:
        raise UserError(
            "budget.name",
            "Pagu belum bernama.",
            "Satu pembayar dapat memiliki beberapa pagu dalam setahun.",
            "Tulis nama kegiatannya.",
        )


def payers_in(year: int) -> list[str]:
    """The payers the law knows in a year."""
    return list(law_at(date(year, 1, 1)).get("bpu.payers").value)
