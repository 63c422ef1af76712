"""A row's fate from what was noticed in it: refused > held > corrected > accepted."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from semesta.intake.stored import stored

Kind = Literal["refused", "held", "corrected", "warning"]
Fate = Literal["accepted", "corrected", "held", "refused"]

FATES: tuple[Fate, ...] = ("accepted", "corrected", "held", "refused")
# What becomes of a row later, when its sender's correction takes its place.
SUPERSEDED = "superseded"
EVERY_FATE: tuple[str, ...] = (*FATES, SUPERSEDED)
# Severity of a kind is the position of the fate it leads to.
SEVERITY: dict[Kind, int] = {"warning": 0, "corrected": 1, "held": 2, "refused": 3}
FATE_TITLES: dict[Fate, str] = {
    "accepted": "Diterima",
    "corrected": "Diperbaiki",
    "held": "Ditahan",
    "refused": "Ditolak",
}
_KIND_TITLES: dict[Kind, str] = {
    "refused": "ditolak",
    "held": "ditahan",
    "corrected": "diperbaiki",
    "warning": "peringatan",
}


class Problem(BaseModel):
    """One code: what it does to a row, what it says, and what is asked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    kind: Kind
    message: str
    needed: Kind | None = None
    question: str = ""

    def kind_where(self, *, needed: bool) -> Kind:
        """The kind, given whether the row means anything without the value."""
        return self.needed if needed and self.needed else self.kind

    def text(self, kind: Kind, **facts: object) -> str:
        """The message for one row, with the question when the row is held."""
        message = self.message.format(**facts) if facts else self.message
        return f"{message} {self.question}" if kind == "held" else message


@cache
def problems() -> dict[str, Problem]:
    """All codes, in the order of the table."""
    listed = [Problem.model_validate(entry) for entry in stored("problems.yaml")]
    return {problem.code: problem for problem in listed}


def fate_of(kinds: Iterable[Kind]) -> Fate:
    """The fate of a row from the kinds of its problems; accepted when there are none."""
    return FATES[max((SEVERITY[kind] for kind in kinds), default=0)]


def problems_reference() -> str:
    """The reference page of all codes, as Markdown (made from the table)."""
    lines = [
        "# Kode masalah baris",
        "",
        "Halaman ini dibuat dari `intake/problems.yaml`. Kode tidak berubah artinya.",
        "Sebuah baris *ditolak*, *ditahan* (ada pertanyaan), *diperbaiki* (ada aturan),",
        "atau *diterima*; peringatan saja tidak mengubah nasib baris.",
        "",
        "| Kode | Jenis | Bila isian wajib | Pesan | Pertanyaan |",
        "|---|---|---|---|---|",
    ]
    for problem in problems().values():
        needed = _KIND_TITLES[problem.needed] if problem.needed else ""
        lines.append(
            f"| `{problem.code}` | {_KIND_TITLES[problem.kind]} | {needed} "
            f"| {problem.message} | {problem.question} |"
        )
    return "\n".join(lines) + "\n"
