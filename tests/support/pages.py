"""A small invented city with something on every page, written by the real services.

Run as `python -m tests.support.pages FOLDER` it makes that city in a fresh workspace
(for the browser tests and for looking at the pages while working on them).
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa

from semesta.kernel import Actor, Month
from semesta.warehouse.lake import write_parquet
from semesta.warehouse.workspace import Workspace

TODAY = date(2026, 1, 31)
DECIDED = date(2026, 1, 2)
AT = datetime(2026, 1, 5, 3, 0, tzinfo=UTC)
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
    _lists(city)
    _ledger(city)
    _employers(region)
    _stages(city)
    return city


def _people(city: SmallCity, count: int) -> None:
    from semesta.registry.models import Person

    dice = random.Random(2026)
    places = city.workspace.region.places
    for n in range(count):
        place = places[n % len(places)]
        sex = dice.choice("LP")
        born = date(dice.randint(1956, 2004), dice.randint(1, 12), dice.randint(1, 28))
        day = born.day + (40 if sex == "P" else 0)
        nik = f"137401{day:02d}{born.month:02d}{born.year % 100:02d}{9001 + n % 999}"
        name = f"{dice.choice(GIVEN)} {dice.choice(FAMILY)}".upper()
        dead = n % 41 == 7
        city.people.append(
            Person(
                anchor=f"nik:{nik}:{n}",
                nik=nik,
                family_card=f"137401010120{9001 + n // 3 % 999:04d}",
                name=name,
                search_name=name,
                titles="St." if n % 37 == 5 else "",
                sex=sex,
                born_on=born,
                born_at="PADANG PANJANG",
                address=f"JL. CONTOH NO. {n + 1}",
                rt=f"{n % 5 + 1:03d}",
                rw=f"{n % 3 + 1:03d}",
                kelurahan=place.code,
                phone=f"0812{n:08d}",
                relation="kepala" if n % 3 == 0 else "istri",
                marital_status="kawin",
                alive=not dead,
                died_on=date(2025, n % 12 + 1, 14) if dead else None,
                works=n % 11 != 3,
                occupation=dice.choice(WORK),
                income=dice.randint(8, 30) * 100_000,
                decile=dice.randint(1, 7),
                proposed=n // 16 % 2 == 0,
                in_population_register=True,
                kpj=f"2300{n:07d}" if n % 3 else "",
            )
        )
    Person.objects.bulk_create(city.people)
    city.people = list(Person.objects.order_by("pk"))


def _lists(city: SmallCity) -> None:
    from tests.support.people import a_registry_run

    deliver(city, "dukcapil", "Ekstrak_Dukcapil_13.74_2025-12.csv", city.people)
    deliver(city, "dtsen_individual", "DTSEN_individu_1374.csv", city.people[::2])
    for place in city.workspace.region.places[:5]:
        inside = [p for p in city.people if p.kelurahan == place.code and p.proposed]
        name = f"Usulan_{place.name.replace(' ', '_')}.xlsx"
        deliver(city, "proposal", name, inside, area=place.code, dirty=True)
    deliver(city, "bpu_participants", "Peserta_BPU_iuran.csv", [])
    deliver(city, "pu_participants", "data_tk_baru.xlsx", [])
    deliver(city, "civil_servants", "Daftar_ASN.xlsx", [])
    _refused(city)
    run = a_registry_run(city.workspace, city.rows)
    _doubt(city, run.linkage_run)
    _provenance(city, run.name)


def deliver(
    city: SmallCity,
    supplier: str,
    filename: str,
    people: Iterable[Any],
    *,
    area: str = "",
    dirty: bool = False,
) -> None:
    """One delivery with a row per person; every seventh dirty row has a question."""
    from semesta.intake.models import Delivery

    sha256 = hashlib.sha256(filename.encode()).hexdigest()
    name = sha256[:16]
    rows, problems = [], []
    for line, person in enumerate(people, start=6):
        row_id = f"{name}:1:{line}"
        fate = _fate(line) if dirty else "accepted"
        rows.append(_row(person, row_id, name, supplier, line, fate))
        if fate != "accepted":
            problems.append(_problem(row_id, line, fate))
        if fate in ("accepted", "corrected"):
            city.rows[row_id] = person
    lake = city.workspace.lake
    table = pa.Table.from_pylist(rows, ROWS)
    write_parquet(table, lake / "rows" / f"{name}.parquet")
    write_parquet(
        pa.Table.from_pylist(problems, PROBLEMS), lake / "problems" / f"{name}.parquet"
    )
    fates = [row["fate"] for row in rows]
    Delivery.objects.create(
        name=name, sha256=sha256, supplier=supplier, filename=filename, size=48_000,
        area=area, status="read", rows=len(rows), rows_sha256=sha256,
        **{f: fates.count(f) for f in ("accepted", "corrected", "held", "refused")},
        as_of=date(2025, 12, 31), received_at=AT, received_by="petugas",
    )  # fmt: skip


def _fate(line: int) -> str:
    return {3: "held", 5: "corrected", 0: "refused"}.get(line % 7, "accepted")


ROWS = pa.schema(
    [
        *((name, pa.string()) for name in (
            "row_id", "delivery", "source", "subject", "fate", "nik", "family_card",
            "name", "titles", "sex", "kelurahan", "address", "occupation",
        )),
        ("line", pa.int64()), ("born_on", pa.date32()), ("alive", pa.bool_()),
        ("decile", pa.int16()), ("codes", pa.list_(pa.string())),
        ("month_from", pa.date32()), ("month_until", pa.date32()),
        ("payer", pa.string()),
    ]
)  # fmt: skip
PROBLEMS = pa.schema(
    [
        ("row_id", pa.string()), ("line", pa.int64()), ("column", pa.string()),
        ("code", pa.string()), ("kind", pa.string()), ("message", pa.string()),
        ("office", pa.string()),
    ]
)  # fmt: skip
NOTICED = {
    "held": (
        "nik.numeric_cell",
        "NIK tersimpan sebagai angka. Berapa NIK lengkapnya?",
        "Kelurahan pengusul",
    ),
    "corrected": ("name.titles", "Gelar dipisahkan dari nama.", None),
    "refused": ("row.not_a_person", "Baris ini bukan data orang.", None),
}


def _row(
    person: Any, row_id: str, delivery: str, source: str, line: int, fate: str
) -> dict[str, Any]:
    return {
        "row_id": row_id, "delivery": delivery, "source": source, "subject": "person",
        "line": line, "fate": fate, "codes": [], "nik": person.nik,
        "family_card": person.family_card, "name": person.name, "titles": person.titles,
        "sex": person.sex, "born_on": person.born_on, "kelurahan": person.kelurahan,
        "address": person.address, "occupation": person.occupation,
        "alive": person.alive, "decile": person.decile,
    }  # fmt: skip


def _problem(row_id: str, line: int, fate: str) -> dict[str, Any]:
    code, message, office = NOTICED[fate]
    column = "NIK" if fate == "held" else "NAMA"
    return {
        "row_id": row_id, "line": line, "column": column, "code": code, "kind": fate,
        "message": message, "office": office,
    }  # fmt: skip


def _refused(city: SmallCity) -> None:
    from semesta.intake.models import Delivery

    filename = "Usulan pasar (foto).xlsx"
    sha256 = hashlib.sha256(filename.encode()).hexdigest()
    Delivery.objects.create(
        name=sha256[:16], sha256=sha256, supplier="", filename=filename, size=820_000,
        status="refused", as_of=date(2025, 12, 31), received_at=AT,
        received_by="petugas",
        problem={
            "code": "file.not_a_sheet",
            "what": "Berkas ini bukan lembar kerja.",
            "why": "Isinya PDF yang diberi nama .xlsx.",
            "fix": "Mintalah berkas Excel aslinya kepada pengirim, lalu kirim ulang.",
        },
    )  # fmt: skip


def _doubt(city: SmallCity, run: Any) -> None:
    """One doubtful pair: a person's row in the register and in another list."""
    from semesta.linkage.models import ReviewTask

    person = city.people[0]
    rows = [row for row, whose in city.rows.items() if whose == person]
    ReviewTask.objects.create(
        linkage_run=run, row_id_l=rows[0], row_id_r=rows[1], match_weight=1.0,
        area=person.kelurahan,
    )  # fmt: skip


def _provenance(city: SmallCity, name: str) -> None:
    records = [
        {"person_id": person.pk, "field": each, "value": str(getattr(person, each)),
         "row_id": row_id, "source": "dukcapil", "rule": "agreed"}
        for row_id, person in city.rows.items()
        for each in ("nik", "name", "born_on", "address", "kelurahan", "occupation")
        if row_id.startswith(next(iter(city.rows))[:16])
    ]  # fmt: skip
    schema = pa.schema(
        [("person_id", pa.int64()), *((c, pa.string()) for c in (
            "field", "value", "row_id", "source", "rule"))]
    )  # fmt: skip
    table = pa.Table.from_pylist(records, schema).sort_by("person_id")
    folder = city.workspace.lake / "registry" / name
    write_parquet(table, folder / "provenance.parquet")
    people = pa.table(
        {
            "person_id": pa.array([p.pk for p in city.rows.values()], pa.int64()),
            "row_id": pa.array(list(city.rows), pa.string()),
            "delivery": pa.array([row.split(":")[0] for row in city.rows], pa.string()),
            "source": pa.array([_source(row) for row in city.rows], pa.string()),
        }
    ).sort_by("person_id")
    write_parquet(people, folder / "person_rows.parquet")


def _source(row_id: str) -> str:
    from semesta.intake.models import Delivery

    if not _SOURCES:
        _SOURCES.update(Delivery.objects.values_list("name", "supplier"))
    return _SOURCES[row_id.split(":")[0]]


_SOURCES: dict[str, str] = {}


def _ledger(city: SmallCity) -> None:
    from semesta.ledger.models import LedgerEntry

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
    from semesta.eligibility.services import judge
    from semesta.enrolment.services import issue_decree, make_plan, write_upload
    from semesta.reports.services import publish_decree

    workspace = city.workspace
    run = judge(policy_slug="2026-apbd", as_of=DECIDED, workspace=workspace, by=BY)
    plan = make_plan(
        decision_run=run, budget=16_800 * 12 * 60, first_month=Month(2026, 1),
        months=12, workspace=workspace, by=BY,
    )  # fmt: skip
    decree = issue_decree(
        plan=plan, number="188.45/12/WAKO-PP/2026", issued_on=date(2026, 1, 5),
        workspace=workspace, by=BY,
    )  # fmt: skip
    write_upload(decree=decree, months=6, workspace=workspace, by=BY)
    _answers(city, decree)
    publish_decree(decree=decree, workspace=workspace, by=BY)
    watch(on=TODAY, workspace=workspace, by=BY)
    measure(on=TODAY, workspace=workspace, by=BY)
    detect(on=TODAY, workspace=workspace, by=BY)


def _answers(city: SmallCity, decree: Any) -> None:
    from semesta.enrolment.models import DecreeEntry, ReplacementTask

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
