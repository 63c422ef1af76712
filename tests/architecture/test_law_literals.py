"""No number of the law stands in code, and every parameter asked for exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import semesta.law
from semesta.law.book import law_book

FOLDER = Path(semesta.law.__file__).parent
MODULES = sorted(FOLDER.rglob("*.py"))
ALLOWED = {0, 1, 2, 12, 100}
KEY = re.compile(r"[a-z]+(\.[a-z_0-9]+)+")


def _constants(module: Path) -> list[ast.Constant]:
    tree = ast.parse(module.read_text("utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.Constant)]


@pytest.mark.parametrize(
    "module", MODULES, ids=lambda module: str(module.relative_to(FOLDER))
)
def test_only_a_few_numbers(module: Path) -> None:
    numbers = [
        (node.lineno, node.value)
        for node in _constants(module)
        if isinstance(node.value, int | float | complex)
        and not isinstance(node.value, bool)
        and node.value not in ALLOWED
    ]
    assert not numbers, f"put these into law/parameters: {numbers}"


def test_asked_parameters_exist() -> None:
    parameters = law_book().parameters
    folders = {key.partition(".")[0] for key in parameters}
    unknown = {
        (module.stem, node.value)
        for module in MODULES
        for node in _constants(module)
        if isinstance(node.value, str)
        and KEY.fullmatch(node.value)
        and node.value.partition(".")[0] in folders
        and node.value not in parameters
    }
    codes = {"jkm.lump_sum", "jkm.short_membership", "jkk.death"}
    assert not {pair for pair in unknown if pair[1] not in codes}


def test_asked_switches_exist() -> None:
    source = "".join(module.read_text("utf-8") for module in MODULES)
    asked = set(re.findall(r'(?:pick|peek)\(\s*"(\w+)"', source))
    assert asked
    assert asked <= set(law_book().switches)
