"""What the page that compares is asked: read from the address, safe whatever stands there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict

from semesta.kernel import Month
from semesta.planning.payers import payer_names
from semesta.planning.price import MOST_MONTHS
from semesta.planning.scenarios import SHORT_MONTHS, Payment


@dataclass(frozen=True)
class Asked:
    """Payer and months; `budget` None when nobody has said one yet."""

    payment: Payment
    budget: int | None

    @property
    def parameters(self) -> dict[str, Any]:
        """The same as hidden fields or parts of an address."""
        return {
            "pembayar": self.payment.payer,
            "mulai": str(self.payment.first_month),
            "bulan": self.payment.months,
            "singkat": self.payment.short_months,
        }


def read(query: QueryDict, *, payer: str, today: date) -> Asked:
    """The question in a query or a form; what makes no sense falls back to usual."""
    first = _month(query.get("mulai", "")) or Month.of(today)
    asked = query.get("pembayar", "")
    payment = Payment(
        payer=asked if asked in payer_names(first) else payer,
        first_month=first,
        months=_whole(query.get("bulan"), MOST_MONTHS, most=MOST_MONTHS),
        short_months=_whole(query.get("singkat"), SHORT_MONTHS, most=MOST_MONTHS),
    )
    return Asked(payment, _budget(query))


def _budget(query: QueryDict) -> int | None:
    """The slider where it was moved, else what was typed."""
    slid = query.get("geser")
    if slid is not None and slid != query.get("geser_semula"):
        return _number(slid)
    return _number(query.get("anggaran"))


def _number(text: str | None) -> int | None:
    digits = (text or "").replace(".", "").replace("Rp", "").strip()
    return int(digits) if digits.isdigit() and len(digits) < 16 else None


def _whole(text: str | None, usual: int, *, most: int) -> int:
    number = _number(text)
    return number if number is not None and 1 <= number <= most else usual


def _month(text: str) -> Month | None:
    try:
        return Month.parse(text)
    except ValueError:
        return None
