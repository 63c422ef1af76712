"""Policies through their pages: written in a form, tried, proposed, approved, replayed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.support.pages import SmallCity

from semesta.access.models import Role
from semesta.eligibility.models import DecisionRun, Pause, PolicyVersion
from semesta.eligibility.policy import Policy
from semesta.eligibility.versions.queries import policy_in, policy_text
from semesta.registry.models import Person
from semesta.web.policies.judging import judge_everyone


@pytest.fixture
def draft() -> PolicyVersion:
    return PolicyVersion.objects.get(state="draft")


def form_of(client: Client, version: PolicyVersion) -> dict[str, Any]:
    """What a browser would send of the form as it is shown."""
    response = client.get(reverse("policies-edit", args=[version.pk]))
    context = response.context
    sent: dict[str, Any] = {
        name: context["data"].get(name) or ""
        for name in ("title", "instrument", "fund", "valid_from", "valid_until")
    }
    sent |= {"edition": context["edition"], "household_cap": "", "quota": ""}
    for block in context["criteria"]:
        sent[f"{block.key}-criterion"] = block.name
        sent[f"{block.key}-clause"] = block.clause
        sent |= values_of(block.inputs)
    for block in context["keys"]:
        sent[f"{block.key}-by"] = block.name
        sent[f"{block.key}-order"] = block.order
        sent[f"{block.key}-clause"] = block.clause
        sent |= values_of(block.inputs)
    return sent


def values_of(inputs: Any) -> dict[str, Any]:
    sent: dict[str, Any] = {}
    for field in inputs:
        if field.kind in ("choices",):
            sent[field.name] = [code for code, _, chosen in field.options if chosen]
        elif field.kind == "select":
            sent[field.name] = next(c for c, _, chosen in field.options if chosen)
        elif field.kind != "check" or field.value:
            sent[field.name] = field.value
    return sent


def post(client: Client, version: PolicyVersion, sent: dict[str, Any], do: str) -> Any:
    url = reverse("policies-edit", args=[version.pk])
    return client.post(url, {**sent, "do": do})


def key_of(sent: dict[str, Any], criterion: str) -> str:
    return next(
        name.removesuffix("-criterion")
        for name, value in sent.items()
        if name.endswith("-criterion") and value == criterion
    )


class TestEditor:
    def test_saving_what_is_shown_changes_nothing_that_counts(
        self, as_role: Any, draft: PolicyVersion
    ) -> None:
        client, before = as_role(Role.OFFICER), policy_in(draft)
        response = post(client, draft, form_of(client, draft), "save")
        assert response.status_code == 302
        draft.refresh_from_db()
        after: Policy = policy_in(draft)
        assert after.rules == before.rules
        assert after.keys == before.keys
        assert after.last_day == before.last_day

    def test_fields_reach_the_policy(self, as_role: Any, draft: PolicyVersion) -> None:
        client = as_role(Role.OFFICER)
        sent = form_of(client, draft)
        decile = key_of(sent, "decile_at_most")
        sent |= {
            f"{decile}-with-decile": "5",
            f"{decile}-with-scale": "city",
            "valid_until": "2026-06-30",
            "household_cap": "2",
            "quota": "rule",
            "quota_rule-total": "1.500",
            "quota_rule-share": "workers",
            "quota_rule-level": "kecamatan",
            "verification-evidence": ["photo"],
            "verification-persons": "2",
        }
        response = post(client, draft, sent, "preview")
        assert response["Location"] == reverse("policies-preview", args=[draft.pk])
        draft.refresh_from_db()
        policy = policy_in(draft)
        used = {use.criterion: use.with_ for use in policy.criteria}
        assert used["decile_at_most"] == {"decile": 5, "scale": "city"}
        assert (policy.household_cap, str(policy.last_day)) == (2, "2026-06-30")
        assert policy.quota_rule is not None
        assert (policy.quota_rule.total, policy.quota_rule.level) == (1500, "kecamatan")
        assert policy.verification is not None
        assert (policy.verification.evidence, policy.verification.persons) == (
            ["photo"], 2,
        )  # fmt: skip

    def test_buttons_change_the_form_and_save_nothing(
        self, as_role: Any, draft: PolicyVersion
    ) -> None:
        client, body = as_role(Role.OFFICER), draft.body
        sent = form_of(client, draft)
        keys = [k.name for k in post(client, draft, sent, "up:1").context["keys"]]
        assert keys == ["decile", "continuity", "occupation_risk"]
        more = {**sent, "new-criterion": "income_below"}
        added = post(client, draft, more, "add-criterion").context["criteria"]
        assert (added[-1].name, added[-1].moved) == ("income_below", True)
        fewer = post(client, draft, sent, "remove-criterion:0").context["criteria"]
        assert [block.name for block in fewer] == [block.name for block in added[1:-1]]
        draft.refresh_from_db()
        assert draft.body == body

    def test_alternatives(self, as_role: Any, draft: PolicyVersion) -> None:
        client = as_role(Role.OFFICER)
        sent = form_of(client, draft)
        sent |= {"c12-criterion": "any_of", "c12-clause": "Pasal 9",
                 "c12-either0-criterion": "on_list", "c12-either0-with-proposed": "on",
                 "c12-new-either": "decile_at_most"}  # fmt: skip
        blocks = post(client, draft, sent, "add-either:12").context["criteria"]
        assert [one.name for one in blocks[12].either] == ["on_list", "decile_at_most"]
        refused = post(client, draft, sent, "save")
        assert refused.status_code == 400
        assert refused.context["errors"]["c12"]
        sent |= {"c12-either1-criterion": "decile_at_most",
                 "c12-either1-with-decile": "2", "c12-either1-with-scale": "national"}  # fmt: skip
        assert post(client, draft, sent, "save").status_code == 302
        draft.refresh_from_db()
        either = policy_in(draft).criteria[12].with_["either"]
        assert [each["criterion"] for each in either] == ["on_list", "decile_at_most"]

    def test_mistakes_are_told_beside_their_field_and_nothing_is_lost(
        self, as_role: Any, draft: PolicyVersion
    ) -> None:
        client, body = as_role(Role.OFFICER), draft.body
        sent = form_of(client, draft)
        decile, age = key_of(sent, "decile_at_most"), key_of(sent, "age_below")
        sent |= {f"{decile}-with-decile": "11", f"{age}-with-years": "tua",
                 f"{age}-clause": "", "title": ""}  # fmt: skip
        response = post(client, draft, sent, "save")
        assert response.status_code == 400
        assert set(response.context["errors"]) == {
            f"{decile}-with-decile", f"{age}-with-years", f"{age}-clause", "title",
        }  # fmt: skip
        page = response.content.decode()
        assert "Paling banyak 10." in page
        assert 'value="tua"' in page
        draft.refresh_from_db()
        assert draft.body == body

    def test_dates_and_unknown_occupations_are_told_above(
        self, as_role: Any, draft: PolicyVersion
    ) -> None:
        client = as_role(Role.OFFICER)
        sent = form_of(client, draft) | {"valid_until": "2025-01-01"}
        (error,) = post(client, draft, sent, "save").context["errors"][""]
        assert error == "valid_until harus sesudah valid_from"

    def test_who_saves_later_is_told_and_loses_nothing(
        self, as_role: Any, draft: PolicyVersion
    ) -> None:
        client = as_role(Role.OFFICER)
        sent = form_of(client, draft)
        post(client, draft, {**sent, "title": "Yang pertama"}, "save")
        response = post(client, draft, {**sent, "title": "Yang kedua"}, "save")
        assert response.status_code == 400
        assert "baru saja disimpan orang lain" in response.context["errors"][""][0]
        assert 'value="Yang kedua"' in response.content.decode()

    def test_a_policy_for_another_year_begins_as_a_copy(self, as_role: Any) -> None:
        client = as_role(Role.OFFICER)
        given = {"base": "33.75/2022-apbd", "year": "2027", "payer": "BAZNAS"}
        response = client.post(reverse("policies-new"), given)
        begun = PolicyVersion.objects.get(slug="13.74/2027-baznas")
        assert response["Location"] == reverse("policies-edit", args=[begun.pk])
        assert policy_in(begun).household_cap == 1
        taken = client.post(reverse("policies-new"), {**given, "year": "2026",
                            "payer": "APBD"})  # fmt: skip
        assert taken.context["error"].code == "policy.exists"


class TestApproval:
    def test_from_draft_to_rule(self, as_role: Any, draft: PolicyVersion) -> None:
        page = (
            as_role(Role.OFFICER)
            .get(reverse("policies-version", args=[draft.pk]))
            .content.decode()
        )
        assert "desil tertinggi 6" in page
        assert "desil tertinggi 3" in page
        as_role(Role.OFFICER).post(reverse("policies-propose", args=[draft.pk]))
        home = as_role(Role.LEADER).get(reverse("policies")).content.decode()
        assert "menunggu keputusan Anda" in home
        as_role(Role.LEADER).post(
            reverse("policies-decide", args=[draft.pk]), {"do": "approve"}
        )
        draft.refresh_from_db()
        assert (draft.state, draft.decided_by) == ("approved", "pimpinan")
        assert (
            "disetujui pimpinan"
            in as_role(Role.LEADER).get(reverse("policies")).content.decode()
        )

    def test_an_officer_may_not_approve_and_a_rejection_needs_a_reason(
        self, as_role: Any, draft: PolicyVersion
    ) -> None:
        decide = reverse("policies-decide", args=[draft.pk])
        as_role(Role.OFFICER).post(reverse("policies-propose", args=[draft.pk]))
        assert as_role(Role.OFFICER).post(decide, {"do": "approve"}).status_code == 403
        assert (
            as_role(Role.LEADER)
            .post(decide, {"do": "reject", "reason": ""})
            .status_code
            == 400
        )
        as_role(Role.LEADER).post(
            decide, {"do": "reject", "reason": "Desilnya terlalu rendah"}
        )
        draft.refresh_from_db()
        assert draft.state == "rejected"


def test_two_files_for_the_same_days_are_pointed_out(
    as_role: Any, city: SmallCity
) -> None:
    workspace = city.workspace
    own = workspace.root / "policies" / "13.74"
    own.mkdir(parents=True)
    body = policy_text("2026-apbd", workspace).body
    other = body.replace("year: 2026", "year: 2025")
    (own / "2025-apbd.yaml").write_text(other)
    try:
        page = as_role(Role.OFFICER).get(reverse("policies")).content.decode()
    finally:
        (own / "2025-apbd.yaml").unlink()
    assert "Dua kebijakan berlaku pada hari yang sama" in page
    assert "13.74/2025-apbd dan 13.74/2026-apbd" in page


class TestTrying:
    def test_counts_for_all_names_only_for_those_who_may_see_people(
        self, as_role: Any, draft: PolicyVersion
    ) -> None:
        url = reverse("policies-preview", args=[draft.pk])
        officer, leader = as_role(Role.OFFICER).get(url), as_role(Role.LEADER).get(url)
        assert officer.context["moved_count"] == leader.context["moved_count"] > 0
        assert officer.context["page"].paginator.count == officer.context["moved_count"]
        assert "page" not in leader.context

    def test_a_kelurahan_sees_only_its_own_people(
        self, as_role: Any, draft: PolicyVersion
    ) -> None:
        url = reverse("policies-preview", args=[draft.pk])
        response = as_role(Role.KELURAHAN).get(url)
        shown = [one.person.kelurahan for one in response.context["page"]]
        assert shown
        assert set(shown) == {"13.74.01.1001"}

    def test_a_run_is_the_same_until_another_policy_is_approved(
        self, as_role: Any, draft: PolicyVersion
    ) -> None:
        run = DecisionRun.objects.get()
        url = reverse("policies-replay", args=[run.name])
        assert as_role(Role.OFFICER).get(url, {"mulai": 1}).context["found"].same
        as_role(Role.OFFICER).post(reverse("policies-propose", args=[draft.pk]))
        as_role(Role.LEADER).post(
            reverse("policies-decide", args=[draft.pk]), {"do": "approve"}
        )
        found = as_role(Role.OFFICER).get(url, {"mulai": 1}).context["found"]
        assert not found.same
        assert [step.people > 0 for step in found.steps] == [False, False, True]
        assert (
            as_role(Role.OFFICER)
            .get(reverse("policies-replay", args=["zzz"]))
            .status_code
            == 404
        )


class TestJudging:
    def test_an_officer_judges_everyone_again(
        self, as_role: Any, settings: Any
    ) -> None:
        first = DecisionRun.objects.get()
        client = as_role(Role.OFFICER)
        given = {"slug": "13.74/2026-apbd", "on": "2026-01-31"}
        page = client.post(reverse("policies-judge"), given, follow=True)
        assert page.status_code == 200
        run = judge_everyone.call(**given, username="petugas")
        second = DecisionRun.objects.get(name=run["run"])
        assert second != first
        assert second.as_of == date(2026, 1, 31)
        assert judge_everyone.call(**given, username="petugas") == run

    @pytest.mark.parametrize("on", ["2031-01-01", "besok"])
    def test_a_day_without_a_policy_is_told_at_once(
        self, as_role: Any, on: str
    ) -> None:
        given = {"slug": "13.74/2026-apbd", "on": on}
        response = as_role(Role.OFFICER).post(reverse("policies-judge"), given)
        assert response.status_code == 400


class TestPausing:
    def test_an_officer_pauses_and_ends(self, as_role: Any) -> None:
        client = as_role(Role.OFFICER)
        person = Person.objects.filter(alive=True).first()
        page = reverse("people-person", args=[person.pk])
        given = {
            "reason": "objection",
            "note": "Warga keberatan",
            "since": "2026-01-31",
        }
        client.post(reverse("people-pause", args=[person.pk]), given)
        begun = Pause.objects.get()
        assert (begun.reason, begun.paused_by) == ("objection", "petugas")
        assert "Warga keberatan" in client.get(page).content.decode()
        client.post(reverse("people-pause-end", args=[person.pk, begun.pk]))
        begun.refresh_from_db()
        assert begun.ended_on is not None
        assert "Warga keberatan" not in client.get(page).content.decode()

    def test_others_may_not(self, as_role: Any) -> None:
        person = Person.objects.filter(alive=True, kelurahan="13.74.01.1001").first()
        url = reverse("people-pause", args=[person.pk])
        for role in (Role.KELURAHAN, Role.LEADER, Role.AUDITOR):
            assert as_role(role).post(url, {"reason": "data"}).status_code == 403

    def test_a_day_that_is_none(self, as_role: Any) -> None:
        person = Person.objects.filter(alive=True).first()
        url = reverse("people-pause", args=[person.pk])
        response = as_role(Role.OFFICER).post(url, {"reason": "data", "since": "besok"})
        assert response.status_code == 400
