"""The only place where the API reads the clock."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from semesta.kernel import Actor


def today() -> date:
    """The day figures are read at; an invented city's calendar may stand still."""
    return settings.WORKSPACE.today or timezone.localdate()


def actor(request: HttpRequest) -> Actor:
    """Who acts in this request, and when."""
    return Actor(request.user.get_username(), timezone.now(), "API")
