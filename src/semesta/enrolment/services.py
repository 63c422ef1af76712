"""The only writers of plans, decrees, upload files, answers and replacements."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import pyarrow as pa
from django.db import transaction
from django.db.models import Count

from semesta.audit.services import find_run, record, recorded_run
from semesta.eligibility.models import DecisionRun
from semesta.enrolment import allocate, answers, queries, upload
from semesta.enrolment.decree import (
    TRANSITIONS,
    Head,
    Listed,
    arrange,
    check_may_list,
    decree_sha256,
    find_problems,
    head_of,
)
from semesta.enrolment.insurer_codes import insurer_jobs, insurer_place
from semesta.enrolment.models import (
    DataTask,
    Decree,
    DecreeEntry,
    Plan,
    ReplacementTask,
    UploadFile,
    UploadLine,
)
from semesta.enrolment.price import check_months, declared_income, price_of
from semesta.enrolment.rank import rank
from semesta.enrolment.ranking import candidates_of, table_of, totals_of
from semesta.intake.queries import lake_file
from semesta.kernel import Actor, Month, NotPossible, UserError
from semesta.warehouse.bulk import update_rows
from semesta.warehouse.lake import table_sha256, write_bytes, write_parquet
from semesta.warehouse.workspace import Workspace

TOGETHER = 1_000


def make_plan(
    *,
    decision_run: DecisionRun,
    budget: int,
    first_month: Month,
    months: int,
    workspace: Workspace,
    by: Actor,
) -> Plan:
    """Choose whom a budget protects, in the policy's order; one line per candidate.

    Candidates are those who pass in `decision_run`; the price comes from the law for
    the policy's payer, month by month. The same candidates, rules and budget give the
    first plan again. UserError `plan.budget_too_small`, `plan.months`; NotPossible
    `plan.nobody` when nobody passes.
    """
    rules = queries.policy_rules(decision_run)
    price = price_of(first_month, months, payer=rules.payer)
    allocate.check_budget(budget, price.whole)
    candidates = queries.load_candidates(decision_run, workspace, rules)
    inputs = {
        "candidates": table_sha256(candidates),
        "rules": rules.as_dict(),
        "budget": int(budget),
        "prices": [int(month) for month in price.monthly],
        "first_month": str(first_month),
    }
    if done := find_run("plan", inputs):
        return Plan.objects.get(run=done)
    if not candidates.num_rows:
        raise NotPossible(
            "plan.nobody",
            "Tidak ada calon untuk rencana ini.",
            "Tidak seorang pun memenuhi semua syarat kebijakan.",
            "Periksa keputusan kelayakan dan data yang masih kurang.",
        )
    ranked = rank(candidates, rules.keys, year=rules.year)
    lines = allocate.allocate(
        candidates_of(ranked),
        budget=budget,
        cost_each=price.whole,
        limits=rules.limits,
    )
    totals = totals_of(lines)
    with recorded_run(
        stage="plan", inputs=inputs, by=by, as_of=decision_run.as_of
    ) as draft:
        path = workspace.lake / "plans" / draft.name / "ranking.parquet"
        stored = table_of(lines, ranked, [key.column for key in rules.keys])
        plan = Plan.objects.create(
            name=draft.name,
            run=draft.run,
            decision_run=decision_run,
            payer=rules.payer,
            first_month=first_month.first_day,
            months=months,
            price=int(price.first),
            cost_each=int(price.whole),
            budget=int(budget),
            cost=int(price.whole * totals.chosen),
            candidates=totals.candidates,
            people=totals.chosen,
            waiting=totals.waiting,
            cut=totals.cut,
            ranking_sha256=write_parquet(stored, path),
        )
        draft.counts = totals.as_dict()
        draft.outputs = {"ranking_sha256": plan.ranking_sha256, "price_law": price.law}
    return plan


def issue_decree(
    *, plan: Plan, number: str, issued_on: date, workspace: Workspace, by: Actor
) -> Decree:
    """Freeze a plan's chosen people as the list of a decree, all or nothing.

    The same plan, or the same number with the same list, gives the first decree again.
    UserError `decree.people` names everyone who may not be listed (dead, NIK missing
    or shared, listed elsewhere for the same months); `decree.number` and
    `decree.number_taken` for the number.
    """
    if first := Decree.objects.filter(plan=plan).first():
        return first
    head = head_of(
        number,
        issued_on,
        payer=plan.payer,
        first_month=Month.of(plan.first_month),
        months=plan.months,
        cost_each=plan.cost_each,
    )
    chosen = queries.chosen_people(plan, workspace, on=issued_on)
    entries = arrange(chosen.people)
    sha256 = decree_sha256(head, entries)
    if namesake := Decree.objects.filter(number=head.number).first():
        return _same_or_refuse(namesake, sha256)
    check_may_list(
        find_problems(
            entries,
            dead=chosen.dead,
            merged=chosen.merged,
            listed_elsewhere=queries.listed_people(plan),
        )
    )
    inputs = {"plan": plan.name, "decree": sha256}
    with recorded_run(stage="decree", inputs=inputs, by=by, as_of=issued_on) as draft:
        decree = _freeze(plan, head, entries, sha256, by)
        draft.counts = {"entries": decree.entries_count}
        draft.outputs = {"sha256": sha256, "decree": decree.pk}
    return decree


def _same_or_refuse(decree: Decree, sha256: str) -> Decree:
    if decree.sha256 == sha256:
        return decree
    raise UserError(
        "decree.number_taken",
        f"Nomor SK {decree.number} sudah dipakai.",
        "Nomor itu milik SK lain dengan daftar, tanggal, atau bulan yang berbeda.",
        "Pakai nomor lain; perubahan daftar memerlukan SK perubahan.",
    )


def _freeze(
    plan: Plan, head: Head, entries: Sequence[Listed], sha256: str, by: Actor
) -> Decree:
    first = Month.of(plan.first_month)
    year = head.issued_on.year
    decree = Decree.objects.create(
        plan=plan,
        number=head.number,
        issued_on=head.issued_on,
        title="Penetapan Penerima Bantuan Iuran Jaminan Sosial Ketenagakerjaan bagi "
        f"Pekerja Rentan Tahun {year}",
        payer=plan.payer,
        first_month=first.first_day,
        until_month=(first + plan.months).first_day,
        entries_count=len(entries),
        sha256=sha256,
        status=Decree.Status.ISSUED,
        issued_by=by.username,
    )
    DecreeEntry.objects.bulk_create(
        [DecreeEntry(decree=decree, **asdict(entry)) for entry in entries],
        batch_size=TOGETHER,
    )
    return decree


def write_upload(
    *, decree: Decree, months: int, workspace: Workspace, by: Actor
) -> list[UploadFile]:
    """Write the insurer's BPU files for those not yet in a file for so many months.

    A row that lacks what the insurer requires stays out and is an open DataTask; once
    its data are mended, the next call writes it into a further file. Nothing new gives
    the files there are. UserError `plan.months`, `upload.months`.
    """
    check_months(months)
    first = Month.of(decree.first_month)
    upload.check_within(months, of=Month.of(decree.until_month) - first)
    terms = upload.Terms(
        place=insurer_place(workspace.region),
        wage=declared_income(first),
        months=months,
        jobs=insurer_jobs(),
    )
    members = queries.members(decree)
    gaps = [gap for member in members for gap in upload.find_gaps(member, terms)]
    written = set(
        UploadLine.objects.filter(
            upload__decree=decree, upload__months=months
        ).values_list("entry_id", flat=True)
    )
    left_out = {gap.entry_id for gap in gaps if gap.blocks}
    ready = [m for m in members if m.entry_id not in written | left_out]
    with transaction.atomic():
        _keep_tasks(decree, gaps, by)
        if ready:
            _write_files(decree, ready, terms, workspace, by)
    return list(decree.uploads.filter(months=months).order_by("pk"))


def _write_files(
    decree: Decree,
    ready: Sequence[upload.Member],
    terms: upload.Terms,
    workspace: Workspace,
    by: Actor,
) -> None:
    files = [
        (part, upload.file_bytes(part, terms, made_on=decree.issued_on))
        for part in upload.parts(ready)
    ]
    hashes = [hashlib.sha256(content).hexdigest() for _, content in files]
    inputs = {"decree": decree.sha256, "months": terms.months, "files": hashes}
    with recorded_run(
        stage="enrol", inputs=inputs, by=by, as_of=decree.issued_on
    ) as draft:
        for (part, content), sha256 in zip(files, hashes, strict=True):
            name = upload.filename(decree.number, terms.months, sha256)
            write_bytes(content, workspace.publications / name)
            file = UploadFile.objects.create(
                decree=decree,
                filename=name,
                sha256=sha256,
                months=terms.months,
                rows=len(part),
                written_at=by.at,
            )
            UploadLine.objects.bulk_create(
                [UploadLine(upload=file, entry_id=m.entry_id) for m in part],
                batch_size=TOGETHER,
            )
        _advance(decree, Decree.Status.SENT)
        draft.counts = {"rows": len(ready), "files": len(files)}
        draft.outputs = {"files": hashes}


def _keep_tasks(decree: Decree, gaps: Sequence[upload.Gap], by: Actor) -> None:
    """Open a task for each new gap, close those whose gap is gone, reopen old ones."""
    standing = {
        (task.entry_id, task.column): task
        for task in DataTask.objects.filter(entry__decree=decree)
    }
    opened, reopened = [], []
    for gap in gaps:
        task = standing.pop((gap.entry_id, gap.column), None)
        if task is None:
            opened.append(DataTask(**asdict(gap), opened_at=by.at))
        elif task.closed_at is not None:
            task.closed_at, task.opened_at = None, by.at
            reopened.append(task)
    closed = [task for task in standing.values() if task.closed_at is None]
    for task in closed:
        task.closed_at = by.at
    if not (opened or reopened or closed):
        return
    DataTask.objects.bulk_create(opened, batch_size=TOGETHER)
    days = ["opened_at", "closed_at"]
    DataTask.objects.bulk_update(reopened + closed, days, batch_size=TOGETHER // 4)
    record(
        action="enrolment.data_tasks",
        by=by,
        subject=f"decree:{decree.pk}",
        detail={"opened": len(opened) + len(reopened), "closed": len(closed)},
    )


def _advance(decree: Decree, to: str) -> None:
    """Move a decree on; a step that its status does not allow is left undone."""
    if to in TRANSITIONS[decree.status]:
        decree.status = to
        decree.save(update_fields=["status"])


def take_answers(*, decree: Decree, workspace: Workspace, by: Actor) -> dict[str, Any]:
    """Apply the insurer's answers for one decree, and offer each vacated place on.

    Returns counts: `registered`, `rejected`, `waiting_for_answer`, answers that changed
    nothing (`other_decree`, `unknown_nik`, `unreadable`, `conflicting`), `replaced` and
    `without_candidate`. Answers taken before change nothing.
    """
    deliveries = queries.answer_deliveries()
    inputs = {"decree": decree.sha256, "deliveries": deliveries}
    if not deliveries:
        return _answer_counts(decree, answers.Matching())
    if done := find_run("answers", inputs):
        return done.counts
    entries = list(decree.entries.values("nik", *answers.STATE.names))
    found = answers.match(
        answers.read_answers(lake_file(workspace, "rows", name) for name in deliveries),
        decree_number=decree.number,
        entries={entry["nik"]: entry["id"] for entry in entries},
    )
    with recorded_run(
        stage="answers", inputs=inputs, by=by, as_of=decree.issued_on
    ) as draft:
        changed = answers.changes(entries, found)
        update_rows(DecreeEntry, pa.Table.from_pylist(changed, schema=answers.STATE))
        if found.registered or found.rejected:
            _advance(decree, Decree.Status.ANSWERED)
        _offer_places(decree, workspace, by)
        draft.counts = _answer_counts(decree, found)
        draft.outputs = {"rows_without_effect": found.without_effect()}
    return draft.counts


def _offer_places(decree: Decree, workspace: Workspace, by: Actor) -> None:
    """One replacement per rejected entry, next in line first; closed if registered."""
    tasks = ReplacementTask.objects.filter(entry__decree=decree)
    tasks.filter(
        entry__status=DecreeEntry.Status.REGISTERED, closed_at__isnull=True
    ).update(closed_at=by.at)
    rejected = {
        entry.person_id: entry
        for entry in decree.entries.filter(status=DecreeEntry.Status.REJECTED)
    }
    offered = dict(
        tasks.filter(closed_at__isnull=True).values_list(
            "entry__person_id", "candidate_id"
        )
    )
    successors = queries.next_in_line(decree, workspace, rejected, offered)
    old = {task.entry_id: task for task in tasks.exclude(closed_at__isnull=True)}
    for person_id, candidate_id in successors.items():
        entry = rejected[person_id]
        task = old.get(entry.pk) or ReplacementTask(entry=entry)
        task.reason = entry.rejection_reason or entry.get_status_display()
        task.candidate_id = candidate_id
        task.opened_at, task.closed_at = by.at, None
        task.save()


def _answer_counts(decree: Decree, found: answers.Matching) -> dict[str, Any]:
    by_status = dict(
        decree.entries.order_by().values_list("status").annotate(Count("pk"))
    )
    tasks = ReplacementTask.objects.filter(entry__decree=decree, closed_at=None)
    without = tasks.filter(candidate=None).count()
    return {
        "registered": by_status.get(DecreeEntry.Status.REGISTERED, 0),
        "rejected": by_status.get(DecreeEntry.Status.REJECTED, 0),
        "waiting_for_answer": by_status.get(DecreeEntry.Status.LISTED, 0),
        **{name: len(rows) for name, rows in found.without_effect().items()},
        "replaced": tasks.count() - without,
        "without_candidate": without,
    }
