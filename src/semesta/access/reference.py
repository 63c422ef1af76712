"""The roles-by-rights table for the reference, made from the rights themselves."""

from __future__ import annotations

from semesta.access.models import Role
from semesta.access.rights import RIGHTS


def rights_markdown() -> str:
    """Markdown: one row per right, one column per role."""
    heads = [role.label for role in Role]
    lines = [
        "# Who may do what",
        "",
        "| right | " + " | ".join(heads) + " |",
        "|---|" + "---|" * len(heads),
    ]
    for right, roles in RIGHTS.items():
        marks = ["✓" if role.value in roles else "" for role in Role]
        lines.append(f"| `{right}` | " + " | ".join(marks) + " |")
    lines += ["", "Every list, count, search, export and API answer is also limited"]
    lines += ["to the account's area."]
    return "\n".join(lines)
