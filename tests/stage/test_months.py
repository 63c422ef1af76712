"""The invented city's year: a first file that passes, and a month that is found again."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from tests.stage.conftest import FinishedCity
from tests.support.commands import semesta

from semesta.demo.months import Member, write_month
from semesta.enrolment.codes.codelist import shipped_list
from semesta.enrolment.insurer_check import Known, check_bpu_file, rows_in
from semesta.kernel import Month
from semesta.law.book import law_at

pytestmark = [pytest.mark.slow, pytest.mark.once]

KINDS = {"died", "moved", "wage_worker", "double_payer"}


def run(*arguments: str | Path) -> dict:
    done = semesta(*arguments, "--json")
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def test_the_first_file_passes_the_insurers_rules(city: FinishedCity) -> None:
    _, codes = shipped_list()
    on = date(2026, 1, 12)
    brackets = law_at(on).get("bpu.jkk.bracket").value
    known = Known(
        jobs=codes.codes["job"],
        places={"KOTA PADANG PANJANG"},
        wages={row["base"] for row in brackets},
        leave=(),
        on=on,
    )
    files = list((city.workspace / "publications").glob("BPU_*.xlsx"))
    assert files
    for file in files:
        content = file.read_bytes()
        assert rows_in(content) > 20
        assert check_bpu_file(content, file.name, known) == []


def test_a_month_of_lists_is_found_before_and_after_linking(
    city: FinishedCity, tmp_path: Path
) -> None:
    workspace = tmp_path / "kota"
    shutil.copytree(city.workspace, workspace)
    asked = ("--month", "2026-03", "--workspace", workspace)
    run("demo-month", *asked)
    found = run("enrol", "changes", *asked)
    assert set(found["by_kind"]) >= KINDS
    assert found["new"] == found["found"]

    again = run("enrol", "changes", *asked)
    assert (again["new"], again["changed"], again["withdrawn"]) == (0, 0, 0)
    run("link", "--workspace", workspace)
    run("register", "--workspace", workspace)
    linked = run("enrol", "changes", *asked)
    assert linked["by_kind"] == found["by_kind"]
    assert (linked["new"], linked["withdrawn"]) == (0, 0)


def test_the_same_month_is_the_same_bytes(tmp_path: Path) -> None:
    members = [
        Member(f"137401010190{9001 + n}", f"ORANG {chr(65 + n)}", date(1990, 1, 1),
               "13.74.01.1001", f"137401010120{9001 + n}", f"99{n:09d}")
        for n in range(20)
    ]  # fmt: skip
    folders = [tmp_path / "a", tmp_path / "b"]
    files = [
        write_month(members=members, month=Month(2026, 4), out=folder, seed=7)
        for folder in folders
    ]
    assert files[0] == files[1]
    assert [file.rows for file in files[0]] == [1, 1, 1, 1]
    for file in files[0]:
        one, two = ((folder / file.path).read_bytes() for folder in folders)
        assert one == two
