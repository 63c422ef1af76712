"""The law at the command line, as its user runs it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.support.commands import semesta
from typer.testing import CliRunner

from semesta.cli.main import app
from semesta.kernel import UserError

BENEFIT = """
event: {kind: death, on: 2025-09-20, reported_on: null}
member: {segment: BPU, born_on: 1980-02-01, monthly_income: 900000, sector: other,
         paid: [{from: 2022-09, until: 2025-10, payer: APBD}]}
children: [{id: a, born_on: 2017-05-01, level: tk_sd, year_of_level: 3, married: false,
            works: false}]
switches: {}
"""
CONTRIBUTION = "segment: PU\nmonth: 2026-03\nmonthly_wage: 12000000\njkk_class: 1\n"
SANCTIONS = "violation: PWBD\nfound_on: 2026-03-02\ncontribution: 5000000\n"
STANDING = "on: 2025-07-16\nmember: {paid: [{from: 2025-01, until: 2025-07}]}\n"
ARREARS = "violation: TUNGGAKAN\nfound_on: 2026-03-02\ncomplied_on: 2026-03-02\n"
SHAPE = {
    "lines", "total", "payable_now", "scholarship", "scholarship_total", "status",
    "tenure_months", "unknown", "switches_used",
}  # fmt: skip


def run(*arguments: str, stdin: str = "") -> Any:
    """The finished command, in this process."""
    return CliRunner().invoke(app, ["law", *arguments], input=stdin)


def shown(*arguments: str, stdin: str = "") -> str:
    done = run(*arguments, stdin=stdin)
    assert done.exit_code == 0, done.exception
    return done.output


def answered(*arguments: str, stdin: str = "") -> dict[str, Any]:
    return json.loads(shown(*arguments, "--json", stdin=stdin))


class TestShow:
    def test_everything_below_a_key(self) -> None:
        found = answered("show", "bpu.jkm", "--on", "2025-09-01")
        assert [each["key"] for each in found["parameters"]] == ["bpu.jkm.amount"]
        assert found["parameters"][0]["value"] == 6_800
        assert found["parameters"][0]["law"] == "PP 44/2015 Pasal 20 ayat (3)"

    def test_the_value_of_the_day_and_its_history(self) -> None:
        text = shown("show", "jkm.lump_sum", "--on", "2019-12-01")
        assert "2019-12-01: Rp16.200.000" in text
        assert "Rp20.000.000" in text

    def test_a_day_before_any_rule(self) -> None:
        assert "tidak ada aturan" in shown("show", "jkm.funeral", "--on", "2015-06-30")
        found = answered("show", "jkm.funeral", "--on", "2015-06-30")
        assert found["parameters"][0]["value"] is None

    def test_today_when_no_day_is_given(self) -> None:
        assert answered("show", "jkm")["on"]

    def test_an_unknown_key_names_the_nearest(self) -> None:
        with pytest.raises(UserError) as caught:
            raise run("show", "bpu.jkmm").exception
        assert caught.value.code == "law.key"
        assert "bpu.jkm.amount" in caught.value.why


def test_instruments_and_switches() -> None:
    assert "PP 50/2025" in shown("instruments")
    assert len(answered("instruments")["instruments"]) > 30
    assert "tenure_after_lapse" in shown("switches")
    listed = answered("switches")["switches"]
    assert all(each["default"] and each["settled_by"] for each in listed)


class TestCases:
    def test_a_benefit_has_the_promised_shape(self) -> None:
        answer = answered("benefit", "-", stdin=BENEFIT)
        assert set(answer) >= SHAPE
        assert answer["total"] == answer["payable_now"] == 42_000_000
        assert answer["scholarship"][0] | {"starts_on": "", "law": ""} == {
            "child": "a", "school_year": 1, "level": "tk_sd", "year_of_level": 3,
            "amount": 1_500_000, "starts_on": "", "law": "",
        }  # fmt: skip
        assert (answer["status"], answer["tenure_months"]) == ("active", 37)

    def test_for_people(self) -> None:
        text = shown("benefit", "-", stdin=BENEFIT)
        assert "Ahli waris berhak atas Rp42.000.000." in text
        assert "akta" in text.lower()
        assert "Rp221.726" in shown("contribution", "-", stdin=CONTRIBUTION)
        assert "2026-04-22" in shown("sanctions", "-", stdin=SANCTIONS)
        assert "masa tenggang" in shown("standing", "-", stdin=STANDING)

    def test_what_waits_and_what_is_unknown_is_said(self) -> None:
        late = BENEFIT.replace("2025-10", "2025-08").replace("900000", "null")
        assert "segera, sisanya" in shown("benefit", "-", stdin=late)
        text = shown("benefit", "-", stdin=late.replace("death", "work_death"))
        assert "Perlu diketahui: penghasilan" in text

    def test_a_duty_met_in_time(self) -> None:
        answer = answered("sanctions", "-", stdin=ARREARS)
        assert not any(step["code"].startswith("warning") for step in answer["steps"])
        assert shown("sanctions", "-", stdin=ARREARS)

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(UserError, match=r"law\.case_file"):
            raise run("benefit", str(tmp_path / "kasus.yaml")).exception
        (tmp_path / "kasus.yaml").write_bytes(b"\xff\xfe")
        with pytest.raises(UserError, match=r"law\.case_file"):
            raise run("benefit", str(tmp_path / "kasus.yaml")).exception


class TestReplay:
    def test_the_same_answer(self, tmp_path: Path) -> None:
        file = tmp_path / "jawaban.json"
        file.write_text(json.dumps(answered("benefit", "-", stdin=BENEFIT)))
        assert "Sama" in shown("replay", str(file))
        assert answered("replay", str(file))["same"] is True

    def test_a_changed_parameter_is_named(self, tmp_path: Path) -> None:
        stored = answered("benefit", "-", stdin=BENEFIT)
        _as_if(stored, "jkm.funeral", 9_000_000)
        stored["lines"][2]["amount"] = 9_000_000
        stored["total"] = 41_000_000
        file = tmp_path / "jawaban.json"
        file.write_text(json.dumps(stored))

        done = run("replay", str(file))

        assert done.exit_code == 1
        assert "total: 41000000 → 42000000" in done.output
        assert "jkm.funeral" in done.output
        found = json.loads(run("replay", str(file), "--json").output)
        assert [each["parameter"] for each in found["changed"]] == ["jkm.funeral"]


def _as_if(stored: dict[str, Any], key: str, value: Any) -> None:
    for each in stored["consulted"]:
        if each["key"] == key:
            each["value"] = value


@pytest.mark.slow
def test_a_bad_case_is_one_user_error_with_exit_code_2(tmp_path: Path) -> None:
    file = tmp_path / "kasus.yaml"
    file.write_text("event: {kind: sakit, on: besok}\nmember: {umur: 3}\n")
    done = semesta("law", "benefit", file, "--json")
    assert done.returncode == 2
    error = json.loads(done.stdout)["error"]
    assert set(error) == {"code", "what", "why", "fix"}
    assert error["why"].count("baris") == 3
