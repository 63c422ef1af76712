"""A row of a returned form → the answer it is, or the question it raises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from semesta.verification.incomes import Band
from semesta.verification.paper import read_code
from semesta.verification.said import CONFIRM, CORRECT, REFUSE, Said

_TICKS = {"said_confirm": CONFIRM, "said_correct": CORRECT, "said_refuse": REFUSE}


class Question(NamedTuple):
    """Why a row is no answer yet: code, what was noticed, what is asked."""

    code: str
    message: str
    question: str


UNREADABLE_CODE = Question(
    "field.page_code",
    "Kode halaman tidak cocok dengan huruf periksanya.",
    "Apa kode di sudut kanan atas halaman itu?",
)
UNKNOWN_PLACE = Question(
    "field.unknown_line",
    "Kode halaman dan nomor ini tidak ada pada formulir mana pun yang masih terbuka.",
    "Apa kode halaman dan nomor orang yang benar?",
)
NO_TICK = Question(
    "field.no_tick",
    "Tidak ada kotak yang dicentang.",
    "Apakah orang ini benar, ada yang berubah, atau ditolak?",
)
TWO_TICKS = Question(
    "field.two_ticks",
    "Lebih dari satu kotak dicentang.",
    "Kotak mana yang benar?",
)
UNKNOWN_SURVEYOR = Question(
    "field.surveyor",
    "Petugas lapangan pada baris ini bukan akun kelurahan yang dikenal.",
    "Siapa yang mengisi? Tulis nama akunnya.",
)
ELSEWHERE = Question(
    "field.elsewhere",
    "Orang ini berada di luar wilayah tugas pengisi formulir.",
    "Siapa petugas wilayah itu yang mengisinya?",
)


@dataclass(frozen=True)
class Place:
    """Where a row points: a page and a number on it."""

    page_code: str
    line: int


def place_of(row: Mapping[str, Any]) -> Place | Question:
    """The page and number a row names, by two columns or by one task code."""
    code, line = row.get("page_code"), row.get("line_number")
    if task := row.get("task_code"):
        code, _, number = str(task).rpartition("-")
        line = int(number) if number.isdigit() else None
    read = read_code(str(code or ""))
    if read is None:
        return UNREADABLE_CODE
    return Place(read, int(line)) if line else UNKNOWN_PLACE


def said_of(row: Mapping[str, Any], bands: list[Band]) -> Said | Question:
    """What a row says; not yet checked for being whole."""
    ticked = [verdict for name, verdict in _TICKS.items() if row.get(name)]
    if len(ticked) > 1:
        return TWO_TICKS
    verdict = row.get("verdict") or next(iter(ticked), None)
    if verdict is None:
        return NO_TICK
    return Said(
        verdict=str(verdict),
        reason=row.get("refusal") or "",
        reason_text=row.get("reason_text") or "",
        died_on=row.get("died_on"),
        occupation=row.get("occupation") or "",
        income=_band_of(row.get("income"), bands),
        phone=row.get("phone") or "",
        address=row.get("address") or "",
        rt=row.get("rt") or "",
        rw=row.get("rw") or "",
    )


def _band_of(amount: int | None, bands: list[Band]) -> int | None:
    """The base of the bracket an amount falls in; the number of a bracket will do."""
    if amount is None:
        return None
    by_number = {band.number: band.base for band in bands}
    if amount in by_number:
        return by_number[amount]
    below = [band.base for band in bands if band.base <= amount]
    return below[-1] if below else bands[0].base


def key_of(row: Mapping[str, Any], space: UUID) -> UUID:
    """The key of a row's answer: the submission's own, else made of the row's number."""
    given = str(row.get("answer_key") or "").removeprefix("uuid:")
    try:
        return UUID(given)
    except ValueError:
        return uuid5(space, given or str(row["row_id"]))
