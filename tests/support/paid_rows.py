"""Rows of the insurer's list of participants."""

from __future__ import annotations

from datetime import date


def month(text: str) -> date:
    return date.fromisoformat(f"{text}-01")


def bpu(first: str, until: str, **changes: object) -> dict[str, object]:
    """A row of the participants list."""
    return {
        "month_from": month(first),
        "month_until": month(until),
        "payer": "APBD",
        "programmes": "JKK+JKM",
        "amount": 16_800,
    } | changes
