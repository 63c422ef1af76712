"""The only writers of linkage: a run over all rows, answers to doubts, splits and merges."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import product
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.db import transaction
from django.db.models import QuerySet

from semesta.audit.services import find_run, record, recorded_run, run_key
from semesta.kernel import Actor, UserError
from semesta.kernel.errors import NotPossible
from semesta.linkage.decisions import Decided, contradictions
from semesta.linkage.learning.queries import weights_in_use
from semesta.linkage.matching import Doubtful, Linked, link
from semesta.linkage.models import (
    Answer,
    DecidedPair,
    IdentityDecision,
    LinkageRun,
    ReviewAnswer,
    ReviewTask,
)
from semesta.linkage.queries import (
    begun_tasks,
    decided_pairs,
    evidence,
    load_rows,
    newest_run,
)
from semesta.linkage.remembered import what_is_new
from semesta.linkage.verdicts import verdict
from semesta.warehouse.engines import duck
from semesta.warehouse.lake import write_parquet
from semesta.warehouse.workspace import Workspace

# At most this part of all people is put before an officer, the nearest calls first.
MOST_TASKS = 0.01


def link_rows(*, workspace: Workspace, by: Actor) -> LinkageRun:
    """Decide over all person rows taken in which of them are one person.

    Writes `clusters.parquet` and `pairs.parquet` to `lake/linkage/<name>`. The same
    deliveries, weights and answers as last time give that run again. Large workspaces compare
    only what is new (`remembered`). Raises NotPossible when no list of people has been
    taken in.
    """
    model = weights_in_use()
    deliveries = evidence()
    decided = decided_pairs(workspace)
    inputs = {
        "deliveries": sorted([d.name, d.rows_sha256] for d in deliveries),
        "model": model.sha256,
        "answers": sorted(map(list, decided)),
    }
    if done := _standing_run(inputs):
        return done
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
    return _write(workspace, inputs, linked, decided, by)


def _standing_run(inputs: dict[str, Any]) -> LinkageRun | None:
    """The newest run, if it had these inputs.

    Weights and decisions can be taken back, so an earlier state may come again. It is
    then a new turn, counted in `inputs`: all that follows must see it as the newest.
    """
    newest = newest_run()
    while done := find_run("linkage", inputs):
        if newest and newest.run_id == done.pk:
            return newest
        inputs["turn"] = inputs.get("turn", 0) + 1
    return None


def _write(
    workspace: Workspace,
    inputs: dict[str, Any],
    linked: Linked,
    decided: list[Decided],
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
            threshold=linked.model.threshold,
            prior=linked.prior,
            clusters_sha256=clusters_sha256,
        )
        tasks = _tasks(run, linked, workspace)
        draft.counts = {
            **linked.counts,
            "capped_records": sum(capped.records for capped in linked.capped),
            "contradicting_decisions": contradictions(decided),
            "review_tasks": tasks,
        }
        draft.outputs = {
            "clusters": clusters_sha256,
            "pairs": pairs_sha256,
            "weights": linked.model.version,
        }
    return run


def _tasks(run: LinkageRun, linked: Linked, workspace: Workspace) -> int:
    """Put the doubtful pairs before people; those that have begun to answer come first."""
    most = max(1, int(linked.counts["clusters"] * MOST_TASKS))
    begun = begun_tasks(workspace)
    doubts: dict[tuple[str, str], Doubtful] = {}
    for pair in linked.doubtful:
        doubts.setdefault((pair.row_id_l, pair.row_id_r), pair)
    nearest = sorted(
        doubts.items(),
        key=lambda d: (d[0] not in begun, abs(d[1].match_weight - run.threshold), d[0]),
    )[:most]
    weights = _pair_weights(linked.pairs)
    for ends, pair in nearest:
        # A pair that waited with an answer goes on with it.
        task = begun.get(ends) or ReviewTask()
        task.linkage_run, task.area = run, pair.kelurahan
        task.row_id_l, task.row_id_r = ends
        task.match_weight, task.pair_weight = pair.match_weight, weights.get(ends)
        task.save()
    return len(nearest)


def _pair_weights(pairs: pa.Table) -> dict[tuple[str, str], float]:
    """The weight of each scored pair by its rows."""
    scored = pairs.filter(pc.is_valid(pairs["match_weight"]))
    columns = (scored[n].to_pylist() for n in ("row_id_l", "row_id_r", "match_weight"))
    return {(left, right): w for left, right, w in zip(*columns, strict=True)}


# ── answers to doubts ────────────────────────────────────────────────────────


def answer_task(
    *, task: ReviewTask, answer: str, by: Actor, note: str = ""
) -> ReviewTask:
    """Record a person's answer (`same`, `different`, `unsure`) about a doubtful pair.

    Once the answers settle it (see `verdicts`), the next run follows. Raises NotPossible
    when the pair is settled, or this person has answered something else before.
    """
    if answer not in Answer.values:
        raise ValueError(f"no such answer: {answer}")
    with transaction.atomic():
        current = ReviewTask.objects.select_for_update().get(pk=task.pk)
        own = _standing(current).filter(by=by.username).first()
        if own and own.answer == answer:
            return current
        if own or current.settled:
            said = own.get_answer_display() if own else current.get_settled_display()
            raise NotPossible(
                "linkage.answered",
                "Pasangan ini sudah dijawab.",
                f"Jawaban yang tersimpan: {said}.",
                "Muat ulang halaman untuk melihat pasangan berikutnya.",
            )
        current.answers.create(answer=answer, by=by.username, at=by.at, note=note)
        _settle(current, by)
        _record_answer("linkage.answer", current, answer, by)
    return current


def take_back_answer(*, task: ReviewTask, by: Actor) -> ReviewTask:
    """Take back one's own answer about a pair, as long as no run has followed it.

    Raises NotPossible when there is none, or a later run has been made.
    """
    with transaction.atomic():
        current = ReviewTask.objects.select_for_update().get(pk=task.pk)
        own = _standing(current).filter(by=by.username).first()
        if own is None or current.linkage_run != newest_run():
            raise NotPossible(
                "linkage.no_answer",
                "Jawaban ini tidak dapat ditarik lagi.",
                "Penautan sesudahnya sudah mengikutinya, atau jawabannya sudah ditarik.",
                "Buka orangnya, lalu pisahkan atau gabungkan barisnya di halaman itu.",
            )
        own.taken_back_at = by.at
        own.save(update_fields=["taken_back_at"])
        _settle(current, by)
        _record_answer("linkage.answer_taken_back", current, own.answer, by)
    return current


def _standing(task: ReviewTask) -> QuerySet[ReviewAnswer]:
    return task.answers.filter(taken_back_at=None)


def _settle(task: ReviewTask, by: Actor) -> None:
    """Bring the task in line with the answers that stand."""
    found = verdict(task.doubt, list(_standing(task).values_list("answer", flat=True)))
    task.settled, task.disputed = found
    task.settled_at = by.at if found.settled else None
    task.save(update_fields=["settled", "disputed", "settled_at"])


def _record_answer(action: str, task: ReviewTask, answer: str, by: Actor) -> None:
    detail = {"answer": answer, "settled": task.settled, "disputed": task.disputed}
    record(action=action, by=by, subject=f"review:{task.pk}", detail=detail)


# ── splitting and merging by hand ────────────────────────────────────────────


def split_rows(
    *, rows: Collection[str], others: Collection[str], reason: str, by: Actor
) -> IdentityDecision:
    """Say that `rows` are somebody else than the `others` with whom they were one person.

    The next linkage follows. Raises UserError when either is empty or nothing is said
    about why.
    """
    if not rows or not others or set(rows) & set(others):
        raise UserError(
            "identity.nothing_split",
            "Tidak ada yang dipisahkan.",
            "Pilih paling sedikit satu baris, dan sisakan paling sedikit satu.",
            "Kembali, centang baris yang bukan milik orang ini, lalu coba lagi.",
        )
    return _decide(product(rows, others), same=False, reason=reason, by=by)


def merge_rows(
    *,
    rows: Sequence[str],
    others: Sequence[str],
    workspace: Workspace,
    reason: str,
    by: Actor,
) -> IdentityDecision:
    """Say that the `rows` of one person and the `others` of another are one person.

    The next linkage follows; what was said against it before counts no longer. Raises
    UserError when there is nothing to join or nothing is said about why.
    """
    together = sorted({*rows, *others})
    if not rows or not others or set(rows) & set(others):
        raise UserError(
            "identity.nothing_merged",
            "Tidak ada yang digabungkan.",
            "Kedua orang itu sudah satu, atau salah satunya tidak punya baris lagi.",
            "Kembali, cari orang yang lain, lalu coba lagi.",
        )
    # All rows hang on the first: none may be left behind when the two groups join.
    pairs = {(together[0], row) for row in together[1:]}
    among = set(together)
    pairs |= {
        (told.row_id_l, told.row_id_r)
        for told in decided_pairs(workspace)
        if not told.same and {told.row_id_l, told.row_id_r} <= among
    }
    return _decide(pairs, same=True, reason=reason, by=by)


def _decide(
    pairs: Iterable[tuple[str, str]], *, same: bool, reason: str, by: Actor
) -> IdentityDecision:
    reason = " ".join(reason.split())
    if not reason:
        raise UserError(
            "identity.reason",
            "Keputusan tidak tersimpan.",
            "Memisahkan atau menggabungkan orang memerlukan alasan.",
            "Tulis alasannya dengan singkat, lalu coba lagi.",
        )
    ends = sorted(set(pairs))
    with transaction.atomic():
        if repeated := _same_again(ends, same=same):
            return repeated
        decision = IdentityDecision.objects.create(
            same=same, reason=reason[:200], by=by.username, at=by.at
        )
        DecidedPair.objects.bulk_create(
            DecidedPair(decision=decision, row_id_l=left, row_id_r=right)
            for left, right in ends
        )
        record(
            action="identity.merged" if same else "identity.split",
            by=by,
            subject=f"identity:{decision.pk}",
            detail={"pairs": len(ends)},
        )
    return decision


def _same_again(ends: list[tuple[str, str]], *, same: bool) -> IdentityDecision | None:
    """The newest decision about these very rows, if it says the same and still holds."""
    newest = IdentityDecision.objects.filter(
        pairs__row_id_l=ends[0][0], pairs__row_id_r=ends[0][1], taken_back_at=None
    ).last()
    if newest is None or newest.same != same:
        return None
    told = sorted(newest.pairs.values_list("row_id_l", "row_id_r"))
    return newest if told == ends else None


def take_back_decision(*, decision: IdentityDecision, by: Actor) -> IdentityDecision:
    """Undo a split or a merge: from the next linkage on it counts no longer. Twice is
    once."""
    with transaction.atomic():
        current = IdentityDecision.objects.select_for_update().get(pk=decision.pk)
        if current.taken_back_at is None:
            current.taken_back_by, current.taken_back_at = by.username, by.at
            current.save(update_fields=["taken_back_by", "taken_back_at"])
            record(
                action="identity.taken_back",
                by=by,
                subject=f"identity:{current.pk}",
                detail={"same": current.same},
            )
    return current
