"""What the law answers: lines with amount, formula and article, or what it needs."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

from semesta.kernel import Rupiah

Payable = Literal["now", "after_arrears"]


@dataclass(frozen=True)
class Line:
    """One amount that is owed. `code` is stable (`jkm.funeral`, …)."""

    code: str
    amount: Rupiah
    law: str
    explanation: str
    payable: Payable = "now"

    def as_dict(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "amount": int(self.amount),
            "law": self.law,
            "explanation": self.explanation,
            "payable": self.payable,
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
        return sum((line.amount for line in self.lines), Rupiah(0))

    @property
    def payable_now(self) -> Rupiah:
        due = (line.amount for line in self.lines if line.payable == "now")
        return sum(due, Rupiah(0))

    def as_dict(self) -> dict[str, Any]:
        """The same answer for an API body or a stored record."""
        return {
            "lines": [line.as_dict() for line in self.lines],
            "total": int(self.total),
            "payable_now": int(self.payable_now),
            "sentence": self.sentence,
            "unknown": list(self.unknown),
            "switches_used": list(self.switches_used),
        }


def needs(*facts: str, switches_used: tuple[str, ...] = ()) -> Answer:
    """An answer that cannot be given yet: `facts` are what it needs."""
    sentence = f"Belum dapat dijawab; diperlukan: {', '.join(facts)}."
    return Answer((), sentence, facts, switches_used)


def percent_of(base: int, percent: int | Decimal) -> Rupiah:
    """A percentage of an amount, to the nearest whole rupiah (halves up)."""
    exact = Decimal(base) * percent / 100
    return Rupiah(int(exact.to_integral_value(ROUND_HALF_UP)))


def in_words(percent: int | Decimal) -> str:
    """`1%`, `0,54%`."""
    return f"{percent}%".replace(".", ",")
