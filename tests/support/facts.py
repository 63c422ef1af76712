"""Facts tables: the cases of the criteria, and generated people of every kind."""

from __future__ import annotations

import random
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from semesta.eligibility.criteria import catalogue
from semesta.eligibility.criterion import At
from semesta.eligibility.facts import FACTS
from semesta.law.document import Document

AT = At(as_of=date(2026, 1, 2), region="13.74", payer="APBD")
CASES = Path(__file__).parents[1] / "spec" / "eligibility" / "criteria.yaml"
NIKS = ("1374010107809001", "1374017112809002", "1374014012809003", "137401", None)


def cases() -> list[dict[str, Any]]:
    return Document(CASES.read_text("utf-8"), CASES.name).data


def facts_table(rows: list[dict[str, Any]]) -> pa.Table:
    """A facts table; what a row does not say is null; person_id counts from 1."""
    full = [{"person_id": number, **row} for number, row in enumerate(rows, start=1)]
    return pa.Table.from_pylist(full, schema=FACTS)


def facts_file(rows: list[dict[str, Any]], folder: Path) -> Path:
    """The same table as a file, which every engine reads without losing nulls."""
    path = folder / "facts.parquet"
    pq.write_table(facts_table(rows), path)
    return path


def results_of_cases(session: Any, folder: Path) -> list[str]:
    """What each case's criterion says about the case's own facts, in their order."""
    listed = cases()
    path = facts_file([case["facts"] for case in listed], folder)
    facts = session.read_parquet(str(path))
    columns = {}
    for number, case in enumerate(listed, start=1):
        criterion = catalogue()[case["criterion"]]
        params = criterion.params.model_validate(case.get("with", {}))
        columns[f"case_{number}"] = criterion.test(facts, params, AT)
    rows = session.to_pyarrow(facts.select("person_id", **columns)).to_pylist()
    words = {True: "pass", False: "fail", None: "unknown"}
    by_person = {row["person_id"]: row for row in rows}
    return [
        words[by_person[number][f"case_{number}"]]
        for number in range(1, len(listed) + 1)
    ]


def shipped_policies() -> list[Path]:
    """The files of every policy that comes with the package, by region."""
    folder = Path(str(files("semesta") / "policies"))
    return sorted(folder.glob("*/*.yaml"))


def some_people(
    count: int, *, seed: int = 3, region: str = "13.74"
) -> list[dict[str, Any]]:
    """People with every mixture of known and unknown facts, mostly eligible."""
    rng = random.Random(seed)
    home = ".".join([*region.split("."), "01", "01", "1001"][:4])

    def often(value: Any, *others: Any) -> Any:
        return value if rng.random() < 0.8 else rng.choice(others)

    def person() -> dict[str, Any]:
        until = often(None, date(2025, 12, 1), date(2026, 1, 1), date(2026, 3, 1))
        paid = often(rng.randrange(60), None)
        return {
            "nik": often(NIKS[0], *NIKS),
            "household_id": rng.randrange(200),
            "kelurahan": often(home, "99.71.01.1001", None),
            "in_population_register": often(True, False, None),
            "age": often(rng.randrange(18, 65), 17, 65, 70, None),
            "alive": often(True, False, None),
            "lives_here": often(None, True, False),
            "works": often(True, False, None),
            "occupation": often(
                "petani", "pns", "ojek", "pekerja-sawit", "lainnya", None
            ),
            "income": often(rng.randrange(5_000_000), None),
            "decile": often(rng.randrange(1, 6), 7, None),
            "decile_province": often(3, None),
            "decile_city": often(3, None),
            "decile_p3ke": often(None, 1, 2),
            "employers": often(None, ";PT SAWIT JAYA;", ";TOKO A;"),
            "employer_kbli": often(None, ";01262;", ";10126;47111;"),
            "lists": often(None, ";BURUH TANI TEMBAKAU;", ";E-RDKK;HOTLINE;"),
            "lists_known": often(";BURUH TANI TEMBAKAU;E-RDKK;HOTLINE;", None),
            "aids": often(None, ";PKH;", ";BPUM;"),
            "aids_known": often(";BPNT;BST;PKH;", ";PKH;", None),
            "seen_working": often(True, False, None),
            "civil_servant": often(False, True, None),
            "wage_earner": often(False, True, None),
            "proposed": often(True, False, None),
            "on_earlier_decree": often(False, True, None),
            "standing": rng.choice(["active", "grace", "lapsed", "never"])
            if paid is not None
            else None,
            "paid_months": paid,
            "spell_months": None if paid is None else rng.randrange(paid + 1),
            "other_payer": "SELF" if until else None,
            "other_paid_until": until,
        }

    return [person() for _ in range(count)]
