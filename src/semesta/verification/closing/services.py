"""The only writer of closed rounds."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction

from semesta.access.models import User
from semesta.access.rights import check_may
from semesta.audit.services import record
from semesta.intake.models import Delivery
from semesta.intake.services import take_in
from semesta.kernel import Actor, NotPossible
from semesta.verification import queries
from semesta.verification.facts import Whose, facts_bytes, tells_something
from semesta.verification.models import VerificationRound, VerificationTask
from semesta.verification.outcome import DISPUTED, OPEN
from semesta.verification.paper import Lives, lines_of
from semesta.verification.reasons import DEAD
from semesta.verification.said import Said
from semesta.warehouse.workspace import Workspace

SUPPLIER = "field_verification"


def close_round(
    *,
    user: User,
    round_: VerificationRound,
    workspace: Workspace,
    by: Actor,
    on: date,
) -> VerificationRound:
    """Close a round: nothing is answered any more, and its facts go to the registry.

    They go as a delivery of their own, so that the next linkage and registration see
    them. People nobody has answered about stay open and are asked by the next round.
    Closing again changes nothing. NotAllowed for others than the officer; NotPossible
    `field.disputes` while answers differ.
    """
    check_may(user, "run_verification")
    if not round_.is_open:
        return round_
    _check_disputes(round_)
    # Before the transaction: the same facts give the same file and the same delivery, so
    # a kill between the two changes nothing.
    delivery = _deliver(round_, workspace, by, on)
    with transaction.atomic():
        current = VerificationRound.objects.select_for_update().get(pk=round_.pk)
        if not current.is_open:
            return current
        _check_disputes(current)
        current.closed_at, current.closed_by = by.at, by.username
        current.delivery = delivery.name if delivery else ""
        current.save(update_fields=["closed_at", "closed_by", "delivery"])
        handed_on = _hand_on(current)
        record(
            action="verification.closed",
            by=by,
            subject=f"round:{current.pk}",
            detail={
                "delivery": current.delivery,
                "facts": delivery.rows if delivery else 0,
                "handed_on": handed_on,
            },
        )
    return current


def _check_disputes(round_: VerificationRound) -> None:
    count = round_.tasks.filter(earlier=None, state=DISPUTED).count()
    if count:
        raise NotPossible(
            "field.disputes",
            "Putaran belum dapat ditutup.",
            f"Pada {count} orang jawaban dua petugas masih berbeda.",
            "Putuskan dahulu jawaban mana yang dipakai.",
        )


def _deliver(
    round_: VerificationRound, workspace: Workspace, by: Actor, on: date
) -> Delivery | None:
    people = list(_facts(round_))
    if not people:
        return None
    name = f"Hasil_verifikasi_lapangan_{round_.name[:8]}.xlsx"
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(facts_bytes(people, made_on=round_.opened_on))
        return take_in(
            path=path, supplier=SUPPLIER, as_of=on, workspace=workspace, by=by
        )


def _facts(round_: VerificationRound) -> list[tuple[Whose, Said]]:
    dead = _called_dead(round_)
    found = []
    for task in queries.decided_tasks(round_):
        person = task.person
        said = queries.given_of(task.standing).said  # type: ignore[arg-type]
        if person.nik and tells_something(said):
            whose = Whose(
                person.nik, person.family_card, person.name, person.sex,
                person.born_on, person.kelurahan, person.pk in dead,
            )  # fmt: skip
            found.append((whose, said))
    return found


def _called_dead(round_: VerificationRound) -> set[int]:
    """People whom an earlier closed round reported dead."""
    tasks = VerificationTask.objects.filter(
        round__pk__lt=round_.pk, standing__reason=DEAD
    ).exclude(round__closed_at=None)
    return set(tasks.values_list("person_id", flat=True))


def _hand_on(round_: VerificationRound) -> int:
    """Open rounds that relied on answers which never came ask for themselves."""
    waiting = VerificationTask.objects.filter(
        earlier__round=round_, earlier__state=OPEN, round__closed_at=None
    ).select_related("round")
    by_round: dict[str, list[VerificationTask]] = {}
    for task in waiting:
        by_round.setdefault(task.round.name, []).append(task)
    for name, tasks in by_round.items():
        lives = (Lives(t.person_id, t.kelurahan, t.rw, t.rt, t.address) for t in tasks)
        places = {
            line.person_id: line for line in lines_of(f"{name}+{round_.name}", lives)
        }
        for task in tasks:
            line = places[task.person_id]
            task.page_code, task.line, task.earlier = line.page_code, line.number, None
        VerificationTask.objects.bulk_update(tasks, ["page_code", "line", "earlier"])
    return sum(map(len, by_round.values()))
