"""What keeps the house in order, checked on the code itself."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "semesta"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LAYERS = CONTRACTS["tool"]["importlinter"]["contracts"][0]["layers"]
STAGES = [name.strip() for layer in LAYERS for name in layer.split("|")]
WITH_DJANGO = {"models.py", "services.py", "queries.py", "apps.py"}
PAGES = {"web", "api", "cli", "config", "cycle"}
# Databases and users are what these two are for; the first makes tables append-only.
DJANGO_BY_NATURE = {"access", "audit/append_only.py", "warehouse/snapshot.py"}


def pure_modules() -> list[str]:
    names = []
    for path in sorted(SOURCE.rglob("*.py")):
        inside = path.relative_to(SOURCE)
        stage = inside.parts[0].removesuffix(".py")
        by_nature = stage in DJANGO_BY_NATURE or str(inside) in DJANGO_BY_NATURE
        if stage in PAGES or by_nature or "migrations" in inside.parts:
            continue
        if path.name not in WITH_DJANGO and stage != "__main__":
            parts = inside.with_suffix("").parts
            names.append(".".join(("semesta", *parts)).removesuffix(".__init__"))
    return names


def test_pure_modules_import_without_django() -> None:
    code = (
        "import sys\n"
        "class Block:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.split('.')[0] == 'django':\n"
        "            raise ImportError('django is blocked: ' + name)\n"
        "sys.meta_path.insert(0, Block())\n"
        "import importlib\n"
        f"for name in {pure_modules()!r}:\n"
        "    importlib.import_module(name)\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-2000:]


def test_import_contracts_hold() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-3000:]


def rank(app_label: str) -> int:
    """Position of a stage's layer, from the top; siblings share one."""
    return next(
        n
        for n, layer in enumerate(LAYERS)
        if app_label in [name.strip() for name in layer.split("|")]
    )


def foreign_keys() -> list:
    return [
        field
        for model in apps.get_models()
        if model.__module__.startswith("semesta.")
        for field in model._meta.get_fields()
        if getattr(field, "remote_field", None)
        and not field.auto_created
        and field.remote_field.model.__module__.startswith("semesta.")
    ]


@pytest.mark.parametrize("field", foreign_keys(), ids=str)
def test_foreign_keys_point_to_the_same_or_an_earlier_stage(field) -> None:
    here, there = field.model._meta.app_label, field.related_model._meta.app_label
    assert rank(there) >= rank(here)
    if here != there:
        assert field.remote_field.related_name == "+"


@pytest.mark.parametrize(
    "stage", [s for s in STAGES if (SOURCE / s).is_dir() and s not in {"config", "cli"}]
)
def test_every_stage_says_what_it_is_for(stage: str) -> None:
    lines = (SOURCE / stage / "README.md").read_text("utf-8").splitlines()
    assert 5 <= len([line for line in lines if line.strip()]) <= 30


def source_files() -> list[Path]:
    return [p for p in SOURCE.rglob("*.py") if "migrations" not in p.parts]


def test_modules_are_under_400_lines() -> None:
    long = {
        str(path.relative_to(SOURCE)): count
        for path in source_files()
        if (count := len(path.read_text("utf-8").splitlines())) > 400
    }
    assert not long


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty = "utils helpers common manager data process base misc".split()
    assert not [p for p in source_files() if p.stem in empty]


def test_only_the_city_and_its_teller_know_the_truth() -> None:
    """No stage reads `truth/`: the invented city writes it, the closing table scores it."""
    allowed = {"demo", "cli"}
    reading = re.compile(r"""["'/]truth\b""")
    found = {
        str(path.relative_to(SOURCE))
        for path in source_files()
        if path.relative_to(SOURCE).parts[0] not in allowed
        and reading.search(path.read_text("utf-8"))
    }
    assert not found


CLOCK = re.compile(r"\b(datetime\.now|date\.today|timezone\.now|time\.time)\(")


def test_only_the_faces_read_the_clock() -> None:
    faces = {"web", "api", "cli"}
    found = {
        str(path.relative_to(SOURCE))
        for path in source_files()
        if path.relative_to(SOURCE).parts[0] not in faces
        and CLOCK.search(path.read_text("utf-8"))
    }
    assert not found


def test_only_settings_reads_the_environment() -> None:
    found = {
        str(path.relative_to(SOURCE))
        for path in source_files()
        if re.search(r"os\.(environ\.get|getenv)|os\.environ\[[^]]+\](?! =)",
                     path.read_text("utf-8"))
    }  # fmt: skip
    assert found <= {"config/settings.py"}


def test_every_setting_is_documented() -> None:
    settings = (SOURCE / "config" / "settings.py").read_text("utf-8")
    names = set(re.findall(r"SEMESTA_[A-Z_]+", settings))
    page = (ROOT / "docs" / "reference" / "settings.md").read_text("utf-8")
    assert names == set(re.findall(r"SEMESTA_[A-Z_]+", page))
