"""The command line as a user meets it: help, exit codes, one error shape."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.commands import semesta

pytestmark = pytest.mark.once

VERBS = (
    "demo serve intake link register decide plan decree enrol post watch measure "
    "comply ledger calendar policy law init users regions audit"
).split()


@pytest.fixture(scope="module")
def kota(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace without people; one refused file has left its event in the trail."""
    folder = tmp_path_factory.mktemp("perintah") / "kota"
    assert semesta("init", "--workspace", folder).returncode == 0
    empty = folder.with_name("kosong.csv")
    empty.touch()
    assert semesta("intake", empty, "--workspace", folder).returncode == 2
    return folder


def test_help_names_every_verb_and_loads_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['semesta', '--help']\n"
        "from semesta.cli.main import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'django', 'duckdb', 'pyarrow', 'splink', 'numpy', 'ibis'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert all(f"  {verb} " in done.stdout for verb in VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(verb: str) -> None:
    done = semesta(verb, "--help")
    assert done.returncode == 0
    assert "Usage: semesta" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "exit_code", "error"),
    [
        (["intake", "tidak-ada.csv"], 2, "file.missing"),
        (["decide", "--policy", "tidak-ada"], 2, "policy.unknown"),
        (["policy", "preview", "tidak-ada"], 2, "policy.unknown"),
        (["policy", "preview", "tidak-ada.yaml"], 2, "file.missing"),
        (["policy", "preview", "2026-apbd"], 3, "step.order"),
        (["policy", "replay", "abc"], 2, "run.unknown"),
        (["measure", "--on", "kemarin"], 2, "date.invalid"),
        (["link"], 3, "linkage.no_rows"),
        (["link", "train"], 3, "link.no_linkage"),
        (["link", "sample"], 3, "linkage.nothing_to_sample"),
        (["link", "quality"], 3, "linkage.no_sample"),
        (["link", "use-weights", "tidak-ada.json"], 2, "link.model"),
        (["register"], 3, "register.no_linkage"),
        (["plan", "--budget", "1000000"], 3, "step.order"),
        (["plan", "compare", "--budget", "1000000"], 3, "step.order"),
        (["plan", "compare", "--payer", "LOTRE"], 2, "plan.payer"),
        (["plan", "explain", "--person", "1"], 3, "step.order"),
        (["decree", "--number", "1"], 3, "step.order"),
        (["enrol", "--months", "6"], 3, "step.order"),
        (["post"], 3, "ledger.no_registry"),
    ],
)
def test_a_user_error_has_one_shape_and_its_exit_code(
    kota: Path, arguments: list[str], exit_code: int, error: str
) -> None:
    as_json = semesta(*arguments, "--workspace", kota, "--json")
    assert as_json.returncode == exit_code, as_json.stderr
    assert set(json.loads(as_json.stdout)["error"]) == {"code", "what", "why", "fix"}
    assert json.loads(as_json.stdout)["error"]["code"] == error
    for_people = semesta(*arguments, "--workspace", kota)
    assert error in for_people.stderr
    assert "Traceback" not in for_people.stderr


def test_a_folder_that_is_no_workspace_says_how_to_make_one(tmp_path: Path) -> None:
    done = semesta("link", "--workspace", tmp_path, "--json")
    assert done.returncode == 2
    assert json.loads(done.stdout)["error"]["code"] == "workspace.missing"


def test_a_file_that_cannot_be_read_is_refused_and_nothing_is_half_done(
    kota: Path, tmp_path: Path
) -> None:
    renamed = tmp_path / "usulan.xlsx"
    renamed.write_bytes(b"%PDF-1.7 bukan lembar kerja")
    done = semesta("intake", renamed, "--workspace", kota, "--json")
    assert done.returncode == 2
    (file,) = json.loads(done.stdout)["files"]
    assert (file["status"], file["rows"]) == ("refused", 0)
    assert file["error"]["fix"]
    assert not list((kota / "lake").rglob("*.parquet"))


class TestAudit:
    def test_an_untouched_trail_is_whole(self, kota: Path) -> None:
        done = semesta("audit", "verify", "--workspace", kota, "--json")
        assert done.returncode == 0
        assert json.loads(done.stdout)["whole"] is True

    def test_tampering_is_found(self, kota: Path, tmp_path: Path) -> None:
        copy = tmp_path / "salinan"
        shutil.copytree(kota, copy)
        con = sqlite3.connect(copy / "semesta.sqlite3")
        con.execute("DROP TRIGGER audit_event_no_update")
        con.execute("UPDATE audit_event SET actor = 'orang lain' WHERE seq = 1")
        con.commit()
        con.close()
        done = semesta("audit", "verify", "--workspace", copy, "--json")
        assert done.returncode == 5
        assert json.loads(done.stdout)["breaks"][0]["code"] == "audit.changed"


class TestRegions:
    def test_another_region_is_loaded_from_its_file(self, kota: Path, tmp_path: Path):
        file = tmp_path / "kota.toml"
        file.write_text(
            '[region]\ncode = "99.01"\nbps = "9901"\nname = "Kota Contoh"\n'
            'province = "Contoh"\n[[districts]]\ncode = "99.01.01"\n'
            'bps = "9901010"\nname = "Utara"\n[[places]]\n'
            'code = "99.01.01.1001"\nbps = "9901010001"\nname = "Satu"\n'
        )
        done = semesta("regions", "load", file, "--workspace", kota, "--json")
        assert json.loads(done.stdout) == {
            "code": "99.01",
            "name": "Kota Contoh",
            "places": 1,
        }

    def test_a_broken_file_is_a_user_error(self, kota: Path, tmp_path: Path) -> None:
        file = tmp_path / "rusak.toml"
        file.write_text("[region]\nname = 1")
        done = semesta("regions", "load", file, "--workspace", kota, "--json")
        assert done.returncode == 2
        assert json.loads(done.stdout)["error"]["code"] == "region.file"
