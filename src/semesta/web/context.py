"""What every page shows in its frame."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from semesta.access.models import User
from semesta.access.rights import may
from semesta.web.clock import today
from semesta.web.gate import user_of
from semesta.web.nav import menu_for, public_menu


def office(request: HttpRequest) -> dict[str, object]:
    """The region's names, whether this is the invented city, and the user's menu."""
    workspace = settings.WORKSPACE
    frame: dict[str, object] = {
        "region": workspace.region,
        "is_demo": workspace.is_demo,
        "demo_today": workspace.today,
        "today": today(),
    }
    if hasattr(request, "user") and request.user.is_authenticated:
        frame |= _of_user(user_of(request), request)
    else:
        frame["menu"] = public_menu(request)
    return frame


def _of_user(user: User, request: HttpRequest) -> dict[str, object]:
    return {
        "menu": menu_for(user, request),
        "my_area": settings.WORKSPACE.region.area_name(user.area),
        "sees_people": may(user, "see_people"),
        "sees_cases": may(user, "see_cases"),
    }
