"""From decisions to the insurer's answer: done, refused, and done again."""

from __future__ import annotations

from datetime import date

import pytest
from python_calamine import CalamineWorkbook
from tests.support.enrolment import (
    COST_EACH,
    a_decision_run,
    a_decree,
    a_nik,
    a_person,
    a_plan,
    an_answer_delivery,
)

from semesta.audit.models import Event, Run
from semesta.enrolment.models import (
    DataTask,
    Decree,
    DecreeEntry,
    Plan,
    ReplacementTask,
    UploadFile,
)
from semesta.enrolment.queries import decree_is_whole
from semesta.enrolment.services import make_plan, take_answers, write_upload
from semesta.kernel import Actor, Month, NotPossible, UserError
from semesta.registry.models import Household
from semesta.warehouse.lake import file_sha256
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db


class TestMakePlan:
    def test_chooses_in_the_policys_order_within_the_budget(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        people = [a_person(n) for n in range(1, 5)]
        plan = a_plan(workspace, officer, people, places=3)
        assert (plan.candidates, plan.people, plan.waiting) == (4, 3, 1)
        assert (plan.price, plan.cost_each) == (16_800, COST_EACH)
        assert plan.cost == 3 * COST_EACH <= plan.budget
        assert plan.run.counts["by_reason"] == {"budget": 1}
        path = workspace.lake / "plans" / plan.name / "ranking.parquet"
        assert file_sha256(path) == plan.ranking_sha256

    def test_only_those_who_pass_are_candidates(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        outcomes = ["pass", "fail", "unknown"]
        decided = [
            (a_person(n), {"outcome": o}) for n, o in enumerate(outcomes, start=1)
        ]
        plan = make_plan(
            decision_run=a_decision_run(workspace, decided),
            budget=10 * COST_EACH,
            first_month=Month(2026, 1),
            months=12,
            workspace=workspace,
            by=officer,
        )
        assert plan.candidates == 1

    def test_the_policys_limits_hold(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        home = Household.objects.create(family_card="1374010101909001")
        people = [a_person(n, household=home) for n in (1, 2)]
        people.append(a_person(3, kelurahan="13.74.01.1002"))
        policy = "household_cap: 1\nquotas: {13.74.01.1002: 0}"
        plan = a_plan(workspace, officer, people, policy=policy)
        assert plan.run.counts["by_reason"] == {"household_cap": 1, "quota": 1}
        assert (plan.people, plan.cut, plan.waiting) == (1, 1, 1)

    @pytest.mark.parametrize("budget", [0, -5, COST_EACH - 1])
    def test_too_small_a_budget_leaves_nothing_behind(
        self, workspace: Workspace, officer: Actor, budget: int
    ) -> None:
        run = a_decision_run(workspace, [(a_person(1), {})])
        before = Run.objects.count()
        with pytest.raises(UserError) as error:
            make_plan(
                decision_run=run,
                budget=budget,
                first_month=Month(2026, 1),
                months=12,
                workspace=workspace,
                by=officer,
            )
        assert (error.value.code, error.value.exit_code) == (
            "plan.budget_too_small", 2,
        )  # fmt: skip
        assert Run.objects.count() == before
        assert not Plan.objects.exists()

    def test_nobody_to_choose_from(self, workspace: Workspace, officer: Actor) -> None:
        with pytest.raises(NotPossible) as error:
            a_plan(workspace, officer, [], places=1)
        assert error.value.code == "plan.nobody"

    def test_a_priority_the_decisions_do_not_have(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        with pytest.raises(UserError) as error:
            a_plan(
                workspace,
                officer,
                [a_person(1)],
                policy="priority: [{by: age, order: lowest}]",
            )
        assert error.value.code == "plan.priority"

    def test_the_same_again_is_the_first_plan(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        people = [a_person(1), a_person(2)]
        first = a_plan(workspace, officer, people)
        events = Event.objects.count()
        # Another judgement with the same result is no reason for another plan.
        assert a_plan(workspace, officer, people) == first
        assert Event.objects.count() == events


class TestIssueDecree:
    def test_freezes_the_list(self, workspace: Workspace, officer: Actor) -> None:
        people = [
            a_person(1, kelurahan="13.74.02.1001"),
            a_person(2, occupation="buruh-tani"),
            a_person(3),
        ]
        plan = a_plan(workspace, officer, people, places=2)
        decree = a_decree(plan, workspace, officer)
        assert decree.entries_count == 2
        assert decree.until_month == date(2027, 1, 1)
        first, second = decree.entries.order_by("number")
        assert (first.person, second.person) == (people[1], people[0])
        assert first.occupation == "Buruh tani"
        assert first.occupation_code == "buruh-tani"
        assert first.address == "Jl. Contoh No. 2 RT 001 RW 002"
        assert decree_is_whole(Decree.objects.get())

    def test_later_changes_do_not_reach_it(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        person = a_person(1)
        decree = a_decree(a_plan(workspace, officer, [person]), workspace, officer)
        person.name = "NAMA LAIN"
        person.save()
        assert decree.entries.get().name != "NAMA LAIN"

    def test_a_tampered_entry_shows(self, workspace: Workspace, officer: Actor) -> None:
        plan = a_plan(workspace, officer, [a_person(1)])
        decree = a_decree(plan, workspace, officer)
        DecreeEntry.objects.update(address="Jl. Lain")
        assert not decree_is_whole(decree)

    def test_the_dead_cannot_enter_and_all_are_named(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        people = [a_person(n) for n in range(1, 5)]
        plan = a_plan(workspace, officer, people)
        people[0].alive = False
        people[0].save()
        people[1].died_on = date(2026, 1, 1)
        people[1].save()
        people[2].nik = a_nik(4)
        people[2].save()
        with pytest.raises(UserError) as error:
            a_decree(plan, workspace, officer)
        assert error.value.code == "decree.people"
        assert error.value.what.startswith("4 orang")
        assert f"{people[0].pk}, {people[1].pk}" in error.value.why
        assert not Decree.objects.exists()

    def test_a_death_after_the_decrees_date_was_not_known_then(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        person = a_person(1, alive=False, died_on=date(2026, 1, 21))
        plan = a_plan(workspace, officer, [person])
        assert a_decree(plan, workspace, officer).entries_count == 1

    def test_nobody_is_on_two_decrees_for_one_month(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        people = [a_person(1), a_person(2)]
        a_decree(a_plan(workspace, officer, people), workspace, officer)
        other = a_plan(workspace, officer, people[:1])
        with pytest.raises(UserError) as error:
            a_decree(other, workspace, officer, number="400/2/2026")
        assert "SK lain" in error.value.why

    def test_the_same_plan_again_is_the_first_decree(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        plan = a_plan(workspace, officer, [a_person(1)])
        first = a_decree(plan, workspace, officer)
        events = Event.objects.count()
        assert a_decree(plan, workspace, officer, number="400/9/2026") == first
        assert Event.objects.count() == events
        assert Decree.objects.count() == 1

    def test_a_new_plan_with_the_same_list_is_the_same_decree(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        people = [a_person(1), a_person(2)]
        first = a_decree(
            a_plan(workspace, officer, people, places=1), workspace, officer
        )
        # One more waiting candidate makes another plan, not another decree.
        more = a_plan(workspace, officer, [*people, a_person(3)], places=1)
        assert a_decree(more, workspace, officer) == first

    def test_a_number_is_used_once(self, workspace: Workspace, officer: Actor) -> None:
        a_decree(a_plan(workspace, officer, [a_person(1)]), workspace, officer)
        other = a_plan(workspace, officer, [a_person(2)])
        with pytest.raises(UserError) as error:
            a_decree(other, workspace, officer)
        assert error.value.code == "decree.number_taken"


@pytest.fixture
def decree(workspace: Workspace, officer: Actor) -> Decree:
    """A decree of three people, with two more waiting in line."""
    people = [a_person(n, name=f"ORANG {'ABCDE'[n - 1]}") for n in range(1, 6)]
    return a_decree(a_plan(workspace, officer, people, places=3), workspace, officer)


class TestWriteUpload:
    def test_writes_everybody(
        self, workspace: Workspace, officer: Actor, decree: Decree
    ) -> None:
        (upload,) = write_upload(
            decree=decree, months=6, workspace=workspace, by=officer
        )
        path = workspace.publications / upload.filename
        assert file_sha256(path) == upload.sha256
        rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
        assert len(rows) == 4
        assert [row[1] for row in rows[1:]] == ["ORANG A", "ORANG B", "ORANG C"]
        assert {row[8] for row in rows[1:]} == {"1000000"}
        assert {row[10] for row in rows[1:]} == {"6"}
        decree.refresh_from_db()
        assert decree.status == "sent"
        assert upload.lines.count() == 3

    def test_again_is_the_same_file(
        self, workspace: Workspace, officer: Actor, decree: Decree
    ) -> None:
        first = write_upload(decree=decree, months=6, workspace=workspace, by=officer)
        events = Event.objects.count()
        again = write_upload(decree=decree, months=6, workspace=workspace, by=officer)
        assert again == first
        assert Event.objects.count() == events
        assert len(list(workspace.publications.iterdir())) == 1

    def test_a_gap_is_a_task_and_once_mended_a_further_file(
        self, workspace: Workspace, officer: Actor, decree: Decree
    ) -> None:
        entry = decree.entries.get(number=2)
        entry.person.phone = ""
        entry.person.save()
        DecreeEntry.objects.filter(pk=entry.pk).update(born_on=None)
        type(entry.person).objects.filter(pk=entry.person_id).update(born_on=None)
        (upload,) = write_upload(
            decree=decree, months=6, workspace=workspace, by=officer
        )
        assert upload.rows == 2
        tasks = {task.column: task for task in DataTask.objects.all()}
        assert set(tasks) == {"TGL_LAHIR", "HANDPHONE"}
        assert tasks["TGL_LAHIR"].blocks
        assert not tasks["HANDPHONE"].blocks

        born = date(1991, 2, 3)
        type(entry.person).objects.filter(pk=entry.person_id).update(born_on=born)
        files = write_upload(decree=decree, months=6, workspace=workspace, by=officer)
        assert [file.rows for file in files] == [2, 1]
        tasks["TGL_LAHIR"].refresh_from_db()
        assert tasks["TGL_LAHIR"].closed_at == officer.at
        assert DataTask.objects.get(column="HANDPHONE").closed_at is None

    def test_a_gap_that_comes_back_is_opened_again(
        self, workspace: Workspace, officer: Actor, decree: Decree
    ) -> None:
        person = decree.entries.get(number=1).person
        for phone in ("", "081200000001", ""):
            person.phone = phone
            person.save()
            write_upload(decree=decree, months=6, workspace=workspace, by=officer)
        assert DataTask.objects.get().closed_at is None

    def test_other_months_are_another_file(
        self, workspace: Workspace, officer: Actor, decree: Decree
    ) -> None:
        (half,) = write_upload(decree=decree, months=6, workspace=workspace, by=officer)
        (year,) = write_upload(
            decree=decree, months=12, workspace=workspace, by=officer
        )
        assert half.filename != year.filename
        assert UploadFile.objects.count() == 2

    @pytest.mark.parametrize(
        ("months", "code"), [(0, "plan.months"), (13, "plan.months")]
    )
    def test_months_out_of_range(
        self,
        workspace: Workspace,
        officer: Actor,
        decree: Decree,
        months: int,
        code: str,
    ) -> None:
        with pytest.raises(UserError) as error:
            write_upload(decree=decree, months=months, workspace=workspace, by=officer)
        assert error.value.code == code
        assert not UploadFile.objects.exists()

    def test_more_than_ten_thousand_rows_are_cut(
        self,
        workspace: Workspace,
        officer: Actor,
        decree: Decree,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr("semesta.enrolment.upload.ROWS_PER_FILE", 2)
        files = write_upload(decree=decree, months=6, workspace=workspace, by=officer)
        assert [file.rows for file in files] == [2, 1]


class TestTakeAnswers:
    def take(self, decree: Decree, workspace: Workspace, by: Actor) -> dict:
        return take_answers(decree=decree, workspace=workspace, by=by)

    def test_no_answer_yet(
        self, workspace: Workspace, officer: Actor, decree: Decree
    ) -> None:
        runs = Run.objects.count()
        counts = self.take(decree, workspace, officer)
        assert counts["waiting_for_answer"] == 3
        assert counts["registered"] == counts["rejected"] == 0
        assert Run.objects.count() == runs

    def test_registers_rejects_and_offers_the_place(
        self, workspace: Workspace, officer: Actor, decree: Decree
    ) -> None:
        an_answer_delivery(
            workspace,
            {"nik": a_nik(1), "status": "DITERIMA", "kpj": "99000000001"},
            {
                "nik": a_nik(2),
                "status": "DITOLAK",
                "reason_code": "R03",
                "reason_text": "Sudah aktif sebagai penerima upah",
            },
        )
        counts = self.take(decree, workspace, officer)
        assert counts == {
            "registered": 1,
            "rejected": 1,
            "waiting_for_answer": 1,
            "other_decree": 0,
            "unknown_nik": 0,
            "unreadable": 0,
            "conflicting": 0,
            "replaced": 1,
            "without_candidate": 0,
        }
        accepted, rejected, _ = decree.entries.order_by("number")
        assert (accepted.status, accepted.kpj) == ("registered", "99000000001")
        assert (rejected.status, rejected.rejection_code) == ("rejected", "R03")
        task = ReplacementTask.objects.get()
        assert task.entry == rejected
        assert task.candidate.nik == a_nik(4)
        assert task.reason.startswith("Sudah aktif")
        decree.refresh_from_db()
        assert decree.status == "answered"

    def test_again_changes_nothing(
        self, workspace: Workspace, officer: Actor, decree: Decree
    ) -> None:
        an_answer_delivery(workspace, {"nik": a_nik(1), "status": "DITOLAK"})
        first = self.take(decree, workspace, officer)
        events = Event.objects.count()
        assert self.take(decree, workspace, officer) == first
        assert Event.objects.count() == events
        assert ReplacementTask.objects.count() == 1

    def test_another_decrees_answer_is_told_and_changes_nothing(
        self, workspace: Workspace, officer: Actor, decree: Decree
    ) -> None:
        an_answer_delivery(
            workspace,
            {"nik": a_nik(1), "status": "DITERIMA"},
            {"nik": a_nik(2), "status": "DITOLAK"},
            number="400/77/2025",
        )
        counts = self.take(decree, workspace, officer)
        assert counts["other_decree"] == 2
        assert counts["waiting_for_answer"] == 3
        assert decree.entries.filter(status="listed").count() == 3
        decree.refresh_from_db()
        assert decree.status == "issued"

    def test_an_unknown_nik_is_told(
        self, workspace: Workspace, officer: Actor, decree: Decree
    ) -> None:
        an_answer_delivery(workspace, {"nik": a_nik(99), "status": "DITERIMA"})
        counts = self.take(decree, workspace, officer)
        assert counts["unknown_nik"] == 1
        run = Run.objects.get(stage="answers")
        assert run.outputs["rows_without_effect"]["unknown_nik"]

    def test_a_second_file_goes_on_where_the_first_ended(
        self, workspace: Workspace, officer: Actor, decree: Decree
    ) -> None:
        an_answer_delivery(workspace, {"nik": a_nik(1), "status": "DITOLAK"})
        self.take(decree, workspace, officer)
        an_answer_delivery(
            workspace,
            {"nik": a_nik(2), "status": "DITOLAK"},
            {"nik": a_nik(3), "status": "DITOLAK"},
        )
        counts = self.take(decree, workspace, officer)
        assert counts["rejected"] == 3
        assert (counts["replaced"], counts["without_candidate"]) == (2, 1)
        offered = [
            task.candidate and task.candidate.nik
            for task in ReplacementTask.objects.order_by("pk")
        ]
        assert offered == [a_nik(4), a_nik(5), None]

    def test_accepted_after_all_closes_the_replacement(
        self, workspace: Workspace, officer: Actor, decree: Decree
    ) -> None:
        an_answer_delivery(workspace, {"nik": a_nik(1), "status": "DITOLAK"})
        self.take(decree, workspace, officer)
        an_answer_delivery(workspace, {"nik": a_nik(1), "status": "DITERIMA"})
        counts = self.take(decree, workspace, officer)
        assert (counts["registered"], counts["replaced"]) == (1, 0)
        assert ReplacementTask.objects.get().closed_at == officer.at
        an_answer_delivery(workspace, {"nik": a_nik(1), "status": "DITOLAK"})
        counts = self.take(decree, workspace, officer)
        assert (counts["rejected"], counts["replaced"]) == (1, 1)
        assert ReplacementTask.objects.get().closed_at is None

    def test_nobody_dead_is_offered_a_place(
        self, workspace: Workspace, officer: Actor, decree: Decree
    ) -> None:
        next_one = decree.entries.model._meta.get_field("person").related_model
        next_one.objects.filter(nik=a_nik(4)).update(alive=False)
        an_answer_delivery(workspace, {"nik": a_nik(1), "status": "DITOLAK"})
        self.take(decree, workspace, officer)
        assert ReplacementTask.objects.get().candidate.nik == a_nik(5)
