"""The only writers of linkage: a run over all rows, and a person's answer to a doubt."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from semesta.audit.services import find_run, record, recorded_run, run_key
from semesta.kernel import Actor
from semesta.kernel.errors import NotPossible
from semesta.linkage.learning.queries import weights_in_use
from semesta.linkage.matching import Doubtful, Linked, link
from semesta.linkage.models import LinkageRun, ReviewTask
from semesta.linkage.queries import decisions, evidence, load_rows
from semesta.linkage.remembered import what_is_new
from semesta.linkage.weighing import Model
from semesta.warehouse.engines import duck
from semesta.warehouse.lake import write_parquet
from semesta.warehouse.workspace import Workspace

# At most this part of all people is put before an officer, the nearest calls first.
MOST_TASKS = 0.01


def link_rows(*, workspace: Workspace, by: Actor) -> LinkageRun:
    """Decide over all person rows taken in which of them are one person.

    Writes `clusters.parquet` and `pairs.parquet` to `lake/linkage/<name>`. The same
    deliveries, weights and answers give the first run again. Large workspaces compare
    only what is new (`remembered`). Raises NotPossible when no list of people has been
    taken in.
    """
    model = weights_in_use()
    deliveries = evidence()
    decided = decisions()
    inputs = {
        "deliveries": sorted([d.name, d.rows_sha256] for d in deliveries),
        "model": model.sha256,
        "answers": sorted(map(list, decided)),
    }
    if done := find_run("linkage", inputs):
        return LinkageRun.objects.get(run=done)
    if not deliveries:
        raise NotPossible(
            "linkage.no_rows",
            "Belum ada daftar orang yang dapat dipadankan.",
            "Pemadanan membaca baris dari berkas yang sudah diterima.",
            "Terima dahulu berkasnya dengan `semesta intake BERKAS`.",
        )
    with duck() as con:
        fresh, growing = what_is_new(workspace, deliveries, model)
        load_rows(con, workspace, fresh)
        linked = link(con, model, decided, growing=growing)
    return _write(workspace, inputs, linked, model, by)


def _write(
    workspace: Workspace,
    inputs: dict[str, Any],
    linked: Linked,
    model: Model,
    by: Actor,
) -> LinkageRun:
    folder = workspace.lake / "linkage" / run_key("linkage", inputs)[:16]
    pairs_sha256 = write_parquet(linked.pairs, folder / "pairs.parquet")
    clusters_sha256 = write_parquet(linked.clusters, folder / "clusters.parquet")
    with recorded_run(stage="linkage", inputs=inputs, by=by) as draft:
        run = LinkageRun.objects.create(
            name=draft.name,
            run=draft.run,
            rows=linked.counts["rows"],
            pairs=linked.pairs.num_rows,
            clusters=linked.counts["clusters"],
            threshold=model.threshold,
            clusters_sha256=clusters_sha256,
        )
        tasks = _tasks(run, linked)
        draft.counts = {
            **linked.counts,
            "capped_records": sum(capped.records for capped in linked.capped),
            "review_tasks": tasks,
        }
        draft.outputs = {
            "clusters": clusters_sha256,
            "pairs": pairs_sha256,
            "weights": model.version,
            "prior": linked.prior,
        }
    return run


def _tasks(run: LinkageRun, linked: Linked) -> int:
    """Put the doubtful pairs before people, unless somebody has answered them before."""
    most = max(1, int(linked.counts["clusters"] * MOST_TASKS))
    answered = set(
        ReviewTask.objects.exclude(answer="").values_list("row_id_l", "row_id_r")
    )
    open_pairs: dict[tuple[str, str], Doubtful] = {}
    for pair in linked.doubtful:
        if (pair.row_id_l, pair.row_id_r) not in answered:
            open_pairs.setdefault((pair.row_id_l, pair.row_id_r), pair)
    nearest = sorted(
        open_pairs.values(),
        key=lambda p: (abs(p.match_weight - run.threshold), p.row_id_l, p.row_id_r),
    )[:most]
    ReviewTask.objects.bulk_create(
        ReviewTask(
            linkage_run=run,
            row_id_l=pair.row_id_l,
            row_id_r=pair.row_id_r,
            match_weight=pair.match_weight,
            area=pair.kelurahan,
        )
        for pair in nearest
    )
    return len(nearest)


def answer_task(*, task: ReviewTask, answer: str, by: Actor) -> ReviewTask:
    """Record a person's answer (`same` or `different`); the next run follows it.

    Raises NotPossible when somebody else has answered meanwhile.
    """
    if answer not in ReviewTask.Answer.values:
        raise ValueError(f"no such answer: {answer}")
    with transaction.atomic():
        current = ReviewTask.objects.select_for_update().get(pk=task.pk)
        if current.answer and current.answer != answer:
            raise NotPossible(
                "linkage.answered",
                "Pasangan ini sudah dijawab.",
                f"Jawaban yang tersimpan: {current.get_answer_display()}.",
                "Muat ulang halaman untuk melihat pasangan berikutnya.",
            )
        if not current.answer:
            current.answer = answer
            current.answered_by, current.answered_at = by.username, by.at
            current.save(update_fields=["answer", "answered_by", "answered_at"])
            record(
                action="linkage.answer",
                by=by,
                subject=f"review:{current.pk}",
                detail={"answer": answer},
            )
    return current
