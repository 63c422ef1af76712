"""What the figures were measured on, and how a command is measured."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO, Any


def machine() -> dict[str, Any]:
    """Processor count, memory, system, Python and commit of this run."""
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True
    ).stdout.strip()
    return {
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(pages * size / 2**30),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "commit": commit,
    }


def timed(arguments: list[str]) -> dict[str, Any]:
    """Run a command; wall seconds, peak memory of it in MiB, and its JSON output."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        began = time.perf_counter()
        process = subprocess.Popen(arguments, stdout=output, stderr=errors)
        # Not communicate(): only wait4 tells the memory of this child alone.
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        said, complained = _text(output), _text(errors)
    if process.returncode:
        raise SystemExit(f"{' '.join(arguments)} failed:\n{complained[-2000:]}")
    return {
        "seconds": round(seconds, 2),
        "peak_mib": round(usage.ru_maxrss / 1024),
        "result": json.loads(said) if said.strip().startswith("{") else None,
    }


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


def intake(path: Path, workspace: Path) -> dict[str, Any]:
    """A proposal taken into a new workspace: rows, fates, seconds, peak memory."""
    timed(semesta("init", "--workspace", workspace))
    ours = timed(
        semesta("intake", path, "--supplier", "proposal", "--json", "-w", workspace)
    )
    (file,) = ours["result"]["files"]
    return {
        "rows": file["rows"],
        "fates": file["fates"],
        "seconds": ours["seconds"],
        "peak_mib": ours["peak_mib"],
    }


def seconds_of(code: str, path: Path) -> float:
    """Wall seconds of a Python of its own that runs this code on a file."""
    return float(timed(python("-c", code, path))["seconds"])


def semesta(*arguments: str | Path) -> list[str]:
    """The command line of `semesta` with these arguments."""
    return python("-m", "semesta", *arguments)


def python(*arguments: str | Path) -> list[str]:
    """The command line of this Python with these arguments."""
    return [sys.executable, *map(str, arguments)]
