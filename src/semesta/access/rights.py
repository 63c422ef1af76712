"""What each role may do. Asked in pairs: `may` answers, `check_may` insists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semesta.access.models import Role
from semesta.kernel.errors import NotAllowed

if TYPE_CHECKING:
    from semesta.access.models import User

# One line per right; the roles-by-rights table in the docs is made from it.
RIGHTS: dict[str, frozenset[str]] = {
    "see_deliveries": frozenset(
        {Role.OFFICER, Role.KELURAHAN, Role.INSURER, Role.AUDITOR, Role.ADMIN}
    ),
    "send_delivery": frozenset(
        {Role.OFFICER, Role.KELURAHAN, Role.INSURER, Role.ADMIN}
    ),
    "see_people": frozenset(
        {Role.OFFICER, Role.KELURAHAN, Role.INSURER, Role.AUDITOR, Role.ADMIN}
    ),
    "review_matches": frozenset({Role.OFFICER, Role.KELURAHAN, Role.ADMIN}),
    "see_linkage_quality": frozenset(
        {Role.OFFICER, Role.KELURAHAN, Role.AUDITOR, Role.ADMIN}
    ),
    "see_policy": frozenset(
        {Role.LEADER, Role.OFFICER, Role.KELURAHAN, Role.AUDITOR, Role.ADMIN}
    ),
    "write_policy": frozenset({Role.OFFICER}),
    "approve_policy": frozenset({Role.LEADER}),
    "pause_person": frozenset({Role.OFFICER}),
    "see_decree": frozenset(
        {
            Role.LEADER,
            Role.OFFICER,
            Role.KELURAHAN,
            Role.INSURER,
            Role.AUDITOR,
            Role.ADMIN,
        }
    ),
    "verify_in_field": frozenset({Role.KELURAHAN}),
    "see_verification": frozenset(
        {Role.OFFICER, Role.LEADER, Role.KELURAHAN, Role.AUDITOR}
    ),
    "run_verification": frozenset({Role.OFFICER}),
    "see_evidence": frozenset({Role.OFFICER, Role.KELURAHAN, Role.AUDITOR}),
    "see_proposal": frozenset({Role.LEADER, Role.OFFICER, Role.INSURER, Role.AUDITOR}),
    "propose_decree": frozenset({Role.OFFICER}),
    "review_decree": frozenset({Role.OFFICER, Role.LEADER}),
    "approve_decree": frozenset({Role.LEADER}),
    "freeze_decrees": frozenset({Role.LEADER}),
    "see_coverage": frozenset(Role),
    "see_plans": frozenset({Role.LEADER, Role.OFFICER, Role.AUDITOR, Role.ADMIN}),
    "make_plan": frozenset({Role.OFFICER, Role.ADMIN}),
    "see_money": frozenset({Role.LEADER, Role.OFFICER, Role.AUDITOR, Role.ADMIN}),
    "keep_books": frozenset({Role.OFFICER}),
    "see_cases": frozenset({Role.OFFICER, Role.KELURAHAN, Role.INSURER, Role.AUDITOR}),
    "see_employers": frozenset(
        {Role.LEADER, Role.COMPLIANCE, Role.INSURER, Role.OFFICER, Role.AUDITOR}
    ),
    "see_trail": frozenset({Role.AUDITOR, Role.ADMIN}),
    "see_enrolment": frozenset(
        {
            Role.LEADER,
            Role.OFFICER,
            Role.KELURAHAN,
            Role.INSURER,
            Role.AUDITOR,
            Role.ADMIN,
        }
    ),
    "take_answers": frozenset({Role.OFFICER, Role.INSURER, Role.ADMIN}),
    "post_month": frozenset({Role.LEADER, Role.OFFICER}),
    "run_programme": frozenset({Role.OFFICER, Role.ADMIN}),
    "manage_accounts": frozenset({Role.ADMIN}),
}


def may(user: User, right: str) -> bool:
    """Whether the user's role holds this right. KeyError for a right that is none."""
    return user.is_active and user.role in RIGHTS[right]


def check_may(user: User, right: str) -> None:
    """Raise NotAllowed, saying who may, when the user's role does not hold the right."""
    if not may(user, right):
        who = ", ".join(Role(role).label for role in sorted(RIGHTS[right]))
        raise NotAllowed(
            "access.role",
            "Halaman atau tindakan ini bukan untuk peran Anda.",
            f"Hanya untuk: {who}.",
            "Masuk dengan akun yang tepat, atau mintalah hak akses kepada admin.",
        )
