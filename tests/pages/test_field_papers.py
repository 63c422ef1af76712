"""Forms for the field, on paper and for telephones, and what comes back of them."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.support.pages import BY, TODAY, SmallCity

from semesta.access.models import Role
from semesta.audit.models import Event
from semesta.intake.services import take_in
from semesta.verification.models import (
    AnswerProblem,
    FieldAnswer,
    VerificationRound,
    VerificationTask,
)

HEADS = "KODE HALAMAN;NOMOR ORANG;BENAR;BERUBAH;DITOLAK;ALASAN DITOLAK;PETUGAS LAPANGAN"


@pytest.fixture
def round_() -> VerificationRound:
    return VerificationRound.objects.get()


def rows_of(client: Any, round_: VerificationRound) -> list[dict[str, str]]:
    answer = client.get(reverse("field-people", args=[round_.pk]))
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def open_tasks(round_: VerificationRound) -> list[VerificationTask]:
    found = round_.tasks.filter(state="open", earlier=None)
    return list(found.select_related("person"))


class TestPaper:
    def test_it_is_a_pdf_and_the_download_is_recorded(
        self, as_role: Any, round_: VerificationRound
    ) -> None:
        answer = as_role(Role.OFFICER).get(reverse("field-paper", args=[round_.pk]))
        assert answer.content.startswith(b"%PDF-1.7")
        assert Event.objects.filter(action="verification.form_downloaded").exists()

    def test_a_leader_sees_progress_but_no_names(
        self, as_role: Any, round_: VerificationRound
    ) -> None:
        leader = as_role(Role.LEADER)
        assert leader.get(reverse("field-paper", args=[round_.pk])).status_code == 403
        assert leader.get(reverse("field-people", args=[round_.pk])).status_code == 403


class TestTelephone:
    def test_the_form_asks_what_the_list_reads(
        self, as_role: Any, round_: VerificationRound
    ) -> None:
        answer = as_role(Role.OFFICER).get(reverse("field-form", args=[round_.pk]))
        book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
        assert book.sheet_names == ["survey", "choices", "settings"]
        names = {row[1] for row in book.get_sheet_by_name("survey").to_python()[1:]}
        assert {"kode_tugas", "hasil", "alasan", "no_hp", "petugas_lapangan"} <= names
        verdicts = [
            row[1]
            for row in book.get_sheet_by_name("choices").to_python()
            if row[0] == "hasil"
        ]
        assert verdicts == ["benar", "berubah", "tolak"]

    def test_its_people_are_those_of_the_area_without_numbers(
        self, as_role: Any, round_: VerificationRound
    ) -> None:
        city = rows_of(as_role(Role.OFFICER), round_)
        assert len(city) == len(open_tasks(round_))
        own = rows_of(as_role(Role.KELURAHAN), round_)
        assert 0 < len(own) < len(city)
        answer = as_role(Role.OFFICER).get(reverse("field-people", args=[round_.pk]))
        for task in open_tasks(round_)[:20]:
            assert task.person.nik not in answer.content.decode()


class TestComingBack:
    def send(self, city: SmallCity, lines: list[str], tmp_path: Any) -> None:
        file = tmp_path / "jawaban lapangan.csv"
        file.write_text("\n".join([HEADS, *lines]))
        taken = take_in(
            path=file, supplier="field_paper", as_of=TODAY, area="",
            workspace=city.workspace, by=BY,
        )  # fmt: skip
        assert taken.status == "read", taken.refusal_code

    def test_typed_off_pages_become_answers_once_and_questions(
        self, as_role: Any, city: SmallCity, round_: VerificationRound, tmp_path: Any
    ) -> None:
        task = next(t for t in open_tasks(round_) if t.kelurahan == "13.74.01.1001")
        before = FieldAnswer.objects.count()
        self.send(
            city,
            [
                f"{task.page_code};{task.line};x;;;;kelurahan",
                "0000-0000;1;x;;;;kelurahan",
            ],
            tmp_path,
        )
        officer = as_role(Role.OFFICER)
        for _ in range(2):
            assert officer.post(reverse("field-take")).status_code == 302
        assert FieldAnswer.objects.count() == before + 1
        task.refresh_from_db()
        assert task.state == "confirmed"
        assert AnswerProblem.objects.filter(closed_at=None).count() == 1
        page = officer.get(reverse("field")).content.decode()
        assert "Baris yang belum menjadi jawaban" in page
