"""A pair somebody has to look at, and people who look."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.support.rows import deliver, row_id

from semesta.kernel import Actor
from semesta.linkage.models import ReviewTask
from semesta.linkage.services import link_rows
from semesta.warehouse.workspace import Workspace

GANTING = "13.74.01.1001"


@pytest.fixture
def task(workspace: Workspace, officer: Actor) -> ReviewTask:
    """Two rows with the same name, and nothing else to go by."""
    delivery = deliver(
        workspace, "proposal",
        [
            {"name": "ROSMAINI", "kelurahan": GANTING, "address": "JL MELATI"},
            {"name": "ROSMAINI", "kelurahan": GANTING, "address": "JL MAWAR"},
        ],
    )  # fmt: skip
    run = link_rows(workspace=workspace, by=officer)
    task, _ = ReviewTask.objects.update_or_create(
        linkage_run=run,
        row_id_l=row_id(delivery, 1),
        row_id_r=row_id(delivery, 2),
        defaults={"match_weight": 1.0, "pair_weight": 1.0, "area": GANTING},
    )
    return task


class Colleagues:
    """`colleagues("ani")`: ani, a minute after whoever acted before."""

    def __init__(self) -> None:
        self.now = datetime(2030, 1, 1, tzinfo=UTC)

    def __call__(self, username: str) -> Actor:
        self.now += timedelta(minutes=1)
        return Actor(username, self.now)


@pytest.fixture
def colleagues() -> Colleagues:
    return Colleagues()
