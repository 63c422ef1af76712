"""Opening a workspace for a command: paths, database, the acting user."""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from semesta.kernel import Actor, Month, UserError

if TYPE_CHECKING:
    from semesta.warehouse.workspace import Workspace

WorkspaceOption = Annotated[
    Path, typer.Option("--workspace", "-w", help="Folder ruang kerja kota.")
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Cetak satu objek JSON di keluaran standar.")
]
DEFAULT = Path("workspace")


def boot(root: Path) -> None:
    """Start Django on this workspace."""
    os.environ["SEMESTA_WORKSPACE"] = str(root.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "semesta.config.settings")
    import django

    django.setup()


def open_workspace(root: Path) -> Workspace:
    """The workspace in this folder, with its database up to date.

    Raises UserError when the folder is no workspace.
    """
    from semesta.warehouse.workspace import Workspace

    workspace = Workspace(root.resolve())
    if not workspace.settings_file.exists():
        raise UserError(
            "workspace.missing",
            f"Folder {root} bukan ruang kerja Semesta.",
            "Di dalamnya tidak ada berkas settings.toml.",
            "Buat dengan `semesta init --workspace FOLDER`, atau coba `semesta demo`.",
        )
    boot(root)
    migrate()
    return workspace


def migrate() -> None:
    """Bring the database's tables up to date; costs little when they are."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, stdout=sys.stderr)


def system_actor(authority: str = "") -> Actor:
    """The command's own user at this moment: one of the places that read the clock."""
    return Actor("semesta", datetime.now().astimezone(), authority)


def today(workspace: Workspace) -> date:
    """The workspace's standing day (an invented city) or the calendar's."""
    return workspace.today or datetime.now().astimezone().date()


def day(text: str) -> date:
    """A day written YYYY-MM-DD; UserError otherwise."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UserError(
            "date.invalid",
            f"“{text}” bukan tanggal.",
            "Tanggal ditulis TAHUN-BULAN-HARI.",
            "Contoh: 2026-01-31.",
        ) from error


def month(text: str) -> Month:
    """A month written YYYY-MM; UserError otherwise."""
    try:
        return Month.parse(text)
    except ValueError as error:
        raise UserError(
            "month.invalid",
            f"“{text}” bukan bulan.",
            "Bulan ditulis TAHUN-BULAN.",
            "Contoh: 2026-01.",
        ) from error
