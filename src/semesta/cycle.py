"""The whole flow on one screen: from what offices send to an honest figure.

Each line is one stage, each stage one call that does nothing when nothing changed:
running the cycle twice is the same as once, and after a kill it goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any, Protocol

from semesta.benefits.services import watch
from semesta.compliance.services import detect
from semesta.coverage.services import measure
from semesta.decrees.models import Decree
from semesta.decrees.services import issue_decree
from semesta.eligibility.services import judge
from semesta.enrolment.services import take_answers, write_upload
from semesta.intake.received import ReceivedFile
from semesta.intake.services import take_in
from semesta.kernel import Actor, Month
from semesta.ledger.books.services import make_bill, record_payment
from semesta.ledger.reconciliation.services import reconcile
from semesta.ledger.services import post
from semesta.ledger.tenure.services import guard
from semesta.linkage.services import link_rows
from semesta.planning.budgets.services import set_aside
from semesta.planning.services import make_plan
from semesta.registry.services import register
from semesta.reports.services import publish_decree
from semesta.warehouse.workspace import Workspace


@dataclass(frozen=True)
class Programme:
    """One year of one payer: what the officer decides before the cycle runs."""

    policy: str
    decide_on: date
    budget: int
    instrument: str
    first_month: Month
    months: int
    billed_months: int
    decree_number: str
    decree_on: date
    as_of: date


class Insurer(Protocol):
    """The branch that reads an upload file and answers; its replies are deliveries."""

    def answer(self, uploads: list[Path], *, number: str) -> list[ReceivedFile]: ...

    def proof_of_payment(self, *, number: str) -> dict[str, Any]: ...

    def confirm_payment(self, *, number: str) -> list[ReceivedFile]: ...


Progress = Callable[[str, int, int], None]
# The stages of `follow_up`, in their order.
FOLLOWS = ("link", "register", "post", "watch", "measure", "comply")


@dataclass
class Stopwatch:
    """Seconds per stage, and whom to tell that a stage has begun or moved on."""

    tell: Progress
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        self.tell(name, 0, 1)
        began = perf_counter()
        yield
        took = perf_counter() - began
        self.seconds[name] = round(self.seconds.get(name, 0.0) + took, 3)
        self.tell(name, 1, 1)


def run_cycle(
    *,
    workspace: Workspace,
    files: Iterable[ReceivedFile],
    programme: Programme,
    by: Actor,
    insurer: Insurer | None = None,
    tell: Progress = lambda stage, done, total: None,
) -> dict[str, float]:
    """Bring a city from its office files to its figures. Returns seconds per stage.

    Without an `insurer` the cycle stops waiting at the upload file and measures what
    is known; the branch's answer comes later, as a delivery, into the next cycle.
    """
    watch_ = Stopwatch(tell)
    do: dict[str, Any] = {"workspace": workspace, "by": by}
    p = programme

    with watch_.stage("intake"):
        take_in_all(files, tell=tell, **do)
    _know_people(watch_, do)
    with watch_.stage("decide"):
        decisions = judge(policy_slug=p.policy, as_of=p.decide_on, **do)
    with watch_.stage("plan"):
        set_aside(
            year=p.first_month.year,
            payer=decisions.policy.payer,
            name="Iuran pekerja rentan",
            amount=p.budget,
            instrument=p.instrument,
            by=by,
        )
        plan = make_plan(
            decision_run=decisions,
            budget=p.budget,
            first_month=p.first_month,
            months=p.months,
            **do,
        )
    with watch_.stage("decree"):
        decree = issue_decree(
            plan=plan, number=p.decree_number, issued_on=p.decree_on, **do
        )
        publish_decree(decree=decree, **do)
    with watch_.stage("enrol"):
        uploads = write_upload(decree=decree, months=p.billed_months, **do)
        if insurer:
            paths = [workspace.publications / upload.filename for upload in uploads]
            take_in_all(insurer.answer(paths, number=decree.number), **do)
        take_answers(decree=decree, **do)
        if insurer:
            _bill_and_pay(decree, p, insurer, by)
            take_in_all(insurer.confirm_payment(number=decree.number), **do)
    _know_protection(watch_, do, as_of=p.as_of)
    return watch_.seconds


def _bill_and_pay(decree: Decree, p: Programme, insurer: Insurer, by: Actor) -> None:
    """The first bill of a decree, paid in whole."""
    bill = make_bill(
        decree=decree,
        first_month=p.first_month,
        months=p.billed_months,
        made_on=p.decree_on,
        by=by,
    )
    proof = insurer.proof_of_payment(number=decree.number)
    record_payment(bill=bill, amount=bill.amount, by=by, **proof)


def follow_up(
    *,
    workspace: Workspace,
    as_of: date,
    by: Actor,
    tell: Progress = lambda stage, done, total: None,
) -> dict[str, float]:
    """What new deliveries and answers change, without deciding anything for anybody.

    People, the ledger, rights, figures and findings are brought up to `as_of`; plans
    and decrees are an officer's. Returns seconds per stage, in the order of `FOLLOWS`.
    """
    watch_ = Stopwatch(tell)
    do: dict[str, Any] = {"workspace": workspace, "by": by}
    _know_people(watch_, do)
    _know_protection(watch_, do, as_of=as_of)
    return watch_.seconds


def _know_people(watch_: Stopwatch, do: dict[str, Any]) -> None:
    with watch_.stage("link"):
        linkage_run = link_rows(**do)
    with watch_.stage("register"):
        register(linkage_run=linkage_run, **do)


def _know_protection(watch_: Stopwatch, do: dict[str, Any], *, as_of: date) -> None:
    with watch_.stage("post"):
        post(**do)
        reconcile(by=do["by"])
    with watch_.stage("watch"):
        watch(on=as_of, **do)
        guard(on=as_of, **do)
    with watch_.stage("measure"):
        measure(on=as_of, **do)
    with watch_.stage("comply"):
        detect(on=as_of, **do)


def take_in_all(
    files: Iterable[ReceivedFile],
    *,
    workspace: Workspace,
    by: Actor,
    tell: Progress = lambda stage, done, total: None,
) -> None:
    """Take in files one after the other; a file that cannot be read refuses itself."""
    files = list(files)
    for done, file in enumerate(files):
        tell("intake", done, len(files))
        take_in(
            path=file.path,
            supplier=file.supplier,
            as_of=file.as_of,
            area=file.area,
            workspace=workspace,
            by=by,
        )
