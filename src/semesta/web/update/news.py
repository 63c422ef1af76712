"""What has come in since people, ledger and figures were last brought up to date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from semesta.audit.models import Run
from semesta.audit.queries import newest_run
from semesta.intake.models import Delivery
from semesta.ledger.queries import deliveries_to_post
from semesta.linkage.queries import answers_since, evidence
from semesta.linkage.queries import newest_run as newest_linkage


@dataclass(frozen=True)
class News:
    """Lists of people and files about payments nobody has worked in yet, answers about
    pairs given since, and the run that did it last (None: never)."""

    lists: list[Delivery]
    payments: list[Delivery]
    answers: int
    last: Run | None

    def __bool__(self) -> bool:
        return bool(self.lists or self.payments or self.answers)


def news() -> News:
    """What the next follow-up would work in."""
    linked, posted = newest_linkage(), newest_run("post")
    run = linked.run if linked else None
    return News(
        lists=_unknown(
            evidence(),
            [name for name, _ in run.inputs.get("deliveries", [])] if run else [],
        ),
        payments=_unknown(
            deliveries_to_post(), posted.inputs.get("deliveries", {}) if posted else []
        ),
        answers=answers_since(run.at) if run else 0,
        last=max(filter(None, (run, posted)), key=lambda run: run.at, default=None),
    )


def _unknown(deliveries: Iterable[Delivery], known: Iterable[str]) -> list[Delivery]:
    names = set(known)
    return [each for each in deliveries if each.name not in names]
