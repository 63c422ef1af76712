"""`python -m bench [city|csv_million|law|linkage|sheet|pages …]`: measure into bench/results."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from bench import city, csv_million, law, linkage, pages, sheet
from bench.machine import machine

BENCHMARKS = {
    "sheet": sheet.run,
    "csv_million": csv_million.run,
    "law": law.run,
    "linkage": linkage.run,
    "city": city.run,
    "pages": pages.run,
}
RESULTS = Path(__file__).parent / "results"


def main() -> None:
    """Run the benchmarks named on the command line, or all."""
    wanted = sys.argv[1:] or list(BENCHMARKS)
    if "pages" in wanted and "city" not in wanted:
        wanted.insert(0, "city")
    with tempfile.TemporaryDirectory(prefix="semesta-bench-") as folder:
        for name in wanted:
            print(f"… {name}", file=sys.stderr)
            found = {"machine": machine(), **BENCHMARKS[name](Path(folder))}
            RESULTS.mkdir(exist_ok=True)
            text = json.dumps(found, indent=1, ensure_ascii=False)
            (RESULTS / f"{name}.json").write_text(text + "\n", "utf-8")
            print(text)


if __name__ == "__main__":
    main()
