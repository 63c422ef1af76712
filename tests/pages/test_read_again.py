"""Reading a delivery again: seen before it is agreed to, refused where something rests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.pages.test_deliveries import work
from tests.support.corrections import a_dirty_delivery
from tests.support.office_files import workbook
from tests.support.pages import SmallCity
from tests.support.people import a_run
from tests.support.rows import deliver
from tests.support.strange_lists import BOATS, a_strange_delivery, answers, fishermen

from semesta.access.models import Role
from semesta.audit.models import Event
from semesta.intake.maps import own_maps, supplier_map, use_own_maps
from semesta.intake.models import Delivery, PastReading
from semesta.kernel.errors import NotPossible
from semesta.ledger.models import LedgerEntry
from semesta.ledger.resting.queries import check_nothing_rests, what_rests_on

GANTING, SIGANDO = "13.74.01.1001", "13.74.01.1002"
RIGHT = ("number", "nik", "name", "born_on", "reason_text")


@pytest.fixture(autouse=True)
def _no_maps_are_left(city: SmallCity) -> Iterator[None]:
    yield
    shutil.rmtree(own_maps(city.workspace), ignore_errors=True)
    use_own_maps(None)


@pytest.fixture
def officer_client(as_role: Any) -> Client:
    return as_role(Role.OFFICER)


def page_of(delivery: Delivery) -> str:
    return reverse("deliveries-again", args=[delivery.name])


def delivery_page(delivery: Delivery) -> str:
    return reverse("deliveries-delivery", args=[delivery.name])


def columns_page(delivery: Delivery) -> str:
    return reverse("deliveries-columns", args=[delivery.name])


def read_boats(client: Client, area: str = "") -> Delivery:
    """A list of boats that an officer has explained and the worker has read."""
    delivery = a_strange_delivery(area=area)
    client.post(columns_page(delivery), answers())
    work()
    delivery.refresh_from_db()
    assert delivery.accepted == 8
    return delivery


def mend(client: Client, delivery: Delivery) -> str:
    """Store another meaning of its last column; the page that leads to."""
    version = supplier_map("pemilik_perahu").fingerprint
    posted = answers(RIGHT, versi=version, needed=(2, 4))
    return client.post(columns_page(delivery), posted)["Location"]


# The file is read by the worker, which has a connection of its own on a server.
@pytest.mark.once
class TestAgreeing:
    def test_seen_agreed_read_and_the_old_result_shown(
        self, officer_client: Client
    ) -> None:
        delivery = read_boats(officer_client)
        url = mend(officer_client, delivery)
        asked = officer_client.get(url)
        page = asked.content.decode()

        assert url == f"{page_of(delivery)}?daftar=pemilik_perahu"
        assert "1 kolom berubah artinya" in page
        accepted = asked.context["fates"][0]
        assert (accepted.fate, accepted.before, accepted.after) == ("accepted", 8, 8)
        now = Delivery.objects.get(pk=delivery.pk)
        assert now.map_sha256 == delivery.map_sha256

        version = supplier_map("pemilik_perahu").fingerprint
        agreed = officer_client.post(
            page_of(delivery), {"daftar": "pemilik_perahu", "versi": version}
        )
        assert agreed["Location"].startswith("/kiriman/proses/")
        work()
        done = officer_client.get(agreed["Location"])
        assert done["Location"] == delivery_page(delivery)
        delivery.refresh_from_db()
        assert delivery.map_sha256 == version
        shown = officer_client.get(delivery_page(delivery)).content.decode()
        assert "Pernah dibaca lain" in shown
        assert PastReading.objects.get().map_sha256[:8] in shown

    def test_the_same_again_changes_nothing(self, officer_client: Client) -> None:
        delivery = read_boats(officer_client)
        version, events = delivery.map_sha256, Event.objects.count()
        told = {"daftar": "pemilik_perahu", "versi": version}

        page = officer_client.get(page_of(delivery), told).content.decode()
        response = officer_client.post(page_of(delivery), told, follow=True)

        assert "sudah dibaca begitu" in page
        assert "tidak ada yang berubah" in response.content.decode()
        assert Event.objects.count() == events
        assert not PastReading.objects.exists()

    def test_a_map_changed_since_it_was_seen_is_shown_first(
        self, officer_client: Client
    ) -> None:
        delivery = read_boats(officer_client)
        mend(officer_client, delivery)
        response = officer_client.post(
            page_of(delivery), {"daftar": "pemilik_perahu", "versi": "0" * 64}
        )

        assert response.status_code == 200
        assert "baru saja diubah" in response.content.decode()
        work()
        assert not PastReading.objects.exists()

    def test_another_known_list_is_previewed_or_refused(
        self, officer_client: Client
    ) -> None:
        delivery = a_dirty_delivery()
        first = officer_client.get(page_of(delivery))
        fits = first.context["maps"]
        other = officer_client.get(page_of(delivery), {"daftar": fits[0].name})
        unknown = officer_client.get(page_of(delivery), {"daftar": "tidak_ada"})
        no_fit = officer_client.get(page_of(delivery), {"daftar": "deaths"})

        assert "proposal" not in [one.name for one in fits]
        assert "Bila dibaca sebagai" in other.content.decode()
        assert "tidak dikenal" in unknown.content.decode()
        assert "Kolom wajib" in no_fit.content.decode()


class TestLimits:
    def test_a_kelurahan_reads_its_own_lists_again_only(self, as_role: Any) -> None:
        other = workbook([["LAIN"], [f"{one}." for one in BOATS], *fishermen()])
        theirs = a_strange_delivery(other, "Lain.xlsx", SIGANDO)
        Delivery.objects.filter(pk=theirs.pk).update(status="read")
        client = as_role(Role.KELURAHAN)

        assert client.get(page_of(a_dirty_delivery())).status_code == 200
        for send in (client.get, client.post):
            assert send(page_of(theirs), {"daftar": "proposal"}).status_code == 404

    def test_who_sends_no_lists_reads_none_again(self, as_role: Any) -> None:
        delivery, client = a_dirty_delivery(), as_role(Role.AUDITOR)

        assert client.post(page_of(delivery), {"daftar": "proposal"}).status_code == 403
        page = client.get(delivery_page(delivery)).content.decode()
        assert page_of(delivery) not in page

    def test_a_refused_list_is_explained_not_read_again(
        self, officer_client: Client
    ) -> None:
        assert officer_client.get(page_of(a_strange_delivery())).status_code == 404


class TestResting:
    def test_people_on_a_decree_keep_their_lists(
        self, officer_client: Client, city: SmallCity
    ) -> None:
        delivery = Delivery.objects.get(supplier="dukcapil")
        found = what_rests_on(delivery, city.workspace)
        told = {"daftar": "proposal", "versi": supplier_map("proposal").fingerprint}
        page = officer_client.get(page_of(delivery)).content.decode()
        refused = officer_client.post(page_of(delivery), told)

        assert found.people > 0
        assert found.decrees == ["188.45/12/WAKO-PP/2026"]
        for text in (page, refused.content.decode()):
            assert f"{found.people} orang dari daftar ini" in text
            assert "Baca ulang begitu" not in text

    def test_a_list_of_nobody_on_a_decree_is_free(self, city: SmallCity) -> None:
        check_nothing_rests(a_dirty_delivery(), city.workspace)

    def test_families_of_those_on_a_decree_keep_theirs(self, city: SmallCity) -> None:
        listed = city.person(proposed=True, alive=True, kelurahan=GANTING)
        free, kept = (
            deliver(city.workspace, "dtsen_family", [{"family_card": card}],
                    subject="household")
            for card in ("1374010101019999", listed.family_card)
        )  # fmt: skip

        assert not what_rests_on(free, city.workspace).anything
        assert what_rests_on(kept, city.workspace).people > 0

    def test_booked_months_keep_theirs(self, city: SmallCity) -> None:
        booked = LedgerEntry.objects.values_list("delivery", flat=True)[0]
        delivery = Delivery(name=booked, supplier="bpu_participants")

        with pytest.raises(NotPossible) as raised:
            check_nothing_rests(delivery, city.workspace)
        assert raised.value.code == "reread.rests"
        assert "catatan buku iuran" in raised.value.why

    @pytest.mark.parametrize(
        ("stage", "supplier", "rests"),
        [
            ("answers", "insurer_answer", True),
            ("post", "employers", True),
            ("post", "dukcapil", False),
            ("linkage", "employers", False),
        ],
    )
    def test_what_a_run_has_taken_keeps_its_reading(
        self, city: SmallCity, stage: str, supplier: str, rests: bool
    ) -> None:
        delivery = Delivery(name="feedbeef00000000", supplier=supplier)
        run = a_run(stage)
        run.inputs = {"deliveries": {delivery.name: "sha"}}
        run.save()

        assert what_rests_on(delivery, city.workspace).anything is rests
