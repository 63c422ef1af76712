"""Work that takes longer than a page may: done by the worker, shown as it goes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django_tasks import TaskResult, default_task_backend, task

from semesta.kernel import UserError
from semesta.web.clock import actor_named, today
from semesta.web.reading import forget_progress, progress_teller


@task()
def read_delivery(
    folder: str, filename: str, username: str, area: str, supplier: str = "auto"
) -> dict:
    """Take in the file that was sent to `uploads/<folder>`, then clear that folder.

    Returns `{"delivery": name}`, or `{"error": …}` in the one error shape.
    """
    kept = uploads_folder() / Path(folder).name
    try:
        return _read(
            folder,
            path=next(kept.iterdir()),
            filename=filename,
            supplier=supplier,
            by=actor_named(username),
            as_of=today(),
            area=area,
        )
    finally:
        shutil.rmtree(kept, ignore_errors=True)


@task()
def read_again(name: str, filename: str, username: str, supplier: str) -> dict:
    """Read a refused delivery's file again under a supplier's map; returns as
    `read_delivery`."""
    from semesta.intake.queries import delivery_named
    from semesta.intake.received import kept_file

    found = delivery_named(name)
    return _read(
        name,
        path=kept_file(settings.WORKSPACE, found.sha256, found.filename),
        filename=filename,
        supplier=supplier,
        by=actor_named(username),
        as_of=found.as_of,
        area=found.area,
    )


@task()
def read_by_other_map(
    name: str, filename: str, username: str, supplier: str, version: str
) -> dict:
    """Read a delivery again by another map, in the version the user saw; returns as
    `read_delivery`."""
    from semesta.intake.queries import delivery_named
    from semesta.intake.rereading import services
    from semesta.ledger.resting.queries import check_nothing_rests

    return _read(
        name,
        services.read_by_other_map,
        delivery=delivery_named(name),
        supplier=supplier,
        version=version,
        by=actor_named(username),
        check_rests=check_nothing_rests,
    )


def _take_in(**told: Any) -> Any:
    # Reading sheets pulls in much that the pages never need.
    from semesta.intake.services import take_in

    return take_in(**told)


def _read(token: str, read: Callable[..., Any] = _take_in, **told: Any) -> dict:
    file = progress_file(token)
    try:
        delivery = read(
            workspace=settings.WORKSPACE, tell=progress_teller(file), **told
        )
    except UserError as error:
        return {"error": error.as_dict()}
    finally:
        forget_progress(file)
    return {"delivery": delivery.name}


_READINGS: tuple[Callable[..., dict], ...] = (
    read_delivery.func, read_again.func, read_by_other_map.func,
)  # fmt: skip


def reading(result_id: str) -> TaskResult | None:
    """The reading of a file by its task's id; None when the id is of no such task. Its
    arguments begin with the token of its progress file, the filename and the user."""
    result = default_task_backend.get_result(result_id)
    return result if result.task.func in _READINGS else None


def uploads_folder() -> Path:
    """Where files lie between being sent and being read."""
    return settings.WORKSPACE.root / "uploads"


def progress_file(token: str) -> Path:
    """Where the worker writes how far the reading of one file is."""
    return uploads_folder() / f"{Path(token).name}.json"
