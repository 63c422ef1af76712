"""The worker's part: the cycle's follow-up, told stage by stage."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django_tasks import TaskResult, default_task_backend, task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from semesta.audit.stages import TITLES
from semesta.kernel import UserError
from semesta.web.clock import actor_named, today
from semesta.web.reading import HowFar, forget_progress, write_how_far
from semesta.web.tasks import progress_file

UNDER_WAY = (TaskResultStatus.READY, TaskResultStatus.RUNNING)


@task()
def bring_up_to_date(username: str) -> dict[str, Any]:
    """Run the follow-up for a user. Returns `{"seconds": …}`, or `{"error": …}` in the
    one error shape."""
    # The stages pull in much that the pages never need.
    from semesta.cycle import FOLLOWS, follow_up

    file = told_file()

    def tell(stage: str, done: int, total: int) -> None:
        at = FOLLOWS.index(stage) + done / max(total, 1)
        write_how_far(
            HowFar(stage, TITLES[stage], round(100 * at / len(FOLLOWS)), 0), file
        )

    try:
        seconds = follow_up(
            workspace=settings.WORKSPACE,
            as_of=today(),
            by=actor_named(username),
            tell=tell,
        )
    except UserError as error:
        return {"error": error.as_dict()}
    finally:
        forget_progress(file)
    return {"seconds": seconds}


def told_file() -> Path:
    """Where the worker writes how far it is: there is one such work at a time."""
    return progress_file("pembaruan")


def updating(result_id: str) -> TaskResult | None:
    """This work by its id; None when the id is of no such task."""
    result = default_task_backend.get_result(result_id)
    return result if result.task.func is bring_up_to_date.func else None


def under_way() -> str | None:
    """The id of the work that waits or runs, so that it is not asked for twice."""
    waiting = DBTaskResult.objects.filter(
        task_path=bring_up_to_date.module_path, status__in=UNDER_WAY
    )
    found = waiting.order_by("enqueued_at").values_list("id", flat=True).first()
    return str(found) if found else None
