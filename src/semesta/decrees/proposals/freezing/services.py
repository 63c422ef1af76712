"""The only writers of freeze periods."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from semesta.audit.services import record
from semesta.decrees.models import FreezePeriod
from semesta.decrees.proposals.stepping.services import clean
from semesta.kernel import Actor, UserError


@transaction.atomic
def freeze(*, first_day: date, last_day: date, reason: str, by: Actor) -> FreezePeriod:
    """Let no proposal move from one day to another, both included. The same period
    again is the first. UserError `decree.freeze`."""
    reason = clean(reason)
    if not reason or last_day < first_day:
        raise UserError(
            "decree.freeze",
            "Masa beku belum lengkap.",
            "Masa beku memerlukan alasan, dan berakhir tidak sebelum mulai.",
            "Isi hari mulai, hari akhir, dan alasannya.",
        )
    period, made = FreezePeriod.objects.get_or_create(
        first_day=first_day,
        last_day=last_day,
        reason=reason,
        lifted_by="",
        defaults={"made_by": by.username},
    )
    if made:
        record(
            action="decree.frozen",
            by=by,
            subject=f"freeze:{period.pk}",
            detail={"from": str(first_day), "to": str(last_day)},
        )
    return period


@transaction.atomic
def lift(*, period: FreezePeriod, by: Actor) -> FreezePeriod:
    """End a freeze before its last day. Again changes nothing."""
    held = FreezePeriod.objects.select_for_update().get(pk=period.pk)
    if not held.lifted_by:
        held.lifted_by = by.username
        held.save(update_fields=["lifted_by"])
        record(action="decree.freeze_lifted", by=by, subject=f"freeze:{held.pk}")
    return held
