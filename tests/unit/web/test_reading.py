"""The small file by which the worker tells the page how far it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from semesta.intake.progress import Step
from semesta.web import reading
from semesta.web.reading import forget_progress, how_far, progress_teller


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "uploads" / "abc.json"


def test_what_is_told_is_read_and_forgotten(file: Path) -> None:
    assert how_far(file) is None
    progress_teller(file)(Step("clean", 2, 4, rows=1000))
    far = how_far(file)
    assert far is not None
    assert (far.step, far.title, far.rows) == (
        "clean", "Membersihkan kolom 2 dari 4", 1000,
    )  # fmt: skip
    assert 55 <= far.percent <= 90
    forget_progress(file)
    assert how_far(file) is None
    assert not list(file.parent.iterdir())
    forget_progress(file)


def test_it_is_not_written_at_every_step(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(reading.time, "monotonic", lambda: now[0])
    tell = progress_teller(file)
    tell(Step("open"))
    tell(Step("tables"))
    assert how_far(file).step == "open"  # type: ignore[union-attr]
    now[0] += 1
    tell(Step("store"))
    assert how_far(file).step == "store"  # type: ignore[union-attr]


def test_a_reading_goes_on_where_nothing_can_be_written(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    progress_teller(blocked / "x.json")(Step("open"))


@pytest.mark.parametrize("text", ["", "{", "[]", '{"a": 1}', "null"])
def test_half_a_file_says_nothing(file: Path, text: str) -> None:
    file.parent.mkdir()
    file.write_text(text)
    assert how_far(file) is None
