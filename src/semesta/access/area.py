"""Area limits, applied in one low place: every list, count, search and export."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db.models import Model, Q, QuerySet

from semesta.kernel.errors import NotAllowed

if TYPE_CHECKING:
    from semesta.access.models import User

M = TypeVar("M", bound=Model)


def in_area(queryset: QuerySet[M], user: User, field: str = "kelurahan") -> QuerySet[M]:
    """The rows of `queryset` whose place code lies in the user's area.

    `field` is the lookup that holds a Kemendagri code. A user without an area works
    for the whole region; rows without a place are seen only by those.
    """
    if not user.area:
        return queryset
    return queryset.filter(covers(user.area, field))


def covers(area: str, field: str) -> Q:
    """The condition that `field` is `area` itself or lies inside it."""
    return Q(**{field: area}) | Q(**{f"{field}__startswith": f"{area}."})


def sees_place(user: User, place: str) -> bool:
    """Whether a place code lies in the user's area."""
    return not user.area or place == user.area or place.startswith(f"{user.area}.")


def check_sees_place(user: User, place: str) -> None:
    """Raise NotAllowed, with the reason, when a place lies outside the user's area."""
    if not sees_place(user, place):
        raise NotAllowed(
            "access.area",
            "Data ini berada di luar wilayah tugas Anda.",
            "Akun Anda hanya melihat wilayah tugasnya sendiri.",
            "Hubungi petugas program bila wilayah tugas Anda berubah.",
        )
