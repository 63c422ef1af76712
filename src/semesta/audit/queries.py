"""Readers of the trail."""

from __future__ import annotations

from django.db.models import QuerySet

from semesta.audit.chain import GENESIS, Break, Link, find_breaks
from semesta.audit.models import ChainHead, Event, Run


def verify_chain() -> list[Break]:
    """Every break in the trail; empty when nothing was changed, removed or moved."""
    head = ChainHead.objects.filter(id=1).first()
    rows = Event.objects.order_by("seq").values_list(*Link._fields)
    return find_breaks(
        (Link(*row) for row in rows.iterator(chunk_size=5_000)),
        head_seq=head.seq if head else 0,
        head_hash=head.hash if head else GENESIS,
    )


def events() -> QuerySet[Event]:
    """All events, newest first."""
    return Event.objects.order_by("-seq")


def events_about(subject: str) -> QuerySet[Event]:
    """The events about one subject (`person:12`), newest first."""
    return Event.objects.filter(subject=subject).order_by("-seq")


def runs() -> QuerySet[Run]:
    """All finished runs, newest first."""
    return Run.objects.order_by("-pk")


def newest_run(stage: str) -> Run | None:
    """The last finished run of a stage."""
    return Run.objects.filter(stage=stage).order_by("-pk").first()
