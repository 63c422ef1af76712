"""`python -m bench [city|growth|law|linkage|…]`: measure, print, write bench/results.

`python -m bench peers [--sets febrl3,heavy-100000]` holds linkage against another product;
it needs data that only `make bench-peers` installs, so it runs only when named.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench import (
    city,
    csv_million,
    growth,
    law,
    ledger,
    linkage,
    pages,
    planning,
    programme,
    sheet,
)
from bench.machine import machine

BENCHMARKS = {
    "sheet": sheet.run,
    "csv_million": csv_million.run,
    "law": law.run,
    "ledger": ledger.run,
    "linkage": linkage.run,
    "planning": planning.run,
    "programme": programme.run,
    "growth": growth.run,
    "city": city.run,
    "pages": pages.run,
}
RESULTS = Path(__file__).parent / "results"


def main() -> None:
    """Run the benchmarks named on the command line, or all that need nothing more."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("names", nargs="*", help=", ".join([*BENCHMARKS, "peers"]))
    parser.add_argument(
        "--sets", default="", help="peers: only these, with commas; printed, not kept"
    )
    asked = parser.parse_args()
    wanted = asked.names or list(BENCHMARKS)
    if "pages" in wanted and "city" not in wanted:
        wanted.insert(0, "city")
    with tempfile.TemporaryDirectory(prefix="semesta-bench-") as folder:
        for name in wanted:
            print(f"… {name}", file=sys.stderr)
            found = {"machine": machine(), **_measured(name, Path(folder), asked.sets)}
            text = json.dumps(found, indent=1, ensure_ascii=False)
            if not asked.sets:
                RESULTS.mkdir(exist_ok=True)
                (RESULTS / f"{name}.json").write_text(text + "\n", "utf-8")
            print(text)


def _measured(name: str, folder: Path, sets: str) -> dict[str, Any]:
    if name != "peers":
        return BENCHMARKS[name](folder)
    from bench import linkage_peers

    return linkage_peers.run(folder, sets.split(",") if sets else linkage_peers.NAMES)


if __name__ == "__main__":
    main()
