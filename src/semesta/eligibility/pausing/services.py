"""The only writers of pauses: begin one, end one; none is ever deleted."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from semesta.audit.services import record
from semesta.eligibility.models import Pause
from semesta.kernel import Actor, NotPossible, UserError
from semesta.registry.models import Person


@transaction.atomic
def pause(
    *,
    person: Person,
    reason: str,
    since: date,
    by: Actor,
    until: date | None = None,
    note: str = "",
) -> Pause:
    """Let a person's decision stand still from `since` to `until` (its last day).

    The same pause again changes nothing. NotPossible `pause.open` while another stands;
    UserError `pause.reason`, `pause.days`.
    """
    if reason not in Pause.Reason.values:
        raise UserError(
            "pause.reason",
            "Sebab jeda belum dipilih.",
            "Keputusan hanya boleh dijeda dengan sebab yang tercatat.",
            "Pilih salah satu sebab.",
        )
    if until is not None and until < since:
        raise UserError(
            "pause.days",
            "Tanggal selesai jeda lebih dahulu daripada mulainya.",
            "Jeda berlaku dari tanggal mulai sampai dengan tanggal selesai.",
            "Perbaiki tanggalnya, atau kosongkan tanggal selesai.",
        )
    given = {"reason": reason, "note": note.strip(), "since": since, "until": until}
    # The person is locked, so that two officers cannot begin two pauses at once.
    Person.objects.select_for_update().get(pk=person.pk)
    if standing := Pause.objects.filter(person=person, ended_on=None).first():
        if all(getattr(standing, name) == value for name, value in given.items()):
            return standing
        if standing.until is not None and standing.until < since:
            end_pause(pause=standing, on=standing.until + timedelta(1), by=by)
            standing = None
    if standing:
        raise NotPossible(
            "pause.open",
            "Keputusan orang ini sudah dijeda.",
            f"Jeda sejak {standing.since:%d-%m-%Y} belum diakhiri.",
            "Akhiri jeda itu dahulu bila sebab atau tanggalnya berubah.",
        )
    begun = Pause.objects.create(
        person=person, paused_by=by.username, paused_at=by.at, **given
    )
    record(
        action="pause.begun",
        by=by,
        subject=f"person:{person.pk}",
        detail={"pause": begun.pk, "reason": reason},
    )
    return begun


@transaction.atomic
def end_pause(*, pause: Pause, on: date, by: Actor, note: str = "") -> Pause:
    """Let decisions move again from `on`; ending an ended pause changes nothing."""
    found = Pause.objects.select_for_update().get(pk=pause.pk)
    if found.ended_on is not None:
        return found
    found.ended_on, found.ended_by, found.ended_at = on, by.username, by.at
    found.end_note = note.strip()
    found.save()
    record(
        action="pause.ended",
        by=by,
        subject=f"person:{found.person_id}",
        detail={"pause": found.pk},
    )
    return found
