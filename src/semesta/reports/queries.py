"""Readers of publications."""

from __future__ import annotations

from django.db.models import QuerySet

from semesta.access.models import User
from semesta.reports.models import Publication


def publications(user: User, subject: str = "") -> QuerySet[Publication]:
    """Files published for the whole region, newest first; none for a user with an area.

    A file names people of every kelurahan. `subject` is e.g. `decree:3`.
    """
    found = Publication.objects.none() if user.area else Publication.objects.all()
    if subject:
        found = found.filter(subject=subject)
    return found.order_by("-pk")


def is_publication_of(subject: str, sha256: str) -> bool:
    """Whether a file with this hash was published about a subject."""
    return Publication.objects.filter(subject=subject, sha256=sha256).exists()
