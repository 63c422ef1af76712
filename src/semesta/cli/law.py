"""Commands about the law itself."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

import typer

from semesta.cli.output import print_json
from semesta.cli.workspace import JsonOption


def add_commands(app: typer.Typer) -> None:
    law = typer.Typer(no_args_is_help=True, help="Hukum yang dipakai.")
    law.callback()(_group)
    law.command()(review)
    app.add_typer(law, name="law")


def _group() -> None:
    """Hukum yang dipakai."""


def review(as_json: JsonOption = False) -> None:
    """Daftar nilai yang perlu diperiksa lagi: kurang yakin, atau lama tidak dilihat."""
    from semesta.law.review import to_review

    found = to_review(datetime.now().astimezone().date())
    if as_json:
        print_json({"values": [asdict(value) for value in found]})
        return
    from semesta.cli.tables import print_law_review

    print_law_review(found)
