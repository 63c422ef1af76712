"""The month's work by its pages: who may do what, and what is said when it is not done."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.support.changes import a_list
from tests.support.pages import SmallCity

from semesta.access.models import Role
from semesta.decrees.models import Decree, DecreeEntry
from semesta.enrolment.models import (
    ChangeTask,
    CodeVersion,
    MonthPeriod,
    RejectionTask,
    UploadFile,
)

MONTH = "2026-01"


def say(client: Any, page: str, *args: Any, **data: Any) -> str:
    """POST, follow, and give the page that tells what came of it."""
    response = client.post(reverse(page, args=args), data, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def changes_page(client: Any) -> str:
    return client.get(f"{reverse('membership-changes')}?bulan={MONTH}").content.decode()


def test_the_month_is_told_in_order(as_role: Any) -> None:
    page = as_role(Role.OFFICER).get(reverse("membership")).content.decode()
    titles = [
        "Berkas unggah", "Dikirim ke BPJS", "Jawaban BPJS", "Tugas dari penolakan",
        "Perubahan Januari 2026", "Posting",
    ]  # fmt: skip
    places = [page.rindex(f">{title}</a>") for title in titles]
    assert places == sorted(places)


def test_a_rejection_is_worked_off(as_role: Any) -> None:
    client = as_role(Role.OFFICER)
    task = RejectionTask.objects.filter(kind="active").first()
    asked = {"state": "ready", "version": task.version, "name": "BUDI CONTOH"}
    assert "siap dikirim lagi" in say(client, "membership-task", task.pk, **asked)
    task.refresh_from_db()
    assert (task.state, task.name_on_card) == ("ready", "BUDI CONTOH")
    assert "Orang lain mengubah" in say(
        client, "membership-task", task.pk, state="mending", version=0
    )
    before = UploadFile.objects.count()
    say(client, "membership-write", months="6")
    assert UploadFile.objects.count() == before + 1
    task.refresh_from_db()
    assert task.state == "resent"


def test_no_number_of_anybody_stands_whole_on_a_page(as_role: Any) -> None:
    client = as_role(Role.OFFICER)
    task = RejectionTask.objects.select_related("entry").first()
    page = client.get(reverse("membership-task", args=[task.pk])).content.decode()
    assert task.entry.nik not in page


def test_the_hopeless_are_replaced_together(as_role: Any) -> None:
    client = as_role(Role.OFFICER)
    page = say(client, "membership-replace")
    hopeless = RejectionTask.objects.filter(kind="age")
    assert hopeless.exists()
    assert set(hopeless.values_list("state", flat=True)) == {"replaced"}
    assert "diserahkan ke daftar tunggu" in page


def test_changes_are_decided_finalised_and_posted_by_two(as_role: Any) -> None:
    client = as_role(Role.OFFICER)
    declined, *others = ChangeTask.objects.order_by("-kind", "pk")
    asked = {"answer": "decline", "version": declined.version}
    assert "Tuliskan mengapa" in say(client, "membership-decide", declined.pk, **asked)
    say(client, "membership-decide", declined.pk, note="RT: masih di sini", **asked)
    for task in others:
        say(client, "membership-decide", task.pk, answer="accept", version=task.version)
    states = ChangeTask.objects.order_by("-kind", "pk").values_list("state", flat=True)
    assert list(states) == ["declined", "accepted", "accepted"]

    period = MonthPeriod.objects.get()
    say(client, "membership-period", MONTH, step="final", version=period.version)
    period.refresh_from_db()
    assert period.state == "final"
    posting = {"step": "post", "version": period.version}
    assert "Posting perlu orang lain" in say(
        client, "membership-period", MONTH, **posting
    )
    leader = as_role(Role.LEADER)
    assert "sudah diposting" in say(leader, "membership-period", MONTH, **posting)
    period.refresh_from_db()
    assert (period.state, period.posted_by) == ("posted", "pimpinan")


def test_nobody_else_takes_a_step(as_role: Any) -> None:
    period = MonthPeriod.objects.get()
    asked = {"step": "final", "version": period.version}
    url = reverse("membership-period", args=[MONTH])
    for role in (Role.AUDITOR, Role.INSURER, Role.LEADER):
        assert as_role(role).post(url, asked).status_code == 403
    assert 'name="answer"' not in changes_page(as_role(Role.AUDITOR))
    task = ChangeTask.objects.first()
    url = reverse("membership-decide", args=[task.pk])
    assert as_role(Role.AUDITOR).post(url, {"answer": "accept"}).status_code == 403
    assert (
        as_role(Role.OFFICER)
        .post(reverse("membership-period", args=["2026-13"]), asked)
        .status_code
        == 404
    )


def test_changes_are_found_from_a_list_that_was_sent(
    as_role: Any, city: SmallCity
) -> None:
    entry = Decree.objects.get().entries.filter(status="registered").last()
    a_list(
        city.workspace, "moves",
        {"nik": entry.nik, "occurred_on": MonthPeriod.objects.get().month.replace(day=20)},
    )  # fmt: skip
    client = as_role(Role.OFFICER)
    client.post(f"{reverse('membership-find')}?bulan={MONTH}")
    task = ChangeTask.objects.get(entry=entry)
    assert task.kind == "moved"
    assert "moves.xlsx" in changes_page(client)
    link = reverse("deliveries-delivery", args=[task.delivery])
    assert link in changes_page(client)
    assert link not in changes_page(as_role(Role.LEADER))


def test_the_insurer_matches_its_answers_and_sees_what_came_of_them(
    as_role: Any, city: SmallCity
) -> None:
    entry = Decree.objects.get().entries.filter(status="listed").first()
    a_list(
        city.workspace, "insurer_answer",
        {"nik": entry.nik, "status": "DITERIMA", "kpj": "99000000001",
         "decree_number": Decree.objects.get().number},
    )  # fmt: skip
    client = as_role(Role.INSURER)
    assert (
        "belum dicocokkan" in client.get(reverse("membership-answers")).content.decode()
    )
    page = say(client, "membership-match")
    assert "Jawaban dicocokkan" in page
    assert "insurer_answer.xlsx" in page
    entry.refresh_from_db()
    assert entry.status == "registered"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"JENIS;KODE;URAIAN\nPekerjaan;P01;Petani\n", "Versi baru dimuat"),
        (b"NAMA;NIK\n", "Judul kolom"),
        (b"\xff\xfe", "tidak dapat dibaca"),
    ],
)
def test_the_branch_loads_its_code_list(
    as_role: Any, content: bytes, said: str
) -> None:
    file = SimpleUploadedFile("kode.csv", content)
    page = say(as_role(Role.INSURER), "membership-codes", file=file, since="2026-01-01")
    assert said in page
    assert CodeVersion.objects.exists() == (said == "Versi baru dimuat")


def test_another_decree_is_chosen_and_stays_chosen(as_role) -> None:
    """A change is registered by itself; going back to the list is one choice."""
    first = Decree.objects.get()
    change = Decree.objects.create(
        plan=first.plan, amends=first, number="1/UBAH/2026", code="UBAHUBAH12",
        issued_on=date(2026, 3, 1), title="Perubahan", payer=first.payer,
        first_month=first.first_month, until_month=first.until_month,
        price=first.price, cost_each=first.cost_each, entries_count=1,
        sha256="b" * 64, status=Decree.Status.ISSUED, issued_by="pimpinan",
    )  # fmt: skip
    entry = first.entries.first()
    DecreeEntry.objects.create(
        decree=change, number=1, person=entry.person, nik=entry.nik, name=entry.name,
        address=entry.address, kelurahan=entry.kelurahan,
    )  # fmt: skip
    officer = as_role(Role.OFFICER)
    work = reverse("membership")
    assert f"{change.number}</a>" in officer.get(work).content.decode()
    officer.get(work, {"sk": first.pk})
    assert f"{first.number}</a>" in officer.get(work).content.decode()
    assert first.number in officer.get(reverse("membership-files")).content.decode()
