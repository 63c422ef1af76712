"""A small invented city with something on every page, written by the real services.

Run as `python -m tests.support.pages FOLDER` it makes that city in a fresh workspace
(for the browser tests and for looking at the pages while working on them).
"""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.support.page_lists import AT, make_lists

from semesta.kernel import Actor, Month
from semesta.warehouse.workspace import Workspace

TODAY = date(2026, 1, 31)
DECIDED = date(2026, 1, 2)
BY = Actor("petugas", AT, "Contoh")
GIVEN = (
    "Rahmat Fauzi Yulianti Deswita Hendra Rosmaini Syafrizal Nurhayati Jasman Elfina "
    "Zulkifli Marlis Asnimar Bustamar Yusnidar Afrizal Erlinda Khairul Mardiana Taufik"
).split()
FAMILY = "Saputra Hidayat Rahman Sikumbang Chaniago Piliang Jambak Tanjung Koto".split()
WORK = (
    "petani pedagang-kecil ojek buruh-harian tukang-bangunan penjahit marbot sopir "
    "asongan juru-parkir guru-ngaji pemulung"
).split()
# Months that were paid, as ranges [from, until), by kind of history.
HISTORIES: tuple[tuple[tuple[str, str, str], ...], ...] = (
    (),
    (("2025-05", "2026-07", "APBD"),),
    (("2023-01", "2023-07", "APBD"), ("2024-01", "2024-11", "APBD"),
     ("2025-05", "2026-07", "APBD")),
    (("2022-06", "2026-07", "APBD"),),
    (("2024-01", "2024-11", "APBD"),),
    (("2025-03", "2025-12", "SELF"),),
    (("2020-09", "2020-12", "APBD"), ("2025-10", "2026-03", "SELF")),
)  # fmt: skip


@dataclass
class SmallCity:
    """What was made: people by kind, for tests that need a certain one."""

    workspace: Workspace
    people: list[Any] = field(default_factory=list)
    rows: dict[str, Any] = field(default_factory=dict)

    def person(self, **wanted: Any) -> Any:
        """The first person whose attributes are these."""
        for person in self.people:
            if all(getattr(person, key) == value for key, value in wanted.items()):
                return person
        raise LookupError(wanted)


def build(workspace: Workspace, people: int = 320) -> SmallCity:
    """Make the city in an empty database; the same every time."""
    from semesta.access.services import create_demo_accounts
    from semesta.audit.services import record

    region = workspace.region
    create_demo_accounts(region=region, by=BY, record=record)
    city = SmallCity(workspace)
    _people(city, people)
    make_lists(city)
    _ledger(city)
    _employers(region)
    _stages(city)
    _draft(city)
    return city


def _people(city: SmallCity, count: int) -> None:
    from semesta.registry.models import Person

    dice = random.Random(2026)
    places = city.workspace.region.places
    Person.objects.bulk_create(
        Person(**_record(n, places[n % len(places)].code, dice)) for n in range(count)
    )
    city.people = list(Person.objects.order_by("pk"))


def _record(n: int, kelurahan: str, dice: random.Random) -> dict[str, Any]:
    """The fields of the n-th person; every 41st is dead, every 11th does not work."""
    sex = dice.choice("LP")
    born = date(dice.randint(1956, 2004), dice.randint(1, 12), dice.randint(1, 28))
    day = born.day + (40 if sex == "P" else 0)
    nik = f"137401{day:02d}{born.month:02d}{born.year % 100:02d}{9001 + n % 999}"
    name = f"{dice.choice(GIVEN)} {dice.choice(FAMILY)}".upper()
    dead = n % 41 == 7
    return {
        "anchor": f"nik:{nik}:{n}", "nik": nik, "name": name, "search_name": name,
        "family_card": f"137401010120{9001 + n // 3 % 999:04d}",
        "titles": "St." if n % 37 == 5 else "", "sex": sex, "born_on": born,
        "born_at": "PADANG PANJANG", "address": f"JL. CONTOH NO. {n + 1}",
        "rt": f"{n % 5 + 1:03d}", "rw": f"{n % 3 + 1:03d}", "kelurahan": kelurahan,
        "phone": f"0812{n:08d}", "relation": "kepala" if n % 3 == 0 else "istri",
        "marital_status": "kawin", "alive": not dead,
        "died_on": date(2025, n % 12 + 1, 14) if dead else None,
        "works": n % 11 != 3, "occupation": dice.choice(WORK),
        "income": dice.randint(8, 30) * 100_000, "decile": dice.randint(1, 7),
        "proposed": n // 16 % 2 == 0, "in_population_register": True,
        "kpj": f"2300{n:07d}" if n % 3 else "",
    }  # fmt: skip


def _ledger(city: SmallCity) -> None:
    from tests.support.people import a_ground

    from semesta.ledger.models import LedgerEntry

    a_ground()
    entries = []
    for n, person in enumerate(city.people):
        history = HISTORIES[n % len(HISTORIES)]
        if n % 8 == 4:
            history = (("2024-03", "2026-02", "EMPLOYER"),)
        for first, until, payer in history:
            key = f"{person.pk}:{first}"
            entries.append(
                LedgerEntry(
                    key=hashlib.sha256(key.encode()).hexdigest(),
                    person=person,
                    segment="PU" if payer == "EMPLOYER" else "BPU",
                    programmes="JKK+JKM",
                    payer=payer,
                    paid_from=Month.parse(first).first_day,
                    paid_until=Month.parse(until).first_day,
                    amount=16_800 * (Month.parse(until) - Month.parse(first)),
                    delivery="0" * 16,
                    row_id=f"{'0' * 16}:1:{n}",
                    posted_at=AT,
                    posted_by="petugas",
                )
            )
    LedgerEntry.objects.bulk_create(entries)


def _employers(region: Any) -> None:
    from semesta.registry.models import Employer

    names = "Rumah Makan Serambi,Toko Bangunan Singgalang,CV Merapi Jaya,Hotel Cindua"
    kinds = names.split(",")
    Employer.objects.bulk_create(
        Employer(
            anchor=f"test:{n}",
            name=f"{kinds[n % len(kinds)]} {n + 1}",
            npp=f"JJ{n:06d}" if n % 3 else "",
            nib=f"912030{n:07d}",
            scale=("mikro", "kecil", "menengah")[n % 3],
            address=f"JL. PASAR NO. {n + 1}",
            kelurahan=region.places[n % len(region.places)].code,
            licensed_workers=4 + n * 3 % 40,
            registered_workers=(n % 7) if n % 3 else None,
            projects=1,
            paid_until=date(2025, 6, 1) if n % 3 == 1 else date(2026, 2, 1),
            arrears_months=7 if n % 3 == 1 else 0,
            arrears_amount=7 * 350_000 if n % 3 == 1 else 0,
        )
        for n in range(48)
    )


def _stages(city: SmallCity) -> None:
    """Judge, plan, decree, files, answers, watch, measure, detect: the real ones."""
    from semesta.benefits.services import watch
    from semesta.compliance.services import detect
    from semesta.coverage.services import measure
    from semesta.decrees.services import issue_decree
    from semesta.eligibility.services import judge
    from semesta.enrolment.services import write_upload
    from semesta.ledger.tenure.services import guard
    from semesta.planning.services import make_plan
    from semesta.reports.services import publish_decree

    workspace = city.workspace
    run = judge(policy_slug="2026-apbd", as_of=DECIDED, workspace=workspace, by=BY)
    plan = make_plan(
        decision_run=run, budget=16_800 * 12 * 60, first_month=Month(2026, 1),
        months=12, workspace=workspace, by=BY,
    )  # fmt: skip
    _field(plan, workspace)
    decree = issue_decree(
        plan=plan, number="188.45/12/WAKO-PP/2026", issued_on=date(2026, 1, 5),
        workspace=workspace, by=BY,
    )  # fmt: skip
    write_upload(decree=decree, months=6, workspace=workspace, by=BY)
    _answers(city, decree)
    publish_decree(decree=decree, workspace=workspace, by=BY)
    _money(decree, plan.cost)
    guard(on=TODAY, workspace=workspace, by=BY)
    watch(on=TODAY, workspace=workspace, by=BY)
    measure(on=TODAY, workspace=workspace, by=BY)
    detect(on=TODAY, workspace=workspace, by=BY)


def _draft(city: SmallCity) -> None:
    """A draft of the next version of the policy, stricter than the one in force."""
    from semesta.eligibility.policy_text import PolicyText, read_policy
    from semesta.eligibility.versions.queries import policy_text
    from semesta.eligibility.versions.services import start_version

    body = policy_text("2026-apbd", city.workspace).body.replace(
        "decile: 6", "decile: 3"
    )
    start_version(text=PolicyText(read_policy(body), body), by=BY)


def _money(decree: Any, cost: int) -> None:
    """A budget, a bill paid in whole, and what the insurer accepted otherwise."""
    from semesta.ledger.books.services import make_bill, record_payment
    from semesta.ledger.reconciliation.services import reconcile
    from semesta.planning.budgets.services import set_aside

    given = {"year": 2026, "payer": "APBD", "instrument": "DPA contoh"}
    set_aside(name="Iuran pekerja rentan", amount=cost + 5_000_000, by=BY, **given)
    bill = make_bill(
        decree=decree, first_month=Month(2026, 1), months=6, made_on=TODAY, by=BY
    )
    record_payment(
        bill=bill, amount=bill.amount, paid_on=TODAY, reference="NTPN 1", by=BY
    )
    reconcile(by=BY)


def _field(plan: Any, workspace: Workspace) -> None:
    """A round in the field, of which one person in Ganting is answered."""
    from uuid import UUID

    from semesta.access.models import User
    from semesta.verification.said import Said
    from semesta.verification.services import answer_task, draw_round

    round_ = draw_round(
        plan=plan, workspace=workspace, by=BY, on=DECIDED, due_on=date(2026, 2, 15),
        waiting=40,
    )  # fmt: skip
    user = User.objects.get(username="kelurahan")
    answer_task(
        user=user, task_pk=round_.tasks.filter(kelurahan=user.area).first().pk,
        key=UUID(int=1), said=Said("refuse", "pindah"), workspace=workspace,
        by=Actor(user.username, AT), on=DECIDED,
    )  # fmt: skip


def _answers(city: SmallCity, decree: Any) -> None:
    from semesta.decrees.models import DecreeEntry
    from semesta.enrolment.models import ReplacementTask

    waiting = iter(p for p in city.people if p.alive and not p.proposed)
    for entry in decree.entries.order_by("number"):
        if entry.number % 12 == 5:
            entry.status = DecreeEntry.Status.REJECTED
            entry.rejection_code = "R01"
            entry.rejection_reason = "NIK sudah aktif pada kepesertaan lain"
            entry.save()
            ReplacementTask.objects.create(
                entry=entry, reason=entry.rejection_reason, candidate=next(waiting),
                opened_at=AT,
            )  # fmt: skip
        elif entry.number % 9:
            entry.status = DecreeEntry.Status.REGISTERED
            entry.save()
    decree.status = decree.Status.ANSWERED
    decree.save()
    _month(decree)


def _month(decree: Any) -> None:
    """Each rejection as a task, and a month with changes of two kinds."""
    from semesta.enrolment.answers import Answer
    from semesta.enrolment.mending.services import keep_rejections
    from semesta.enrolment.models import ChangeTask, MonthPeriod

    rejected = {
        entry.pk: Answer(
            f"{'0' * 16}:1:{entry.number}", "0" * 16, entry.nik, "", "DITOLAK",
            ("R03", "R02")[place % 2], entry.rejection_reason, decree.number,
        )
        for place, entry in enumerate(decree.entries.filter(status="rejected"))
    }  # fmt: skip
    keep_rejections(decree=decree, rejected=rejected, by=BY)
    period = MonthPeriod.objects.create(month=date(2026, 1, 1), looked_at=AT)
    registered = decree.entries.filter(status="registered").order_by("number")
    for entry, kind, action in zip(
        registered, ("died", "moved", "moved"), ("claim", "replace", "replace"),
        strict=False,
    ):  # fmt: skip
        ChangeTask.objects.create(
            period=period, entry=entry, kind=kind, action=action,
            occurred_on=date(2026, 1, 9), detail="Pindah ke KOTA PADANG.",
            stop_from=date(2026, 2, 1),
        )  # fmt: skip


def main(folder: str) -> None:
    """Make the city in `folder`, which must be the workspace of the settings."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    workspace = settings.WORKSPACE.create(region="13.74", demo=True, today=TODAY)
    if str(workspace.root) != folder:
        raise SystemExit(f"the settings speak of {workspace.root}, not of {folder}")
    call_command("migrate", verbosity=0)
    build(workspace)


if __name__ == "__main__":
    import sys

    main(sys.argv[1])
