"""What the figures were measured on, and how a command is measured."""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any


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
    began = time.perf_counter()
    process = subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    output, errors = process.communicate()
    seconds = time.perf_counter() - began
    if process.returncode:
        raise SystemExit(f"{' '.join(arguments)} failed:\n{errors[-2000:]}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {
        "seconds": round(seconds, 2),
        "peak_mib": round(peak),
        "result": json.loads(output) if output.strip().startswith("{") else None,
    }


def semesta(*arguments: str | Path) -> list[str]:
    """The command line of `semesta` with these arguments."""
    return [sys.executable, "-m", "semesta", *map(str, arguments)]
