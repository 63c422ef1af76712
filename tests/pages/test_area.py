"""A kelurahan account sees its own area: in lists, counts, search, by number, in
exports and through the API."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from semesta.access.models import Role
from semesta.decrees.models import Decree, DecreeEntry
from semesta.intake.models import Delivery
from semesta.registry.models import Person

GANTING, SIGANDO = "13.74.01.1001", "13.74.01.1002"


@pytest.fixture
def lurah(as_role: Any) -> Client:
    return as_role(Role.KELURAHAN)


@pytest.fixture
def decree() -> Decree:
    return Decree.objects.get()


def test_deliveries_are_listed_and_counted_for_the_area_only(lurah: Client) -> None:
    page = lurah.get(reverse("deliveries")).content.decode()

    assert "Usulan_Ganting.xlsx" in page
    assert "Usulan_Sigando.xlsx" not in page
    assert "dari 1 berkas" in page


def test_a_delivery_of_another_area_does_not_exist_for_it(lurah: Client) -> None:
    other = Delivery.objects.get(area=SIGANDO)

    assert (
        lurah.get(reverse("deliveries-delivery", args=[other.name])).status_code == 404
    )


def test_search_finds_people_of_the_area_only(lurah: Client) -> None:
    page = lurah.post(reverse("people"), {"text": "rahmat"}).content.decode()
    found = Person.objects.filter(search_name__contains="RAHMAT")
    inside = found.filter(kelurahan=GANTING)
    outside = found.exclude(kelurahan=GANTING)

    assert inside
    assert all(reverse("people-person", args=[one.pk]) in page for one in inside)
    assert not any(reverse("people-person", args=[one.pk]) in page for one in outside)


def test_a_nik_of_another_area_is_not_found(lurah: Client) -> None:
    other = Person.objects.filter(kelurahan=SIGANDO).first()

    page = lurah.post(reverse("people"), {"text": other.nik}).content.decode()

    assert "Tidak ada yang cocok" in page


@pytest.mark.parametrize("name", ["people-person", "people-nik"])
def test_a_person_of_another_area_is_refused(lurah: Client, name: str) -> None:
    other = Person.objects.filter(kelurahan=SIGANDO).first()
    url = reverse(name, args=[other.pk])

    response = (
        lurah.post(url, {"reason": "verify"})
        if name == "people-nik"
        else lurah.get(url)
    )

    assert response.status_code == 403
    assert other.name.title() not in response.content.decode()


def test_a_decree_shows_and_counts_entries_of_the_area_only(
    lurah: Client, decree: Decree
) -> None:
    response = lurah.get(reverse("decrees-decree", args=[decree.pk]))
    inside = decree.entries.filter(kelurahan=GANTING)

    assert response.context["counts"].total == inside.count()
    assert {entry.kelurahan for entry in response.context["page"]} == {GANTING}


def test_asking_for_another_kelurahan_by_address_shows_none_of_it(
    lurah: Client, decree: Decree
) -> None:
    url = reverse("decrees-decree", args=[decree.pk])

    response = lurah.get(url, {"kelurahan": SIGANDO})

    assert {entry.kelurahan for entry in response.context["page"]} == {GANTING}


def test_the_export_holds_the_area_only(lurah: Client, decree: Decree) -> None:
    response = lurah.get(reverse("decrees-export", args=[decree.pk]))
    lines = response.content.decode("utf-8-sig").splitlines()

    assert len(lines) == 1 + decree.entries.filter(kelurahan=GANTING).count()
    assert all(";Ganting;" in line for line in lines[1:])
    assert not any(
        entry.nik in response.content.decode() for entry in decree.entries.all()
    )


def test_cases_and_warnings_are_of_the_area_only(lurah: Client) -> None:
    cases = lurah.get(reverse("cases"), {"keadaan": "semua"}).context["page"]
    warned = lurah.get(reverse("cases-warnings")).context["page"]

    assert {case.kelurahan for case in cases} <= {GANTING}
    assert {warning.kelurahan for warning in warned} == {GANTING}


class TestApi:
    """The same limits hold for the JSON interface."""

    def test_lists_and_counts(self, lurah: Client, decree: Decree) -> None:
        deliveries = lurah.get("/api/v1/deliveries").json()
        decrees = lurah.get("/api/v1/decrees").json()
        entries = lurah.get(f"/api/v1/decrees/{decree.pk}/entries").json()
        inside = DecreeEntry.objects.filter(kelurahan=GANTING).count()

        assert deliveries["total"] == len(deliveries["items"]) == 1
        assert decrees[0]["entries"] == entries["total"] == inside
        assert {entry["kelurahan"] for entry in entries["items"]} == {GANTING}

    def test_search(self, lurah: Client) -> None:
        body = json.dumps({"text": "rahmat"})

        found = lurah.post("/api/v1/people/search", body, "application/json").json()

        assert {one["kelurahan"] for one in found["items"]} == {GANTING}

    def test_by_number_and_name(self, lurah: Client) -> None:
        person = Person.objects.filter(kelurahan=SIGANDO).first()
        delivery = Delivery.objects.get(area=SIGANDO)

        refused = lurah.get(f"/api/v1/people/{person.pk}")
        missing = lurah.get(f"/api/v1/deliveries/{delivery.name}")
        rows = lurah.get(f"/api/v1/deliveries/{delivery.name}/rows")

        assert refused.status_code == 403
        assert refused.json()["error"]["code"] == "access.area"
        assert missing.status_code == rows.status_code == 404
