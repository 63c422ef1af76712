"""Every role at every address: opens what its rights say, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from tests.support.corrections import a_dirty_delivery
from tests.support.strange_lists import a_strange_delivery

from semesta.access.models import Role, User
from semesta.access.rights import RIGHTS
from semesta.benefits.models import BenefitCase
from semesta.decrees.models import Decree, Proposal
from semesta.eligibility.models import DecisionRun, PolicyVersion
from semesta.enrolment.models import ChangeTask, RejectionTask, UploadFile
from semesta.intake.models import Delivery
from semesta.ledger.models import Bill, Difference
from semesta.linkage.models import QualityPair, ReviewTask
from semesta.planning.models import Plan
from semesta.registry.models import Employer, Person
from semesta.reports.models import Publication
from semesta.verification.models import VerificationRound, VerificationTask
from semesta.web.gate import PUBLIC, SIGNED_IN
from semesta.web.urls import urlpatterns

NAMES = [pattern.name for pattern in urlpatterns]
POST_ONLY = {
    "people-nik", "people-answer", "people-answer-back", "people-split",
    "people-decision-back", "people-quality-draw", "people-quality-answer",
    "membership-write", "membership-match", "membership-replace",
    "membership-find", "membership-decide", "membership-period", "membership-choose",
    "accounts-switch", "update-calendar", "people-pause", "people-pause-end",
    "policies-start", "policies-propose", "policies-decide", "policies-judge", "plans-make",
    "field-close", "field-take",
}  # fmt: skip


VERSIONS = [
    "policies-version", "policies-text", "policies-edit", "policies-preview",
    "policies-propose", "policies-decide",
]  # fmt: skip


def right_of(name: str) -> str:
    """The right that a page's view declares."""
    for pattern in urlpatterns:
        if pattern.name == name:
            return pattern.callback.right  # type: ignore[attr-defined]
    raise LookupError(name)


def address(name: str) -> str:
    """An address of this page that exists, inside Ganting where places matter."""
    ganting = "13.74.01.1001"
    person = Person.objects.filter(kelurahan=ganting, alive=True).first()
    arguments: dict[str, list[Any]] = {
        "law-parameter": ["jkm.lump_sum"],
        "coverage-area": [ganting],
        "deliveries-progress": ["00000000-0000-0000-0000-000000000000"],
        "update-progress": ["00000000-0000-0000-0000-000000000000"],
        "deliveries-delivery": [Delivery.objects.get(area=ganting).name],
        "deliveries-corrections": [Delivery.objects.get(area=ganting).name],
        "deliveries-columns": [Delivery.objects.get(area=ganting).name],
        "deliveries-again": [Delivery.objects.get(area=ganting).name],
        "people-person": [person.pk],
        "people-nik": [person.pk],
        "people-split": [person.pk],
        "people-merge": [person.pk],
        "people-decision-back": [person.pk, 1],
        "people-answer": [ReviewTask.objects.get().pk],
        "people-why": [ReviewTask.objects.get().pk],
        "people-quality-answer": [QualityPair.objects.first().pk],
        "plans-plan": [Plan.objects.get().pk],
        "decrees-proposal": [Proposal.objects.first().pk],
        "decrees-change": [Decree.objects.get().pk],
        "check-decree": [Decree.objects.get().code],
        "people-pause": [person.pk],
        "people-pause-end": [person.pk, 1],
        "policies-file": ["13.74", "2026-apbd"],
        "policies-file-text": ["13.74", "2026-apbd"],
        **{name: [PolicyVersion.objects.get(state="draft").pk] for name in VERSIONS},
        "policies-judging": ["00000000-0000-0000-0000-000000000000"],
        "policies-replay": [DecisionRun.objects.get().name],
        "field-task": [VerificationTask.objects.filter(kelurahan=ganting).last().pk],
        "field-photo": [1],
        "field-round": [VerificationRound.objects.get().pk],
        "field-paper": [VerificationRound.objects.get().pk],
        "field-form": [VerificationRound.objects.get().pk],
        "field-people": [VerificationRound.objects.get().pk],
        "field-close": [VerificationRound.objects.get().pk],
        "field-settle": [VerificationTask.objects.last().pk],
        "decrees-decree": [Decree.objects.get().pk],
        "decrees-export": [Decree.objects.get().pk],
        "decrees-upload": [Decree.objects.get().pk, UploadFile.objects.first().pk],
        "decrees-publication": [Publication.objects.first().pk],
        "membership-task": [RejectionTask.objects.first().pk],
        "membership-decide": [ChangeTask.objects.first().pk],
        "membership-period": ["2026-01"],
        "membership-deactivation": [1],
        "cases-case": [BenefitCase.objects.first().pk],
        "books-bill": [Bill.objects.get().pk],
        "books-difference": [Difference.objects.first().pk],
        "employers-employer": [Employer.objects.first().pk],
        "accounts-edit": [User.objects.first().pk],
        "accounts-switch": [User.objects.first().pk],
    }
    return reverse(name, args=arguments.get(name, []))


# Pages whose thing lies outside a kelurahan account's area, or is not there at all.
NOT_FOUND = {
    "deliveries-progress": set(Role),
    "policies-judging": set(Role),
    "update-progress": set(Role),
    "field-photo": set(Role),
    "field-settle": {Role.OFFICER},
    "decrees-upload": {Role.KELURAHAN},
    "decrees-publication": {Role.KELURAHAN},
    "cases-case": {Role.KELURAHAN},
    "membership-task": {Role.KELURAHAN},
    "membership-deactivation": set(Role),
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_what_its_rights_say(name: str, role: Role, as_role: Any) -> None:
    right = right_of(name)
    allowed = right in (PUBLIC, SIGNED_IN) or role in RIGHTS[right]

    url = address(name)
    if name in ("deliveries-corrections", "deliveries-again"):
        url = reverse(name, args=[a_dirty_delivery().name])
    if name == "deliveries-columns":
        url = reverse(name, args=[a_strange_delivery(area="13.74.01.1001").name])
    response = as_role(role).get(url)
    response.close()
    status = response.status_code

    if name in POST_ONLY:
        assert status == 405
    elif not allowed:
        assert status == 403
    elif role in NOT_FOUND.get(name, set()):
        assert status == 404
    else:
        assert status == 200


@pytest.mark.parametrize("name", [n for n in NAMES if n not in POST_ONLY])
def test_without_signing_in_only_public_pages_open(name: str, client: Client) -> None:
    response = client.get(address(name))

    if right_of(name) == PUBLIC:
        assert response.status_code == 200
    else:
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("account_login"))


def test_every_page_says_which_right_opens_it() -> None:
    for pattern in urlpatterns:
        assert hasattr(pattern.callback, "right"), pattern.name


def test_no_page_of_allauth_is_reachable_beyond_those_chosen(client: Client) -> None:
    names = {key for key in get_resolver().reverse_dict if isinstance(key, str)}

    assert not names & {"account_email", "account_reset_password"}
    assert client.get("/masuk/password/reset/").status_code == 404
