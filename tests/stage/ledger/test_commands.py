"""`semesta ledger`: the fixed shape of its answers, its exit codes, no open NIK."""

from __future__ import annotations

import json
import sqlite3

import pytest
from tests.stage.conftest import FinishedCity
from tests.support.commands import semesta

pytestmark = pytest.mark.once
PROMISED = {"status", "tenure_months", "gaps", "months_to_36", "next_loss"}


def a_protected_nik(city: FinishedCity) -> str:
    with sqlite3.connect(city.workspace / "semesta.sqlite3") as con:
        found = con.execute(
            "SELECT p.nik FROM registry_person p JOIN ledger_ledgerentry e "
            "ON e.person_id = p.id WHERE p.nik <> '' AND p.merged_into_id IS NULL "
            "AND p.alive AND e.segment = 'BPU' AND e.paid_from = '2026-01-01' "
            "ORDER BY p.id"
        ).fetchone()
    return str(found[0])


def test_one_persons_status(city: FinishedCity) -> None:
    nik = a_protected_nik(city)
    ask = ("ledger", "status", "--workspace", city.workspace, "--on", "2026-01-31")
    done = semesta(*ask, "--nik", nik, "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert set(answer) >= PROMISED
    assert answer["status"] == "active"
    assert answer["months_to_36"] == max(0, 36 - answer["tenure_months"])
    assert set(answer["next_loss"]) >= {"on", "right", "rupiah"}
    # Paid January to June: July, August and September may stay open, October may not.
    assert answer["next_loss"]["on"] == "2026-10-16"
    assert answer["next_loss"]["rupiah"] == 42_000_000
    assert nik not in done.stdout + done.stderr


def test_everyones_status_is_a_summary_and_a_table(city: FinishedCity) -> None:
    ask = ("ledger", "status", "--workspace", city.workspace, "--on", "2026-01-31")
    answer = json.loads(semesta(*ask, "--json").stdout)
    assert answer["people"] == sum(answer["by_status"].values()) > 0
    assert answer["next_loss"]["90"]["people"] >= answer["next_loss"]["30"]["people"]
    assert answer["table"].endswith(".parquet")
    assert len(answer["first"]) == 20
    stakes = [row["at_stake"] for row in answer["first"]]
    assert stakes == sorted(stakes, reverse=True)


@pytest.mark.parametrize(
    ("nik", "code"),
    [("123", "ledger.nik"), ("1374010101909876", "ledger.nik_unknown")],
)
def test_a_number_that_is_nobodys_is_a_user_error(
    city: FinishedCity, nik: str, code: str
) -> None:
    done = semesta(
        "ledger", "status", "--workspace", city.workspace, "--nik", nik, "--json"
    )
    assert done.returncode == 2
    assert json.loads(done.stdout)["error"]["code"] == code
    assert nik not in done.stdout + done.stderr


def test_a_day_that_is_none_is_a_user_error(city: FinishedCity) -> None:
    done = semesta("ledger", "status", "-w", city.workspace, "--on", "31-01-2026")
    assert done.returncode == 2


def test_the_finished_citys_ledger_holds(city: FinishedCity) -> None:
    done = semesta("ledger", "verify", "--workspace", city.workspace, "--json")
    assert (done.returncode, json.loads(done.stdout)) == (0, {"ok": True, "faults": []})
