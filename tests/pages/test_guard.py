"""The guard's list: dearest first, within the area, searched without a trace in addresses."""

from __future__ import annotations

import re
from typing import Any

from django.urls import reverse
from tests.support.pages import SmallCity

from semesta.access.models import Role, User
from semesta.audit.models import Event
from semesta.ledger.tenure.queries import GuardList, Wanted, newest_guard


def everyone(city: SmallCity, role: str, **wanted: Any) -> list[Any]:
    run = newest_guard(city.workspace)
    assert run is not None
    user = User.objects.get(username=role)
    return GuardList(user, run, Wanted(**wanted), city.workspace)[0:1000]


class TestList:
    def test_the_dearest_loss_stands_first(self, city: SmallCity) -> None:
        stakes = [line.row["at_stake"] for line in everyone(city, "petugas")]
        assert len(stakes) > 20
        assert stakes == sorted(stakes, reverse=True)

    def test_thirty_days_are_fewer_than_all(self, city: SmallCity) -> None:
        run = newest_guard(city.workspace)
        assert run is not None
        assert run.as_of is not None
        soon = everyone(city, "petugas", within=90)
        assert 0 < len(soon) < len(everyone(city, "petugas"))
        assert all((line.row["loss_on"] - run.as_of).days <= 90 for line in soon)

    def test_a_kelurahan_sees_its_own_people_and_figures(
        self, city: SmallCity, as_role: Any
    ) -> None:
        mine = everyone(city, "kelurahan")
        area = User.objects.get(username="kelurahan").area
        assert {line.row["kelurahan"] for line in mine} == {area}
        assert len(mine) < len(everyone(city, "petugas"))
        client, run = as_role(Role.KELURAHAN), newest_guard(city.workspace)
        assert run is not None
        page = client.get(reverse("guard") + "?hari=semua")
        assert page.context["figures"]["people"] < run.counts["people"]
        # Another kelurahan cannot be chosen: the parameter means nothing here.
        other = client.get(reverse("guard") + "?hari=semua&kelurahan=13.74.02.1006")
        assert len(other.context["found"]) == len(mine)


class TestSearch:
    def test_a_name_finds_the_person_and_is_recorded(
        self, city: SmallCity, as_role: Any
    ) -> None:
        line = everyone(city, "petugas")[0]
        before = Event.objects.filter(action="person.searched").count()
        page = as_role(Role.OFFICER).post(reverse("guard"), {"text": line.person.nik})
        assert [each.person for each in page.context["page"]] == [line.person]
        assert Event.objects.filter(action="person.searched").count() == before + 1
        rest = page.content.decode().replace(line.person.nik, "", 1)
        assert not re.search(r"\b1374\d{12}\b", rest)

    def test_two_letters_are_too_few(self, as_role: Any) -> None:
        page = as_role(Role.OFFICER).post(reverse("guard"), {"text": "Ab"})
        assert "terlalu pendek" in page.content.decode()


def test_a_persons_page_says_what_would_be_lost(city: SmallCity, as_role: Any) -> None:
    line = everyone(city, "petugas")[0]
    page = as_role(Role.OFFICER).get(reverse("people-person", args=[line.person.pk]))
    assert "Menjaga masa iur" in page.content.decode()
    assert "Rp42.000.000" in page.content.decode()
