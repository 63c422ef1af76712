"""The only writers of the trail: record an event, record a run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

import semesta
from semesta.audit.chain import GENESIS, Link, content_hash, link_hash
from semesta.audit.models import ChainHead, Event, Run
from semesta.kernel import Actor


@transaction.atomic
def record(
    *,
    action: str,
    by: Actor,
    subject: str = "",
    detail: dict[str, Any] | None = None,
) -> Event:
    """Append one event to the chain, in the caller's transaction.

    `subject` is `kind:id` (never a name or NIK); `detail` holds counts, codes, hashes.
    """
    head, _ = ChainHead.objects.select_for_update().get_or_create(
        id=1, defaults={"seq": 0, "hash": GENESIS}
    )
    link = Link(
        seq=head.seq + 1,
        at=by.at,
        actor=by.username,
        action=action,
        subject=subject,
        authority=by.authority,
        detail=detail or {},
        previous_hash=head.hash,
        hash="",
    )
    event = Event.objects.create(**link._replace(hash=link_hash(link))._asdict())
    head.seq, head.hash = event.seq, event.hash
    head.save(update_fields=["seq", "hash"])
    return event


def run_key(stage: str, inputs: dict[str, Any]) -> str:
    """The key of a run: stage, version of the code, and everything it reads."""
    return content_hash([stage, semesta.__version__, inputs])


def find_run(stage: str, inputs: dict[str, Any]) -> Run | None:
    """The finished run with these inputs, if there is one."""
    return Run.objects.filter(key=run_key(stage, inputs)).first()


@dataclass
class RunDraft:
    """What a running stage fills in before its run is recorded."""

    key: str
    run: Run
    counts: dict[str, Any] = field(default_factory=dict)
    outputs: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The short key under which the run's files lie in the lake."""
        return self.key[:16]


@contextmanager
def recorded_run(
    *,
    stage: str,
    inputs: dict[str, Any],
    by: Actor,
    as_of: date | None = None,
) -> Iterator[RunDraft]:
    """One transaction that writes a stage's results, its run and its event, or nothing.

    The caller has looked for `find_run(stage, inputs)` first, fills `draft.counts` and
    `draft.outputs`, and writes its own rows inside the block.
    """
    key = run_key(stage, inputs)
    with transaction.atomic():
        run = Run.objects.create(
            stage=stage,
            key=key,
            as_of=as_of,
            code_version=semesta.__version__,
            inputs=inputs,
            by=by.username,
            at=by.at,
        )
        draft = RunDraft(key=key, run=run)
        yield draft
        run.counts, run.outputs = draft.counts, draft.outputs
        run.save(update_fields=["counts", "outputs"])
        record(
            action=f"run.{stage}",
            by=by,
            subject=f"run:{key[:16]}",
            detail={"counts": draft.counts, "outputs": draft.outputs},
        )
