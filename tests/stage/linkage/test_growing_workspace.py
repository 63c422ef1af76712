"""A large workspace reads and compares only the deliveries that are new or changed."""

from __future__ import annotations

from typing import Any

import pyarrow.parquet as pq
import pytest
from tests.support.messy_people import messy_rows
from tests.support.rows import deliver

from semesta.intake.models import Delivery
from semesta.kernel import Actor
from semesta.linkage import queries, services
from semesta.linkage.matching import link
from semesta.linkage.models import LinkageRun
from semesta.linkage.rows import PERSON_COLUMNS
from semesta.linkage.services import link_rows
from semesta.linkage.weighing import load_model
from semesta.warehouse.engines import duck
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db
ROWS = [
    {name: row.get(name) for name in PERSON_COLUMNS if name not in ("row_id", "source")}
    for row in messy_rows(240, seed=6)
]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Which deliveries each linkage has read; two hundred rows count as many here."""
    monkeypatch.setattr("semesta.linkage.remembered.GROW_FROM", 200)
    seen: list[list[str]] = []

    def load(con: Any, workspace: Workspace, deliveries: list[Delivery]) -> None:
        seen.append([delivery.name for delivery in deliveries])
        queries.load_rows(con, workspace, deliveries)

    monkeypatch.setattr(services, "load_rows", load)
    return seen


def clusters(workspace: Workspace, run: LinkageRun) -> list[dict[str, str]]:
    return pq.read_table(queries.clusters_file(workspace, run)).to_pylist()


def from_scratch(workspace: Workspace) -> list[dict[str, str]]:
    with duck() as con:
        queries.load_rows(con, workspace, queries.evidence())
        return link(con, load_model()).clusters.to_pylist()


def test_only_what_is_new_is_read(
    workspace: Workspace, officer: Actor, read: list[list[str]]
) -> None:
    half = len(ROWS) // 2
    deliver(workspace, "dukcapil", ROWS[:half])
    link_rows(workspace=workspace, by=officer)
    second = deliver(workspace, "proposal", ROWS[half:])

    grown = link_rows(workspace=workspace, by=officer)

    assert read[-1] == [second.name]
    assert grown.rows == len(ROWS)
    assert link_rows(workspace=workspace, by=officer) == grown
    assert clusters(workspace, grown) == from_scratch(workspace)


def test_a_delivery_that_does_not_count_any_more_is_forgotten(
    workspace: Workspace, officer: Actor, read: list[list[str]]
) -> None:
    third = len(ROWS) // 3
    deliver(workspace, "dukcapil", ROWS[: 2 * third])
    second = deliver(workspace, "proposal", ROWS[2 * third :])
    link_rows(workspace=workspace, by=officer)
    Delivery.objects.filter(pk=second.pk).update(status=Delivery.Status.REFUSED)

    left = link_rows(workspace=workspace, by=officer)

    assert read[-1] == []
    assert left.rows == 2 * third
    assert clusters(workspace, left) == from_scratch(workspace)


def test_a_small_workspace_remembers_nothing(
    workspace: Workspace, officer: Actor
) -> None:
    deliver(workspace, "dukcapil", ROWS[:50])
    link_rows(workspace=workspace, by=officer)
    assert not (workspace.lake / "linkage" / "known").exists()
