"""The page on which a person says what the columns of a list mean."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.pages.test_deliveries import a_file, work
from tests.support.corrections import a_dirty_delivery
from tests.support.office_files import nik, workbook
from tests.support.pages import SmallCity
from tests.support.strange_lists import (
    BOATS,
    a_strange_delivery,
    answers,
    boats,
    fishermen,
)

from semesta.access.models import Role
from semesta.audit.models import Event
from semesta.intake.maps import own_maps, supplier_map, supplier_maps, use_own_maps
from semesta.intake.models import Delivery
from semesta.intake.progress import Step
from semesta.web.reading import progress_teller
from semesta.web.tasks import progress_file

GANTING, SIGANDO = "13.74.01.1001", "13.74.01.1002"
USUL = ["Orangnya", "Nomor e-KTP", "Kerjaannya"]


@pytest.fixture(autouse=True)
def _no_maps_are_left(city: SmallCity) -> Iterator[None]:
    yield
    shutil.rmtree(own_maps(city.workspace), ignore_errors=True)
    use_own_maps(None)


@pytest.fixture
def officer_client(as_role: Any) -> Client:
    return as_role(Role.OFFICER)


def page_of(delivery: Delivery) -> str:
    return reverse("deliveries-columns", args=[delivery.name])


def delivery_page(delivery: Delivery) -> str:
    return reverse("deliveries-delivery", args=[delivery.name])


class TestProposals:
    def test_it_shows_the_list_and_what_each_column_seems_to_mean(
        self, officer_client: Client
    ) -> None:
        response = officer_client.get(page_of(a_strange_delivery()))
        page = response.content.decode()

        meanings = [line.meaning.value() for line in response.context["lines"]]
        assert meanings == ["number", "nik", "name", "born_on", ""]
        assert "16 angka yang terbaca sebagai NIK" in page
        assert "8 baris diterima" in page
        assert "judul kolom di baris" in page
        assert all(header in page for header in BOATS)

    def test_no_whole_number_is_on_the_page(self, officer_client: Client) -> None:
        page = officer_client.get(page_of(a_strange_delivery())).content.decode()

        assert "1374********9001" in page
        assert not re.search(r"(?<![\da-f])\d{12,}(?![\da-f])", page)

    def test_another_list_of_the_file_can_be_the_sample(
        self, officer_client: Client
    ) -> None:
        other = [["Panggilan", "Nomor Penduduk"], ["SYAFRIL KOTO", nik(1)]]
        content = workbook([BOATS, *fishermen()], other, names=["Perahu", "Arisan"])
        url = page_of(a_strange_delivery(content))

        response = officer_client.get(url, {"tabel": "1"})

        assert response.context["shown"].headers == other[0]
        assert "Perahu · 8 baris" in response.content.decode()
        for wrong in ("9", "-1", "x"):
            first = officer_client.get(url, {"tabel": wrong})
            assert first.context["list_number"] == 0

    def test_a_list_without_headers_is_answered_with_what_to_do(
        self, officer_client: Client
    ) -> None:
        delivery = a_strange_delivery(workbook(fishermen()))
        page = officer_client.get(page_of(delivery)).content.decode()
        assert "tulis judul di atas tiap kolom" in page

    def test_what_is_no_table_needs_no_meaning(self, officer_client: Client) -> None:
        delivery = Delivery.objects.get(problem__code="file.not_a_sheet")
        response = officer_client.get(page_of(delivery))
        assert response["Location"] == delivery_page(delivery)
        page = officer_client.get(delivery_page(delivery)).content.decode()
        assert page_of(delivery) not in page

    def test_a_list_of_a_shipped_map_can_be_explained_otherwise(
        self, officer_client: Client
    ) -> None:
        delivery = a_dirty_delivery()
        page = officer_client.get(page_of(delivery))
        as_new = officer_client.get(page_of(delivery), {"sebagai": "baru"})

        assert "yang dapat diubah hanya arti kolomnya" in page.content.decode()
        assert page.context["form"]["dikenal"].value() == "proposal"
        assert as_new.context["form"]["jenis"].value() == "baru"
        assert "sebagai=baru" in as_new.content.decode()


class TestPreview:
    def test_it_counts_with_other_meanings_and_stores_nothing(
        self, officer_client: Client, city: SmallCity
    ) -> None:
        delivery = a_strange_delivery()
        events = Event.objects.count()
        swapped = ("number", "name", "nik", "born_on", "")

        page = officer_client.post(
            page_of(delivery), answers(swapped, action="lihat")
        ).content.decode()

        assert "0 baris diterima" in page
        assert "<html" in page
        assert Event.objects.count() == events
        assert not own_maps(city.workspace).exists()
        delivery.refresh_from_db()
        assert delivery.status == "refused"

    def test_within_the_page_only_the_result_is_sent(
        self, officer_client: Client
    ) -> None:
        delivery = a_strange_delivery()
        htmx = {"hx-request": "true"}
        unnamed = answers(action="", judul="", kantor="")
        twice = answers(("nik", "nik", "name", "", ""), action="")

        part = officer_client.post(page_of(delivery), unnamed, headers=htmx)
        unclear = officer_client.post(page_of(delivery), twice, headers=htmx)

        assert "<html" not in part.content.decode()
        assert "8 baris diterima" in part.content.decode()
        assert "Hasil dihitung setelah" in unclear.content.decode()


# They send files to the worker as well.
@pytest.mark.once
class TestConfirming:
    @pytest.mark.parametrize("role", [Role.OFFICER, Role.KELURAHAN])
    def test_refused_explained_read_and_known_from_then_on(
        self, as_role: Any, role: Role
    ) -> None:
        client = as_role(role)
        sent = client.post(
            reverse("deliveries-send"), {"file": a_file_of(boats("DAFTAR"))}
        )
        work()
        refused = client.get(client.get(sent["Location"])["Location"])
        delivery = refused.context["delivery"]
        assert page_of(delivery) in refused.content.decode()

        confirmed = client.post(page_of(delivery), answers())
        assert confirmed["Location"].startswith("/kiriman/proses/")
        waiting = client.get(confirmed["Location"]).content.decode()
        assert "<progress" in waiting
        work()
        assert client.get(confirmed["Location"])["Location"] == delivery_page(delivery)

        delivery.refresh_from_db()
        assert (delivery.status, delivery.accepted) == ("read", 8)
        assert delivery.map_sha256 == supplier_map("pemilik_perahu").fingerprint
        later = a_strange_delivery(boats("LAGI", first=20), area=delivery.area)
        assert (later.supplier, later.status) == ("pemilik_perahu", "read")
        page = client.get(delivery_page(later)).content.decode()
        assert "Pemilik perahu" in page
        assert later.map_sha256[:8] in page
        event = Event.objects.get(action="intake.supplier_added")
        assert event.subject == "supplier:pemilik_perahu"

    def test_twice_is_once(self, officer_client: Client) -> None:
        delivery = a_strange_delivery()
        for _ in range(2):
            officer_client.post(page_of(delivery), answers())
        work()
        officer_client.post(page_of(delivery), answers())

        assert Event.objects.filter(action__startswith="intake.supplier").count() == 1
        delivery.refresh_from_db()
        assert delivery.rows == 8

    def test_one_may_ask_to_explain_before_anything_is_read(
        self, officer_client: Client
    ) -> None:
        sent = officer_client.post(
            reverse("deliveries-send"), {"file": a_file(), "ask": "on"}
        )
        work()
        delivery = Delivery.objects.get(filename="Usulan_Ganting_baru.csv")
        page = officer_client.get(page_of(delivery))

        assert officer_client.get(sent["Location"])["Location"] == delivery_page(
            delivery
        )
        assert delivery.problem["code"] == "supplier.asked"
        # It would have been known as a proposal: that is what the page begins with.
        assert page.context["form"]["dikenal"].value() == "proposal"
        meanings = [line.meaning.value() for line in page.context["lines"]]
        known = answers(meanings, jenis="dikenal", dikenal="proposal")
        officer_client.post(page_of(delivery), known)
        work()
        delivery.refresh_from_db()
        assert (delivery.supplier, delivery.rows) == ("proposal", 2)
        assert not Event.objects.filter(action__startswith="intake.supplier").exists()

    def test_a_known_list_with_other_headers_is_read_as_that_list(
        self, officer_client: Client
    ) -> None:
        rows = [[f"ORANG {'ABCDEFGH'[n]}", nik(n, day=n), "Ojek"] for n in range(1, 7)]
        delivery = a_strange_delivery(workbook([USUL, *rows]))
        meanings = ("name", "nik", "occupation")
        known = answers(meanings, jenis="dikenal", dikenal="proposal", judul="")
        officer_client.post(page_of(delivery), known)
        work()

        delivery.refresh_from_db()
        assert (delivery.supplier, delivery.accepted) == ("proposal", 6)
        assert supplier_map("proposal").title == "Usulan kelurahan"
        assert a_strange_delivery(
            workbook([["LAGI"], USUL, *rows])
        ).supplier == "proposal"  # fmt: skip
        edit = officer_client.get(page_of(delivery)).content.decode()
        assert "yang dapat diubah hanya arti kolomnya" in edit


@pytest.mark.once
class TestProgress:
    def test_the_page_shows_the_step_the_rows_and_a_bar(
        self, officer_client: Client
    ) -> None:
        delivery = a_strange_delivery()
        url = officer_client.post(page_of(delivery), answers())["Location"]
        progress_teller(progress_file(delivery.name))(Step("clean", 3, 14, 90_000))
        htmx = {"hx-request": "true"}

        whole = officer_client.get(url).content.decode()
        part = officer_client.get(url, {"langkah": "open"}, headers=htmx)
        again = officer_client.get(url, {"langkah": "clean"}, headers=htmx)

        assert 'role="status"' in whole
        for page in (whole, part.content.decode()):
            assert "Membersihkan kolom 3 dari 14" in page
            assert "90.000 baris" in page
            assert re.search(r'<progress[^>]* max="100" value="\d+"', page)
        # A new step is spoken once, not at every renewal.
        assert "hx-swap-oob" in part.content.decode()
        assert "hx-swap-oob" not in again.content.decode()
        work()
        assert not progress_file(delivery.name).exists()

    def test_a_reading_that_breaks_leaves_nothing(
        self, officer_client: Client, city: SmallCity, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        delivery, uploads = a_strange_delivery(), city.workspace.root / "uploads"
        # Other tests may have sent what nobody has read yet.
        before = set(uploads.iterdir()) if uploads.exists() else set()
        url = officer_client.post(page_of(delivery), answers())["Location"]

        def broken(received: Any, *rest: Any, tell: Any, **more: Any) -> None:
            tell(Step("clean", 1, 2))
            raise RuntimeError("broken")

        monkeypatch.setattr("semesta.intake.services.read_file", broken)
        work()
        part = officer_client.get(url, headers={"hx-request": "true"})

        assert part.status_code == 286
        assert "Berkas tidak selesai dibaca" in part.content.decode()
        assert set(uploads.iterdir()) <= before
        delivery.refresh_from_db()
        assert (delivery.status, delivery.rows) == ("refused", 0)


class TestRefusing:
    @pytest.mark.parametrize(
        ("more", "told"),
        [
            ({"judul": ""}, "Isian ini wajib untuk daftar baru."),
            ({"kantor": "  "}, "Isian ini wajib untuk daftar baru."),
            ({"judul": "##"}, "tidak dapat menjadi nama daftar"),
            ({"judul": "Proposal"}, "Pengirim dengan nama itu sudah ada"),
            ({"judul": "x" * 61}, "61"),
            ({"baris": ""}, "Pilih salah satu."),
            ({"baris": "household"}, "Pilih kolom untuk salah satu dari: Nomor KK"),
            ({"jenis": "dikenal", "dikenal": ""}, "Pilih daftar yang dikenal."),
            ({"jenis": "dikenal", "dikenal": "../x"}, "../x"),
            ({"jenis": "dikenal", "dikenal": "deaths"}, "harus mempunyai"),
            ({"arti-4": "nik"}, "Arti ini dipilih dua kali."),
            ({"arti-4": "gaji"}, "gaji"),
            ({"jenis": ""}, "Pilih salah satu."),
        ],
    )
    def test_what_is_wrong_is_told_and_nothing_stored(
        self, officer_client: Client, more: dict[str, str], told: str, city: SmallCity
    ) -> None:
        delivery = a_strange_delivery()
        response = officer_client.post(page_of(delivery), answers(**more))
        page = response.content.decode()

        assert response.status_code == 200
        assert told in page
        assert 'role="alert"' in page
        assert not list(own_maps(city.workspace).glob("*.yaml"))
        assert "pemilik_perahu" not in supplier_maps()
        # What was typed is still there.
        assert 'value="Dinas Perikanan"' in page or "kantor" in more


class TestEditing:
    def test_an_own_map_gets_a_new_version(self, officer_client: Client) -> None:
        delivery = self._read_by_own_map(officer_client)
        page = officer_client.get(page_of(delivery))
        version = page.context["form"]["versi"].value()
        changed = answers(
            ("number", "nik", "name", "born_on", "reason_text"), versi=version
        )
        response = officer_client.post(page_of(delivery), changed, follow=True)

        assert "kiriman berikutnya dibaca begitu" in response.content.decode()
        assert "reason_text" in supplier_map("pemilik_perahu").fields
        delivery.refresh_from_db()
        assert delivery.map_sha256 == version
        again = officer_client.post(page_of(delivery), changed)
        assert again.status_code == 302
        late = officer_client.post(page_of(delivery), changed | {"judul": "Lain"})
        assert "sudah diubah orang lain" in late.content.decode()

    @staticmethod
    def _read_by_own_map(client: Client) -> Delivery:
        client.post(page_of(a_strange_delivery()), answers())
        return a_strange_delivery(boats("LAGI", first=30), "Lagi.xlsx")


class TestLimits:
    def test_a_kelurahan_explains_its_own_lists_only(self, as_role: Any) -> None:
        own = a_strange_delivery(area=GANTING)
        other = a_strange_delivery(boats("LAIN", first=40), "Lain.xlsx", SIGANDO)
        client = as_role(Role.KELURAHAN)

        assert client.get(page_of(own)).status_code == 200
        for send in (client.get, client.post):
            assert send(page_of(other), answers()).status_code == 404
        assert not Event.objects.filter(action__startswith="intake.supplier").exists()

    def test_who_sends_no_lists_explains_none(self, as_role: Any) -> None:
        delivery = a_strange_delivery()
        client = as_role(Role.AUDITOR)

        assert client.post(page_of(delivery), answers()).status_code == 403
        page = client.get(delivery_page(delivery)).content.decode()
        assert page_of(delivery) not in page


def a_file_of(content: bytes, name: str = "Perahu.xlsx") -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, content)
