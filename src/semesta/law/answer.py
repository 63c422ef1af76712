"""What the law answers: lines with amount, formula and article, or what it needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

from semesta.kernel import Rupiah

Payable = Literal["now", "after_arrears"]
PaidBy = Literal["insurer", "employer", "worker", "contributor", "government"]
PAYER_IN_WORDS: dict[str, str] = {
    "insurer": "BPJS Ketenagakerjaan",
    "employer": "pemberi kerja",
    "worker": "pekerja",
    "contributor": "pembayar iuran",
    "government": "pemerintah",
}
CODE_IN_WORDS: dict[str, str] = {
    "jkm.lump_sum": "Santunan sekaligus",
    "jkm.periodic": "Santunan berkala",
    "jkm.funeral": "Biaya pemakaman",
    "jkm.short_membership": "Santunan peserta baru",
    "jkk.death": "Santunan kematian karena kerja",
    "jkk.total_disability": "Santunan cacat total tetap",
    "jkk.partial_disability": "Santunan cacat sebagian",
    "jkk.periodic": "Santunan berkala",
    "jkk.funeral": "Biaya pemakaman",
    "jkk.unable_to_work": "Pengganti upah selama tidak mampu bekerja",
    "jkk.transport": "Biaya angkutan",
    "jkk.home_care": "Perawatan di rumah",
    "jkk.prosthesis": "Alat bantu dan alat ganti anggota badan",
    "jkk.dentures": "Gigi tiruan",
    "jkk.hearing_aid": "Alat bantu dengar",
    "jkk.glasses": "Kacamata",
    "contribution.jkk": "Jaminan Kecelakaan Kerja (JKK)",
    "contribution.jkm": "Jaminan Kematian (JKM)",
    "contribution.jht": "Jaminan Hari Tua (JHT)",
    "contribution.jp": "Jaminan Pensiun (JP)",
    "contribution.jkp": "Jaminan Kehilangan Pekerjaan (JKP)",
    "contribution.pmi_before": "JKK dan JKM sebelum berangkat",
    "contribution.pmi_during": "JKK dan JKM selama dan sesudah bekerja",
    "fine.late": "Denda keterlambatan",
    "fine.administrative": "Denda administratif",
}
YesNo = Literal["yes", "no", "unknown"]


@dataclass(frozen=True)
class Line:
    """One amount that somebody owes, once. `code` is stable (`jkm.funeral`, …)."""

    code: str
    amount: Rupiah
    law: str
    explanation: str
    payable: Payable = "now"
    paid_by: PaidBy = "insurer"

    def as_dict(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "label": CODE_IN_WORDS[self.code],
            "amount": int(self.amount),
            "law": self.law,
            "explanation": self.explanation,
            "payable": self.payable,
            "paid_by": self.paid_by,
        }


@dataclass(frozen=True)
class Answer:
    """Lines in whole rupiah, and a sentence a citizen can read (Indonesian).

    `unknown` names the facts that are missing: with any of them, no line is given.
    `switches_used` names the uncertain rules on which the answer depends.
    """

    lines: tuple[Line, ...] = ()
    sentence: str = ""
    unknown: tuple[str, ...] = ()
    switches_used: tuple[str, ...] = ()

    @property
    def total(self) -> Rupiah:
        return sum_of(self.lines)

    @property
    def payable_now(self) -> Rupiah:
        return sum_of(line for line in self.lines if line.payable == "now")

    @property
    def by_payer(self) -> dict[str, Rupiah]:
        """How much each of those who pay has to pay."""
        payers = dict.fromkeys(line.paid_by for line in self.lines)
        return {
            payer: sum_of(line for line in self.lines if line.paid_by == payer)
            for payer in payers
        }

    def charged_to(self, payer: PaidBy, sentence: str) -> Answer:
        """The same lines, owed by somebody else, with the sentence that says why."""
        lines = tuple(replace(line, paid_by=payer) for line in self.lines)
        return replace(self, lines=lines, sentence=sentence)

    def as_dict(self) -> dict[str, Any]:
        """The same answer for an API body or a stored record."""
        return {
            "lines": [line.as_dict() for line in self.lines],
            "total": int(self.total),
            "payable_now": int(self.payable_now),
            "by_payer": {payer: int(paid) for payer, paid in self.by_payer.items()},
            "sentence": self.sentence,
            "unknown": list(self.unknown),
            "switches_used": list(self.switches_used),
        }


def sum_of(lines: Iterable[Line]) -> Rupiah:
    """The lines' amounts together."""
    return sum((line.amount for line in lines), Rupiah(0))


def needs(*facts: str, switches_used: tuple[str, ...] = ()) -> Answer:
    """An answer that cannot be given yet: `facts` are what it needs."""
    sentence = f"Belum dapat dijawab; diperlukan: {', '.join(facts)}."
    return Answer((), sentence, facts, switches_used)


def percent_of(base: int | Decimal, percent: int | Decimal) -> Rupiah:
    """A percentage of an amount, to the nearest whole rupiah (halves up)."""
    exact = Decimal(base) * percent / 100
    return Rupiah(int(exact.to_integral_value(ROUND_HALF_UP)))


def in_words(percent: int | Decimal) -> str:
    """`1%`, `0,54%`."""
    return f"{percent}%".replace(".", ",")
