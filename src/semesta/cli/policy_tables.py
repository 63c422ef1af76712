"""Tables about policies for people at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from semesta.cli.output import thousands
from semesta.eligibility.changes import DIRECTIONS
from semesta.eligibility.criteria import catalogue

if TYPE_CHECKING:
    from semesta.eligibility.changes import Changes
    from semesta.eligibility.previewing.queries import Preview
    from semesta.eligibility.replaying.queries import Replay


def print_preview(found: Preview) -> None:
    """Outcomes beside those in force, then per criterion, then who would change."""
    console = Console()
    table = Table(
        title=f"{found.policy.title}, per {found.as_of}", title_justify="left"
    )
    for heading in ("", "Kebijakan ini", "Yang berlaku"):
        table.add_column(heading, justify="right" if heading else "left")
    words = {"pass": "Lolos", "fail": "Tidak lolos", "unknown": "Belum diketahui"}
    for outcome, count in found.outcomes.items():
        before = found.before.get(outcome)
        table.add_row(words[outcome], thousands(count), thousands(before))
    console.print(table)
    grounds = Table(title="Menurut syarat", title_justify="left")
    grounds.add_column("Syarat")
    for heading in ("Terpenuhi", "Tidak", "Belum diketahui", "Hanya karena ini"):
        grounds.add_column(heading, justify="right")
    for each in found.grounds:
        counts = (each.passed, each.failed, each.unknown, each.only_this)
        grounds.add_row(each.label, *(thousands(count) for count in counts))
    console.print(grounds)
    if found.changes is None:
        console.print("Belum ada kebijakan yang berlaku untuk dibandingkan.")
        return
    _print_changes(found.changes)


def print_replay(found: Replay) -> None:
    """The same, or what is different and why."""
    console = Console()
    console.print(f"Keputusan {found.run.name} ({found.run.policy.slug})")
    if not found.whole:
        console.print("✗ Berkas keputusannya tidak lagi seperti saat dibuat.")
    if found.same:
        console.print("✓ Sama: dihitung ulang hari ini, hasilnya tidak berbeda.")
    else:
        console.print("Berbeda bila dihitung ulang hari ini:")
        _print_changes(found.changes)
    table = Table(title="Sebab", title_justify="left")
    for heading in ("", "Orang", "Keterangan"):
        table.add_column(heading)
    for step in found.steps:
        note = step.note or ("berubah" if step.changed else "tidak berubah")
        table.add_row(step.label, thousands(step.people), note)
    console.print(table)


def _print_changes(changes: Changes) -> None:
    table = Table(
        title=f"Siapa yang berubah ({thousands(changes.moved.num_rows)} orang)",
        title_justify="left",
    )
    table.add_column("Arah atau syarat")
    table.add_column("Orang", justify="right")
    for way, count in changes.directions.items():
        table.add_row(DIRECTIONS[way], thousands(count))
    for criterion, count in changes.criteria.items():
        table.add_row(f"karena: {catalogue()[criterion].label}", thousands(count))
    Console().print(table)
