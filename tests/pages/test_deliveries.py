"""Deliveries: fates, questions, refused files, sending and waiting."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from tests.support.corrections import a_dirty_delivery, filled
from tests.support.office_files import nik
from tests.support.pages import SmallCity

from semesta.access.models import Role
from semesta.audit.models import Event
from semesta.intake.fates import EVERY_FATE
from semesta.intake.models import Delivery

PROPOSAL = (
    "NO;NAMA;NIK;TANGGAL LAHIR;ALAMAT;PEKERJAAN\n"
    "1;CONTOH SATU;1374010101909001;01-01-1990;JL. CONTOH 1;PETANI\n"
    "2;CONTOH DUA;1374014202929002;02-02-1992;JL. CONTOH 2;PENJAHIT\n"
)


@pytest.fixture
def officer_client(as_role: Any) -> Client:
    return as_role(Role.OFFICER)


def a_file(text: str = PROPOSAL, name: str = "Usulan_Ganting_baru.csv") -> Any:
    return SimpleUploadedFile(name, text.encode(), "text/csv")


class TestReading:
    def test_a_delivery_shows_first_what_waits_for_an_answer(
        self, officer_client: Client
    ) -> None:
        delivery = Delivery.objects.get(filename="Usulan_Ganting.xlsx")

        response = officer_client.get(
            reverse("deliveries-delivery", args=[delivery.name])
        )
        page = response.content.decode()

        assert response.context["fate"] == "held"
        assert "Berapa NIK lengkapnya?" in page
        assert "Kelurahan pengusul" in page

    def test_rows_can_be_leafed_through_by_fate(self, officer_client: Client) -> None:
        delivery = Delivery.objects.get(supplier="dukcapil")
        url = reverse("deliveries-delivery", args=[delivery.name])

        response = officer_client.get(url, {"nasib": "accepted", "halaman": "2"})

        assert response.context["page"].number == 2
        assert {row.fate for row in response.context["page"]} == {"accepted"}

    def test_a_refused_file_says_why_and_what_to_do(
        self, officer_client: Client
    ) -> None:
        delivery = Delivery.objects.filter(status="refused").first()

        page = officer_client.get(
            reverse("deliveries-delivery", args=[delivery.name])
        ).content.decode()

        assert delivery.problem["what"] in page
        assert delivery.problem["fix"] in page


# The worker closes its connection when it is done, which ends a test's transaction on a
# server; what it stores is tested on both databases by the cycle.
@pytest.mark.once
class TestSending:
    @pytest.mark.parametrize(
        ("file", "told"),
        [
            (None, "Pilih satu berkas dahulu."),
            (a_file("", "kosong.csv"), "Berkas ini kosong."),
            (a_file("PK", "surat.docx"), "Jenis berkas ini tidak dapat dibaca"),
        ],
    )
    def test_a_file_that_cannot_be_a_table_is_sent_back(
        self, officer_client: Client, file: Any, told: str
    ) -> None:
        answers = {"file": file} if file else {}

        page = officer_client.post(reverse("deliveries-send"), answers)

        assert told in page.content.decode()

    def test_a_file_is_kept_read_by_the_worker_and_shown(
        self, officer_client: Client, city: SmallCity
    ) -> None:
        sent = officer_client.post(reverse("deliveries-send"), {"file": a_file()})
        waiting = officer_client.get(sent["Location"]).content.decode()
        work()
        done = officer_client.get(sent["Location"])

        assert "sedang dibaca" in waiting
        assert done.status_code == 302
        delivery = Delivery.objects.get(filename="Usulan_Ganting_baru.csv")
        assert done["Location"] == reverse("deliveries-delivery", args=[delivery.name])
        assert (delivery.rows, delivery.received_by) == (2, "petugas")
        assert not list((city.workspace.root / "uploads").iterdir())

    def test_within_a_renewed_part_the_browser_is_sent_on(
        self, officer_client: Client
    ) -> None:
        sent = officer_client.post(reverse("deliveries-send"), {"file": a_file()})
        part = officer_client.get(sent["Location"], headers={"hx-request": "true"})
        work()
        done = officer_client.get(sent["Location"], headers={"hx-request": "true"})

        assert "<html" not in part.content.decode()
        assert done.headers["HX-Redirect"].startswith("/kiriman/")

    def test_a_kelurahan_sends_for_its_own_area(self, as_role: Any) -> None:
        as_role(Role.KELURAHAN).post(reverse("deliveries-send"), {"file": a_file()})
        work()

        delivery = Delivery.objects.get(filename="Usulan_Ganting_baru.csv")
        assert delivery.area == "13.74.01.1001"

    def test_nobody_watches_another_ones_file(
        self, officer_client: Client, as_role: Any
    ) -> None:
        sent = officer_client.post(reverse("deliveries-send"), {"file": a_file()})

        assert as_role(Role.ADMIN).get(sent["Location"]).status_code == 404

    def test_without_a_worker_the_page_says_so(
        self, officer_client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from datetime import timedelta

        from semesta.web.deliveries import views

        monkeypatch.setattr(views, "PATIENCE", timedelta(0))

        sent = officer_client.post(reverse("deliveries-send"), {"file": a_file()})
        page = officer_client.get(sent["Location"]).content.decode()

        assert "belum ada yang membacanya" in page


# They send files to the worker as well.
@pytest.mark.once
class TestCorrections:
    def test_the_page_offers_the_workbook_with_its_questions(
        self, officer_client: Client
    ) -> None:
        delivery = a_dirty_delivery()
        page = officer_client.get(page_of(delivery)).content.decode()

        assert "1 pertanyaan tentang 1 baris" in page
        assert reverse("deliveries-corrections", args=[delivery.name]) in page

    def test_who_does_not_send_lists_gets_no_whole_numbers(self, as_role: Any) -> None:
        delivery = a_dirty_delivery()
        auditor = as_role(Role.AUDITOR)

        assert "perbaikan.xlsx" not in auditor.get(page_of(delivery)).content.decode()
        assert auditor.get(workbook_of(delivery)).status_code == 403

    def test_a_kelurahan_gets_its_own_lists_only(self, as_role: Any) -> None:
        own, other = a_dirty_delivery(), a_dirty_delivery("SIGANDO")
        client = as_role(Role.KELURAHAN)

        assert client.get(workbook_of(own)).status_code == 200
        assert client.get(workbook_of(other)).status_code == 404

    def test_there_and_back(self, as_role: Any) -> None:
        delivery = a_dirty_delivery()
        client = as_role(Role.KELURAHAN)
        downloaded = client.get(workbook_of(delivery))
        content = b"".join(downloaded.streaming_content)  # type: ignore[attr-defined]
        events = Event.objects.filter(action="delivery.corrections")
        back = SimpleUploadedFile(
            "Perbaikan.xlsx", filled(content, {4: {"NIK": nik(82)}})
        )
        client.post(reverse("deliveries-send"), {"file": back})
        work()

        assert [event.actor for event in events] == ["kelurahan"]
        correction = Delivery.objects.get(filename="Perbaikan.xlsx")
        page = client.get(page_of(correction)).content.decode()
        assert "Semua pertanyaan sudah dijawab" in page
        assert delivery.filename in page
        first = client.get(page_of(delivery), {"nasib": "superseded"}).content.decode()
        assert "Digantikan oleh perbaikan, baris 2" in first
        assert "Perbaikan yang sudah masuk" in first

    def test_the_interface_tells_what_was_superseded(self, as_role: Any) -> None:
        delivery = a_dirty_delivery()
        client = as_role(Role.KELURAHAN)
        answer = client.get(workbook_of(delivery))
        content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
        back = SimpleUploadedFile(
            "Perbaikan.xlsx", filled(content, {4: {"NIK": nik(82)}})
        )
        client.post(reverse("deliveries-send"), {"file": back})
        work()

        told = client.get(f"/api/v1/deliveries/{delivery.name}").json()
        assert told["superseded"] == 1
        assert sum(told[fate] for fate in EVERY_FATE) == told["rows"]
        rows = client.get(f"/api/v1/deliveries/{delivery.name}/rows?fate=superseded")
        (row,) = rows.json()["items"]
        correction = Delivery.objects.get(filename="Perbaikan.xlsx")
        assert row["superseded_by"].startswith(correction.name)

    def test_a_wrong_office_is_told_so(self, as_role: Any) -> None:
        other = a_dirty_delivery("SIGANDO")
        answer = as_role(Role.OFFICER).get(workbook_of(other))
        content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
        client = as_role(Role.KELURAHAN)
        back = SimpleUploadedFile("Salah.xlsx", content)
        sent = client.post(reverse("deliveries-send"), {"file": back})
        work()

        page = client.get(client.get(sent["Location"])["Location"]).content.decode()
        assert "untuk kiriman di luar wilayah Anda" in page


def page_of(delivery: Delivery) -> str:
    return reverse("deliveries-delivery", args=[delivery.name])


def workbook_of(delivery: Delivery) -> str:
    return reverse("deliveries-corrections", args=[delivery.name])


def work() -> None:
    """Let the worker do what waits, then stop."""
    call_command("db_worker", batch=True, startup_delay=False, verbosity=0)
