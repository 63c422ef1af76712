"""The ledger: everyone's status for a million people, and a hundred thousand entries.

Status: `semesta ledger status` as a user runs it, on SQLite, for 1,000,000 people with
36 paid months each (three payments of twelve); under 20 s. Posting: rows of the
insurer's list through `post`, with every trigger, on SQLite and on PostgreSQL; under
20 s each.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from bench.machine import timed

PEOPLE = 1_000_000
ENTRIES = 100_000
ON = "2026-01-31"
AT = datetime(2026, 1, 2, 3, tzinfo=UTC)
YEARS = (2023, 2024, 2025)
ROOT = Path(__file__).parents[1]


def run(folder: Path) -> dict[str, Any]:
    """Seconds of both, and how many rows a second."""
    posted = {
        name: _posted(folder / name, server=server)
        for name, server in (("sqlite", False), ("postgresql", True))
    }
    workspace = folder / "juta"
    _in_new_process("fill", workspace)
    python = [sys.executable, "-m", "semesta", "ledger", "status", "--json"]
    asked = [*python, "--workspace", str(workspace), "--on", ON, "--first", "0"]
    first = timed(asked)
    return {
        "goal": "status of 1,000,000 people under 20 s; 100,000 entries under 20 s",
        "people": PEOPLE,
        "ranges": PEOPLE * len(YEARS),
        "status_seconds": first["seconds"],
        "status_peak_mib": first["peak_mib"],
        "entries": ENTRIES,
        "posting": posted,
    }


def _posted(workspace: Path, *, server: bool) -> dict[str, Any]:
    said = _in_new_process("post", workspace, server=server)
    return dict(json.loads(said.splitlines()[-1]))


def _in_new_process(what: str, workspace: Path, *, server: bool = False) -> str:
    command = [sys.executable, "-m", "bench.ledger", what, str(workspace)]
    if server:
        starter = ROOT / "tests" / "support" / "with_postgresql.py"
        command = [sys.executable, str(starter), *command]
    environment = {k: v for k, v in os.environ.items() if k != "SEMESTA_DATABASE_URL"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return done.stdout


def _begin(root: Path) -> Any:
    from semesta.cli.workspace import boot, migrate
    from semesta.warehouse.workspace import Workspace

    workspace = Workspace(root).create(region="13.74")
    boot(root)
    migrate()
    return workspace


def _people(count: int) -> pa.Table:
    """Plain people: a head of household with a spouse and a child, each third."""
    ids = np.arange(1, count + 1)
    text = {"name": "CONTOH", "search_name": "CONTOH", "occupation": "petani"}
    blank = (
        "nik family_card titles sex born_at mother_name address rt rw phone "
        "marital_status kpj"
    ).split()
    born = np.datetime64("1975-01-01") + ids % 9000
    columns = {
        "id": pa.array(ids),
        "anchor": pa.array([f"b:{n}" for n in ids]),
        "kelurahan": pa.array(["13.74.01.1001"] * count),
        "relation": pa.array(np.resize(["kepala", "istri", "anak"], count)),
        "household_id": pa.array((ids - 1) // 3 + 1),
        "born_on": pa.array(born, pa.date32()),
        "works": pa.array(ids % 3 != 0),
        **{name: pa.array([value] * count) for name, value in text.items()},
        **{name: pa.array([""] * count) for name in blank},
        **{
            name: pa.array([False] * count)
            for name in ("is_civil_servant", "proposed", "in_population_register")
        },
    }
    return pa.table(columns)


def _households(count: int) -> pa.Table:
    ids = np.arange(1, count + 1)
    return pa.table(
        {
            "id": pa.array(ids),
            "family_card": pa.array([f"{n:016d}" for n in ids]),
            **{name: pa.array([""] * count) for name in ("kelurahan", "address")},
            **{name: pa.array([""] * count) for name in ("rt", "rw")},
            "members": pa.array(np.full(count, 3)),
        }
    )


def _store_people(count: int) -> None:
    from django.db import transaction

    from semesta.registry.models import Household, Person
    from semesta.warehouse.bulk import insert_rows

    with transaction.atomic():
        insert_rows(Household, _households(count // 3 + 1))
        insert_rows(Person, _people(count))


def fill(root: Path) -> None:
    """A million people and their three years, written past the checks: not measured."""
    _begin(root)
    from django.db import connection, transaction

    from semesta.ledger.models import LedgerEntry
    from semesta.warehouse.bulk import insert_rows

    _store_people(PEOPLE)
    ids = np.arange(1, PEOPLE + 1)
    with connection.cursor() as cursor:
        for name in ("paid_once", "grounded"):
            cursor.execute(f"DROP TRIGGER ledger_ledgerentry_{name}")
    for year in YEARS:
        with transaction.atomic():
            insert_rows(LedgerEntry, _entries(ids, year))


def _entries(ids: np.ndarray, year: int) -> pa.Table:
    count = len(ids)
    same = {
        "segment": "BPU", "programmes": "JKK+JKM", "payer": "APBD",
        "delivery": "0" * 16, "posted_by": "bench", "reason": "",
    }  # fmt: skip
    return pa.table(
        {
            "key": pa.array([f"{year}{n:060d}" for n in ids]),
            "person_id": pa.array(ids),
            "row_id": pa.array([f"0:{year}:{n}" for n in ids]),
            "paid_from": pa.array([date(year, 1, 1)] * count, pa.date32()),
            "paid_until": pa.array([date(year + 1, 1, 1)] * count, pa.date32()),
            "amount": pa.array(np.full(count, 201_600)),
            "posted_at": pa.array([AT] * count, pa.timestamp("us", tz="UTC")),
            **{name: pa.array([value] * count) for name, value in same.items()},
        }
    )


def post(root: Path) -> None:
    """One list of the insurer with so many rows, posted; prints the seconds."""
    workspace = _begin(root)
    from semesta.kernel import Actor
    from semesta.ledger import services

    _store_people(ENTRIES)
    _deliver(workspace)
    began = time.perf_counter()
    counts = services.post(workspace=workspace, by=Actor("bench", AT))
    seconds = time.perf_counter() - began
    if counts["entries"] != ENTRIES:
        raise RuntimeError(f"posted {counts['entries']} entries")
    found = {"seconds": round(seconds, 2), "per_second": round(ENTRIES / seconds)}
    print(json.dumps(found))


def _deliver(workspace: Any) -> None:
    """The rows of the list in the lake, and a registration that knows whose they are."""
    from semesta.audit.models import Run
    from semesta.intake.models import Delivery
    from semesta.linkage.models import LinkageRun
    from semesta.registry.models import RegistryRun
    from semesta.warehouse.lake import write_parquet

    name, ids = "b" * 16, np.arange(1, ENTRIES + 1)
    rows = [f"{name}:1:{n}" for n in ids]
    same = {"delivery": name, "fate": "accepted", "payer": "APBD"}
    table = pa.table(
        {
            "row_id": rows,
            "line": pa.array(ids, pa.int32()),
            "programmes": ["JKK+JKM"] * ENTRIES,
            "month_from": pa.array([date(2025, 1, 1)] * ENTRIES, pa.date32()),
            "month_until": pa.array([date(2026, 1, 1)] * ENTRIES, pa.date32()),
            "amount": pa.array(np.full(ENTRIES, 201_600)),
            **{key: [value] * ENTRIES for key, value in same.items()},
        }
    )
    sha256 = write_parquet(table, workspace.lake / "rows" / f"{name}.parquet")
    Delivery.objects.create(
        name=name, sha256=hashlib.sha256(name.encode()).hexdigest(), size=1,
        supplier="bpu_participants", filename="Peserta_BPU.csv", rows=ENTRIES,
        status=Delivery.Status.READ, accepted=ENTRIES, rows_sha256=sha256,
        as_of=date(2026, 1, 2), received_at=AT, received_by="bench",
    )  # fmt: skip
    runs = [
        Run.objects.create(stage=stage, key=stage, code_version="0", by="b", at=AT)
        for stage in ("link", "register")
    ]
    linkage = LinkageRun.objects.create(
        name="l", run=runs[0], rows=ENTRIES, pairs=0, clusters=0, threshold=0.5
    )
    RegistryRun.objects.create(
        name="r", run=runs[1], linkage_run=linkage, persons=ENTRIES, households=0
    )
    owners = {"person_id": pa.array(ids), "row_id": rows}
    path = workspace.lake / "registry" / "r" / "person_rows.parquet"
    write_parquet(pa.table(owners), path)


if __name__ == "__main__":
    {"fill": fill, "post": post}[sys.argv[1]](Path(sys.argv[2]))
