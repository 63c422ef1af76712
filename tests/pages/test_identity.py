"""Why rows are one person, splitting and merging them, and doubts with second opinions."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.support.pages import SmallCity

from semesta.access.models import Role
from semesta.audit.models import Event
from semesta.linkage.models import IdentityDecision, ReviewTask
from semesta.registry.models import Person

GANTING = "13.74.01.1001"


@pytest.fixture
def officer_client(as_role: Any) -> Client:
    return as_role(Role.OFFICER)


@pytest.fixture
def person(city: SmallCity) -> Person:
    """Somebody with rows on two lists."""
    return city.people[0]


@pytest.fixture
def rows(city: SmallCity, person: Person) -> list[str]:
    return [row for row, whose in city.rows.items() if whose == person]


@pytest.fixture
def other(city: SmallCity, person: Person) -> Person:
    return next(p for p in city.rows.values() if p != person and p.kelurahan != GANTING)


def split(client: Client, person: Person, **data: Any) -> Any:
    return client.post(reverse("people-split", args=[person.pk]), data, follow=True)


class TestWhyOne:
    def test_each_row_says_where_it_stands_and_why_it_is_theirs(
        self, officer_client: Client, person: Person
    ) -> None:
        page = officer_client.get(reverse("people-person", args=[person.pk]))
        text = page.content.decode()

        assert "Mengapa baris-baris ini satu orang" in text
        assert "NIK sama, nama sama, tanggal lahir sama dengan baris 1" in text
        assert "31 Des 2025" in text
        assert person.nik not in text

    def test_who_may_not_decide_sees_no_form(
        self, as_role: Any, person: Person
    ) -> None:
        page = as_role(Role.AUDITOR).get(reverse("people-person", args=[person.pk]))
        text = page.content.decode()

        assert "Mengapa baris-baris ini satu orang" in text
        assert "Pisahkan" not in text
        assert "Gabungkan" not in text


class TestSplitting:
    def test_a_ticked_row_is_split_off_and_taken_back(
        self, officer_client: Client, person: Person, rows: list[str]
    ) -> None:
        page = split(officer_client, person, row=rows[1], reason="NIK suaminya")
        decision = IdentityDecision.objects.get()

        assert "Berlaku pada penautan berikutnya" in page.content.decode()
        assert "Baris 2 dipisahkan dari baris lain di atas. NIK suaminya" in (
            page.content.decode()
        )
        assert (decision.by, decision.same) == ("petugas", False)
        assert {p.row_id_l for p in decision.pairs.all()} | {
            p.row_id_r for p in decision.pairs.all()
        } == set(rows)
        assert Event.objects.filter(action="identity.split").exists()

        back = reverse("people-decision-back", args=[person.pk, decision.pk])
        page = officer_client.post(back, follow=True)

        decision.refresh_from_db()
        assert decision.taken_back_by == "petugas"
        assert "Dibatalkan" in page.content.decode()

    def test_without_a_row_or_a_reason_it_says_what_to_do(
        self, officer_client: Client, person: Person, rows: list[str]
    ) -> None:
        assert split(officer_client, person, reason="x").status_code == 400
        assert split(officer_client, person, row=rows, reason="x").status_code == 400
        assert split(officer_client, person, row=rows[0], reason=" ").status_code == 400
        assert not IdentityDecision.objects.exists()

    def test_rows_of_others_are_not_touched(
        self, officer_client: Client, city: SmallCity, person: Person, other: Person
    ) -> None:
        theirs = next(row for row, whose in city.rows.items() if whose == other)
        assert split(officer_client, person, row=theirs, reason="x").status_code == 400

    def test_area_and_role_hold(
        self, as_role: Any, person: Person, other: Person, rows: list[str]
    ) -> None:
        assert split(as_role(Role.AUDITOR), person, row=rows[1]).status_code == 403
        kelurahan = as_role(Role.KELURAHAN)
        assert split(kelurahan, other, row="x", reason="x").status_code == 403
        decision = reverse("people-decision-back", args=[person.pk, 1])
        assert kelurahan.post(decision).status_code == 404


class TestMerging:
    def test_another_person_is_found_compared_and_merged_in(
        self, officer_client: Client, person: Person, other: Person
    ) -> None:
        url = reverse("people-merge", args=[person.pk])

        found = officer_client.post(url, {"text": other.nik}).content.decode()
        assert other.nik not in found.replace(f'value="{other.nik}"', "")
        compared = officer_client.post(url, {"other": other.pk}).content.decode()
        looks = list(
            Event.objects.order_by("-seq").values_list("action", "subject")[:2]
        )
        page = officer_client.post(
            url, {"other": other.pk, "reason": "KTP lama dan baru"}, follow=True
        )

        assert "Bandingkan" in found
        assert "Ya, satu orang" in compared
        assert "<mark>" in compared
        assert looks == [
            ("person.viewed", f"person:{other.pk}"), ("person.searched", ""),
        ]  # fmt: skip
        assert IdentityDecision.objects.get().same
        assert "KTP lama dan baru" in page.content.decode()

    def test_oneself_is_not_among_those_found(
        self, officer_client: Client, person: Person
    ) -> None:
        url = reverse("people-merge", args=[person.pk])
        page = officer_client.post(url, {"text": person.nik}).content.decode()
        assert "Tidak ada orang lain yang cocok" in page

    def test_nobody_outside_the_area_is_found_or_merged_in(
        self, as_role: Any, person: Person, other: Person
    ) -> None:
        client = as_role(Role.KELURAHAN)
        url = reverse("people-merge", args=[person.pk])

        page = client.post(url, {"text": other.nik}).content.decode()
        assert "Tidak ada orang lain yang cocok" in page
        assert client.post(url, {"other": other.pk}).status_code == 403
        told = client.post(url, {"other": other.pk, "reason": "x"})
        assert told.status_code == 403
        assert not IdentityDecision.objects.exists()


class TestSecondOpinions:
    @pytest.fixture(autouse=True)
    def _hard(self, db: None) -> None:
        ReviewTask.objects.update(match_weight=0.6, pair_weight=0.6)

    def answered(self, client: Client, answer: str, note: str = "") -> str:
        task = ReviewTask.objects.get()
        url = reverse("people-answer", args=[task.pk])
        data = {"answer": answer, "note": note}
        return client.post(url, data, follow=True).content.decode()

    def test_the_second_does_not_see_the_first_and_a_third_decides(
        self, as_role: Any
    ) -> None:
        page = self.answered(as_role(Role.KELURAHAN), "same", "tetangga saya")
        assert "pendapat orang kedua masih ditunggu" in page
        assert "Pasangan yang tersisa menunggu jawaban orang lain" in page

        client = as_role(Role.OFFICER)
        page = client.get(reverse("people-pairs")).content.decode()
        assert "tetangga saya" not in page
        assert "Jawaban orang lain tidak ditampilkan" in page
        page = self.answered(client, "different")
        assert "orang ketiga yang memutuskan" in page
        assert "menunggu keputusan" in page

        client = as_role(Role.ADMIN)
        page = client.get(reverse("people-pairs")).content.decode()
        assert "Anda yang memutuskan" in page
        assert "tetangga saya" in page
        self.answered(client, "same")
        assert ReviewTask.objects.get().settled == "same"

    def test_ones_last_answer_is_undone(self, as_role: Any) -> None:
        client = as_role(Role.OFFICER)
        page = self.answered(client, "unsure")
        assert "diteruskan kepada orang lain" in page
        assert "Jawaban terakhir Anda" in page

        page = client.post(reverse("people-answer-back"), follow=True)

        assert "Jawaban ditarik" in page.content.decode()
        assert page.context["task"] == ReviewTask.objects.get()
        again = client.post(reverse("people-answer-back"), follow=True)
        assert "Jawaban ditarik" not in again.content.decode()

    def test_without_scripts_the_reasons_are_a_page(self, as_role: Any) -> None:
        url = reverse("people-why", args=[ReviewTask.objects.get().pk])
        client = as_role(Role.OFFICER)

        whole = client.get(url).content.decode()
        part = client.get(url, headers={"HX-Request": "true"}).content.decode()

        assert "<h1>Mengapa diragukan</h1>" in whole
        assert "<h1>" not in part
        assert "pasangan yang mirip memang satu orang" in part
