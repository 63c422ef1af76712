"""The only writer of benefit cases and warnings: the watch over deaths and lapses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

import pyarrow as pa

from semesta.audit import services as audit
from semesta.benefits import notices
from semesta.benefits.ahead.aging import AGE, LAPSE
from semesta.benefits.ahead.services import announce, keep_coming_months
from semesta.benefits.entitlement import Death, Entitlement, entitle
from semesta.benefits.models import BenefitCase, ProtectionWarning
from semesta.benefits.notices import Notice
from semesta.kernel import Actor
from semesta.law.book import law_book
from semesta.ledger import queries as ledger
from semesta.ledger.ranges import Span
from semesta.ledger.standing import PROTECTED, lapses_within
from semesta.registry.models import Person
from semesta.registry.queries import newest_run_name
from semesta.warehouse.lake import table_sha256
from semesta.warehouse.snapshot import columns_of
from semesta.warehouse.workspace import Workspace

STAGE = "watch"
YEAR = 365
PEOPLE = pa.schema(
    [
        ("id", pa.int64()),
        ("born_on", pa.date32()),
        ("alive", pa.bool_()),
        ("died_on", pa.date32()),
        ("works", pa.bool_()),
        ("is_civil_servant", pa.bool_()),
        ("kelurahan", pa.string()),
    ]
)
CASE_FIELDS = (
    "event_on", "segment", "status", "lines", "expected_total", "payable_now",
    "tenure_months", "lost_on", "why", "kelurahan",
)  # fmt: skip
WITHDRAWN = "Kematian tidak lagi tercatat di registri; periksa sumbernya."
PersonRow = dict[str, Any]
Spans = dict[int, list[tuple[str, Span]]]


def watch(*, on: date, workspace: Workspace, by: Actor) -> dict[str, Any]:
    """Hold all deaths and rights against the ledger as of a day.

    Writes one case per dead person (only what changed) and replaces the warnings (only
    those that differ). Returns the counts of the run: deaths, cases by status, rupiah
    expected, cases new and changed, warnings by kind. The same people, ledger, law and
    day give the first run's counts again and write nothing.
    """
    people_table = columns_of(Person.objects.filter(merged_into=None), PEOPLE)
    snapshot = ledger.snapshot(workspace)
    inputs = {
        "on": on.isoformat(),
        "registry": newest_run_name(),
        "people": table_sha256(people_table),
        "ledger": snapshot.sha256,
        "law": law_book().version,
    }
    if done := audit.find_run(STAGE, inputs):
        return dict(done.counts)
    people: dict[int, PersonRow] = {row["id"]: row for row in people_table.to_pylist()}
    dead = {pk: row for pk, row in people.items() if _is_dead(row, on)}
    spans = ledger.spans_of(dead)
    standing = ledger.standing_table(on=on, workspace=workspace, source=snapshot)
    found = {pk: entitle(_death(row), spans.get(pk, ())) for pk, row in dead.items()}
    raised = [
        *_of_the_dead(dead, spans, on),
        *_of_the_living(people, dead, standing.to_pylist(), on),
    ]
    with audit.recorded_run(stage=STAGE, inputs=inputs, by=by, as_of=on) as draft:
        changes = _write_cases(found, people, on, by)
        _write_warnings(raised, people, on)
        announced = _look_ahead(people, dead, standing.to_pylist(), on)
        draft.counts = _counts(found, raised) | changes | {"announced": announced}
    return dict(draft.counts)


def _is_dead(row: PersonRow, on: date) -> bool:
    """Known dead by that day; a death recorded for later is not yet one."""
    if row["died_on"]:
        return bool(row["died_on"] <= on)
    return row["alive"] is False


def _death(row: PersonRow) -> Death:
    return Death(row["id"], row["died_on"], row["born_on"])


def _of_the_dead(dead: dict[int, PersonRow], spans: Spans, on: date) -> list[Notice]:
    found = (
        notices.paid_after_death(_death(row), spans.get(pk, ()), on)
        for pk, row in dead.items()
    )
    return [notice for notice in found if notice]


def _of_the_living(
    people: dict[int, PersonRow],
    dead: dict[int, PersonRow],
    standing: list[dict[str, Any]],
    on: date,
) -> list[Notice]:
    rows = [
        row
        for row in standing
        if row["person_id"] in people and row["person_id"] not in dead
    ]
    raised = [
        notices.lapse_notice(lapse) for lapse in lapses_within(rows, on, notices.AHEAD)
    ]
    raised += _nearest(rows, on)
    return raised + _aging(people, dead, rows, on)


def _look_ahead(
    people: dict[int, PersonRow],
    dead: dict[int, PersonRow],
    standing: list[dict[str, Any]],
    on: date,
) -> int:
    """Announce lapses that come near, and keep the calendar of the coming months."""
    rows = [
        row
        for row in standing
        if row["person_id"] in people and row["person_id"] not in dead
    ]
    places = {pk: row["kelurahan"] for pk, row in people.items()}
    lapses = lapses_within(rows, on, YEAR)
    members = {row["person_id"] for row in rows if row["status"] in PROTECTED}
    limit = notices.age_limit(on) or 0
    birthdays = (
        (pk, notices.birthday_within(born_on, limit, on, YEAR))
        for pk in sorted(members)
        if (born_on := people[pk]["born_on"]) and limit
    )
    days = [(LAPSE, lapse.lapses_on, places[lapse.person_id]) for lapse in lapses]
    days += [(AGE, day, places[pk]) for pk, day in birthdays if day]
    keep_coming_months(days, on=on)
    return announce(lapses, places, on=on)


def _aging(
    people: dict[int, PersonRow],
    dead: dict[int, PersonRow],
    standing: list[dict[str, Any]],
    on: date,
) -> list[Notice]:
    """Members outside wage work, and workers nobody covers, near the age limit."""
    limit = notices.age_limit(on)
    if limit is None:
        return []
    covered = {segment: set[int]() for segment in ("BPU", "PU")}
    for row in standing:
        if row["status"] in PROTECTED:
            covered[row["segment"]].add(row["person_id"])
    raised = []
    for pk, row in people.items():
        if pk in dead or row["born_on"] is None or row["is_civil_servant"]:
            continue
        is_member = pk in covered["BPU"]
        if not is_member and (row["works"] is not True or pk in covered["PU"]):
            continue
        notice = notices.age_notice(
            pk, row["born_on"], on, limit=limit, is_member=is_member
        )
        if notice:
            raised.append(notice)
    return raised


def _nearest(rows: list[dict[str, Any]], on: date) -> list[Notice]:
    """One notice per person: that of the membership that comes nearest."""
    nearest: dict[int, Notice] = {}
    minimum = notices.scholarship_minimum(on)
    for row in rows:
        notice = notices.near_scholarship(row, on, minimum=minimum)
        if notice is None or notice.due_on is None:
            continue
        before = nearest.get(notice.person_id)
        if before is None or before.due_on is None or notice.due_on < before.due_on:
            nearest[notice.person_id] = notice
    return list(nearest.values())


def _write_cases(
    found: dict[int, Entitlement], people: dict[int, PersonRow], on: date, by: Actor
) -> dict[str, int]:
    """Bring the cases up to date; returns how many are new and how many changed."""
    cases = {case.person_id: case for case in BenefitCase.objects.filter(kind="death")}
    new, changed = [], []
    for pk, entitlement in found.items():
        fields = _fields(entitlement, people[pk])
        case = cases.get(pk)
        if case is None:
            new.append(
                BenefitCase(person_id=pk, kind="death", found_at=by.at, **fields)
            )
        elif _set(case, fields):
            changed.append(case)
    for pk, case in cases.items():
        later = case.event_on is not None and case.event_on > on
        withdrawn = {"status": BenefitCase.Status.UNKNOWN, "why": WITHDRAWN}
        if pk not in found and not later and _set(case, withdrawn):
            changed.append(case)
    BenefitCase.objects.bulk_create(new, batch_size=500)
    BenefitCase.objects.bulk_update(changed, CASE_FIELDS, batch_size=500)
    return {"new": len(new), "changed": len(changed)}


def _fields(entitlement: Entitlement, row: PersonRow) -> dict[str, Any]:
    return {
        "event_on": row["died_on"],
        "segment": entitlement.segment,
        "status": entitlement.status,
        "lines": list(entitlement.lines),
        "expected_total": entitlement.expected_total,
        "payable_now": entitlement.payable_now,
        "tenure_months": entitlement.tenure_months,
        "lost_on": entitlement.lost_on,
        "why": entitlement.why,
        "kelurahan": row["kelurahan"],
    }


def _set(case: BenefitCase, fields: dict[str, Any]) -> bool:
    """Set the fields that differ; returns whether any did."""
    different = [name for name in fields if getattr(case, name) != fields[name]]
    for name in different:
        setattr(case, name, fields[name])
    return bool(different)


def _write_warnings(
    raised: Iterable[Notice], people: dict[int, PersonRow], on: date
) -> None:
    """Replace the warnings that differ; all others stay and carry the new day."""
    wanted = {(each.person_id, each.kind): each for each in raised}
    gone = []
    for warning in ProtectionWarning.objects.all():
        slot = (warning.person_id, warning.kind)
        now = wanted.get(slot)
        said = (warning.due_on, warning.detail, warning.kelurahan)
        if now and said == (now.due_on, now.detail, people[slot[0]]["kelurahan"]):
            del wanted[slot]
        else:
            gone.append(warning.pk)
    for start in range(0, len(gone), 500):
        ProtectionWarning.objects.filter(pk__in=gone[start : start + 500]).delete()
    ProtectionWarning.objects.exclude(as_of=on).update(as_of=on)
    ProtectionWarning.objects.bulk_create(
        (
            ProtectionWarning(
                person_id=each.person_id,
                kind=each.kind,
                due_on=each.due_on,
                detail=each.detail,
                kelurahan=people[each.person_id]["kelurahan"],
                as_of=on,
            )
            for each in wanted.values()
        ),
        batch_size=500,
    )


def _counts(found: dict[int, Entitlement], raised: list[Notice]) -> dict[str, Any]:
    statuses = Counter(each.status for each in found.values())
    return {
        "deaths": len(found),
        **{
            status: statuses[status] for status in ("found", "not_protected", "unknown")
        },
        "expected_total": sum(each.expected_total for each in found.values()),
        "payable_now": sum(each.payable_now for each in found.values()),
        "warnings": dict(sorted(Counter(each.kind for each in raised).items())),
    }
