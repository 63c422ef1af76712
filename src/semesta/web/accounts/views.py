"""Signing in, and the admin's list of users."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from semesta.access import queries, services
from semesta.access.models import User
from semesta.audit.services import record
from semesta.kernel import UserError
from semesta.web.accounts.forms import AccountForm
from semesta.web.clock import actor
from semesta.web.gate import needs


class SignIn(LoginView):
    """The sign-in page; an invented city lists its accounts on it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if settings.WORKSPACE.is_demo:
            context["accounts"] = queries.demo_accounts()
            context["demo_password"] = queries.DEMO_PASSWORD
        return context


sign_in = SignIn.as_view()


@needs("manage_accounts")
def accounts(request: HttpRequest) -> HttpResponse:
    """All accounts and how many each role has."""
    return render(request, "accounts/list.html", {"accounts": queries.users()})


@needs("manage_accounts")
def new(request: HttpRequest) -> HttpResponse:
    """Make an account."""
    region = settings.WORKSPACE.region
    form = AccountForm(request.POST or None, region=region, new=True)
    if request.method == "POST" and form.is_valid():
        try:
            user = services.create_user(
                **form.cleaned_data, region=region, by=actor(request), record=record
            )
        except UserError as error:
            form.add_error(None, f"{error.what} {error.why}")
        else:
            messages.success(request, _("Akun %s dibuat.") % user.username)
            return redirect("accounts")
    return render(request, "accounts/form.html", {"form": form})


@needs("manage_accounts")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an account's role, area, shown name or password."""
    account = get_object_or_404(User, pk=pk)
    region = settings.WORKSPACE.region
    before = {
        "full_name": account.full_name,
        "role": account.role,
        "area": account.area,
    }
    form = AccountForm(request.POST or None, region=region, new=False, initial=before)
    if request.method == "POST" and form.is_valid():
        try:
            _save(account, form.cleaned_data, request)
        except UserError as error:
            form.add_error(None, f"{error.what} {error.why}")
        else:
            messages.success(request, _("Akun %s diubah.") % account.username)
            return redirect("accounts")
    context = {"form": form, "account": account}
    return render(request, "accounts/form.html", context)


def _save(account: User, answers: dict[str, Any], request: HttpRequest) -> None:
    by, password = actor(request), answers.pop("password")
    if password:
        services.set_password(user=account, password=password, by=by, record=record)
    services.change_user(
        user=account, **answers, region=settings.WORKSPACE.region, by=by, record=record
    )


@require_POST
@needs("manage_accounts")
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account or open it again."""
    account = get_object_or_404(User, pk=pk)
    active = request.POST.get("active") == "1"
    services.set_active(user=account, active=active, by=actor(request), record=record)
    done = _("Akun %s dibuka.") if active else _("Akun %s ditutup.")
    messages.success(request, done % account.username)
    return redirect("accounts")
