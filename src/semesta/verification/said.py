"""One answer from the field: what it says of a person, and what makes it whole.

A *confirmed* person lives here, is alive and works; *corrected* says the same with other
particulars; *refused* names the reason, and the reason states its own fact (`reasons`).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NoReturn

from semesta.kernel import UserError
from semesta.verification.reasons import DEAD, REASONS

CONFIRM, CORRECT, REFUSE = "confirm", "correct", "refuse"
VERDICTS = (CONFIRM, CORRECT, REFUSE)
LONGEST_TEXT = 200
_PHONE = re.compile(r"0\d{8,13}")
# Particulars that a correction may bring; one of them at least.
PARTICULARS = ("occupation", "phone", "address", "rt", "rw", "income")


@dataclass(frozen=True)
class Said:
    """What one person in the field answered about another.

    `income`: rupiah a month, the base of the bracket that was ticked. `photo`: SHA-256
    of a kept picture. Blank or None: nothing was said.
    """

    verdict: str
    reason: str = ""
    reason_text: str = ""
    lives_here: bool | None = None
    alive: bool | None = None
    works: bool | None = None
    died_on: date | None = None
    occupation: str = ""
    income: int | None = None
    phone: str = ""
    address: str = ""
    rt: str = ""
    rw: str = ""
    photo: str = ""

    def decisive(self) -> tuple[Any, ...]:
        """What two answers must agree on; a telephone may differ."""
        return (
            self.verdict, self.reason, self.lives_here, self.alive, self.works,
            self.occupation,
        )  # fmt: skip


def whole(
    said: Said,
    *,
    not_after: date,
    occupations: Collection[str],
    incomes: Collection[int],
) -> Said:
    """The answer with what its verdict implies, after checking that it fits together.

    `not_after`: the day it was given. UserError `field.verdict`, `field.reason`,
    `field.reason_text`, `field.nothing_corrected`, `field.died_on`, `field.phone`,
    `field.occupation`, `field.income`.
    """
    if said.verdict not in VERDICTS:
        _refuse("verdict", "Pilih dahulu: benar, ada yang berubah, atau ditolak.")
    said = replace(said, phone=_phone(said.phone), reason_text=_text(said.reason_text))
    if said.occupation and said.occupation not in occupations:
        _refuse("occupation", "Pilih pekerjaan dari daftar.")
    if said.income is not None and said.income not in incomes:
        _refuse("income", "Pilih golongan penghasilan dari daftar.")
    return _refused(said, not_after) if said.verdict == REFUSE else _kept(said)


def _kept(said: Said) -> Said:
    if said.verdict == CORRECT and not any(getattr(said, n) for n in PARTICULARS):
        _refuse("nothing_corrected", "Isi paling sedikit satu hal yang berubah.")
    return replace(
        said, reason="", died_on=None, lives_here=True, alive=True, works=True
    )


def _refused(said: Said, not_after: date) -> Said:
    reason = REASONS.get(said.reason)
    if reason is None:
        _refuse("reason", "Pilih alasan penolakan dari daftar.")
    if reason.needs_text and not said.reason_text:
        _refuse("reason_text", "Tulis alasannya dengan satu kalimat.")
    died_on = said.died_on if said.reason == DEAD else None
    if died_on and died_on > not_after:
        _refuse("died_on", "Tanggal meninggal tidak boleh sesudah hari ini.")
    bare = Said(
        REFUSE, reason.code, said.reason_text, died_on=died_on, photo=said.photo
    )
    return replace(
        bare,
        alive=False if reason.says == "alive" else None,
        lives_here=False if reason.says == "lives_here" else None,
        works=False if reason.says == "works" else None,
    )


def _phone(text: str) -> str:
    digits = re.sub(r"[\s.\-()]", "", text)
    if digits.startswith("+62"):
        digits = f"0{digits[3:]}"
    if digits and not _PHONE.fullmatch(digits):
        _refuse("phone", "Tulis nomor HP dengan angka saja, mulai dari 0.")
    return digits


def _text(text: str) -> str:
    return " ".join(text.split())[:LONGEST_TEXT]


def _refuse(code: str, fix: str) -> NoReturn:
    raise UserError(
        f"field.{code}",
        "Jawaban ini belum dapat disimpan.",
        "Isiannya belum lengkap atau tidak cocok satu sama lain.",
        fix,
    )
