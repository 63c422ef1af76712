"""Old binary workbooks (.xls) are read in a process of their own; PDF files likewise.

A damaged one can make the reader ask for a terabyte, which no handler survives; here only
the child dies, and the file is called corrupt. It is also given a time and a memory limit.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from semesta.intake.cells import cell_text
from semesta.intake.containers import corrupt
from semesta.intake.workbooks import all_rows, merged_ranges, workbook, worksheets
from semesta.kernel import UserError

_SECONDS = 60
_MEMORY = 3 * 2**30


def read_apart(source: Path | bytes) -> list[dict[str, Any]]:
    """The sheets of an old workbook: name, number, hidden, merged, rows of marked texts.

    UserError as raised in the child, or `file.corrupt` when the child did not survive.
    """
    answer = run_apart(__name__, source, seconds=_SECONDS, what="lembar kerja lama")
    sheets: list[dict[str, Any]] = answer["sheets"]
    return sheets


def run_apart(
    module: str, source: Path | bytes, *, seconds: int, what: str
) -> dict[str, Any]:
    """What `python -m module` answers about a file, as JSON on its standard output.

    The child gets the file's path, or its bytes on standard input. UserError as raised
    there (`error`), or `file.corrupt` when it did not survive or took too long.
    """
    command = [sys.executable, "-P", "-m", module]
    if isinstance(source, Path):
        command.append(str(source))
    try:
        done = subprocess.run(
            command,
            input=source if isinstance(source, bytes) else None,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise corrupt(f"{what} tidak selesai dibaca") from error
    if done.returncode:
        raise corrupt(f"{what} tidak terbaca")
    answer: dict[str, Any] = json.loads(done.stdout)
    if "error" in answer:
        raise UserError(**answer["error"])
    return answer


def _main() -> None:
    limit_memory()
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else sys.stdin.buffer.read()
    try:
        answer: dict[str, Any] = {"sheets": _sheets(source)}
    except UserError as error:
        answer = {"error": error.as_dict()}
    json.dump(answer, sys.stdout)


def limit_memory() -> None:
    """Give this process no more memory than a reader may need (where there are limits)."""
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _sheets(source: Path | bytes) -> list[dict[str, Any]]:
    with workbook(source) as opened:
        return [
            {
                "name": cells.name,
                "number": number,
                "hidden": hidden,
                "merged": [(*a, *b) for a, b in merged_ranges(cells)],
                "rows": [[cell_text(cell) for cell in row] for row in all_rows(cells)],
            }
            for number, cells, hidden in worksheets(opened)
        ]


if __name__ == "__main__":
    _main()
