"""What waits for a user in the field."""

from __future__ import annotations

from django.urls import reverse

from semesta.access.models import User
from semesta.access.rights import may
from semesta.verification.queries import my_tasks
from semesta.web.home.parts import Board, Task


def people_to_visit(board: Board, user: User) -> None:
    """People of open rounds whom this account has not answered about."""
    if not may(user, "verify_in_field"):
        return
    left = my_tasks(user).count()
    board.tasks.append(
        Task(
            left,
            "orang perlu diperiksa di lapangan",
            "Baru sesudah diperiksa mereka dapat ditetapkan dalam keputusan.",
            reverse("field"),
        )
    )
