"""Fetch the few foreign assets of the pages with npm and write down what they are.

Run it to move to a newer version: change PACKAGES, then `python scripts/vendor_assets.py`.
The result is committed, so nobody needs npm or a network to run or build Semesta.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import NamedTuple

VENDOR = Path(__file__).parents[1] / "src/semesta/web/static/vendor"


class Package(NamedTuple):
    """One npm package at one version, and which of its files are kept as what."""

    name: str
    version: str
    folder: str
    files: dict[str, str]
    why: str


PACKAGES = (
    Package(
        "htmx.org",
        "2.0.11",
        "htmx",
        {"dist/htmx.min.js": "htmx.min.js", "LICENSE": "LICENSE"},
        "Parts of a page that renew themselves (progress of a delivery).",
    ),
    Package(
        "@fontsource-variable/plus-jakarta-sans",
        "5.3.0",
        "plus-jakarta-sans",
        {
            "files/plus-jakarta-sans-latin-wght-normal.woff2": "latin.woff2",
            "files/plus-jakarta-sans-latin-ext-wght-normal.woff2": "latin-ext.woff2",
            "LICENSE": "LICENSE",
        },
        "The typeface of all pages, every weight in one file.",
    ),
)


def fetch(package: Package, into: Path) -> str:
    """Put the package's files under `into`; returns the licence its manifest names."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["npm", "pack", f"{package.name}@{package.version}", "--silent"],
            cwd=folder,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        archive = next(Path(folder).glob("*.tgz"))
        with tarfile.open(archive) as tar:
            tar.extractall(folder, filter="data")
        inside = Path(folder) / "package"
        into.mkdir(parents=True)
        for source, target in package.files.items():
            shutil.copyfile(inside / source, into / target)
        return str(json.loads((inside / "package.json").read_text())["license"])


def describe(package: Package, licence: str) -> str:
    """The lines of VENDORED.md about one package: version, licence, hashes."""
    lines = [
        f"## {package.name} {package.version}",
        "",
        f"{package.why} Licence: {licence} (`{package.folder}/LICENSE`).",
        "",
    ]
    for name in sorted(package.files.values()):
        content = (VENDOR / package.folder / name).read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        lines.append(f"- `{package.folder}/{name}` · sha256 `{digest}`")
    return "\n".join(lines)


def main() -> int:
    shutil.rmtree(VENDOR, ignore_errors=True)
    parts = [
        "# Vendored assets",
        "Written by `scripts/vendor_assets.py`; change versions there, not here.",
    ]
    for package in PACKAGES:
        licence = fetch(package, VENDOR / package.folder)
        parts.append(describe(package, licence))
    (VENDOR / "VENDORED.md").write_text("\n\n".join(parts) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
