"""Who may open a page: every view carries its right, so a test can walk them all."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from semesta.access.models import User
from semesta.access.rights import RIGHTS, check_may

PUBLIC = "public"
SIGNED_IN = "signed_in"


class GatedView(Protocol):
    """A view that says which right opens it."""

    right: str

    def __call__(self, request: HttpRequest, *args: Any, **kw: Any) -> HttpResponse: ...


def user_of(request: HttpRequest) -> User:
    """The signed-in user, with the type the stages ask for."""
    return cast(User, request.user)


def needs(right: str) -> Callable[[Callable[..., HttpResponse]], GatedView]:
    """Sign-in first, then the right; NotAllowed tells who may.

    KeyError at import for a right that does not exist.
    """
    if right != SIGNED_IN:
        RIGHTS[right]

    def decorate(view: Callable[..., HttpResponse]) -> GatedView:
        @wraps(view)
        def gated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if right != SIGNED_IN:
                check_may(user_of(request), right)
            return view(request, *args, **kwargs)

        checked = cast(GatedView, login_required(gated))
        checked.right = right
        return checked

    return decorate


def open_to_all(view: Callable[..., HttpResponse]) -> GatedView:
    """Marks a page that shows no personal data and needs no account."""
    gated = cast(GatedView, view)
    gated.right = PUBLIC
    return gated
