"""A standing case: is a member protected on a day, since when, for how many months."""

from __future__ import annotations

from datetime import date
from typing import Any

from semesta.law.book import Reading
from semesta.law.cases.case import Case, Member


class StandingCase(Case):
    """A member's standing on a day."""

    on: date
    member: Member

    def answer(self, reading: Reading) -> dict[str, Any]:
        """The standing's fields; months as `2026-01`."""
        held = self.member.standing(self.on, reading)
        if held is None:
            return {"status": "unknown", "unknown": ["bulan iuran yang sudah dibayar"]}
        return {
            "status": held.status,
            "tenure_months": held.tenure_months,
            "unpaid_months": held.unpaid_months,
            "paid_until": str(held.paid_until) if held.paid_until else None,
            "spell_from": str(held.spell_from) if held.spell_from else None,
            "spell_months": held.spell_months,
            "spells": held.spells,
            "unknown": [],
            "switches_used": list(held.switches_used),
        }
