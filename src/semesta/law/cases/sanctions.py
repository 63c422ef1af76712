"""A sanctions case: a finding against an employer, and what may follow on which day."""

from __future__ import annotations

from typing import Any

from pydantic import model_validator

from semesta.kernel import day_in_words
from semesta.law.answer import Answer, Line
from semesta.law.book import Reading
from semesta.law.cases.case import Case, Day, Money, MonthText, Violation
from semesta.law.employer.fines import administrative_fine, late_fine
from semesta.law.employer.ladder import Step, sanction_steps, withheld_services
from semesta.law.schema import Strict

# Steps that others may take beside the insurer's own.
BESIDE = ("claimed", "reported", "crime")


class Unpaid(Strict):
    """A month whose contribution was paid late, or is not paid yet. Whole rupiah."""

    model_config = Case.model_config
    month: MonthText
    contribution: Money
    paid_on: Day | None = None


class SanctionsCase(Case):
    """A violation found on a day. `on` is the day on which the question is asked.

    `contribution` is all that should have been paid (for the administrative fine),
    `unpaid` the months in arrears (for the late fine, up to `on`).
    """

    violation: Violation
    found_on: Day
    warned_on: Day | None = None
    complied_on: Day | None = None
    on: Day | None = None
    contribution: Money | None = None
    unpaid: list[Unpaid] = []

    @model_validator(mode="after")
    def _order(self) -> SanctionsCase:
        for name in ("warned_on", "complied_on", "on"):
            day = getattr(self, name)
            if day is not None and day < self.found_on:
                raise ValueError(f"{name} mendahului found_on")
        return self

    def answer(self, reading: Reading) -> dict[str, Any]:
        """Steps with their days, the step of the day asked for, fines, and services."""
        steps = sanction_steps(
            self.violation,
            self.found_on,
            warned_on=self.warned_on,
            contribution=self.contribution,
            complied_on=self.complied_on,
            switches=reading,
        )
        lines = (*self._late_fines(reading), *self._fine(steps))
        now = self._step_of_the_day(steps)
        answer = Answer(lines, _sentence(steps, now), self._missing(steps))
        services = withheld_services(self.violation, self.found_on)
        return {
            "steps": [step.as_dict() for step in steps],
            "step_on": now.code if now else None,
            "services": list(services.services),
            "services_by": services.by,
            "services_condition": services.condition,
            "services_lifted": services.lifted,
            "services_law": services.law,
            **answer.as_dict(),
            "switches_used": list(reading.used),
        }

    def _late_fines(self, reading: Reading) -> list[Line]:
        fines = (
            late_fine(
                each.month,
                contribution=each.contribution,
                paid_on=each.paid_on or self.on or self.found_on,
                switches=reading,
            )
            for each in self.unpaid
        )
        return [fine for fine in fines if fine.amount]

    def _fine(self, steps: tuple[Step, ...]) -> list[Line]:
        """The administrative fine up to the day asked for (or of compliance)."""
        fine = next((step for step in steps if step.code == "fine"), None)
        until = self.complied_on or self.on
        if fine is None or self.contribution is None or until is None:
            return []
        if until < fine.first_day:
            return []
        ended = next(step for step in steps if step.code == "warning_2").last_day
        assert ended is not None
        return [
            administrative_fine(
                contribution=self.contribution, from_day=ended, until_day=until
            )
        ]

    def _missing(self, steps: tuple[Step, ...]) -> tuple[str, ...]:
        fined = any(step.code == "fine" and step.needed for step in steps)
        if fined and self.contribution is None:
            return ("iuran yang seharusnya dibayar",)
        return ()

    def _step_of_the_day(self, steps: tuple[Step, ...]) -> Step | None:
        day = self.on or self.found_on
        begun = [step for step in steps if step.needed and step.first_day <= day]
        main = [step for step in begun if step.code not in BESIDE]
        return main[-1] if main else None


def _sentence(steps: tuple[Step, ...], now: Step | None) -> str:
    last = [step for step in steps if step.needed][-1]
    if not all(step.needed for step in steps):
        return f"Kewajiban dipenuhi; langkah terakhir: {last.what.lower()}."
    withheld = next((step for step in steps if step.code == "withheld"), None)
    here = now.what if now else ""
    if withheld is None:
        return f"Langkah pada hari itu: {here}."
    return (
        f"Langkah pada hari itu: {here}. Paling cepat pelayanan publik ditahan mulai "
        f"{day_in_words(withheld.first_day)}."
    )
