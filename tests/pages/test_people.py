"""The register is searched, not leafed through; every look is recorded."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.support.pages import SmallCity

from semesta.access.models import Role
from semesta.audit.models import Event
from semesta.linkage.models import ReviewTask
from semesta.registry.models import Person


@pytest.fixture
def officer_client(as_role: Any) -> Client:
    return as_role(Role.OFFICER)


@pytest.fixture
def person() -> Person:
    return Person.objects.filter(alive=True, proposed=True).first()


def newest_event() -> Event:
    return Event.objects.order_by("-seq").first()


class TestSearch:
    def test_before_a_search_nobody_is_shown(self, officer_client: Client) -> None:
        page = officer_client.get(reverse("people")).content.decode()

        assert "/orang/1/" not in page

    def test_words_in_the_address_do_not_search(self, officer_client: Client) -> None:
        response = officer_client.get(reverse("people"), {"text": "rahmat"})

        assert "found" not in response.context

    def test_a_search_shows_masked_numbers_and_is_recorded(
        self, officer_client: Client, person: Person
    ) -> None:
        response = officer_client.post(reverse("people"), {"text": person.nik})
        page = response.content.decode()
        event = newest_event()

        assert reverse("people-person", args=[person.pk]) in page
        assert f"1374********{person.nik[-4:]}" in page
        assert page.count(person.nik) == 1, "only in the box that was typed into"
        assert (event.action, event.actor) == ("person.searched", "petugas")
        assert person.nik not in str(event.detail)

    def test_two_letters_are_too_few(self, officer_client: Client) -> None:
        page = officer_client.post(reverse("people"), {"text": "ra"}).content.decode()

        assert "paling sedikit tiga huruf" in page


class TestStory:
    def test_the_number_is_masked_and_the_look_recorded(
        self, officer_client: Client, person: Person
    ) -> None:
        page = officer_client.get(reverse("people-person", args=[person.pk]))
        event = newest_event()

        assert person.nik not in page.content.decode()
        assert (event.action, event.subject) == ("person.viewed", f"person:{person.pk}")

    def test_it_tells_months_grounds_rank_decree_and_sources(
        self, officer_client: Client
    ) -> None:
        from semesta.decrees.models import DecreeEntry

        entry = DecreeEntry.objects.filter(status="registered").first()

        page = officer_client.get(reverse("people-person", args=[entry.person_id]))
        text = page.content.decode()

        assert entry.decree.number in text
        assert "Terpilih dalam rencana" in text
        assert "Memenuhi semua syarat" in text
        assert "Ekstrak_Dukcapil_13.74_2025-12.csv" in text
        assert 'class="months"' in text

    def test_a_dead_person_is_not_offered_protection(
        self, officer_client: Client
    ) -> None:
        dead = Person.objects.filter(alive=False).first()

        page = officer_client.get(reverse("people-person", args=[dead.pk]))

        assert "Tercatat meninggal dunia" in page.content.decode()
        assert "Andaikata meninggal" not in page.content.decode()


class TestFullNumber:
    def test_it_needs_a_reason(self, officer_client: Client, person: Person) -> None:
        response = officer_client.post(reverse("people-nik", args=[person.pk]))

        assert response.status_code == 400
        assert person.nik not in response.content.decode()

    def test_with_a_reason_it_is_shown_and_recorded(
        self, officer_client: Client, person: Person
    ) -> None:
        url = reverse("people-nik", args=[person.pk])

        page = officer_client.post(url, {"reason": "claim"}).content.decode()
        event = newest_event()

        assert person.nik in page
        assert (event.action, event.detail) == (
            "person.nik_revealed",
            {"reason": "claim"},
        )


class TestDoubtfulPairs:
    def test_both_rows_stand_side_by_side_with_masked_numbers(
        self, officer_client: Client
    ) -> None:
        response = officer_client.get(reverse("people-pairs"))
        page = response.content.decode()

        assert "Ekstrak_Dukcapil_13.74_2025-12.csv" in page
        assert "1374********" in page
        assert newest_event().action == "pair.viewed"

    def test_it_says_why_it_is_doubtful(self, officer_client: Client) -> None:
        task = ReviewTask.objects.get()

        page = officer_client.get(reverse("people-why", args=[task.pk]))

        assert "ke arah sama" in page.content.decode()

    def test_an_answer_is_recorded_and_the_next_pair_shown(
        self, officer_client: Client
    ) -> None:
        task = ReviewTask.objects.get()
        url = reverse("people-answer", args=[task.pk])

        page = officer_client.post(url, {"answer": "same"}, follow=True)

        task.refresh_from_db()
        assert task.settled == "same"
        assert [(a.answer, a.by) for a in task.answers.all()] == [("same", "petugas")]
        assert "Tidak ada pasangan yang menunggu" in page.content.decode()

    def test_no_other_answer_is_taken(self, officer_client: Client) -> None:
        url = reverse("people-answer", args=[ReviewTask.objects.get().pk])

        assert officer_client.post(url, {"answer": "perhaps"}).status_code == 400


def test_a_search_says_under_what_name_somebody_was_known(
    as_role: Any, city: SmallCity
) -> None:
    survivor = city.person(alive=True, kelurahan="13.74.01.1001")
    Person.objects.create(
        anchor="double:1:2", name="ZITTI AMINAH", search_name="ZITTI AMINAH",
        kelurahan=survivor.kelurahan, merged_into=survivor,
    )  # fmt: skip
    client = as_role(Role.OFFICER)
    page = client.post(reverse("people"), {"text": "zitti"}).content.decode()

    assert "juga tercatat sebagai Zitti Aminah" in page
    assert reverse("people-person", args=[survivor.pk]) in page
