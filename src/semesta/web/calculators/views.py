"""The two calculators. They keep nothing: an answer lives as long as its page."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers, patch_vary_headers

from semesta.kernel import Month, UserError
from semesta.law.cases import answer_benefit, answer_contribution
from semesta.web.calculators.answers import (
    benefit_page,
    contribution_page,
    told_of,
)
from semesta.web.calculators.benefit import BenefitForm
from semesta.web.calculators.contribution import ContributionForm
from semesta.web.calculators.examples import benefit_example, contribution_example
from semesta.web.clock import today
from semesta.web.gate import open_to_all


class Problem(NamedTuple):
    """One field that must be mended: its name, its label, what is wrong, and whether
    it was simply left blank."""

    name: str
    label: str
    text: str
    blank: bool


@open_to_all
def contribution(request: HttpRequest) -> HttpResponse:
    """What one month costs. The whole question stands in the address, to be passed on;
    a change of the form asks for the answer alone."""
    form = ContributionForm(request.GET or None, today=today(), initial=_start())
    context: dict[str, Any] = {"form": form, **_contribution(form)}
    if not form.is_bound:
        example = contribution_example(today())
        told = ContributionForm(example, today=today())
        context |= {"example": _contribution(told)["answer"], "told": told}
    template = "calculators/contribution.html"
    if request.headers.get("HX-Request"):
        template, context["live"] = "calculators/contribution_answer.html", True
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _start() -> dict[str, str]:
    return {"kerja": "mandiri", "pembayar": "SELF", "bulan": str(Month.of(today()))}


def _contribution(form: ContributionForm) -> dict[str, Any]:
    if not form.is_valid():
        return {"problems": problems(form)}
    given = form.given()
    try:
        answer = answer_contribution(given)
    except UserError as error:
        return {"error": error}
    month = Month.parse(given["month"])
    return {"answer": contribution_page(answer, month, given["segment"])}


@open_to_all
def benefit(request: HttpRequest) -> HttpResponse:
    """What a member or the family receives. Asked by POST, so that no day of birth
    stands in an address; `?contoh=1` shows an invented family."""
    shown = request.GET.get("contoh") == "1" and request.method == "GET"
    data = benefit_example(today()) if shown else request.POST or None
    form = BenefitForm(data, today=today())
    context: dict[str, Any] = {"form": form, "shown": shown, **_benefit(form)}
    if not form.is_bound:
        told = BenefitForm(benefit_example(today()), today=today())
        context["example"] = _benefit(told)["answer"]
    response = render(request, "calculators/benefit.html", context)
    if request.method == "POST":
        add_never_cache_headers(response)
    return response


def _benefit(form: BenefitForm) -> dict[str, Any]:
    if not form.is_valid():
        return {"problems": problems(form)}
    given = form.given()
    try:
        answer = answer_benefit(given)
    except UserError as error:
        return {"error": error}
    page = benefit_page(answer, given["event"], today())
    page["facts"] = [*form.told(), *told_of(answer)]
    page["paid_unknown"] = given["member"]["paid"] is None
    return {"answer": page}


def problems(form: forms.Form) -> list[Problem]:
    """What is wrong, field by field, those of the children after the others."""
    if not form.is_bound:
        return []
    found = [
        Problem(
            form[name].html_name,
            str(form[name].label),
            str(error),
            blank=not any(_written(form[name].data)),
        )
        for name, errors in form.errors.items()
        if name in form.fields
        for error in errors
    ]
    if NON_FIELD_ERRORS in form.errors:
        for child in getattr(form, "children", ()):
            of = f" (anak ke-{child.number})"
            found += [one._replace(label=f"{one.label}{of}") for one in problems(child)]
    return found


def _written(data: Any) -> list[Any]:
    return list(data) if isinstance(data, list) else [data]
