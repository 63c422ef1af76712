"""The state of a workspace as one hash per table and file, blind to the clock."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

# When something was done, and the hashes over when it was done, differ between runs.
CLOCKED = {"at", "hash", "previous_hash", "password", "last_login", "date_joined"}
NOT_STATE = {
    "django_migrations",
    "django_session",
    "sqlite_sequence",
    # Django numbers these as it meets the models: after a kill, in another order.
    "django_content_type", "auth_permission",
}  # fmt: skip


def state_of(workspace: Path) -> dict[str, str]:
    """Table or file name → hash of its content; equal states give equal dictionaries."""
    state = dict(_tables(workspace / "semesta.sqlite3"))
    for folder in ("lake", "deliveries", "publications"):
        for path in sorted((workspace / folder).rglob("*")):
            if path.is_file() and path.suffix != ".part":
                name = str(path.relative_to(workspace))
                state[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return state


def _tables(database: Path):
    con = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    names = con.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table'"
    ).fetchall()
    for (table,) in sorted(names):
        if table in NOT_STATE:
            continue
        columns = [row[1] for row in con.execute(f"PRAGMA table_info({table})")]
        kept = [c for c in columns if c not in CLOCKED and not c.endswith("_at")]
        chosen = ", ".join(f'"{name}"' for name in kept)
        rows = con.execute(f"SELECT {chosen} FROM {table} ORDER BY 1").fetchall()
        yield table, hashlib.sha256(repr(rows).encode()).hexdigest()
    con.close()


def differences(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """Names whose content differs or that only one of the two has."""
    return sorted(n for n in one.keys() | other.keys() if one.get(n) != other.get(n))
