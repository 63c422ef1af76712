"""The only writers of the books: bills, payments, and the journal that follows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Sum

from semesta.audit.services import record
from semesta.decrees.models import Decree
from semesta.kernel import Actor, Month, NotPossible, Rupiah, UserError
from semesta.ledger.books.accounts import AVAILABLE, COMMITTED, GRANTED, MOVES
from semesta.ledger.books.models import Bill, BillLine, JournalEntry, Payment
from semesta.ledger.books.queries import balance_of, billable, booked, outstanding
from semesta.planning.models import BudgetLine
from semesta.planning.price import price_of
from semesta.warehouse.bulk import insert_rows


@dataclass
class Kept:
    """What one keeping of the books did: entries per kind, and what it had to hold."""

    entries: dict[str, int] = field(default_factory=dict)
    held: list[UserError] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return {
            "entries": dict(sorted(self.entries.items())),
            "held": [each.as_dict() for each in self.held],
        }


def keep_books(*, by: Actor, accepted: dict[int, int] | None = None) -> Kept:
    """Book whatever is not yet in the journal; the same again books nothing.

    Budget lines, decrees, bills and payments first, then what the insurer `accepted`
    (rupiah per bill). Each is one transaction, so a kill leaves books that balance and
    go on. What the money does not cover is held, with the amounts.
    """
    kept = Kept()
    for line in BudgetLine.objects.order_by("pk"):
        _try(kept, "appropriation", line, f"budget:{line.pk}", line.amount, by)
    for decree in Decree.objects.select_related("plan").order_by("pk"):
        try:
            if _commit(decree, by):
                kept.entries["commitment"] = kept.entries.get("commitment", 0) + 1
        except UserError as error:
            kept.held.append(error)
    for bill in Bill.objects.select_related("budget").order_by("pk"):
        _try(kept, "bill", bill.budget, f"bill:{bill.pk}", bill.amount, by)
    payments = Payment.objects.select_related("bill__budget").order_by("pk")
    for payment in payments:
        subject = f"payment:{payment.pk}"
        _try(kept, "payment", payment.bill.budget, subject, payment.amount, by)
    for pk, amount in sorted((accepted or {}).items()):
        budget = Bill.objects.select_related("budget").get(pk=pk).budget
        _try(kept, "acceptance", budget, f"bill:{pk}", amount, by)
    return kept


def _try(
    kept: Kept, kind: str, budget: BudgetLine, subject: str, amount: int, by: Actor
) -> None:
    try:
        if _bring(kind, budget, subject, amount, by):
            kept.entries[kind] = kept.entries.get(kind, 0) + 1
    except UserError as error:
        kept.held.append(error)


@transaction.atomic
def _bring(
    kind: str, budget: BudgetLine, subject: str, amount: int, by: Actor
) -> JournalEntry | None:
    """Book what is still missing for a subject to stand at `amount`; None if nothing.

    Less than before is booked back the way it came.
    """
    before, count = booked(kind, subject)
    missing = amount - before
    if not missing:
        return None
    source, target = MOVES[kind] if missing > 0 else MOVES[kind][::-1]
    there = balance_of(budget)
    if source != GRANTED and there[source] < abs(missing):
        raise _not_enough(budget, subject, abs(missing), there[source])
    entry = JournalEntry.objects.create(
        key=f"{kind}:{subject}:{count + 1}",
        budget=budget,
        kind=kind,
        subject=subject,
        source=source,
        target=target,
        amount=abs(missing),
        booked_at=by.at,
        booked_by=by.username,
    )
    record(
        action="ledger.booked",
        by=by,
        subject=f"journal:{entry.pk}",
        detail={"kind": kind, "about": subject, "amount": missing},
    )
    return entry


def _not_enough(
    budget: BudgetLine, subject: str, wanted: int, there: int
) -> NotPossible:
    return NotPossible(
        "books.over_budget",
        f"{_called(subject)} sebesar {Rupiah(wanted)} melebihi pagu {budget.name} "
        f"{budget.year}.",
        f"Pagu {Rupiah(budget.amount)}, yang tersisa untuk ini {Rupiah(there)}; "
        f"kurang {Rupiah(wanted - there)}.",
        "Tambah pagunya lewat perubahan anggaran, atau kurangi orang atau bulannya.",
    )


def _called(subject: str) -> str:
    """A subject in words: a decree by its number, others by theirs."""
    kind, _, pk = subject.partition(":")
    if kind == "decree":
        return f"SK {Decree.objects.get(pk=pk).number}"
    words = {"budget": "Pagu", "bill": "Tagihan", "payment": "Pembayaran"}
    return f"{words[kind]} nomor {pk}"


def _commit(decree: Decree, by: Actor) -> JournalEntry | None:
    """Book what a decree binds: every place on it for all its months."""
    subject, amount = (
        f"decree:{decree.pk}",
        decree.entries_count * decree.plan.cost_each,
    )
    return _bring("commitment", budget_for(decree, amount), subject, amount, by)


def budget_for(decree: Decree, amount: int) -> BudgetLine:
    """The budget line a decree is paid from: the one it was first booked to, else the
    payer's first of that year with enough left. NotPossible when there is none."""
    first = JournalEntry.objects.filter(
        kind="commitment", subject=f"decree:{decree.pk}"
    ).first()
    if first:
        return first.budget
    year = decree.first_month.year
    lines = list(
        BudgetLine.objects.filter(year=year, payer=decree.payer).order_by("pk")
    )
    if not lines:
        raise NotPossible(
            "books.no_budget",
            f"SK {decree.number} belum mempunyai pagu.",
            f"Tidak ada pagu {decree.payer} tahun {year}.",
            "Catat pagunya di Buku iuran, lalu perbarui hasil.",
        )
    enough = (line for line in lines if balance_of(line)[AVAILABLE] >= amount)
    return next(enough, lines[0])


@transaction.atomic
def make_bill(
    *, decree: Decree, first_month: Month, months: int, made_on: date, by: Actor
) -> Bill:
    """Bill a decree's people for some months, and book it.

    Those the insurer rejected, and months billed for a person before, are left out; the
    same bill again is the first one. UserError `bill.months` outside the decree,
    NotPossible `bill.nobody`, `bill.billed_before`, `books.no_budget`,
    `books.over_budget`.
    """
    until = first_month + months
    _check_months(decree, first_month, until)
    price = price_of(first_month, months, payer=decree.payer).whole
    found = billable(decree, first_month, until)
    if not found.free:
        return _billed_before(decree, found.same, found.people)
    for line in BudgetLine.objects.filter(payer=decree.payer).order_by("pk"):
        _bring("appropriation", line, f"budget:{line.pk}", line.amount, by)
    _commit(decree, by)
    amount = int(price) * len(found.free)
    budget = budget_for(decree, amount)
    _check_committed(decree, budget, amount)
    bill = Bill.objects.create(
        decree=decree,
        budget=budget,
        first_month=first_month.first_day,
        until_month=until.first_day,
        people=len(found.free),
        amount=amount,
        made_on=made_on,
        made_at=by.at,
        made_by=by.username,
    )
    insert_rows(BillLine, found.lines(bill.pk, first_month, int(price)))
    record(
        action="bill.made",
        by=by,
        subject=f"bill:{bill.pk}",
        detail={"people": bill.people, "months": months, "amount": amount},
    )
    _bring("bill", budget, f"bill:{bill.pk}", amount, by)
    return bill


def _check_months(decree: Decree, first: Month, until: Month) -> None:
    inside = (
        decree.first_month <= first.first_day < until.first_day <= decree.until_month
    )
    if not inside:
        last = Month.of(decree.until_month) + -1
        raise UserError(
            "bill.months",
            "Bulan tagihan ini di luar masa SK.",
            f"SK {decree.number} berlaku {Month.of(decree.first_month).in_words()} s.d. "
            f"{last.in_words()}.",
            "Pilih bulan di dalam masa itu.",
        )


def _check_committed(decree: Decree, budget: BudgetLine, amount: int) -> None:
    """A decree's bills may not use what other decrees have bound."""
    bound, _ = booked("commitment", f"decree:{decree.pk}")
    used = Bill.objects.filter(decree=decree).aggregate(n=Sum("amount"))["n"] or 0
    there = min(bound - used, balance_of(budget)[COMMITTED])
    if amount > there:
        raise NotPossible(
            "books.over_budget",
            f"Tagihan {Rupiah(amount)} melebihi yang terikat untuk SK {decree.number}.",
            f"Terikat {Rupiah(bound)}, sudah ditagih {Rupiah(used)}; "
            f"sisa {Rupiah(there)}.",
            "Kurangi bulannya, atau tetapkan perubahan SK lebih dahulu.",
        )


def _billed_before(decree: Decree, same: Bill | None, people: int) -> Bill:
    if same is not None:
        return same
    if not people:
        raise NotPossible(
            "bill.nobody",
            f"Belum ada yang dapat ditagih untuk SK {decree.number}.",
            "Yang ditagih hanya orang di berkas unggah yang tidak ditolak BPJS.",
            "Tulis berkas unggahnya, lalu baca jawaban BPJS.",
        )
    raise NotPossible(
        "bill.billed_before",
        "Bulan-bulan ini sudah ditagih untuk semua orang di SK ini.",
        "Satu bulan ditagih satu kali untuk satu orang.",
        "Buka tagihan yang sudah ada, atau pilih bulan berikutnya.",
    )


@transaction.atomic
def record_payment(
    *, bill: Bill, amount: int, paid_on: date, reference: str, by: Actor
) -> Payment:
    """Record the proof that a bill or a part of it was paid, and book it.

    The same proof again changes nothing. UserError `payment.amount`,
    `payment.reference`, `payment.larger`, `payment.other` (the same number on another
    payment).
    """
    reference = " ".join(reference.split())
    if first := Payment.objects.filter(reference=reference).first():
        return _same_proof(first, bill, amount, paid_on)
    _check_payment(bill, amount, reference)
    _bring("bill", bill.budget, f"bill:{bill.pk}", bill.amount, by)
    payment = Payment.objects.create(
        bill=bill,
        amount=amount,
        paid_on=paid_on,
        reference=reference,
        recorded_at=by.at,
        recorded_by=by.username,
    )
    record(
        action="payment.recorded",
        by=by,
        subject=f"payment:{payment.pk}",
        detail={"bill": bill.pk, "amount": amount},
    )
    _bring("payment", bill.budget, f"payment:{payment.pk}", amount, by)
    return payment


def _same_proof(first: Payment, bill: Bill, amount: int, paid_on: date) -> Payment:
    if (first.bill_id, first.amount, first.paid_on) == (bill.pk, amount, paid_on):
        return first
    raise UserError(
        "payment.other",
        "Nomor bukti ini sudah dipakai untuk pembayaran lain.",
        f"Tercatat untuk tagihan {first.bill_id} sebesar {Rupiah(first.amount)}.",
        "Periksa nomor buktinya; satu bukti dicatat satu kali.",
    )


def _check_payment(bill: Bill, amount: int, reference: str) -> None:
    if not reference:
        raise UserError(
            "payment.reference",
            "Pembayaran belum bernomor bukti.",
            "Tanpa bukti, pembayaran tidak dapat dicatat.",
            "Isi nomor bukti dari bank atau NTPN.",
        )
    if amount <= 0:
        raise UserError(
            "payment.amount",
            f"Pembayaran {Rupiah(amount)} tidak dapat dicatat.",
            "Jumlah yang dibayar harus lebih dari nol rupiah.",
            "Isi jumlah seperti di bukti bayar.",
        )
    left = outstanding(bill)
    if amount > left:
        raise UserError(
            "payment.larger",
            f"Pembayaran {Rupiah(amount)} lebih besar dari sisa tagihan.",
            f"Tagihan {Rupiah(bill.amount)}, sisanya {Rupiah(left)}; "
            f"lebih {Rupiah(amount - left)}.",
            "Periksa jumlah dan tagihannya; bagian untuk tagihan lain dicatat di sana.",
        )
