"""The administrative sanctions of PP 86/2013 as dated steps from a finding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from semesta.kernel import Rupiah
from semesta.law.book import Found, Law, Overrides, Reading, law_at
from semesta.law.due_dates import after_working_days
from semesta.law.employer.fines import administrative_fine
from semesta.law.known import check_known

NEXT_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Step:
    """One step against an employer: the days in which it runs, both included.

    `last_day` None: until the duty is met. `amount` is whole rupiah where the step is a
    fine and the contribution is known. `needed` False: the duty was met before.
    """

    code: str
    what: str
    first_day: date
    last_day: date | None
    actor: str
    law: str
    amount: Rupiah | None = None
    needed: bool = True

    def as_dict(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "what": self.what,
            "first_day": self.first_day.isoformat(),
            "last_day": self.last_day.isoformat() if self.last_day else None,
            "actor": self.actor,
            "law": self.law,
            "amount": None if self.amount is None else int(self.amount),
            "needed": self.needed,
        }


def sanction_steps(
    violation: str,
    found_on: date,
    *,
    warned_on: date | None = None,
    contribution: int | None = None,
    complied_on: date | None = None,
    switches: Overrides = None,
) -> tuple[Step, ...]:
    """The steps from a finding, each as early as the law allows.

    `warned_on` is the day of the first warning (the finding's day if not given),
    `contribution` what should have been paid, `complied_on` the day on which the duty
    was met: later steps are not needed. A switch says whether warnings run in calendar
    or working days. PP 86/2013 arts. 6–10, 13; PP 44/2015 arts. 59–62; UU 24/2011
    art. 55. UserError `law.violation` for an unknown kind.
    """
    law = law_at(found_on, Reading.of(switches))
    if _rule_of(law, violation)["warned"]:
        steps = _warned(law, warned_on or found_on, contribution)
    else:
        steps = _arrears(law, found_on)
    finding = _finding(law, violation, found_on)
    return tuple(
        replace(step, needed=complied_on is None or step.first_day <= complied_on)
        for step in (finding, *steps)
    )


def _rule_of(law: Law, violation: str) -> dict[str, Any]:
    table = law.get("employer.violations").value
    check_known(violation, table, code="law.violation", what="Pelanggaran")
    return dict(table[violation])


def _actor(law: Law, name: str) -> str:
    return str(law.get("employer.actors").value[name])


def _finding(law: Law, violation: str, on: date) -> Step:
    rule = _rule_of(law, violation)
    what = f"Temuan: {rule['name']}"
    actor = _actor(law, "inspector")
    return Step("finding", what, on, on, actor, rule["article"])


def _warned(law: Law, first: date, contribution: int | None) -> Iterator[Step]:
    """Warning, warning, fine, withheld services, report to the labour inspector.

    The ten days of a warning run from the end of what came before it, so that the
    earliest days are 10, 20 and 50 after the first warning.
    """
    rule, inspector = law.get("employer.warning_days"), _actor(law, "inspector")
    ended = first
    for number, word in ((1, "pertama"), (2, "kedua")):
        last = _end_of_warning(law, ended, rule)
        what = f"Teguran tertulis {word}, paling lama {rule.value} hari"
        yield Step(f"warning_{number}", what, first, last, inspector, rule.law)
        ended, first = last, last + NEXT_DAY
    yield _claimed(law, first)
    within = law.get("employer.fine_within_days")
    imposed = ended + timedelta(days=within.value)
    yield _fine(law, ended, imposed, contribution)
    first, by = imposed + NEXT_DAY, law.get("employer.withheld_by")
    what = "Pelayanan publik tertentu ditahan (TMP2T) bila denda belum lunas"
    yield Step("withheld", what, first, None, _actor(law, "services"), by.law)
    yield _reported(law, first)


def _end_of_warning(law: Law, first: date, rule: Found) -> date:
    if law.reading.pick("warning_day_kind") == "working":
        return after_working_days(first, rule.value)
    return first + timedelta(days=rule.value)


def _fine(law: Law, ended: date, imposed: date, contribution: int | None) -> Step:
    rule = law.get("employer.admin_fine")
    amount = None
    if contribution is not None:
        one_month = administrative_fine(
            contribution=contribution, from_day=ended, until_day=ended + NEXT_DAY
        )
        amount = one_month.amount
    what = f"Denda administratif {str(rule.value).replace('.', ',')}% sebulan"
    inspector = _actor(law, "inspector")
    first = ended + NEXT_DAY
    return Step("fine", what, first, imposed, inspector, rule.law, amount)


def _claimed(law: Law, first: date) -> Step:
    what = "Dapat dikuasakan kepada jaksa pengacara negara bila teguran diabaikan"
    actors = law.get("employer.actors")
    return Step("claimed", what, first, None, actors.value["prosecutor"], actors.law)


def _reported(law: Law, first: date) -> Step:
    what = "Dilaporkan kepada pengawas ketenagakerjaan bila tetap tidak dipenuhi"
    actors = law.get("employer.actors")
    return Step("reported", what, first, None, actors.value["labour"], actors.law)


def _arrears(law: Law, first: date) -> Iterator[Step]:
    """Arrears are no breach of art. 3: the late fine runs, and the debt is claimed."""
    fine, crime = law.get("employer.late_fine"), law.get("employer.crime")
    what = f"Denda keterlambatan {fine.value}% sebulan sampai tunggakan lunas"
    yield Step("late_fine", what, first, None, _actor(law, "inspector"), fine.law)
    yield _claimed(law, first)
    yield _reported(law, first)
    years, most = crime.value["years"], Rupiah(crime.value["fine"])
    what = f"Ancaman pidana: penjara paling lama {years} tahun atau denda {most}"
    yield Step("crime", what, first, None, "Penyidik dan penuntut umum", crime.law)


@dataclass(frozen=True)
class Withheld:
    """Services that may be withheld, by whom and when; and what ends it."""

    services: tuple[str, ...]
    by: str
    condition: str
    lifted: str
    law: str


def withheld_services(violation: str, on: date) -> Withheld:
    """What can be withheld from an employer. PP 86/2013 arts. 8–9, PP 44/2015 art. 60.

    Of one that is not registered the counter simply asks for proof of membership; for
    incomplete data it needs the insurer's written request. Nothing for arrears alone.
    """
    law = law_at(on)
    by = law.get("employer.withheld_by")
    if not _rule_of(law, violation)["warned"]:
        return Withheld((), "", "", "", by.law)
    services = law.get("employer.withheld_services")
    condition = by.value["unregistered" if violation == "PWBD" else "incomplete"]
    return Withheld(
        tuple(services.value),
        by.value["by"],
        condition,
        by.value["lifted"],
        f"{services.law}; {by.law}",
    )
