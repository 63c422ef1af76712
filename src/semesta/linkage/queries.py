"""The only readers of linkage."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.db.models import Q, QuerySet

from semesta.access.area import in_area
from semesta.access.rights import check_may, may
from semesta.intake.models import Delivery, PastReading
from semesta.intake.queries import edition_file, lake_file
from semesta.kernel.errors import NotPossible
from semesta.linkage.decisions import Decided, in_force, standing_row
from semesta.linkage.explanation import Reasons, explain
from semesta.linkage.learning.queries import weights_in_use
from semesta.linkage.models import (
    Answer,
    DecidedPair,
    IdentityDecision,
    LinkageRun,
    QualityPair,
    ReviewAnswer,
    ReviewTask,
)
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


# ── doubts ───────────────────────────────────────────────────────────────────

# Who decides where two people answered differently.
DECIDES = "run_programme"


def open_tasks(user: User, run: LinkageRun | None = None) -> QuerySet[ReviewTask]:
    """Doubtful pairs of a run (default: the newest) that this user can still answer.

    They lie in the user's area, are not settled, and the user has not answered them;
    those on which two people differ are for the role that decides.
    """
    tasks = waiting_tasks(user, run).exclude(pk__in=_answered_by(user))
    return tasks if may(user, DECIDES) else tasks.filter(disputed=False)


def waiting_tasks(user: User, run: LinkageRun | None = None) -> QuerySet[ReviewTask]:
    """Doubtful pairs of a run in the user's area that are not settled yet."""
    check_may(user, "see_people")
    tasks = ReviewTask.objects.filter(linkage_run=run or newest_run(), settled="")
    return in_area(tasks.select_related("linkage_run"), user, "area")


def _answered_by(user: User) -> QuerySet[Any]:
    answers = ReviewAnswer.objects.filter(by=user.username, taken_back_at=None)
    return answers.values("task")


def disputes(user: User) -> QuerySet[ReviewTask]:
    """Pairs on which two people differ, in the user's area."""
    return waiting_tasks(user).filter(disputed=True).order_by("pk")


def last_answer(user: User) -> ReviewAnswer | None:
    """This user's newest answer that no run has followed yet; None when there is none."""
    answers = ReviewAnswer.objects.filter(
        by=user.username, taken_back_at=None, task__linkage_run=newest_run()
    )
    return answers.select_related("task__linkage_run").order_by("at", "pk").last()


def answers_since(moment: datetime) -> int:
    """How many answers about pairs were given after a moment and still stand."""
    return ReviewAnswer.objects.filter(at__gt=moment, taken_back_at=None).count()


def standing_answers(task: ReviewTask) -> list[ReviewAnswer]:
    """The answers about a pair that count, oldest first. Only for who decides a dispute:
    a second opinion is given without knowing the first."""
    return list(task.answers.filter(taken_back_at=None))


def pair_rows(
    workspace: Workspace, task: ReviewTask | QualityPair
) -> list[dict[str, Any]]:
    """The two rows of a pair, left and right, with the columns of
    PERSON_COLUMNS, `delivery` and `line`. Personal data: the caller has checked that
    the user may see the task."""
    found = rows_named(workspace, (task.row_id_l, task.row_id_r))
    return [found[task.row_id_l], found[task.row_id_r]]


def rows_named(
    workspace: Workspace, row_ids: Collection[str]
) -> dict[str, dict[str, Any]]:
    """Rows by row_id, with the columns of PERSON_COLUMNS, `delivery` and `line`.

    A row that its delivery's newest reading has not any more is as the one before had it.
    Personal data: the caller has checked that the user may see them.
    """
    names = {row_id.split(":", 1)[0] for row_id in row_ids}
    found: dict[str, dict[str, Any]] = {}
    editions = Delivery.objects.filter(name__in=names).values_list("name", "edition")
    for name, edition in editions:
        found |= _rows_at(edition_file(workspace, name, edition), name, row_ids)
    if lacking := set(row_ids) - found.keys():
        past = PastReading.objects.filter(delivery__name__in=names).order_by("pk")
        for name, reading in past.values_list("delivery__name", "reading"):
            found |= _rows_at(edition_file(workspace, name, reading), name, lacking)
    return found


def _rows_at(
    path: Path, name: str, row_ids: Collection[str]
) -> dict[str, dict[str, Any]]:
    """Those of the rows that stand in the file of a delivery's rows."""
    own = [row_id for row_id in row_ids if row_id.startswith(f"{name}:")]
    wanted = [*PERSON_COLUMNS, "delivery", "line"]
    there = [column for column in wanted if column in pq.read_schema(path).names]
    table = pq.read_table(path, columns=there, filters=pc.field("row_id").isin(own))
    return {row["row_id"]: dict.fromkeys(wanted) | row for row in table.to_pylist()}


# ── what people decided ──────────────────────────────────────────────────────


def decided_pairs(workspace: Workspace) -> list[Decided]:
    """What people have decided about pairs of rows that stand today, of all runs: pairs of
    quality samples, settled doubts, and splits and merges that nobody has taken back.

    The newest counts, and all of them before an answer in a sample.
    """
    sampled = QualityPair.objects.exclude(answer__in=("", QualityPair.Answer.UNSURE))
    settled = ReviewTask.objects.exclude(settled="")
    by_hand = DecidedPair.objects.filter(decision__taken_back_at=None)
    rows = ("row_id_l", "row_id_r")
    told = [
        (rank, at, pk, Decided(left, right, said in (True, Answer.SAME)))
        for rank, kind, found in (
            (0, ("answered_at", "answer"), sampled),
            (1, ("settled_at", "settled"), settled),
            (1, ("decision__at", "decision__same"), by_hand),
        )
        for at, said, pk, left, right in found.values_list(*kind, "pk", *rows)
    ]
    ordered = [decided for *_, decided in sorted(told)]
    return in_force(ordered, _successors(workspace) if ordered else {})


def begun_tasks(workspace: Workspace) -> dict[tuple[str, ...], ReviewTask]:
    """Open doubts about which somebody has said something, by the rows that stand today."""
    answers = ReviewAnswer.objects.filter(taken_back_at=None)
    tasks = list(ReviewTask.objects.filter(settled="", pk__in=answers.values("task")))
    successors = _successors(workspace) if tasks else {}
    return {
        tuple(sorted(standing_row(r, successors) for r in (t.row_id_l, t.row_id_r))): t
        for t in tasks
    }


def _successors(workspace: Workspace) -> dict[str, str]:
    """Row → the row that took its place when its sender corrected the list."""
    amended = Delivery.objects.filter(status=Delivery.Status.READ, superseded__gt=0)
    found: dict[str, str] = {}
    for name, edition in amended.values_list("name", "edition"):
        table = pq.read_table(
            edition_file(workspace, name, edition),
            columns=["row_id", "superseded_by"],
            filters=pc.field("superseded_by").is_valid(),
        )
        columns = table.to_pydict()
        found |= dict(zip(columns["row_id"], columns["superseded_by"], strict=True))
    return found


def decisions_about(row_ids: Collection[str]) -> list[IdentityDecision]:
    """Splits and merges that concern any of these rows, newest first, with their pairs;
    also those taken back."""
    ids = list(row_ids)
    pairs = DecidedPair.objects.filter(Q(row_id_l__in=ids) | Q(row_id_r__in=ids))
    found = IdentityDecision.objects.filter(pk__in=pairs.values("decision"))
    return list(found.prefetch_related("pairs").order_by("-at", "-pk"))


def settled_among(row_ids: Collection[str]) -> list[ReviewTask]:
    """Doubts about two of these rows that answers have settled, with the answers."""
    ids = list(row_ids)
    found = ReviewTask.objects.filter(row_id_l__in=ids, row_id_r__in=ids)
    return list(found.exclude(settled="").prefetch_related("answers"))


class Bond(NamedTuple):
    """How two rows of one person hang together: `exact`, `decided` or the code of the
    rule that proposed them, with their weight where they were weighed."""

    row_id_l: str
    row_id_r: str
    match_weight: float | None
    kind: str


def bonds_among(
    workspace: Workspace, run: LinkageRun, row_ids: Collection[str]
) -> list[Bond]:
    """What a run said of pairs of these rows, strongest first: exact ones, then weights.

    Rows with equal contents are weighed once, under the first of them.
    """
    ids = list(row_ids)
    here = pc.field("row_id_l").isin(ids) & pc.field("row_id_r").isin(ids)
    table = pq.read_table(pairs_file(workspace, run), filters=here)
    columns = ("row_id_l", "row_id_r", "match_weight", "pass")
    values = (table[column].to_pylist() for column in columns)
    bonds = [Bond(*row) for row in zip(*values, strict=True)]
    return sorted(
        bonds, key=lambda b: (b.kind != "exact", -(b.match_weight or 0), b[:2])
    )


# ── reasons ──────────────────────────────────────────────────────────────────


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


def explain_pair(
    workspace: Workspace, row_ids: tuple[str, str], run: LinkageRun | None = None
) -> Reasons:
    """Why two rows are, or are not, one person: weights per comparison, in words, and the
    weight they start from in `run` (default: the newest).

    ValueError when a row's delivery does not exist; NotPossible when a row no longer
    counts, as after a correction has taken its place.
    """
    names = [row_id.split(":", 1)[0] for row_id in row_ids]
    if Delivery.objects.filter(name__in=names).count() < len(set(names)):
        raise ValueError("no such rows to explain")
    model, run = weights_in_use(), run or newest_run()
    start = run.prior if run else None
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
        parts = explain(con, model, row_ids, decided_pairs(workspace))
    return Reasons(model.prior(model.share) if start is None else start, parts)
