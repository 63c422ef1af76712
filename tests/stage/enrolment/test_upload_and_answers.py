"""From a decree to the insurer's answer: done, refused, and done again."""

from __future__ import annotations

from datetime import date

import pytest
from python_calamine import CalamineWorkbook
from tests.support.enrolment import (
    a_decree,
    a_nik,
    a_person,
    a_plan,
    an_answer_delivery,
)

from semesta.audit.models import Event, Run
from semesta.decrees.models import Decree, DecreeEntry
from semesta.enrolment.models import DataTask, ReplacementTask, UploadFile
from semesta.enrolment.services import take_answers, write_upload
from semesta.kernel import Actor, UserError
from semesta.warehouse.lake import file_sha256
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db


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
