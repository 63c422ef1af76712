"""The books: where each rupiah of a budget line stands, and what is at odds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from semesta.access.rights import check_may, may
from semesta.kernel import UserError
from semesta.ledger.books import queries, services
from semesta.ledger.books.accounts import ACCEPTED, BILLED, COMMITTED, LABELS, PAID
from semesta.ledger.books.models import Bill
from semesta.ledger.reconciliation import queries as reconciliation
from semesta.ledger.reconciliation.models import Difference
from semesta.ledger.reconciliation.services import explain
from semesta.planning.budgets.services import set_aside
from semesta.web.bars import Slice, slices
from semesta.web.books.forms import BillForm, BudgetForm, NoteForm, PaymentForm
from semesta.web.clock import actor, today
from semesta.web.gate import needs, user_of
from semesta.web.paging import chosen, page_of

# From the end of the way to its beginning, and the tone each account is drawn in.
TONES = (
    (ACCEPTED, "good"),
    (PAID, "info"),
    (BILLED, "wait"),
    (COMMITTED, "superseded"),
)


@needs("see_money")
def books(request: HttpRequest) -> HttpResponse:
    """Every budget line as a bar, what could not be booked, bills, and differences."""
    user = user_of(request)
    lines = queries.budget_lines(user)
    context = {
        "lines": [(line, _bar(line)) for line in lines],
        "held": queries.unbooked_decrees(user),
        "page": page_of(request, queries.bills(user), 25),
        "totals": reconciliation.difference_totals(user),
        "may_keep": may(user, "keep_books"),
    }
    return render(request, "books/books.html", context)


def _bar(line: queries.Line) -> list[Slice]:
    parts = [(tone, LABELS[name], line.balances[name]) for name, tone in TONES]
    return slices([*parts, ("none", LABELS["available"], line.balances["available"])])


@needs("keep_books")
def budget(request: HttpRequest) -> HttpResponse:
    """Put a payer's sum on record, or change it: the same year, payer and name."""
    form = BudgetForm(request.POST or None, initial={"year": today().year})

    def save(given: dict[str, Any]) -> HttpResponse:
        set_aside(**given, by=actor(request))
        services.keep_books(by=actor(request))
        messages.success(request, _("Pagu dicatat dan dibukukan."))
        return redirect("books")

    context = {"title": _("Catat pagu"), "action": _("Simpan")}
    return _with_form(request, form, save, context)


@needs("keep_books")
def new_bill(request: HttpRequest) -> HttpResponse:
    """Bill a decree's people for some months."""
    form = BillForm(request.POST or None)

    def save(given: dict[str, Any]) -> HttpResponse:
        made = services.make_bill(**given, made_on=today(), by=actor(request))
        messages.success(request, _("Tagihan dibuat dan dibukukan."))
        return redirect("books-bill", made.pk)

    context = {"title": _("Buat tagihan"), "action": _("Buat tagihan")}
    return _with_form(request, form, save, context)


def _with_form(
    request: HttpRequest,
    form: forms.Form,
    save: Callable[[dict[str, Any]], HttpResponse],
    context: dict[str, Any],
    template: str = "books/form.html",
) -> HttpResponse:
    """Show a form; when it is right, save it, and say on it why that was refused."""
    if request.method == "POST" and form.is_valid():
        try:
            return save(form.cleaned_data)
        except UserError as error:
            form.add_error(None, f"{error.what} {error.why} {error.fix}")
    return render(request, template, {**context, "form": form})


@needs("see_money")
def bill(request: HttpRequest, pk: int) -> HttpResponse:
    """One bill with its payments; the officer records another proof here."""
    user = user_of(request)
    found = get_object_or_404(queries.bills(user), pk=pk)
    given = request.POST if request.method == "POST" else None
    form = PaymentForm(given, initial={"amount": found.left, "paid_on": today()})
    if given is not None:
        check_may(user, "keep_books")

    def save(given: dict[str, Any]) -> HttpResponse:
        the_bill = Bill.objects.select_related("budget").get(pk=pk)
        services.record_payment(bill=the_bill, **given, by=actor(request))
        messages.success(request, _("Pembayaran dicatat dan dibukukan."))
        return redirect("books-bill", pk)

    context = {
        "bill": found,
        "payments": found.payments.all(),
        "differences": reconciliation.differences(user).filter(bill=found)[:20],
        "may_keep": may(user, "keep_books"),
    }
    return _with_form(request, form, save, context, "books/bill.html")


@needs("see_money")
def differences(request: HttpRequest) -> HttpResponse:
    """What was paid and what was accepted, where they differ; open ones by default."""
    user = user_of(request)
    state = chosen(request, "keadaan", (*Difference.State.values, "semua")) or "open"
    kind = chosen(request, "jenis", Difference.Kind.values)
    found = reconciliation.differences(
        user, state="" if state == "semua" else state, kind=kind
    )
    context = {
        "totals": reconciliation.difference_totals(user),
        "state": state,
        "states": Difference.State.choices,
        "kind": kind,
        "kinds": Difference.Kind.choices,
        "page": page_of(request, found, 25),
    }
    return render(request, "books/differences.html", context)


@needs("see_money")
def difference(request: HttpRequest, pk: int) -> HttpResponse:
    """One difference: what is at odds, and the officer's explanation."""
    user = user_of(request)
    found = get_object_or_404(reconciliation.differences(user), pk=pk)
    given = request.POST if request.method == "POST" else None
    if given is not None:
        check_may(user, "keep_books")

    def save(given: dict[str, Any]) -> HttpResponse:
        explain(difference=found, note=given["note"], by=actor(request))
        messages.success(request, _("Penjelasan disimpan."))
        return redirect("books-differences")

    form = NoteForm(given, initial={"note": found.note})
    context = {"difference": found, "may_keep": may(user, "keep_books")}
    return _with_form(request, form, save, context, "books/difference.html")


@needs("see_money")
def journal(request: HttpRequest) -> HttpResponse:
    """Every movement of money, newest first."""
    page = page_of(request, queries.journal(user_of(request)))
    labels = {**LABELS, "granted": "Pagu dari anggaran"}
    return render(request, "books/journal.html", {"page": page, "labels": labels})
