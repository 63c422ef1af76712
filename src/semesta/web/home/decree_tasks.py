"""What waits for a user on the way to a decree."""

from __future__ import annotations

from django.urls import reverse

from semesta.access.models import User
from semesta.access.rights import may
from semesta.decrees.proposals.queries import waiting_for
from semesta.web.home.parts import Board, Task


def proposals_waiting(board: Board, user: User) -> None:
    """Proposals whose next step is this user's."""
    if not may(user, "see_proposal"):
        return
    waiting = waiting_for(user)
    one = waiting[0] if len(waiting) == 1 else None
    board.tasks.append(
        Task(
            len(waiting),
            "usulan SK menunggu langkah Anda",
            "Tanpa langkah ini iurannya belum dapat dibayar.",
            reverse("decrees-proposal", args=[one.pk]) if one else reverse("decrees"),
        )
    )
