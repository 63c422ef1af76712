"""The `semesta` command. Heavy imports stay inside the commands: help answers at once."""

from __future__ import annotations

import sys

import typer

from semesta.cli import (
    administration,
    deliveries,
    demonstration,
    enrolling,
    law,
    ledger,
    linking,
    plans,
    policies,
    programme,
)
from semesta.kernel import UserError

app = typer.Typer(
    name="semesta",
    help="Dari daftar kantor ke keluarga yang terlindungi: Jamsostek untuk semua pekerja.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for group in (
    demonstration, deliveries, linking, policies, programme, plans, enrolling,
    ledger, law, administration,
):  # fmt: skip
    group.add_commands(app)


def main() -> None:
    """Run a command; a user error is one clear message and its exit code."""
    try:
        app(prog_name="semesta")
    except UserError as error:
        from semesta.cli.output import print_error

        print_error(error, as_json="--json" in sys.argv)
        sys.exit(error.exit_code)
