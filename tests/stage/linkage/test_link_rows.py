"""Linkage over rows written by hand."""

from __future__ import annotations

import logging
from datetime import date
from typing import Any

import pyarrow.parquet as pq
import pytest
from tests.support.rows import deliver, row_id

from semesta.audit.models import Event, Run
from semesta.kernel import Actor
from semesta.kernel.errors import NotPossible
from semesta.linkage import queries
from semesta.linkage.models import LinkageRun
from semesta.linkage.services import link_rows
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db

GANTING = "13.74.01.1001"
YUSUF: dict[str, Any] = {
    "nik": "1374010101909001", "name": "MUHAMMAD YUSUF", "sex": "L",
    "born_on": date(1990, 1, 1), "kelurahan": GANTING, "address": "JL MELATI NO 3",
    "family_card": "1374010101159001",
}  # fmt: skip
ROSMAINI: dict[str, Any] = {
    "nik": "1374014203929002", "name": "ROSMAINI", "sex": "P",
    "born_on": date(1992, 3, 2), "kelurahan": GANTING, "address": "JL MELATI NO 3",
    "family_card": "1374010101159001",
}  # fmt: skip


def clusters(workspace: Workspace, run: LinkageRun) -> dict[str, str]:
    table = pq.read_table(queries.clusters_file(workspace, run))
    return dict(
        zip(table["row_id"].to_pylist(), table["cluster_id"].to_pylist(), strict=True)
    )


def test_spellings_and_a_wrong_digit_are_one_person(
    workspace: Workspace, officer: Actor
) -> None:
    register = deliver(workspace, "dukcapil", [YUSUF, ROSMAINI])
    proposal = deliver(
        workspace, "proposal",
        [
            {**YUSUF, "name": "MOH. JUSUF", "nik": "1374010101909001"},
            {**YUSUF, "name": "M. YUSUP ST. MUDO", "nik": "1374010101908001"},
        ],
    )  # fmt: skip
    found = clusters(workspace, link_rows(workspace=workspace, by=officer))
    yusuf = found[row_id(register, 1)]
    assert found[row_id(proposal, 1)] == found[row_id(proposal, 2)] == yusuf
    assert found[row_id(register, 2)] != yusuf
    assert yusuf == min(row_id(register, 1), row_id(proposal, 1), row_id(proposal, 2))


def test_one_nik_on_husband_and_wife_splits(
    workspace: Workspace, officer: Actor
) -> None:
    register = deliver(workspace, "dukcapil", [YUSUF, ROSMAINI])
    decree = deliver(
        workspace, "decree",
        [{"name": "ROSMAINI", "nik": YUSUF["nik"], "kelurahan": GANTING, "address": "Jl. Melati"}],
    )  # fmt: skip
    found = clusters(workspace, link_rows(workspace=workspace, by=officer))
    assert found[row_id(register, 1)] != found[row_id(register, 2)]
    assert found[row_id(decree, 1)] != found[row_id(register, 1)]


def test_a_placeholder_on_five_people_joins_nobody(
    workspace: Workspace, officer: Actor
) -> None:
    names = ["SYAFRIZAL", "ROSMAINI", "BUYUNG", "DARMAWATI", "IKHSAN"]
    rows = [
        {
            "name": name,
            "nik": "1374010101900001",
            "born_on": date(1960 + 7 * n, n + 1, 20 - n),
        }
        for n, name in enumerate(names)
    ]
    deliver(workspace, "proposal", rows)
    run = link_rows(workspace=workspace, by=officer)
    assert run.clusters == 5
    assert run.run.counts["shared_nik"] == 1


def test_deactivations_are_found_by_membership_number(
    workspace: Workspace, officer: Actor
) -> None:
    paid = deliver(workspace, "bpu_participants", [{**YUSUF, "kpj": "26012345678"}])
    gone = deliver(
        workspace, "deactivations",
        [{"name": "MUHAMMAD YUSUF", "kpj": "26012345678", "born_on": YUSUF["born_on"]}],
    )  # fmt: skip
    found = clusters(workspace, link_rows(workspace=workspace, by=officer))
    assert found[row_id(paid, 1)] == found[row_id(gone, 1)]


def test_held_rows_and_answers_to_ourselves_are_no_evidence(
    workspace: Workspace, officer: Actor
) -> None:
    deliver(workspace, "proposal", [YUSUF, {**YUSUF, "fate": "held"}])
    deliver(workspace, "insurer_answer", [YUSUF])
    deliver(workspace, "dtsen_family", [YUSUF], subject="household")
    run = link_rows(workspace=workspace, by=officer)
    assert (run.rows, run.clusters) == (1, 1)


def test_twice_is_once(workspace: Workspace, officer: Actor) -> None:
    deliver(workspace, "dukcapil", [YUSUF, ROSMAINI])
    first = link_rows(workspace=workspace, by=officer)
    counts = (Run.objects.count(), Event.objects.count())
    files = {p: p.stat().st_mtime_ns for p in workspace.lake.rglob("*.parquet")}
    assert link_rows(workspace=workspace, by=officer) == first
    assert (Run.objects.count(), Event.objects.count()) == counts
    assert files == {p: p.stat().st_mtime_ns for p in workspace.lake.rglob("*.parquet")}


def test_order_of_arrival_does_not_change_who_is_who(
    workspace: Workspace, officer: Actor
) -> None:
    rows = [{**YUSUF, "name": n} for n in ("MOH YUSUF", "JUSUF", "YUSUF MUHAMMAD")]
    deliver(workspace, "decree", rows)
    deliver(workspace, "dukcapil", [ROSMAINI, YUSUF])
    one = clusters(workspace, link_rows(workspace=workspace, by=officer))
    LinkageRun.objects.all().delete()
    Run.objects.all().delete()
    queries.Delivery.objects.all().delete()
    deliver(workspace, "dukcapil", [ROSMAINI, YUSUF])
    deliver(workspace, "decree", rows)
    assert clusters(workspace, link_rows(workspace=workspace, by=officer)) == one


def test_without_rows_it_says_what_to_do(workspace: Workspace, officer: Actor) -> None:
    with pytest.raises(NotPossible, match=r"linkage\.no_rows") as error:
        link_rows(workspace=workspace, by=officer)
    assert "semesta intake" in error.value.fix


def test_logs_stay_quiet(
    workspace: Workspace, officer: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    deliver(workspace, "dukcapil", [YUSUF, {**YUSUF, "nik": None}, ROSMAINI])
    with caplog.at_level(logging.INFO):
        link_rows(workspace=workspace, by=officer)
    assert [r for r in caplog.records if r.name.startswith("splink")] == []
