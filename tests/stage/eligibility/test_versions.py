"""A policy's life: draft, proposal, approval by another person, and which text holds."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.support.people import a_person, a_registry_run

from semesta.audit.models import Event
from semesta.eligibility.models import PolicyVersion
from semesta.eligibility.policy_text import PolicyText, read_policy, write_policy
from semesta.eligibility.services import judge
from semesta.eligibility.versions import queries, services
from semesta.kernel import Actor, NotAllowed, NotPossible, UserError
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db
SLUG = "13.74/2026-apbd"
WHEN = datetime(2026, 1, 2, 3, 0, tzinfo=UTC)
OFFICER, LEADER = Actor("petugas", WHEN), Actor("pimpinan", WHEN)


def text_with(workspace: Workspace, **changes: Any) -> PolicyText:
    """The shipped policy with other fields, as the editor writes it."""
    policy = queries.policy_text(SLUG, workspace).policy.model_copy(update=changes)
    body = write_policy(policy)
    return PolicyText(read_policy(body), body)


def a_draft(workspace: Workspace, **changes: Any) -> PolicyVersion:
    return services.start_version(text=text_with(workspace, **changes), by=OFFICER)


def approved(workspace: Workspace, **changes: Any) -> PolicyVersion:
    version = services.propose(
        version=a_draft(workspace, **changes), workspace=workspace, by=OFFICER
    )
    return services.approve(version=version, workspace=workspace, by=LEADER)


def refusal(error: type[UserError], code: str, call: Any, **given: Any) -> UserError:
    with pytest.raises(error) as caught:
        call(**given)
    assert caught.value.code == code
    return caught.value


class TestLife:
    def test_a_draft_becomes_a_rule_only_when_another_person_approves(
        self, workspace: Workspace
    ) -> None:
        before = queries.policy_for(SLUG, workspace, on=date(2026, 2, 1))
        version = a_draft(workspace, title="Baru")
        assert queries.policy_for(SLUG, workspace, on=date(2026, 2, 1)) == before
        version = services.propose(version=version, workspace=workspace, by=OFFICER)
        assert queries.policy_for(SLUG, workspace, on=date(2026, 2, 1)) == before
        services.approve(version=version, workspace=workspace, by=LEADER)
        held = queries.policy_for(SLUG, workspace, on=date(2026, 2, 1))
        assert held.text.policy.title == "Baru"
        assert held.name == f"{SLUG} versi 1"
        actions = list(Event.objects.order_by("seq").values_list("action", flat=True))
        assert actions == ["policy.drafted", "policy.proposed", "policy.approved"]

    def test_nobody_decides_on_their_own(self, workspace: Workspace) -> None:
        version = a_draft(workspace, title="Baru")
        version = services.propose(version=version, workspace=workspace, by=LEADER)
        for own in (OFFICER, LEADER):
            refusal(NotAllowed, "policy.own", services.approve,
                    version=version, workspace=workspace, by=own)  # fmt: skip
            refusal(NotAllowed, "policy.own", services.reject,
                    version=version, reason="tidak tepat", by=own)  # fmt: skip

    def test_the_database_refuses_it_as_well(self, workspace: Workspace) -> None:
        version = a_draft(workspace, title="Baru")
        with pytest.raises(IntegrityError), transaction.atomic():
            PolicyVersion.objects.filter(pk=version.pk).update(
                state="approved", decided_by="petugas"
            )

    def test_every_step_twice_is_the_same_as_once(self, workspace: Workspace) -> None:
        version = a_draft(workspace, title="Baru")
        assert a_draft(workspace, title="Lain") == version
        for _ in range(2):
            services.propose(version=version, workspace=workspace, by=OFFICER)
            version.refresh_from_db()
        for _ in range(2):
            services.approve(version=version, workspace=workspace, by=LEADER)
            version.refresh_from_db()
        assert Event.objects.count() == 3

    def test_what_was_proposed_is_not_edited(self, workspace: Workspace) -> None:
        version = a_draft(workspace, title="Baru")
        services.propose(version=version, workspace=workspace, by=OFFICER)
        refusal(NotPossible, "policy.state", services.save_draft, version=version,
                body=version.body, edition=1, by=OFFICER)  # fmt: skip

    def test_a_rejection_needs_a_reason_and_a_new_version_may_follow(
        self, workspace: Workspace
    ) -> None:
        version = services.propose(
            version=a_draft(workspace, title="Baru"), workspace=workspace, by=OFFICER
        )
        refusal(UserError, "policy.reason", services.reject, version=version,
                reason=" ", by=LEADER)  # fmt: skip
        services.reject(version=version, reason="Desil terlalu rendah", by=LEADER)
        again = a_draft(workspace, title="Baru")
        assert (again.number, again.state) == (2, "draft")

    def test_two_people_saving_at_once(self, workspace: Workspace) -> None:
        version = a_draft(workspace, title="Baru")
        first = text_with(workspace, title="Satu").body
        services.save_draft(version=version, body=first, edition=1, by=OFFICER)
        services.save_draft(version=version, body=first, edition=2, by=LEADER)
        error = refusal(
            NotPossible, "policy.edited_meanwhile", services.save_draft, edition=1,
            version=version, body=text_with(workspace, title="Dua").body, by=LEADER,
        )  # fmt: skip
        assert "petugas" in error.why
        version.refresh_from_db()
        assert (version.title, version.edition) == ("Satu", 2)

    def test_another_year_is_another_policy(self, workspace: Workspace) -> None:
        version = a_draft(workspace, title="Baru")
        refusal(UserError, "policy.other_slug", services.save_draft, version=version,
                body=text_with(workspace, year=2027).body, edition=1, by=OFFICER)  # fmt: skip

    def test_a_draft_that_changes_nothing_is_not_proposed(
        self, workspace: Workspace
    ) -> None:
        refusal(NotPossible, "policy.unchanged", services.propose,
                version=a_draft(workspace), workspace=workspace, by=OFFICER)  # fmt: skip


class TestInForce:
    def test_a_later_version_takes_over_on_its_first_day(
        self, workspace: Workspace
    ) -> None:
        approved(workspace, title="Satu")
        approved(workspace, title="Dua", valid_from=date(2026, 7, 1))

        def title_on(*day: int) -> str:
            held = queries.policy_for(SLUG, workspace, on=date(*day))
            return held.text.policy.title

        assert title_on(2026, 6, 30) == "Satu"
        assert title_on(2026, 7, 1) == "Dua"

    def test_a_later_version_may_also_end_the_policy_earlier(
        self, workspace: Workspace
    ) -> None:
        approved(workspace, title="Satu")
        approved(workspace, title="Dua", valid_until=date(2026, 6, 30))
        refusal(UserError, "policy.not_in_force", queries.policy_for, slug=SLUG,
                workspace=workspace, on=date(2026, 7, 1))  # fmt: skip
        second_half = a_draft(workspace, year=2027, valid_from=date(2026, 7, 1))
        services.propose(version=second_half, workspace=workspace, by=OFFICER)

    def test_a_file_holds_until_the_citys_first_version_begins(
        self, workspace: Workspace
    ) -> None:
        version = approved(workspace, title="Dua", valid_from=date(2026, 7, 1))
        held = queries.policy_for(SLUG, workspace, on=date(2026, 6, 30))
        assert (held.version, held.until) == (None, date(2026, 6, 30))
        held = queries.policy_for(SLUG, workspace, on=date(2026, 7, 1))
        assert held.version == version

    def test_three_versions_follow_each_other(self, workspace: Workspace) -> None:
        approved(workspace, title="Satu")
        approved(workspace, title="Dua", valid_from=date(2026, 7, 1))
        approved(workspace, title="Tiga", valid_from=date(2026, 4, 1),
                 valid_until=date(2026, 9, 30))  # fmt: skip
        held = [
            (h.text.policy.title, h.text.policy.first_day, h.until)
            for h in queries.holdings(workspace, "13.74")
        ]
        assert held == [
            ("Satu", date(2026, 1, 1), date(2026, 3, 31)),
            ("Tiga", date(2026, 4, 1), date(2026, 9, 30)),
        ]

    def test_no_policy_holds_outside_its_days(self, workspace: Workspace) -> None:
        error = refusal(
            UserError, "policy.not_in_force", queries.policy_for, slug=SLUG,
            workspace=workspace, on=date(2027, 1, 1),
        )  # fmt: skip
        assert "1 Januari 2026 sampai dengan 31 Desember 2026" in error.why

    def test_two_policies_of_a_payer_may_not_claim_the_same_day(
        self, workspace: Workspace
    ) -> None:
        longer = a_draft(workspace, year=2025, valid_from=date(2025, 1, 1),
                         valid_until=date(2026, 3, 31))  # fmt: skip
        error = refusal(UserError, "policy.overlap", services.propose, version=longer,
                        workspace=workspace, by=OFFICER)  # fmt: skip
        assert "13.74/2025-apbd" in error.why
        assert SLUG in error.why
        assert "31 Maret 2026" in error.why

    def test_files_that_overlap_are_refused_with_both_names(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        a_registry_run(workspace, {"a": a_person()})
        own = workspace.root / "policies" / "13.74"
        own.mkdir(parents=True)
        body = text_with(workspace, year=2025, valid_from=date(2025, 1, 1)).body
        (own / "2025-apbd.yaml").write_text(body)
        error = refusal(UserError, "policy.overlap", judge, policy_slug=SLUG,
                        as_of=date(2026, 1, 2), workspace=workspace, by=officer)  # fmt: skip
        assert "13.74/2025-apbd" in error.why
        assert SLUG in error.why

    def test_judging_uses_the_approved_version_and_not_the_draft(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        a_registry_run(workspace, {"a": a_person()})
        given: Any = {"policy_slug": SLUG, "workspace": workspace, "by": officer}
        by_file = judge(as_of=date(2026, 1, 2), **given)
        version = a_draft(workspace, title="Baru")
        assert judge(as_of=date(2026, 1, 2), **given) == by_file
        services.propose(version=version, workspace=workspace, by=OFFICER)
        services.approve(version=version, workspace=workspace, by=LEADER)
        by_version = judge(as_of=date(2026, 1, 2), **given)
        assert by_version.policy == version
        assert by_version.policy.first_used_at is not None
