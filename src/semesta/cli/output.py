"""How results and errors are printed: figures on stdout, everything else on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from semesta.audit.stages import TITLES
from semesta.kernel import UserError


def thousands(number: float | None) -> str:
    """`62731` → `62.731`; unknown → a dash."""
    return "–" if number is None else f"{number:,.0f}".replace(",", ".")


def print_json(value: Any) -> None:
    """One JSON value on stdout, nothing else."""
    print_pieces(json_text(value), "\n")


def json_text(value: Any) -> str:
    """A value as JSON in one line."""
    return json.dumps(value, ensure_ascii=False, default=str)


def print_pieces(*pieces: str) -> None:
    """Pieces of one JSON value on stdout, where it is too long to be held whole."""
    for piece in pieces:
        sys.stdout.write(piece)


def print_error(error: UserError, *, as_json: bool) -> None:
    """The one error shape: JSON on stdout for machines, sentences on stderr for people."""
    if as_json:
        print_json({"error": error.as_dict()})
        return
    sys.stderr.write(error_text(error.as_dict()))


def error_text(error: dict[str, str]) -> str:
    """A user error as a person reads it: what, why, what to do, code."""
    return (
        f"\n✗ {error['what']}\n  Sebab : {error['why']}\n  Jalan : {error['fix']}\n"
        f"  Kode  : {error['code']}\n\n"
    )


def print_result(title: str, figures: dict[str, Any], *, as_json: bool) -> None:
    """A step's counts: one JSON object, or a small table."""
    if as_json:
        print_json(figures)
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(show_header=False, box=None)
    table.add_column(style="dim")
    table.add_column(justify="right")
    for name, value in figures.items():
        shown = thousands(value) if isinstance(value, int) else str(value)
        table.add_row(name.replace("_", " "), shown)
    console = Console()
    console.print(f"\n[bold]{title}[/bold]")
    console.print(table)


def _progress(*, quiet: bool) -> Any:
    """Bars on stderr with their share and time."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description:<38}"),
        BarColumn(bar_width=30),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=Console(stderr=True), disable=quiet)


@contextmanager
def progress_bars(*, quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """A bar per stage on stderr; `tell(stage, done, total)` moves it."""
    bars: dict[str, Any] = {}
    with _progress(quiet=quiet) as progress:

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in bars:
                title = TITLES.get(stage, stage)
                bars[stage] = progress.add_task(title, total=total)
            progress.update(bars[stage], completed=done, total=total)
            if done >= total:
                progress.stop_task(bars[stage])

        yield tell


@contextmanager
def reading_bar(
    files: int, *, quiet: bool
) -> Iterator[Callable[[int, str, float], None]]:
    """One bar over all files on stderr; `tell(number, step, share)` moves it: how many
    files are done, what is being done to the next, and how much of that (0 to 1)."""
    with _progress(quiet=quiet) as progress:
        bar = progress.add_task(TITLES["intake"], total=files)

        def tell(number: int, step: str, share: float) -> None:
            progress.update(
                bar,
                completed=number + share,
                description=step or TITLES["intake"],
            )

        yield tell
