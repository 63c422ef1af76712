"""What every page shows in its frame."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def office(request: HttpRequest) -> dict[str, object]:
    """The region's names, and whether this is the invented city."""
    workspace = settings.WORKSPACE
    return {
        "region": workspace.region,
        "is_demo": workspace.is_demo,
        "demo_today": workspace.today,
    }
