"""A workspace full of invented people and their paid months, written without reading files.

What registration would leave behind, in one go: persons, the insurer's rows, the lists
that were delivered. Every share is drawn; nobody in it exists.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bench.machine import python, semesta, timed

AT = datetime(2026, 1, 2, tzinfo=UTC)
ON = date(2026, 1, 2)
POLICY = "13.74/2026-apbd"
KELURAHAN = [
    f"13.74.{kecamatan:02d}.{1000 + n}" for kecamatan in (1, 2) for n in range(1, 9)
]
JOBS = ["petani", "ojek", "buruh-harian", "pedagang-kecil", "sopir", "lainnya"]
# Lists whose having been delivered is all that matters.
PRESENT = ("pu_participants", "dukcapil", "civil_servants", "proposal")
BATCH = 20_000


def write_city(root: Path, people: int, *, seed: int = 1374) -> Path:
    """A workspace with so many people, most of them entitled. Gives its folder."""
    timed(semesta("init", "--workspace", root))
    timed(_filling(root, people, seed))
    return root


def _filling(root: Path, people: int, seed: int) -> list[str]:
    """The command that fills a workspace: in a process of its own, as Django has one."""
    return python("-m", "bench.programme_city", root, str(people), str(seed))


def fill(root: Path, people: int, seed: int) -> None:
    """Persons into the database, rows of lists into the lake."""
    from semesta.cli.workspace import open_workspace

    workspace = open_workspace(root)
    rng = np.random.default_rng(seed)
    _write_persons(people, rng)
    registry = _registration(people)
    _write_paid(workspace, registry, people, rng)


def _write_persons(people: int, rng: np.random.Generator) -> None:
    from django.db import connection

    households = max(1, people * 2 // 5)
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.executemany(
            "INSERT INTO registry_household (id, family_card, kelurahan, address, rt, rw,"
            " members) VALUES (%s, %s, '', '', '', '', 0)",
            [(n, f"{1374010000000000 + n}") for n in range(1, households + 1)],
        )
        for batch in _batches(people, households, rng):
            cursor.executemany(_INSERT, batch)
        cursor.execute("COMMIT")


_COLUMNS = (
    "id", "anchor", "nik", "family_card", "name", "titles", "search_name", "sex",
    "born_on", "born_at", "mother_name", "address", "rt", "rw", "kelurahan", "phone",
    "relation", "marital_status", "alive", "works", "occupation", "income", "decile",
    "is_civil_servant", "proposed", "kpj", "in_population_register", "household_id",
)  # fmt: skip
_INSERT = (
    f"INSERT INTO registry_person ({', '.join(_COLUMNS)}) "
    f"VALUES ({', '.join(['%s'] * len(_COLUMNS))})"
)


def _batches(
    people: int, households: int, rng: np.random.Generator
) -> Iterator[list[tuple[Any, ...]]]:
    for start in range(1, people + 1, BATCH):
        ids = range(start, min(start + BATCH, people + 1))
        size = len(ids)
        drawn = zip(
            ids,
            rng.integers(1, households + 1, size).tolist(),
            rng.integers(1962, 2008, size).tolist(),
            rng.integers(1, 13, size).tolist(),
            rng.integers(0, len(JOBS), size).tolist(),
            rng.integers(1, 9, size).tolist(),
            (rng.random(size) < 0.5).tolist(),
            rng.integers(3, 40, size).tolist(),
            strict=True,
        )
        yield [_person(*values) for values in drawn]


def _person(
    number: int, household: int, year: int, month: int, job: int, decile: int,
    woman: bool, income: int,
) -> tuple[Any, ...]:  # fmt: skip
    day = number // 999 % 28 + 1
    nik = f"1374{number // 27_972 % 100:02d}{day + 40 * woman:02d}{month:02d}"
    nik += f"{year % 100:02d}{9001 + number % 999}"
    place = KELURAHAN[household % len(KELURAHAN)]
    return (
        number, f"bench:{number}", nik, "", f"ORANG {number} CONTOH", "",
        f"ORANG {number} CONTOH", "P" if woman else "L", f"{year}-{month:02d}-{day:02d}",
        "", "", "", "", "", place, "", "", "", True, True, JOBS[job],
        income * 100_000, decile, False, True, "", True, household,
    )  # fmt: skip


def _registration(people: int) -> Any:
    from semesta.audit.models import Run
    from semesta.linkage.models import LinkageRun
    from semesta.registry.models import RegistryRun

    def run(stage: str) -> Run:
        return Run.objects.create(
            stage=stage, key=stage, code_version="bench", by="bench", at=AT
        )

    linked = LinkageRun.objects.create(
        name="l" * 16, run=run("link"), rows=0, pairs=0, clusters=0, threshold=0.0,
        clusters_sha256="",
    )  # fmt: skip
    return RegistryRun.objects.create(
        name="r" * 16,
        run=run("register"),
        linkage_run=linked,
        persons=people,
        households=0,
    )


def _write_paid(
    workspace: Any, registry: Any, people: int, rng: np.random.Generator
) -> None:
    """Half of the people have one or two paid ranges since 2022."""
    from semesta.registry.queries import person_rows_file

    owner = np.repeat(np.arange(1, people + 1), rng.choice([0, 1, 2], people))
    start = np.datetime64("2022-01", "M") + rng.integers(0, 44, len(owner))
    months = rng.choice([2, 3, 6, 9, 12, 24], len(owner))
    end = np.minimum(start + months, np.datetime64("2026-01", "M"))
    rows = {
        "row_id": [f"paid:1:{n}" for n in range(len(owner))],
        "fate": ["accepted"] * len(owner),
        "month_from": start.astype("datetime64[D]"),
        "month_until": end.astype("datetime64[D]"),
        "payer": ["APBD"] * len(owner),
    }
    _deliver(workspace, "bpu_participants", pa.table(rows))
    for supplier in PRESENT:
        _deliver(workspace, supplier, pa.table(rows).slice(0, 0))
    path = person_rows_file(workspace, registry.name)
    path.parent.mkdir(parents=True)
    pq.write_table(pa.table({"person_id": owner, "row_id": rows["row_id"]}), path)


def _deliver(workspace: Any, supplier: str, rows: pa.Table) -> None:
    from semesta.intake.models import Delivery
    from semesta.linkage.queries import rows_file

    name = f"{supplier:x<16}"[:16]
    Delivery.objects.create(
        name=name, sha256=f"{supplier:x<64}"[:64], supplier=supplier, filename=supplier,
        size=0, status="read", rows=rows.num_rows, accepted=rows.num_rows, as_of=ON,
        received_at=AT, received_by="bench",
    )  # fmt: skip
    path = rows_file(workspace, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(rows, path)


if __name__ == "__main__":
    import sys

    fill(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
