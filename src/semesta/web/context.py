"""What every page shows in its frame."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from semesta.access.rights import may
from semesta.web.clock import today
from semesta.web.nav import menu_for


def office(request: HttpRequest) -> dict[str, object]:
    """The region's names, whether this is the invented city, and the user's menu."""
    workspace = settings.WORKSPACE
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    return {
        "region": workspace.region,
        "is_demo": workspace.is_demo,
        "demo_today": workspace.today,
        "today": today(),
        "menu": menu_for(user, request) if signed_in else [],
        "sees_people": signed_in and may(user, "see_people"),
        "sees_cases": signed_in and may(user, "see_cases"),
        "my_area": workspace.region.area_name(user.area) if signed_in else "",
    }
