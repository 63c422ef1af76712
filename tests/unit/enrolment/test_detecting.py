"""What lists and register say of a month, found in columns."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from tests.support.enrolment import a_nik

from semesta.enrolment.monthly.detecting import FOUND, MEMBERS, Lists, detect
from semesta.kernel import Month

MARCH = Month(2026, 3)


def members(*changes: dict[str, Any]) -> pa.Table:
    rows = [
        {
            "entry_id": 100 + n, "person_id": n, "nik": a_nik(n), "holder_nik": a_nik(n),
            "payer": "APBD", "born_on": date(1985, 1, 1), "issued_on": date(2026, 1, 5),
            "first_month": date(2026, 1, 1), "registered": True, "alive": True,
            "died_on": None, "works": True, **change,
        }
        for n, change in enumerate(changes, start=1)
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, schema=MEMBERS)


def lists(folder: Path, *rows: dict[str, Any], linked: dict[str, int] | None = None,
          **more: Any) -> Lists:  # fmt: skip
    """Rows of lists as the intake leaves them; `linked`: row → person."""
    full = [
        {"row_id": f"d:1:{n}", "delivery": "d", "fate": "accepted", **row}
        for n, row in enumerate(rows, start=1)
    ]
    names = dict.fromkeys(name for row in full for name in row)
    table = pa.table({name: [row.get(name) for row in full] for name in names})
    pq.write_table(table, folder / "rows.parquet")
    person_rows = None
    if linked is not None:
        person_rows = folder / "person_rows.parquet"
        pairs = {"row_id": list(linked), "person_id": list(linked.values())}
        pq.write_table(pa.table(pairs), person_rows)
    return Lists([folder / "rows.parquet"], person_rows, **more)


def found(people: pa.Table, said: Lists) -> dict[tuple[int, str], dict[str, Any]]:
    table = detect(people, said, month=MARCH)
    assert table.schema == FOUND
    return {(row["entry_id"], row["kind"]): row for row in table.to_pylist()}


def test_nothing_said_nothing_found() -> None:
    assert found(members({}), Lists()) == {}


def test_a_row_that_is_not_linked_yet_counts_by_its_nik(tmp_path: Path) -> None:
    said = lists(
        tmp_path,
        {"source": "deaths", "nik": a_nik(1), "died_on": date(2026, 3, 9)},
        {"source": "moves", "nik": a_nik(2), "occurred_on": date(2026, 3, 2),
         "reason_text": "KOTA PADANG"},
        {"source": "moves", "nik": a_nik(3), "occurred_on": date(2026, 4, 2)},
        {"source": "moves", "nik": a_nik(3), "occurred_on": date(2025, 12, 2)},
        {"source": "moves", "nik": a_nik(9), "occurred_on": date(2026, 3, 2)},
        {"source": "moves", "nik": a_nik(3), "occurred_on": date(2026, 3, 2),
         "fate": "held"},
    )  # fmt: skip
    changes = found(members({}, {}, {}), said)
    assert set(changes) == {(101, "died"), (102, "moved")}
    assert changes[101, "died"]["row_id"] == "d:1:1"
    assert changes[102, "moved"]["fact"] == "KOTA PADANG"


def test_a_linked_death_counts_only_if_the_register_says_so(tmp_path: Path) -> None:
    said = lists(
        tmp_path,
        {"source": "deaths", "nik": "", "died_on": date(2026, 3, 9)},
        {"source": "deaths", "nik": "", "died_on": date(2026, 3, 9)},
        linked={"d:1:1": 1, "d:1:2": 2},
    )
    people = members({"alive": False, "died_on": date(2026, 3, 9)}, {})
    assert set(found(people, said)) == {(101, "died")}


def test_a_death_after_the_month_waits(tmp_path: Path) -> None:
    people = members({"alive": False, "died_on": date(2026, 4, 1)})
    assert found(people, Lists()) == {}


def test_a_job_counts_until_it_ends(tmp_path: Path) -> None:
    said = lists(
        tmp_path,
        {"source": "pu_participants", "nik": a_nik(1), "kpj": "K1",
         "started_on": date(2026, 3, 1)},
        {"source": "pu_participants", "nik": a_nik(2), "kpj": "K2",
         "started_on": date(2025, 3, 1)},
        {"source": "deactivations", "nik": a_nik(2), "kpj": "K2",
         "occurred_on": date(2026, 2, 1)},
        {"source": "pu_participants", "nik": a_nik(3), "kpj": "K3",
         "started_on": date(2026, 4, 1)},
    )  # fmt: skip
    assert set(found(members({}, {}, {}), said)) == {(101, "wage_worker")}


def test_a_month_of_another_payer(tmp_path: Path) -> None:
    def paid(nik: int, payer: str, first: date, until: date) -> dict[str, Any]:
        return {"source": "bpu_participants", "nik": a_nik(nik), "payer": payer,
                "month_from": first, "month_until": until}  # fmt: skip

    march, april = date(2026, 3, 1), date(2026, 4, 1)
    said = lists(
        tmp_path,
        paid(1, "APBD_PROV", march, april),
        paid(2, "APBD", march, april),
        paid(3, "APBD_PROV", april, date(2026, 5, 1)),
        {**paid(4, "SELF", date(2026, 1, 1), april), "source": "payments"},
    )
    changes = found(members({}, {}, {}, {}), said)
    assert set(changes) == {(101, "double_payer"), (104, "double_payer")}
    assert changes[101, "double_payer"]["fact"] == "APBD_PROV"


def test_what_the_register_says_alone(tmp_path: Path) -> None:
    people = members(
        {"born_on": date(1961, 3, 31)},
        {"born_on": date(1961, 4, 1)},
        {"works": False},
        {"works": None},
        {"holder_nik": a_nik(50)},
        {"person_id": 77}, {"person_id": 77},
    )  # fmt: skip
    changes = found(people, Lists())
    assert set(changes) == {
        (101, "turned_65"), (103, "no_work"), (105, "identity"), (106, "identity"),
        (107, "identity"),
    }  # fmt: skip
    assert changes[101, "turned_65"]["occurred_on"] == date(2026, 3, 31)
    assert not changes[105, "identity"]["twice"]
    assert changes[106, "identity"]["twice"]


def test_where_the_register_has_it_from(tmp_path: Path) -> None:
    provenance = tmp_path / "provenance.parquet"
    said = {
        "person_id": [1, 1], "field": ["works", "works"], "value": ["true", "false"],
        "row_id": ["old:1:4", "new:1:9"], "rule": ["aside", "chosen"],
    }  # fmt: skip
    pq.write_table(pa.table(said), provenance)
    changes = found(members({"works": False}), Lists(provenance=provenance))
    assert changes[101, "no_work"]["row_id"] == "new:1:9"
    assert changes[101, "no_work"]["delivery"] == "new"


def test_a_row_of_somebody_merged_is_about_who_stays(tmp_path: Path) -> None:
    said = lists(
        tmp_path,
        {"source": "moves", "nik": a_nik(40), "occurred_on": date(2026, 3, 2)},
        linked={"d:1:1": 40},
        merged={40: 1},
    )
    assert set(found(members({}), said)) == {(101, "moved")}
