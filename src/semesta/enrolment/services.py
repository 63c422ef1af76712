"""The only writers of upload files, data tasks, answers and replacements."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import pyarrow as pa
from django.db import transaction
from django.db.models import Count

from semesta.audit.services import find_run, record, recorded_run
from semesta.decrees import services as decrees
from semesta.decrees.models import Decree, DecreeEntry
from semesta.enrolment import answers, queries, upload
from semesta.enrolment.codes.codelist import CodeList
from semesta.enrolment.codes.queries import codes_on
from semesta.enrolment.insurer_check import (
    Known,
    check_bpu_file,
    refuse_unless_it_passes,
)
from semesta.enrolment.mending.services import keep_rejections, mark_resent
from semesta.enrolment.models import (
    DataTask,
    MonthPeriod,
    ReplacementTask,
    UploadFile,
    UploadLine,
)
from semesta.enrolment.monthly.periods import no_such_step
from semesta.enrolment.monthly.services import (
    finalise_month,
    post_month,
    reopen_month,
    write_deactivation,
)
from semesta.intake.queries import lake_file
from semesta.kernel import Actor, Month
from semesta.law.book import law_at
from semesta.planning.price import check_months, declared_income
from semesta.warehouse.lake import write_bytes
from semesta.warehouse.workspace import Workspace

TOGETHER = 1_000


def write_upload(
    *, decree: Decree, months: int, workspace: Workspace, by: Actor
) -> list[UploadFile]:
    """Write the insurer's BPU files for those not yet in a file for so many months.

    A row that lacks what the insurer requires stays out and is an open DataTask; once
    its data are mended, the next call writes it into a further file, and so it does with
    rejected rows that were corrected. Who is registered through an earlier decree for the
    same months is left out, so a changed decree's file holds the added people only.
    Nothing new gives the files there are. UserError `plan.months`, `upload.months`.
    """
    check_months(months)
    first = Month.of(decree.first_month)
    upload.check_within(months, of=Month.of(decree.until_month) - first)
    on = by.at.date()
    codes = codes_on(on)
    terms = upload.Terms(
        place=codes.place_of(workspace.region),
        wage=declared_income(first),
        months=months,
        jobs=codes.used.get("job", {}),
        on=on,
    )
    members = queries.members(decree)
    gaps = [gap for member in members for gap in upload.find_gaps(member, terms)]
    written = queries.written_entries(decree, months)
    left_out = {gap.entry_id for gap in gaps if gap.blocks}
    ready = [m for m in members if m.entry_id not in written | left_out]
    with transaction.atomic():
        _keep_tasks(decree, gaps, by)
        if ready:
            _write_files(decree, ready, terms, codes, workspace, by)
    return list(UploadFile.objects.filter(decree=decree, months=months).order_by("pk"))


def _write_files(
    decree: Decree,
    ready: Sequence[upload.Member],
    terms: upload.Terms,
    codes: CodeList,
    workspace: Workspace,
    by: Actor,
) -> None:
    files = [
        (part, upload.file_bytes(part, terms, made_on=decree.issued_on))
        for part in upload.parts(ready)
    ]
    hashes = [hashlib.sha256(content).hexdigest() for _, content in files]
    numbers = dict(decree.entries.values_list("pk", "nik"))
    inputs = {"decree": decree.sha256, "months": terms.months, "files": hashes}
    with recorded_run(
        stage="enrol", inputs=inputs, by=by, as_of=decree.issued_on
    ) as draft:
        for (part, content), sha256 in zip(files, hashes, strict=True):
            name = upload.filename(decree.number, terms.months, sha256)
            _check_passes(decree, content, name, terms, codes)
            write_bytes(content, workspace.publications / name)
            file = UploadFile.objects.create(
                decree=decree,
                filename=name,
                sha256=sha256,
                months=terms.months,
                rows=len(part),
                codes=codes.sha256,
                written_at=by.at,
            )
            lines = [
                UploadLine(
                    upload=file,
                    entry_id=m.entry_id,
                    nik="" if m.nik == numbers[m.entry_id] else m.nik,
                )
                for m in part
            ]
            UploadLine.objects.bulk_create(lines, batch_size=TOGETHER)
        mark_resent([m.entry_id for m in ready], by=by)
        decrees.advance(decree, Decree.Status.SENT)
        draft.counts = {"rows": len(ready), "files": len(files)}
        draft.outputs = {"files": hashes}


def _check_passes(
    decree: Decree, content: bytes, filename: str, terms: upload.Terms, codes: CodeList
) -> None:
    """NotPossible `upload.refused` for a file that the insurer would send back."""
    brackets = law_at(decree.first_month).get("bpu.jkk.bracket").value
    known = Known(
        jobs=codes.codes.get("job", {}),
        places={terms.place},
        wages={row["base"] for row in brackets},
        leave=(),
        on=terms.on,
    )
    refuse_unless_it_passes(check_bpu_file(content, filename, known))


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
    entries = list(decree.entries.values(*answers.STATE.names))
    found = answers.match(
        answers.read_answers(lake_file(workspace, "rows", name) for name in deliveries),
        decree_number=decree.number,
        entries=queries.sent_numbers(decree),
    )
    with recorded_run(
        stage="answers", inputs=inputs, by=by, as_of=decree.issued_on
    ) as draft:
        changed = answers.changes(entries, found)
        decrees.record_answers(pa.Table.from_pylist(changed, schema=answers.STATE))
        if found.registered or found.rejected:
            decrees.advance(decree, Decree.Status.ANSWERED)
        keep_rejections(decree=decree, rejected=found.rejected, by=by)
        offer_places(decree=decree, workspace=workspace, by=by)
        draft.counts = _answer_counts(decree, found)
        draft.outputs = {
            "rows_without_effect": found.without_effect(),
            "applied": dict(found.applied),
            "other_numbers": {k: dict(v) for k, v in found.other_numbers.items()},
        }
    return draft.counts


def offer_places(*, decree: Decree, workspace: Workspace, by: Actor) -> None:
    """One replacement per vacated place, in rank order, in the caller's transaction.

    Places are vacated by a rejection or an accepted change; a place whose person stays
    after all is closed, and who was offered it waits again.
    """
    vacated = queries.vacancies(decree)
    tasks = ReplacementTask.objects.filter(entry__decree=decree)
    places = {place.entry.pk for place in vacated.values()}
    kept = [
        task.pk for task in tasks.filter(closed_at=None) if task.entry_id not in places
    ]
    tasks.filter(pk__in=kept).update(closed_at=by.at)
    offered = dict(
        tasks.filter(closed_at__isnull=True).values_list(
            "entry__person_id", "candidate_id"
        )
    )
    successors = queries.next_in_line(decree, workspace, vacated, offered)
    old = {task.entry_id: task for task in tasks.exclude(closed_at__isnull=True)}
    for person_id, candidate_id in successors.items():
        place = vacated[person_id]
        task = old.get(place.entry.pk) or ReplacementTask(entry=place.entry)
        task.reason = place.reason
        task.candidate_id = candidate_id
        task.opened_at, task.closed_at = by.at, None
        task.save()


def settle_month(
    *, period: MonthPeriod, version: int, step: str, workspace: Workspace, by: Actor
) -> str:
    """Do one step of a month and say what was done: `final` (and offer every vacated
    place on), `reopen`, `post`, or `deactivate` (write `data_tk_na`).

    UserError and NotPossible as the steps have them; `month.step` for another word.
    """
    month = Month.of(period.month)
    if step == "deactivate":
        files = write_deactivation(period=period, workspace=workspace, by=by)
        return f"Berkas nonaktif ditulis: {sum(file.rows for file in files)} orang."
    if step == "post":
        post_month(period=period, version=version, by=by)
        return f"{month.in_words()} sudah diposting."
    if step not in ("final", "reopen"):
        raise no_such_step(month)
    change = finalise_month if step == "final" else reopen_month
    with transaction.atomic():
        change(period=period, version=version, by=by)
        for decree in queries.decrees_of(period):
            offer_places(decree=decree, workspace=workspace, by=by)
    if step == "reopen":
        return f"{month.in_words()} kembali menjadi draft."
    return f"{month.in_words()} difinalisasi; tempat yang kosong ditawarkan."


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
