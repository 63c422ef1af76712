"""Judging everyone: the happy way, refusals, and doing it again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow.parquet as pq
import pytest
from tests.support.people import a_person, a_registry_run
from tests.support.rows import deliver, row_id

from semesta.audit.models import Event, Run
from semesta.eligibility import queries
from semesta.eligibility.models import DecisionRun, PolicyVersion
from semesta.eligibility.services import judge
from semesta.eligibility.versions import queries as versions
from semesta.intake.models import Delivery
from semesta.kernel import Actor, NotPossible, UserError
from semesta.registry.models import Person
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db
AS_OF = date(2026, 1, 2)
KPJ = "99000000001"


class City:
    """A few people and the lists that speak of them."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.rows: dict[str, Person] = {}
        self.people: dict[str, Person] = {}

    def person(self, name: str, **changes: Any) -> Person:
        usual = {"in_population_register": True, "proposed": True}
        self.people[name] = a_person(**{**usual, **changes})
        return self.people[name]

    def says(self, supplier: str, *rows: tuple[str, dict[str, Any]]) -> Delivery:
        delivery = deliver(self.workspace, supplier, [row for _, row in rows])
        for number, (name, _) in enumerate(rows, start=1):
            if name:
                self.rows[row_id(delivery, number)] = self.people[name]
        return delivery


@pytest.fixture
def city(workspace: Workspace) -> City:
    city = City(workspace)
    city.person("good")
    city.person("employed")
    city.person("left")
    city.person("donor")
    city.person("old", born_on=date(1960, 1, 2))
    city.person("old member", born_on=date(1950, 1, 1))
    city.person("rich", decile=9)
    city.person("no decile", decile=None)
    city.person("not proposed", proposed=False)
    city.person("earlier", proposed=False)
    city.person("dead later", died_on=date(2026, 1, 20), alive=False)
    city.person("dead", died_on=date(2026, 1, 2), alive=False)
    city.person("twin", merged_into=city.people["good"])
    for supplier in ("dukcapil", "civil_servants", "proposal"):
        city.says(supplier, ("", {"name": "SIAPA"}))
    city.says(
        "pu_participants",
        ("employed", {"kpj": KPJ, "started_on": "2024-01-01"}),
        ("left", {"kpj": "99000000002", "started_on": "2024-01-01"}),
    )
    city.says(
        "deactivations", ("left", {"kpj": "99000000002", "occurred_on": "2025-08-01"})
    )
    city.says("decree", ("earlier", {"name": "SIAPA"}))
    city.says(
        "bpu_participants",
        ("good", paid("2025-05-01", "2026-01-01")),
        ("twin", paid("2025-03-01", "2025-06-01")),
        ("old member", paid("2025-05-01", "2026-01-01")),
        ("donor", paid("2025-10-01", "2026-03-01", "BAZNAS")),
    )
    a_registry_run(workspace, city.rows)
    return city


def paid(first: str, until: str, payer: str = "APBD") -> dict[str, Any]:
    return {
        "month_from": date.fromisoformat(first),
        "month_until": date.fromisoformat(until),
        "payer": payer,
    }


def decide_now(workspace: Workspace, officer: Actor, **changes: Any) -> DecisionRun:
    given = {"policy_slug": "13.74/2026-apbd", "as_of": AS_OF, **changes}
    return judge(workspace=workspace, by=officer, **given)


class TestJudge:
    def test_everyone_in_view_gets_an_outcome_with_grounds(
        self, city: City, workspace: Workspace, officer: Actor
    ) -> None:
        run = decide_now(workspace, officer)
        outcomes = {}
        failed = {}
        for name, person in city.people.items():
            decision = queries.decision_of(person.pk, workspace)
            if decision is None:
                continue
            outcomes[name] = decision.outcome
            failed[name] = [g.criterion for g in (*decision.failed, *decision.unknown)]
        assert failed == {
            "good": [],
            "employed": ["not_wage_earner"],
            "left": [],
            "donor": ["not_paid_by_other_payer"],
            "old": ["age_below"],
            "old member": [],
            "rich": ["decile_at_most"],
            "no decile": ["decile_at_most"],
            "not proposed": ["on_list"],
            "earlier": [],
            "dead later": [],
            "dead": ["alive"],
        }
        assert outcomes["no decile"] == "unknown"
        assert (run.passed, run.failed, run.unknown) == (5, 6, 1)
        assert run.run.counts["people"] == 12

    def test_months_of_a_merged_record_count_once_for_the_person(
        self, city: City, workspace: Workspace, officer: Actor
    ) -> None:
        run = decide_now(workspace, officer)
        rows = queries.decisions_table(run, workspace).to_pylist()
        row = next(r for r in rows if r["person_id"] == city.people["good"].pk)
        assert row["paid_months"] == row["own_paid_months"] == row["continuity"] == 10
        assert row["paid_until"] == date(2026, 1, 1)

    def test_decisions_are_sorted_and_carry_grounds_and_clauses(
        self, city: City, workspace: Workspace, officer: Actor
    ) -> None:
        run = decide_now(workspace, officer)
        rows = queries.decisions_table(run, workspace).to_pylist()
        assert [r["person_id"] for r in rows] == sorted(r["person_id"] for r in rows)
        ground = rows[0]["grounds"][0]
        assert ground["criterion"] == "resident"
        assert ground["result"] == "pass"
        assert "Pasal 4" in ground["clause"]

    def test_twice_changes_nothing(
        self, city: City, workspace: Workspace, officer: Actor
    ) -> None:
        first = decide_now(workspace, officer)
        counted = [m.objects.count() for m in (Run, Event, DecisionRun, PolicyVersion)]
        again = decide_now(workspace, officer, policy_slug="2026-apbd")
        assert again == first
        assert counted == [
            m.objects.count() for m in (Run, Event, DecisionRun, PolicyVersion)
        ]

    def test_a_changed_person_makes_a_new_run(
        self, city: City, workspace: Workspace, officer: Actor
    ) -> None:
        first = decide_now(workspace, officer)
        Person.objects.filter(pk=city.people["rich"].pk).update(decile=2)
        second = decide_now(workspace, officer)
        assert second != first
        assert second.passed == first.passed + 1
        assert second.policy == first.policy
        assert queries.newest_decision_run() == second

    def test_other_policy_of_the_workspace_wins(
        self, city: City, workspace: Workspace, officer: Actor
    ) -> None:
        own = workspace.root / "policies" / "13.74"
        own.mkdir(parents=True)
        text = versions.policy_text("2026-apbd", workspace).body
        (own / "2026-apbd.yaml").write_text(text.replace("decile: 6", "decile: 9"))
        assert decide_now(workspace, officer).passed == 6

    def test_unknown_policy_names_those_there_are(
        self, city: City, workspace: Workspace, officer: Actor
    ) -> None:
        with pytest.raises(UserError, match=r"policy\.unknown") as caught:
            decide_now(workspace, officer, policy_slug="2031-apbd")
        assert "13.74/2026-apbd" in caught.value.why

    def test_nobody_registered_yet(self, workspace: Workspace, officer: Actor) -> None:
        with pytest.raises(NotPossible, match=r"step\.order"):
            decide_now(workspace, officer)


class TestMissingLists:
    def test_silence_of_a_list_not_delivered_is_unknown_never_fail(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        a_person(in_population_register=True, proposed=True)
        a_registry_run(workspace, {})
        run = decide_now(workspace, officer)
        open_questions = {c.criterion for c in queries.ground_counts(run) if c.unknown}
        assert open_questions == {
            "not_wage_earner",
            "not_civil_servant",
            "not_paid_by_other_payer",
        }
        assert (run.passed, run.failed, run.unknown) == (0, 0, 1)
        decision = queries.decision_of(Person.objects.get().pk, workspace)
        assert decision is not None
        assert {g.office for g in decision.unknown} == {
            "BPJS Ketenagakerjaan",
            "BKPSDM",
        }


class TestQueries:
    def test_sentences_quote_the_person(
        self, city: City, workspace: Workspace, officer: Actor
    ) -> None:
        decide_now(workspace, officer)
        said = {
            name: queries.decision_of(city.people[name].pk, workspace)
            for name in ("old", "donor", "no decile", "good")
        }
        assert said["old"].sentence.startswith("Sudah berusia 66 tahun")
        assert said["donor"].sentence == (
            "Iurannya sudah dibayar Baznas atau zakat sampai dengan Februari 2026."
        )
        assert "desil keluarga" in said["no decile"].sentence
        assert said["good"].outcome_in_words == "Memenuhi syarat"
        assert all(ground.clause for ground in said["good"].grounds)

    def test_of_alternatives_everything_that_would_help_is_named(
        self, city: City, workspace: Workspace, officer: Actor
    ) -> None:
        own = workspace.root / "policies" / "13.74"
        own.mkdir(parents=True)
        either = (
            "  - criterion: any_of\n    clause: Pasal 9\n    with: {either: [{criterion: "
            "on_named_list, with: {lists: [APTI]}}, {criterion: decile_at_most, "
            "with: {decile: 1}}]}\npriority:"
        )
        text = versions.policy_text("2026-apbd", workspace).body
        (own / "2026-apbd.yaml").write_text(text.replace("priority:", either))
        decide_now(workspace, officer)
        decision = queries.decision_of(city.people["no decile"].pk, workspace)
        assert decision is not None
        ground = next(g for g in decision.unknown if g.criterion == "any_of")
        assert ground.missing == "daftar APTI atau desil keluarga"
        assert ground.office.endswith(
            "Dinas Sosial (pemutakhiran DTSEN; ditetapkan BPS)"
        )

    def test_nobody_is_found_who_was_not_judged(
        self, city: City, workspace: Workspace, officer: Actor
    ) -> None:
        assert queries.decision_of(1, workspace) is None
        decide_now(workspace, officer)
        assert queries.decision_of(10**9, workspace) is None
        assert queries.decision_of(city.people["twin"].pk, workspace) is None

    def test_counts_per_criterion(
        self, city: City, workspace: Workspace, officer: Actor
    ) -> None:
        counts = {
            c.criterion: c
            for c in queries.ground_counts(decide_now(workspace, officer))
        }
        assert counts["decile_at_most"].failed == 1
        assert counts["decile_at_most"].unknown == 1
        assert counts["decile_at_most"].only_this == 2
        assert counts["resident"].passed == 12

    def test_files_hold_no_names(
        self, city: City, workspace: Workspace, officer: Actor
    ) -> None:
        run = decide_now(workspace, officer)
        folder = queries.decisions_folder(workspace, run.name)
        for file in ("facts", "decisions"):
            assert "name" not in pq.read_schema(folder / f"{file}.parquet").names

    def test_policies_at_hand(self, workspace: Workspace) -> None:
        slugs = [text.policy.slug for text in versions.policies(workspace)]
        assert slugs == sorted(slugs)
        assert {"13.74/2026-apbd", "32/2025-apbd-prov"} < set(slugs)
