"""How far long work is, from the worker to the page: one small file.

Showing it is a courtesy: work never fails because it could not be told.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from semesta.intake.progress import Step, Tell

_PAUSE = 0.2  # seconds between two writes; nobody looks more often


@dataclass(frozen=True)
class HowFar:
    """The step that work is at, in words, its share of the whole in per cent, and rows
    found so far (0 = not known yet)."""

    step: str
    title: str
    percent: int
    rows: int


def progress_teller(file: Path) -> Tell:
    """What the reading calls at each step; it writes the last one to `file`, whole."""
    last = [-_PAUSE]

    def tell(step: Step) -> None:
        now = time.monotonic()
        if now - last[0] < _PAUSE:
            return
        last[0] = now
        write_how_far(
            HowFar(step.name, step.title, round(100 * step.share), step.rows), file
        )

    return tell


def write_how_far(told: HowFar, file: Path) -> None:
    """Put what was told in the place of what was told before, whole."""
    part = file.with_suffix(".part")
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(asdict(told)), "utf-8")
        os.replace(part, file)


def how_far(file: Path) -> HowFar | None:
    """What was last told; None before the reading begins and after it ends."""
    try:
        return HowFar(**json.loads(file.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def forget_progress(file: Path) -> None:
    """Nothing is left of work that has ended."""
    for path in (file, file.with_suffix(".part")):
        with suppress(OSError):
            path.unlink(missing_ok=True)
