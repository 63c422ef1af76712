"""What waits for a user among the policies."""

from __future__ import annotations

from django.urls import reverse

from semesta.access.models import User
from semesta.eligibility.versions.queries import waiting_for_approval
from semesta.web.home.parts import Board, Task


def policies_waiting(board: Board, user: User) -> None:
    """Proposed versions that somebody else wrote."""
    waiting = [
        version
        for version in waiting_for_approval()
        if user.username not in (version.written_by, version.proposed_by)
    ]
    board.tasks.append(
        Task(
            len(waiting),
            "rancangan kebijakan menunggu keputusan Anda",
            "Penilaian tetap memakai versi lama sampai Anda menyetujuinya.",
            reverse("policies"),
        )
    )
