"""What is true: which row is whom, who is who, which row carries which damage.

Written to its own folder while the office files are written. No stage of the work reads
it; tests and the demo's closing table do.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TextIO

import numpy as np

from semesta.demo.dirt import Stain
from semesta.demo.jobs import column
from semesta.demo.places import kelurahan
from semesta.demo.population import Slice
from semesta.demo.work import SEGMENTS

PEOPLE_COLUMNS = (
    "person_id", "nik", "name", "born_on", "sex", "kelurahan", "alive", "died_on",
    "segment", "occupation", "income", "decile", "paid_months",
    "family_card", "household_id", "relation", "mother_name", "moved_on",
    "registered_pu", "kpj", "employer_id",
)  # fmt: skip
EMPLOYER_COLUMNS = (
    "employer_id", "name", "form", "public", "kelurahan", "nib", "npwp", "npp",
    "workers", "registered", "wage", "underreports", "arrears_months", "arrears_amount",
)  # fmt: skip
RELATIONS = (
    "KEPALA KELUARGA", "ISTRI", "ANAK", "MENANTU", "CUCU", "ORANG TUA", "MERTUA",
    "FAMILI LAIN",
)  # fmt: skip


class Truth:
    """The truth folder, open while the city is written."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._files: list[TextIO] = []
        self._people = self._open("people.csv", PEOPLE_COLUMNS)
        self._employers = self._open("employers.csv", EMPLOYER_COLUMNS)
        self._rows = {
            "person": self._open("rows.csv", ("file", "sheet", "line", "person_id")),
            "household": self._open(
                "household_rows.csv", ("file", "sheet", "line", "household_id")
            ),
            "employer": self._open(
                "employer_rows.csv", ("file", "sheet", "line", "employer_id")
            ),
        }
        self._dirt = self._open("dirt.csv", ("file", "sheet", "line", "kind"))
        self.row_counts: Counter[str] = Counter()
        self.dirt_counts: Counter[str] = Counter()
        self.people_counts: Counter[str] = Counter()

    def _open(self, name: str, columns: Sequence[str]) -> Any:
        file = (self.folder / name).open("w", encoding="utf-8", newline="")
        self._files.append(file)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        return writer

    def rows(
        self,
        file: str,
        sheet: str,
        first_line: int,
        ids: np.ndarray,
        subject: str = "person",
    ) -> None:
        """Whose the rows of a sheet are, from `first_line` on; 0 = nobody's."""
        lines = range(first_line, first_line + len(ids))
        self._rows[subject].writerows(
            (file, sheet, line, one)
            for line, one in zip(lines, ids.tolist(), strict=True)
            if one
        )
        self.row_counts[file] += len(ids)

    def stains(
        self, file: str, sheet: str, first_line: int, stains: Iterable[Stain]
    ) -> None:
        """Damages of rows; positions count from the row at `first_line`."""
        for rows, kind in stains:
            self._dirt.writerows(
                (file, sheet, first_line + row, kind) for row in rows.tolist()
            )
            self.dirt_counts[kind] += len(rows)

    def slice(self, part: Slice) -> None:
        """Write the people and employers of one slice."""
        self._people.writerows(zip(*_people_columns(part), strict=True))
        self._employers.writerows(zip(*_employer_columns(part), strict=True))
        for number, segment in enumerate(SEGMENTS):
            self.people_counts[segment] += int((part.work.segment == number).sum())
        counts = {
            "people": len(part),
            "households": part.members.households,
            "employers": len(part.firms.number),
            "dead": int((~part.alive).sum()),
            "moved": int((~np.isnat(part.lives.moved)).sum()),
            "registered_pu": int(part.covered.sum()),
            "ever_paid": int((part.paid_months > 0).sum()),
            "paid_36_months": int((part.paid_months >= 36).sum()),
            "paid_person_months": int(part.paid_months.sum()),
        }
        self.people_counts.update(counts)

    def close(self, **summary: Any) -> None:
        """Close the files and write summary.json with the counts."""
        for file in self._files:
            file.close()
        content = {
            **summary,
            "truth": dict(sorted(self.people_counts.items())),
            "rows": dict(sorted(self.row_counts.items())),
            "dirt": dict(sorted(self.dirt_counts.items())),
        }
        text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
        (self.folder / "summary.json").write_text(text, encoding="utf-8")


def _days(column: np.ndarray) -> list[str]:
    texts = np.datetime_as_string(column.astype("datetime64[D]"), unit="D")
    return np.where(np.isnat(column), "", texts).tolist()


def _people_columns(part: Slice) -> list[list]:
    codes = np.array([k.code for k in kelurahan()], dtype=object)
    firm = part.work.firm
    employer = np.where(firm >= 0, part.firms.number[firm].astype(object), "")
    return [
        part.person.tolist(),
        part.nik.tolist(),
        part.names.name.tolist(),
        _days(part.members.born),
        np.array(["L", "P"], dtype=object)[part.members.sex].tolist(),
        codes[part.kelurahan].tolist(),
        part.alive.astype(int).tolist(),
        _days(part.lives.died),
        np.array(SEGMENTS, dtype=object)[part.work.segment].tolist(),
        column("code")[part.work.job].tolist(),
        part.work.income.tolist(),
        part.decile.tolist(),
        part.paid_months.tolist(),
        part.card[part.home].tolist(),
        (part.first_household + part.home).tolist(),
        np.array(RELATIONS, dtype=object)[part.members.relation].tolist(),
        part.names.mother.tolist(),
        _days(part.lives.moved),
        part.covered.astype(int).tolist(),
        np.where(part.insured, part.kpj, "").tolist(),
        employer.tolist(),
    ]


def _employer_columns(part: Slice) -> list[list]:
    firms = part.firms
    codes = np.array([k.code for k in kelurahan()], dtype=object)
    return [
        firms.number.tolist(),
        firms.name.tolist(),
        firms.form.tolist(),
        firms.public.astype(int).tolist(),
        codes[firms.kelurahan].tolist(),
        firms.nib.tolist(),
        firms.npwp.tolist(),
        firms.npp.tolist(),
        firms.workers.tolist(),
        firms.registered.tolist(),
        firms.wage.tolist(),
        firms.underreports.astype(int).tolist(),
        firms.arrears.tolist(),
        firms.due().tolist(),
    ]
