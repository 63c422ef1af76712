"""Templates: all used, nothing inline, nothing from elsewhere; assets as written down."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

WEB = Path(__file__).parents[3] / "src/semesta/web"
TEMPLATES = WEB / "templates"
NAMES = sorted(str(p.relative_to(TEMPLATES)) for p in TEMPLATES.rglob("*.html"))
# Used by Django, allauth and axes under these names.
BY_NAME = re.compile(r"^(40[34].*|500|account/.*|allauth/.*)\.html$")
CODE = "\n".join(p.read_text("utf-8") for p in WEB.rglob("*.py"))
MARKUP = {name: (TEMPLATES / name).read_text("utf-8") for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_a_template_is_used(name: str) -> None:
    elsewhere = "\n".join(text for other, text in MARKUP.items() if other != name)

    assert BY_NAME.match(name) or f'"{name}"' in elsewhere + CODE


@pytest.mark.parametrize("name", NAMES)
def test_a_template_has_nothing_inline_and_nothing_from_elsewhere(name: str) -> None:
    text = MARKUP[name]

    assert not re.search(r"\sstyle=|<style|\son(click|load|submit|change)=", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert "://" not in text


def test_styles_ask_for_nothing_from_elsewhere() -> None:
    for sheet in (WEB / "static/semesta").glob("*.css"):
        assert "://" not in sheet.read_text("utf-8"), sheet.name


def test_colours_are_named_once() -> None:
    """Outside the tokens and the pictures' own shades, styles speak of tokens."""
    for name in ("base.css", "frame.css", "parts.css"):
        text = (WEB / "static/semesta" / name).read_text("utf-8")
        found = set(re.findall(r"#[0-9a-fA-F]{3,6}\b", text))
        assert found <= {"#fff", "#f6d684"}, name


def test_vendored_files_are_those_written_down() -> None:
    vendor = WEB / "static/vendor"
    text = (vendor / "VENDORED.md").read_text("utf-8")
    listed = dict(re.findall(r"- `([^`]+)` · sha256 `([0-9a-f]{64})`", text))
    there = {
        str(path.relative_to(vendor)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in vendor.rglob("*")
        if path.is_file() and path.name != "VENDORED.md"
    }

    assert there == listed


def test_the_clock_is_read_in_one_place_of_each_face() -> None:
    for face in ("web", "api"):
        readers = {
            path.name
            for path in (WEB.parent / face).rglob("*.py")
            if re.search(
                r"timezone\.(now|localdate)|\.today\(\)|datetime\.now",
                path.read_text("utf-8"),
            )
        }
        assert readers == {"clock.py"}
