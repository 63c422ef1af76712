"""Invented candidates, and the way they reach a plan, a decree and an answer."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa

from semesta.audit.models import Run
from semesta.decrees.models import Decree
from semesta.decrees.services import issue_decree
from semesta.eligibility.models import DecisionRun, PolicyVersion
from semesta.intake.models import Delivery
from semesta.kernel import Actor, Month
from semesta.linkage.models import LinkageRun
from semesta.planning.allocate import Candidate
from semesta.planning.models import Plan
from semesta.planning.services import make_plan
from semesta.registry.models import Person, RegistryRun
from semesta.warehouse.lake import write_parquet
from semesta.warehouse.workspace import Workspace

COST_EACH = 16_800 * 12
DECIDED_ON = date(2026, 1, 2)
AT = datetime(2026, 1, 2, 3, 0, tzinfo=UTC)
POLICY_HEAD = """
title: Perwako contoh tentang pekerja rentan
region: "13.74"
year: 2026
payer: APBD
instrument: Perwako (contoh)
criteria: [{criterion: alive, clause: Pasal 1}]
"""
BY_DECILE = "priority: [{by: decile, order: lowest}]"

TABLE = pa.schema(
    [
        ("person_id", pa.int64()),
        ("nik", pa.string()),
        ("household", pa.int64()),
        ("kelurahan", pa.string()),
        ("decile", pa.int64()),
        ("tenure_months", pa.int64()),
    ]
)


def a_nik(number: int) -> str:
    """The NIK of an invented person: serial 9001 to 9999, on further birth dates."""
    day, serial = divmod(number, 999)
    month, day = divmod(day, 28)
    return f"137401{day + 1:02d}{month % 12 + 1:02d}90{9001 + serial}"


def candidates_table(*changes: dict[str, Any]) -> pa.Table:
    """One row per dictionary of what differs from an ordinary candidate."""
    rows = [
        {
            "person_id": n,
            "nik": a_nik(n),
            "household": n,
            "kelurahan": "13.74.01.1001",
            "decile": 1,
            "tenure_months": 0,
            **change,
        }
        for n, change in enumerate(changes, start=1)
    ]
    return pa.Table.from_pylist(rows, schema=TABLE)


def ranked(count: int, **changes: Sequence[Any]) -> list[Candidate]:
    """Candidates 1 … count in ranked order; `changes` gives a field for all of them."""
    return [
        Candidate(
            person_id=n,
            nik=changes["nik"][n - 1] if "nik" in changes else a_nik(n),
            household=changes["household"][n - 1] if "household" in changes else n,
            kelurahan=changes["kelurahan"][n - 1]
            if "kelurahan" in changes
            else "13.74.01.1001",
        )
        for n in range(1, count + 1)
    ]


def a_person(number: int, **changes: Any) -> Person:
    """A stored person who could be registered as they are."""
    given = {
        "anchor": f"nik:{a_nik(number)}",
        "nik": a_nik(number),
        "name": f"ORANG {chr(65 + number % 26)} CONTOH",
        "search_name": f"ORANG {chr(65 + number % 26)} CONTOH",
        "born_on": date(1990, 1, 1),
        "address": f"Jl. Contoh No. {number}",
        "rt": "001",
        "rw": "002",
        "kelurahan": "13.74.01.1001",
        "phone": f"0812{number:08d}",
        "alive": True,
        "occupation": "petani",
    }
    return Person.objects.create(**{**given, **changes})


def a_run(stage: str) -> Run:
    """A finished run of an earlier stage."""
    key = f"{stage}-{Run.objects.count()}"
    return Run.objects.create(
        stage=stage, key=key, code_version="0", by="petugas", at=AT
    )


def a_decision_run(
    workspace: Workspace,
    decided: Sequence[tuple[Person, dict[str, Any]]],
    *,
    policy: str = BY_DECILE,
) -> DecisionRun:
    """A judgement: each person with what differs from passing in decile 1.

    `policy` are the lines of the policy file that say whom to choose.
    """
    linkage = LinkageRun.objects.create(
        name=f"l{LinkageRun.objects.count():015d}",
        run=a_run("link"),
        rows=0,
        pairs=0,
        clusters=0,
        threshold=0.0,
        clusters_sha256="",
    )
    registry = RegistryRun.objects.create(
        name=linkage.name,
        run=a_run("register"),
        linkage_run=linkage,
        persons=len(decided),
        households=0,
    )
    body = f"{POLICY_HEAD}{policy}\n"
    version, _ = PolicyVersion.objects.get_or_create(
        sha256=hashlib.sha256(body.encode()).hexdigest(),
        defaults={
            "slug": "13.74/2026-apbd",
            "year": 2026,
            "payer": "APBD",
            "title": "Perwako contoh tentang pekerja rentan",
            "body": body,
            "first_used_at": AT,
        },
    )
    rows = [
        {"person_id": person.pk, "outcome": "pass", "decile": 1, **change}
        for person, change in decided
    ]
    name = f"d{DecisionRun.objects.count():015d}"
    folder = workspace.lake / "decisions" / name
    schema = pa.schema(
        [("person_id", pa.int64()), ("outcome", pa.string()), ("decile", pa.int64())]
    )
    table = pa.Table.from_pylist(rows, schema=schema)
    return DecisionRun.objects.create(
        name=name,
        run=a_run("decide"),
        policy=version,
        registry_run=registry,
        as_of=DECIDED_ON,
        passed=len(rows),
        failed=0,
        unknown=0,
        decisions_sha256=write_parquet(table, folder / "decisions.parquet"),
    )


def a_plan(
    workspace: Workspace,
    by: Actor,
    people: Sequence[Person],
    *,
    places: int | None = None,
    **decisions: Any,
) -> Plan:
    """A plan in which `people` are ranked as given, with money for `places` of them."""
    decided = [(person, {"decile": n}) for n, person in enumerate(people)]
    return make_plan(
        decision_run=a_decision_run(workspace, decided, **decisions),
        budget=COST_EACH * (len(people) if places is None else places),
        first_month=Month(2026, 1),
        months=12,
        workspace=workspace,
        by=by,
    )


def a_decree(plan: Plan, workspace: Workspace, by: Actor, **changes: Any) -> Decree:
    """The decree of a plan."""
    given = {"number": "400/1/2026", "issued_on": DECIDED_ON}
    return issue_decree(plan=plan, workspace=workspace, by=by, **{**given, **changes})


def an_answer_delivery(
    workspace: Workspace, *rows: dict[str, Any], number: str = "400/1/2026"
) -> Delivery:
    """The insurer's answer as the intake leaves it: standard rows in the lake."""
    name = f"{Delivery.objects.count() + 1:016x}"
    table = pa.Table.from_pylist(
        [
            {
                "row_id": f"{name}:1:{line}",
                "delivery": name,
                "fate": "accepted",
                "decree_number": number,
                "kpj": "",
                "reason_code": "",
                "reason_text": "",
                **row,
            }
            for line, row in enumerate(rows, start=2)
        ]
    )
    sha256 = write_parquet(table, workspace.lake / "rows" / f"{name}.parquet")
    return Delivery.objects.create(
        name=name,
        sha256=f"{name}{sha256[16:]}",
        supplier="insurer_answer",
        filename="Jawaban_SK.xlsx",
        size=1,
        status=Delivery.Status.READ,
        rows=len(rows),
        accepted=len(rows),
        rows_sha256=sha256,
        as_of=DECIDED_ON,
        received_at=AT,
        received_by="bpjs",
    )
