"""From a plan to a decree on the pages: each step by the person whose turn it is."""

from __future__ import annotations

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.support.pages import TODAY

from semesta.access.models import User
from semesta.decrees.models import Decree, DecreeEntry, FreezePeriod, Proposal
from semesta.planning.models import Plan

NUMBER = "560/77/SK/2026"


def client_of(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


@pytest.fixture
def maker() -> Client:
    return client_of("petugas")


@pytest.fixture
def reviewer() -> Client:
    return client_of("penelaah")


@pytest.fixture
def leader() -> Client:
    return client_of("pimpinan")


@pytest.fixture
def change(maker: Client) -> Proposal:
    """A drafted change: one person leaves the decree of the city."""
    decree = Decree.objects.get()
    entry = decree.entries.filter(status=DecreeEntry.Status.REGISTERED).first()
    done = maker.post(
        reverse("decrees-change", args=[decree.pk]),
        {
            "leaves": [entry.pk],
            f"reason-{entry.pk}": "Pindah ke luar kota",
            "month": "2026-03",
        },
    )
    assert done.status_code == 302, done.content.decode()
    return Proposal.objects.latest("pk")


def send(client: Client, proposal: Proposal, action: str, **typed: str):
    proposal.refresh_from_db()
    given = {"action": action, "version": proposal.version, **typed}
    return client.post(reverse("decrees-proposal", args=[proposal.pk]), given)


def to_leader(proposal: Proposal) -> None:
    assert send(client_of("petugas"), proposal, "submit").status_code == 302
    assert send(client_of("penelaah"), proposal, "endorse").status_code == 302


class TestProposing:
    def test_a_plan_that_is_a_decree_cannot_be_proposed_again(
        self, maker: Client
    ) -> None:
        page = maker.get(reverse("decrees-propose")).content.decode()
        assert "Akan diusulkan" in page
        refused = maker.post(
            reverse("decrees-propose"), {"plan": Plan.objects.latest("pk").pk}
        )
        assert refused.status_code == 400
        assert "sudah menjadi SK" in refused.content.decode()

    def test_a_change_names_who_leaves_and_who_comes(
        self, maker: Client, change: Proposal
    ) -> None:
        page = maker.get(reverse("decrees-proposal", args=[change.pk])).content.decode()
        assert "Keluar dari daftar" in page
        assert "Pindah ke luar kota" in page
        assert "Giliran Anda" in page

    def test_nobody_chosen_is_said_and_nothing_is_made(self, maker: Client) -> None:
        before = Proposal.objects.count()
        address = reverse("decrees-change", args=[Decree.objects.get().pk])
        refused = maker.post(address, {"month": "2026-03"})
        assert refused.status_code == 400
        assert "belum dipilih" in refused.content.decode()
        assert Proposal.objects.count() == before


class TestJudging:
    def test_it_goes_from_hand_to_hand_to_a_decree(
        self, leader: Client, change: Proposal
    ) -> None:
        to_leader(change)
        done = send(
            leader, change, "approve", number=NUMBER, issued_on=TODAY.isoformat()
        )
        assert done.status_code == 302, done.content.decode()
        decree = Decree.objects.get(number=NUMBER)
        assert done["Location"] == reverse("decrees-decree", args=[decree.pk])
        page = leader.get(done["Location"]).content.decode()
        assert decree.code in page
        assert "Yang berlaku hari ini" in page

    def test_nobody_judges_what_they_made(
        self, maker: Client, change: Proposal
    ) -> None:
        send(maker, change, "submit")
        refused = send(maker, change, "endorse")
        assert refused.status_code == 400
        assert "usulan Anda sendiri" in refused.content.decode()
        change.refresh_from_db()
        assert change.state == "proposed"

    def test_an_officer_does_not_approve(
        self, reviewer: Client, change: Proposal
    ) -> None:
        to_leader(change)
        assert send(reviewer, change, "approve").status_code == 403

    def test_the_second_of_two_is_told_and_keeps_what_they_typed(
        self, maker: Client, reviewer: Client, change: Proposal
    ) -> None:
        send(maker, change, "submit")
        seen = change.version
        send(reviewer, change, "endorse")
        late = client_of("pimpinan").post(
            reverse("decrees-proposal", args=[change.pk]),
            {"action": "return", "version": seen, "note": "Alamat belum lengkap"},
        )
        page = late.content.decode()
        assert late.status_code == 400
        assert "berubah sejak Anda membukanya" in page
        assert "penelaah menelaah" in page
        assert "Alamat belum lengkap" in page

    def test_a_remark_stands_beside_the_name(
        self, maker: Client, reviewer: Client, change: Proposal
    ) -> None:
        send(maker, change, "submit")
        person = change.entries.first().person_id
        send(reviewer, change, "remark", person=str(person), note="Cek alamatnya")
        send(reviewer, change, "return")
        page = maker.get(reverse("decrees-proposal", args=[change.pk])).content.decode()
        assert "Cek alamatnya" in page
        assert "Dikembalikan" in page

    def test_a_number_that_is_taken_is_refused(
        self, leader: Client, change: Proposal
    ) -> None:
        to_leader(change)
        taken = Decree.objects.get().number
        refused = send(
            leader, change, "approve", number=taken, issued_on=TODAY.isoformat()
        )
        assert "sudah dipakai" in refused.content.decode()
        change.refresh_from_db()
        assert change.state == "reviewed"

    def test_a_step_nobody_knows_is_not_found(
        self, maker: Client, change: Proposal
    ) -> None:
        assert send(maker, change, "terbang").status_code == 404

    def test_it_waits_on_the_home_page_of_whose_turn_it_is(
        self, leader: Client, change: Proposal
    ) -> None:
        to_leader(change)
        assert "menunggu langkah Anda" in leader.get("/beranda/").content.decode()


class TestFreeze:
    def test_a_leader_freezes_and_nothing_moves(
        self, maker: Client, leader: Client, change: Proposal
    ) -> None:
        days = {"first_day": TODAY.isoformat(), "last_day": TODAY.isoformat()}
        leader.post(reverse("decrees-freezes"), {**days, "reason": "Tutup buku"})
        refused = send(maker, change, "submit")
        assert "dibekukan" in refused.content.decode()
        leader.post(reverse("decrees-freezes"), {"lift": FreezePeriod.objects.get().pk})
        assert send(maker, change, "submit").status_code == 302

    def test_an_officer_cannot(self, maker: Client) -> None:
        assert maker.post(reverse("decrees-freezes"), {}).status_code == 403

    def test_odd_dates_are_said(self, leader: Client) -> None:
        refused = leader.post(reverse("decrees-freezes"), {"first_day": "besok"})
        assert refused.status_code == 400
        assert not FreezePeriod.objects.exists()


class TestChecking:
    @pytest.fixture
    def decree(self) -> Decree:
        return Decree.objects.get()

    def test_everyone_sees_the_head_and_nobody_a_name(
        self, client: Client, decree: Decree
    ) -> None:
        page = client.get(reverse("check-decree", args=[decree.code])).content.decode()
        assert decree.number in page
        assert "Asli dan berlaku" in page
        for entry in decree.entries.all()[:20]:
            assert entry.name not in page
            assert entry.nik not in page

    def test_the_code_is_read_as_people_type_it(
        self, client: Client, decree: Decree
    ) -> None:
        typed = f"{decree.code[:5].lower()}-{decree.code[5:]}"
        found = client.get(reverse("check-decree-ask"), {"kode": typed})
        assert found["Location"] == reverse("check-decree", args=[decree.code])

    def test_an_unknown_code_teaches(self, client: Client) -> None:
        page = client.get(reverse("check-decree", args=["AAAAAAAAAA"]))
        assert page.status_code == 404
        assert "Kode tidak dikenal" in page.content.decode()

    def test_a_hash_and_a_file_are_compared(
        self, client: Client, decree: Decree
    ) -> None:
        address = reverse("check-decree", args=[decree.code])
        same = client.post(address, {"sha256": decree.sha256}).content.decode()
        assert "Sidik daftar ini sama" in same
        other = SimpleUploadedFile("sk.pdf", b"lain")
        differs = client.post(address, {"file": other}).content.decode()
        assert "Tidak sama" in differs
        wrong = hashlib.sha256(b"x").hexdigest()
        assert "Tidak sama" in client.post(address, {"sha256": wrong}).content.decode()

    def test_codes_cannot_be_tried_one_after_the_other(
        self, client: Client, decree: Decree
    ) -> None:
        address = reverse("check-decree", args=[decree.code])
        answers = [client.get(address).status_code for _ in range(31)]
        assert answers[-1] == 400
        assert set(answers[:-1]) == {200}
