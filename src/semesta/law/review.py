"""What of the law must be looked at again: values long unchecked or not sure enough."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from semesta.law.book import law_book
from semesta.law.schema import SURE


@dataclass(frozen=True)
class ToReview:
    """One dated value that needs a second look, and why (Indonesian)."""

    key: str
    from_: date
    law: str
    confidence: str
    last_checked: date
    why: str


def to_review(on: date) -> list[ToReview]:
    """Values not checked within a year before `on`, and values below confidence B."""
    book, found = law_book(), []
    for parameter in book.parameters.values():
        for value in parameter.values:
            reasons = []
            if value.confidence not in SURE:
                reasons.append("keyakinan di bawah B")
            if _a_year_ago(on) > value.last_checked:
                reasons.append("lebih dari setahun tidak diperiksa")
            if reasons:
                found.append(
                    ToReview(
                        parameter.key,
                        value.from_,
                        book.cite(value),
                        value.confidence,
                        value.last_checked,
                        "; ".join(reasons),
                    )
                )
    return found


def _a_year_ago(on: date) -> date:
    # From the first of the month, so that 29 February needs no case of its own.
    return on.replace(year=on.year - 1, day=1)
