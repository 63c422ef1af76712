"""The only place where the pages and the API read the clock."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from semesta.kernel import Actor


def today() -> date:
    """The day figures are read at; an invented city's calendar may stand still."""
    return settings.WORKSPACE.today or timezone.localdate()


def actor(request: HttpRequest, authority: str = "") -> Actor:
    """Who acts in this request, and when."""
    return actor_named(request.user.get_username(), authority)


def actor_named(username: str, authority: str = "") -> Actor:
    """The same for work done later on a user's behalf."""
    return Actor(username, timezone.now(), authority)


def waited(since: datetime | None, longer_than: timedelta) -> bool:
    """Whether something was asked for longer ago than that."""
    return since is not None and timezone.now() - since > longer_than
