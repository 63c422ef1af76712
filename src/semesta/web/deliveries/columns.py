"""What the columns of a list mean: proposed, tried, confirmed by a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from semesta.intake import queries as deliveries
from semesta.intake.maps import SupplierMap, is_shipped, supplier_maps
from semesta.intake.models import Delivery
from semesta.intake.received import kept_file
from semesta.kernel import UserError
from semesta.web import clock
from semesta.web.deliveries.columnforms import KNOWN, NEW, ColumnsForm, said
from semesta.web.gate import needs, user_of
from semesta.web.tasks import read_again


@dataclass(frozen=True)
class ColumnLine:
    """One column on the page."""

    number: int
    header: str
    examples: list[str]
    sure: str
    sure_words: str
    share: float
    why: str
    meaning: BoundField
    needed: BoundField


@dataclass
class _Question:
    """A delivery, the list in it that is looked at, and the map it is edited from."""

    delivery: Delivery
    samples: Sequence[Any]
    number: int
    own: SupplierMap | None

    @property
    def was_read(self) -> bool:
        return bool(self.delivery.status == Delivery.Status.READ)

    @property
    def sample(self) -> Any:
        return self.samples[self.number]

    @property
    def named(self) -> bool:
        """Whether a known list keeps its name and needs: only columns can be explained."""
        return self.own is None or is_shipped(self.own.name)

    @property
    def headers(self) -> list[str]:
        return [header.text for header in self.sample.table.headers]


@needs("send_delivery")
def columns(request: HttpRequest, name: str) -> HttpResponse:
    """Shows what each column seems to mean; a POST tries other meanings or stores them.

    A stored map reads a refused delivery; of one already read it makes the version for the
    next lists, and leads to what that would change in this one. `?sebagai=baru`: not as
    the list it was read as, but as one nobody knows.
    """
    # Reading sheets pulls in much that the other pages never need.
    from semesta.intake.drafting import queries

    found = get_object_or_404(deliveries.deliveries(user_of(request)), name=name)
    if not deliveries.may_be_explained(found):
        return redirect("deliveries-delivery", name)
    as_new = request.GET.get("sebagai") == "baru"
    own = None if as_new else queries.map_in_use(found)
    try:
        samples = queries.lists_in(found, settings.WORKSPACE)
    except UserError as error:
        return _page(request, {"delivery": found, "error": error})
    wanted = request.GET.get("tabel", "")
    number = int(wanted) if wanted.isdigit() and int(wanted) < len(samples) else 0
    asked = _Question(found, samples, number, own)
    if request.method != "POST":
        return _first(request, asked)
    form = ColumnsForm(request.POST, headers=asked.headers)
    if request.POST.get("aksi") != "simpan":
        return _tried(request, asked, form)
    return _stored(request, asked, form)


def _first(request: HttpRequest, asked: _Question) -> HttpResponse:
    """The page as it opens: everything proposed, and what would come of it."""
    from semesta.intake.drafting import queries

    known = asked.own
    if not known and not asked.was_read:
        known = queries.recognised(asked.samples, asked.delivery)
    proposals = _proposed(asked)
    chosen = queries.first_choice(asked.sample, proposals, known)
    told = {"jenis": KNOWN if known and asked.named else NEW}
    told |= {"dikenal": known.name if known else "", "versi": _version(asked.own)}
    values = said(chosen, **told)
    form = ColumnsForm(initial=values, headers=asked.headers)
    tried = ColumnsForm(_as_posted(values), headers=asked.headers)
    return _page(request, _shown(asked, form, proposals) | _preview(asked, tried))


def _as_posted(values: dict[str, Any]) -> dict[str, Any]:
    """First values as a browser would send them; a list without a name gets one, so that
    it can be tried before it is named."""
    posted = {name: value for name, value in values.items() if value is not False}
    return posted | {
        name: values[name] or _("Daftar baru") for name in ("judul", "kantor")
    }


def _tried(request: HttpRequest, asked: _Question, form: ColumnsForm) -> HttpResponse:
    """What would come of other meanings: the whole page, or just that part of it."""
    posted = request.POST.dict()
    unnamed = {n: posted.get(n) or _("Daftar baru") for n in ("judul", "kantor")}
    tried = ColumnsForm(posted | unnamed, headers=asked.headers)
    context = _preview(asked, tried) | {"delivery": asked.delivery}
    if request.headers.get("HX-Request"):
        return render(request, "deliveries/columns_preview.html", context)
    return _page(request, _shown(asked, form, _proposed(asked)) | context)


def _stored(request: HttpRequest, asked: _Question, form: ColumnsForm) -> HttpResponse:
    """Stores the map and has the file read by it; or the page with what is wrong."""
    from semesta.intake.drafting.services import store_map

    error = None
    if form.is_valid():
        try:
            made, base = _map_said(asked, form)
            if made is not base:
                made = store_map(
                    supplier=made,
                    sample=_file(asked.delivery),
                    workspace=settings.WORKSPACE,
                    by=clock.actor(request),
                    replaces=_replaced(asked, form, base),
                )
            return _read_by(request, asked, made)
        except UserError as raised:
            error = raised
    shown = _shown(asked, form, _proposed(asked)) | _preview(asked, form)
    return _page(request, shown | {"refused": error})


def _read_by(request: HttpRequest, asked: _Question, made: SupplierMap) -> HttpResponse:
    found, user = asked.delivery, user_of(request)
    if asked.was_read:
        messages.success(
            request, _("Arti kolom disimpan; kiriman berikutnya dibaca begitu.")
        )
        page = reverse("deliveries-again", args=[found.name])
        return redirect(f"{page}?daftar={made.name}")
    result = read_again.enqueue(found.name, found.filename, user.username, made.name)
    return redirect("deliveries-progress", result.id)


def _map_said(
    asked: _Question, form: ColumnsForm
) -> tuple[SupplierMap, SupplierMap | None]:
    """The map that a valid form describes, and the known one it is made from (the same
    when that reads the list just so)."""
    from semesta.intake.choosing import map_table
    from semesta.intake.drafting.chosen import changed_map, extended_map, new_map

    headers, chosen = asked.sample.table.headers, form.chosen
    if asked.own and not asked.named:
        made = changed_map(chosen, headers, asked.own)
        return (asked.own if made == asked.own else made), asked.own
    if form.cleaned_data["jenis"] == NEW:
        return new_map(chosen, headers), None
    base = asked.own or supplier_maps()[form.cleaned_data["dikenal"]]
    mapped = map_table(asked.sample.table, base)
    now = {field: n for n, field in enumerate(chosen.meanings) if field}
    if mapped.fits and mapped.columns == now:
        return base, base
    return extended_map(chosen, headers, base), base


def _replaced(asked: _Question, form: ColumnsForm, base: SupplierMap | None) -> str:
    """The version a new one takes the place of: the one the page was opened with."""
    return str(form.cleaned_data["versi"]) if asked.own else _version(base)


def _version(supplier: SupplierMap | None) -> str:
    return supplier.fingerprint if supplier else ""


def _file(found: Delivery) -> Any:
    return kept_file(settings.WORKSPACE, found.sha256, found.filename)


def _proposed(asked: _Question) -> Sequence[Any]:
    from semesta.intake.drafting import queries

    return queries.proposals_for(asked.number, asked.delivery, settings.WORKSPACE)


def _preview(asked: _Question, form: ColumnsForm) -> dict[str, Any]:
    """What would come of the form, or why nothing can be said of it."""
    from semesta.intake.drafting import queries

    if not form.is_valid():
        return {"preview": None, "unready": None}
    try:
        made, _base = _map_said(asked, form)
        return {
            "preview": queries.previewed(asked.delivery, made, settings.WORKSPACE),
            "unready": None,
        }
    except UserError as error:
        return {"preview": None, "unready": error}


def _shown(
    asked: _Question, form: ColumnsForm, proposals: Sequence[Any]
) -> dict[str, Any]:
    from semesta.intake.drafting import queries

    return {
        "delivery": asked.delivery,
        "own": asked.own,
        "was_read": asked.was_read,
        "as_new": "&sebagai=baru" if asked.was_read and not asked.own else "",
        "fixed": asked.own if asked.own and asked.named else None,
        "form": form,
        "lists": [queries.list_shown(one) for one in asked.samples],
        "list_number": asked.number,
        "shown": queries.list_shown(asked.sample),
        "lines": list(_lines(asked, form, proposals)),
    }


def _lines(
    asked: _Question, form: ColumnsForm, proposals: Sequence[Any]
) -> Iterator[ColumnLine]:
    from semesta.intake.drafting import queries
    from semesta.intake.drafting.reasons import SURE_WORDS, how_sure, why

    told = zip(proposals, queries.examples_of(asked.sample), strict=True)
    for number, (one, examples) in enumerate(told):
        yield ColumnLine(
            number=number + 1,
            header=one.header,
            examples=examples,
            sure=how_sure(one),
            sure_words=SURE_WORDS[how_sure(one)],
            share=100 * one.confidence,
            why=why(one),
            meaning=form[f"arti-{number}"],
            needed=form[f"wajib-{number}"],
        )


def _page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    return render(request, "deliveries/columns.html", context)
