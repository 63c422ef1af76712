"""Turns a UserError into a page in the one error shape."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from semesta.kernel import UserError
from semesta.kernel.errors import NotAllowed


class UserErrorMiddleware:
    """Shows what happened, why, and what to do; anything else stays a bug."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, error: Exception
    ) -> HttpResponse | None:
        if not isinstance(error, UserError):
            return None
        status = 403 if isinstance(error, NotAllowed) else 400
        return render(request, "error.html", {"error": error}, status=status)
