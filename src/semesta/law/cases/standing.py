"""A standing case: is a member protected on a day, since when, for how many months."""

from __future__ import annotations

from typing import Any

from semesta.law.answer import needs
from semesta.law.book import Reading
from semesta.law.cases.case import Case, Day, Member
from semesta.law.membership import Standing


class StandingCase(Case):
    """A member's standing on a day."""

    on: Day
    member: Member

    def answer(self, reading: Reading) -> dict[str, Any]:
        """The standing's fields; months as `2026-01`."""
        held = self.member.standing(self.on, reading)
        if held is None:
            missing = needs("bulan iuran yang sudah dibayar")
            return {
                "status": "unknown",
                "sentence": missing.sentence,
                "unknown": list(missing.unknown),
                "switches_used": [],
            }
        return {
            "sentence": _sentence(held),
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


def _sentence(held: Standing) -> str:
    if held.paid_until is None:
        return "Belum pernah terlindungi: tidak ada bulan iuran yang sudah mulai."
    last = (held.paid_until + -1).in_words()
    paid = f"iuran terakhir untuk {last}, masa iur {held.tenure_months} bulan"
    if held.unpaid_months:
        paid += f", menunggak {held.unpaid_months} bulan"
    return f"Peserta {held.status_in_words}: {paid}."
