"""The only readers of linkage."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.db.models import QuerySet

from semesta.access.area import in_area
from semesta.access.rights import check_may
from semesta.intake.models import Delivery
from semesta.intake.queries import lake_file
from semesta.kernel.errors import NotPossible
from semesta.linkage.explanation import Part, explain
from semesta.linkage.learning.queries import weights_in_use
from semesta.linkage.matching import Decided
from semesta.linkage.models import LinkageRun, QualityPair, ReviewTask
from semesta.linkage.rows import LINKED_FATES, PERSON_COLUMNS, select_list
from semesta.warehouse.engines import duck, file_list

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from semesta.access.models import User
    from semesta.warehouse.workspace import Workspace

# Answers to what we sent ourselves: they are joined by our own decree's entries and say
# nothing new about who someone is.
NOT_EVIDENCE = ("insurer_answer", "payments")


def newest_run() -> LinkageRun | None:
    """The latest finished linkage."""
    return LinkageRun.objects.order_by("pk").last()


def evidence() -> list[Delivery]:
    """Deliveries whose rows tell people apart, in order of arrival."""
    found = Delivery.objects.filter(status=Delivery.Status.READ, subject="person")
    return list(found.exclude(supplier__in=NOT_EVIDENCE).order_by("pk"))


def clusters_file(workspace: Workspace, run: LinkageRun) -> Path:
    """The Parquet file with `row_id, cluster_id` of a run."""
    return workspace.lake / "linkage" / run.name / "clusters.parquet"


def pairs_file(workspace: Workspace, run: LinkageRun) -> Path:
    """The Parquet file with the scored pairs of a run."""
    return workspace.lake / "linkage" / run.name / "pairs.parquet"


def rows_file(workspace: Workspace, delivery_name: str) -> Path:
    """The Parquet file with a delivery's standard rows."""
    return lake_file(workspace, "rows", delivery_name)


def load_rows(
    con: DuckDBPyConnection,
    workspace: Workspace,
    deliveries: Sequence[Delivery],
    *,
    only: Sequence[str] = (),
) -> None:
    """Create the session table `person_rows` with the linkable rows of the deliveries.

    `only`: of all rows, just those whose row_id or NIK is one of these.
    """
    if not deliveries:
        nothing = select_list((), PERSON_COLUMNS)
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE person_rows AS SELECT {nothing} LIMIT 0"
        )
        return
    files = file_list(rows_file(workspace, d.name) for d in deliveries)
    source = f"read_parquet({files}, union_by_name=true)"
    names = [row[0] for row in con.execute(f"DESCRIBE FROM {source}").fetchall()]
    fates = ", ".join(f"'{fate}'" for fate in LINKED_FATES)
    wanted = "AND (row_id IN $only OR nik IN $only)" if only else ""
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE person_rows AS "
        f"SELECT {select_list(names, PERSON_COLUMNS)} FROM {source} "
        f"WHERE subject = 'person' AND fate IN ({fates}) {wanted}",
        {"only": list(only)} if only else {},
    )


def open_tasks(user: User, run: LinkageRun | None = None) -> QuerySet[ReviewTask]:
    """Doubtful pairs of a run (default: the newest) in the user's area, unanswered."""
    check_may(user, "see_people")
    run = run or newest_run()
    tasks = ReviewTask.objects.filter(linkage_run=run, answer="")
    return in_area(tasks, user, "area")


def settled_answers() -> list[Decided]:
    """What people have decided on doubtful pairs; the newest answer on a pair counts."""
    answers: dict[tuple[str, str], Decided] = {}
    for task in ReviewTask.objects.exclude(answer="").order_by("answered_at", "pk"):
        same = task.answer == ReviewTask.Answer.SAME
        pair = Decided(task.row_id_l, task.row_id_r, same)
        answers[pair[:2]] = pair
    return sorted(answers.values())


def decisions() -> list[Decided]:
    """All that people have decided, on doubtful pairs and on pairs of quality samples.

    An answer to a doubt outranks one in a sample. Linkage follows them and weights are
    learned from them; a sample's figures are about the linkage it was drawn from.
    """
    sure = (QualityPair.Answer.SAME, QualityPair.Answer.DIFFERENT)
    looked_at = QualityPair.objects.filter(answer__in=sure)
    answers: dict[tuple[str, str], Decided] = {}
    for found in looked_at.order_by("answered_at", "pk"):
        same = found.answer == QualityPair.Answer.SAME
        pair = Decided(found.row_id_l, found.row_id_r, same)
        answers[pair[:2]] = pair
    answers |= {pair[:2]: pair for pair in settled_answers()}
    return sorted(answers.values())


def pair_rows(
    workspace: Workspace, task: ReviewTask | QualityPair
) -> list[dict[str, Any]]:
    """The two rows of a pair, left and right, with the columns of
    PERSON_COLUMNS, `delivery` and `line`. Personal data: the caller has checked that
    the user may see the task."""
    return [_row(workspace, row_id) for row_id in (task.row_id_l, task.row_id_r)]


def _row(workspace: Workspace, row_id: str) -> dict[str, Any]:
    path = rows_file(workspace, row_id.split(":", 1)[0])
    wanted = [*PERSON_COLUMNS, "delivery", "line"]
    there = [name for name in wanted if name in pq.read_schema(path).names]
    table = pq.read_table(path, columns=there, filters=pc.field("row_id") == row_id)
    return dict.fromkeys(wanted) | table.to_pylist()[0]


def _check_both_count(con: DuckDBPyConnection, row_ids: tuple[str, str]) -> None:
    found = con.execute(
        "SELECT count(*) FROM person_rows WHERE row_id IN $ids", {"ids": list(row_ids)}
    ).fetchone()
    if found is None or found[0] < len(set(row_ids)):
        raise NotPossible(
            "linkage.row_replaced",
            "Pasangan ini tidak dapat dijelaskan lagi.",
            "Salah satu barisnya sudah digantikan oleh perbaikan dari pengirimnya.",
            "Jalankan penautan lagi; pasangannya akan dinilai dengan baris yang baru.",
        )


def explain_pair(workspace: Workspace, row_ids: tuple[str, str]) -> list[Part]:
    """Why two rows are, or are not, one person: weights per comparison, in words.

    ValueError when a row's delivery does not exist; NotPossible when a row no longer
    counts, as after a correction has taken its place.
    """
    names = [row_id.split(":", 1)[0] for row_id in row_ids]
    if Delivery.objects.filter(name__in=names).count() < len(set(names)):
        raise ValueError("no such rows to explain")
    with duck() as con:
        load_rows(
            con, workspace, list(Delivery.objects.filter(name__in=names)), only=row_ids
        )
        _check_both_count(con, row_ids)
        niks = con.execute(
            "SELECT nik FROM person_rows WHERE nik IS NOT NULL"
        ).fetchall()
        load_rows(
            con, workspace, evidence(), only=[*row_ids, *(nik for (nik,) in niks)]
        )
        return explain(con, weights_in_use(), row_ids)
