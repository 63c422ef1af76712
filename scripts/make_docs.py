"""Write docs/reference/generated from the code; `--check` only compares.

A page here is never edited by hand: what it says is what the code does.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from law_cases_page import law_cases_markdown

GENERATED = Path(__file__).parents[1] / "docs" / "reference" / "generated"
HEAD = "<!-- Made by `make docs` from the code. Do not edit. -->\n\n"


def pages() -> dict[str, str]:
    """File name → content of every generated page."""
    from semesta.access.reference import rights_markdown
    from semesta.coverage.reference import measures_markdown
    from semesta.decrees.states import states_markdown
    from semesta.eligibility.reference import criteria_markdown
    from semesta.intake.fates import problems_reference
    from semesta.intake.reference import suppliers_markdown
    from semesta.law.reference import (
        glossary_markdown,
        instruments_markdown,
        parameters_markdown,
        switches_markdown,
    )

    return {
        "commands.md": commands_page(),
        "criteria.md": criteria_markdown(),
        "decree-states.md": states_markdown(),
        "glossary.md": glossary_markdown(),
        "law-cases.md": law_cases_markdown(),
        "law-instruments.md": instruments_markdown(),
        "law-parameters.md": parameters_markdown(),
        "measures.md": measures_markdown(),
        "problems.md": problems_reference(),
        "rights.md": rights_markdown(),
        "suppliers.md": suppliers_markdown(),
        "switches.md": switches_markdown(),
    }


def commands_page() -> str:
    """Help of every command, as a terminal of 80 columns shows it."""
    from typer.main import get_command
    from typer.testing import CliRunner

    from semesta.cli.main import app

    names = [[]]
    root = get_command(app)
    for name, command in sorted(root.commands.items()):
        names.append([name])
        names += [[name, sub] for sub in sorted(getattr(command, "commands", {}))]
    parts = ["# Commands\n"]
    for words in names:
        shown = CliRunner().invoke(
            app, [*words, "--help"], prog_name="semesta", terminal_width=80
        )
        parts.append(
            f"## `{' '.join(['semesta', *words])}`\n\n```\n{shown.output.strip()}\n```\n"
        )
    return "\n".join(parts)


def main() -> int:
    """Write or compare; 1 when a page is not current."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "semesta.config.settings")
    import django

    django.setup()
    stale = []
    for name, content in pages().items():
        path, content = GENERATED / name, HEAD + content.rstrip() + "\n"
        if not path.exists() or path.read_text("utf-8") != content:
            stale.append(name)
            if "--check" not in sys.argv:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(content, "utf-8")
    if stale and "--check" in sys.argv:
        print("Not current, run `make docs`:", ", ".join(stale))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
