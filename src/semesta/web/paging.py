"""One page of a long list."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

PER_PAGE = 50


def page_of(request: HttpRequest, things: Any, size: int = PER_PAGE) -> Page:
    """The page that `?halaman=` asks for; nonsense is the first, too far the last."""
    return Paginator(things, size).get_page(request.GET.get("halaman"))


def chosen(request: HttpRequest, name: str, allowed: Any) -> str:
    """A query parameter if it is one of the allowed values, else blank."""
    value = request.GET.get(name, "")
    return value if value in allowed else ""
