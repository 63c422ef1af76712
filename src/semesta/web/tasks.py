"""Work that takes longer than a page may: done by the worker, shown as it goes."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings
from django_tasks import task

from semesta.kernel import UserError
from semesta.web.clock import actor_named, today


@task()
def read_delivery(folder: str, filename: str, username: str, area: str) -> dict:
    """Take in the file that was sent to `uploads/<folder>`, then clear that folder.

    Returns `{"delivery": name}`, or `{"error": …}` in the one error shape.
    """
    # Reading sheets pulls in much that the pages never need.
    from semesta.intake.services import take_in

    workspace = settings.WORKSPACE
    kept = uploads_folder() / Path(folder).name
    try:
        delivery = take_in(
            path=next(kept.iterdir()),
            filename=filename,
            supplier="auto",
            workspace=workspace,
            by=actor_named(username),
            as_of=today(),
            area=area,
        )
    except UserError as error:
        return {"error": error.as_dict()}
    finally:
        shutil.rmtree(kept, ignore_errors=True)
    return {"delivery": delivery.name}


def uploads_folder() -> Path:
    """Where files lie between being sent and being read."""
    return settings.WORKSPACE.root / "uploads"
