"""The books on the page: forms that say what is wrong, and who may use them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from semesta.access.models import Role
from semesta.ledger.models import Bill, Difference, JournalEntry, Payment
from semesta.planning.models import BudgetLine


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_budget_lines_stand_with_what_is_left(as_role: Any) -> None:
    page = text_of(as_role(Role.LEADER).get(reverse("books")))
    assert "Iuran pekerja rentan 2026" in page
    assert "masih bebas" in page
    assert "Buat tagihan" not in page


def test_the_officer_records_a_budget_and_it_is_booked(as_role: Any) -> None:
    given = {
        "year": 2026, "payer": "CSR", "name": "Bank daerah", "amount": "Rp12.500.000",
        "instrument": "Surat donasi",
    }  # fmt: skip
    response = as_role(Role.OFFICER).post(reverse("books-budget"), given)
    assert response.status_code == 302
    line = BudgetLine.objects.get(payer="CSR")
    assert JournalEntry.objects.get(budget=line).amount == 12_500_000


def test_a_bill_for_months_billed_before_is_explained_on_the_form(as_role: Any) -> None:
    bill = Bill.objects.get()
    given = {"decree": bill.decree_id, "first_month": "2026-03", "months": 2}
    page = text_of(as_role(Role.OFFICER).post(reverse("books-new-bill"), given))
    assert "sudah ditagih untuk semua orang" in page
    given = {"decree": bill.decree_id, "first_month": "2026-13", "months": 2}
    page = text_of(as_role(Role.OFFICER).post(reverse("books-new-bill"), given))
    assert "Bulan itu tidak ada" in page
    assert Bill.objects.count() == 1


def test_the_next_months_are_billed_and_paid_in_parts(as_role: Any) -> None:
    officer = as_role(Role.OFFICER)
    decree = Bill.objects.get().decree_id
    given = {"decree": decree, "first_month": "2026-07", "months": 6}
    assert officer.post(reverse("books-new-bill"), given).status_code == 302
    bill = Bill.objects.order_by("pk").last()
    assert bill is not None
    url = reverse("books-bill", args=[bill.pk])
    proof = {"amount": "16.800", "paid_on": "2026-01-30", "reference": "NTPN 2"}
    assert officer.post(url, proof).status_code == 302
    too_much = {**proof, "amount": str(bill.amount), "reference": "NTPN 3"}
    page = text_of(officer.post(url, too_much))
    assert "lebih besar dari sisa tagihan" in page
    assert Payment.objects.filter(bill=bill).count() == 1


def test_others_may_look_but_not_write(as_role: Any) -> None:
    bill, difference = Bill.objects.get(), Difference.objects.first()
    assert difference is not None
    for role in (Role.LEADER, Role.AUDITOR):
        client = as_role(role)
        url = reverse("books-bill", args=[bill.pk])
        assert client.post(url, {"amount": 1}).status_code == 403
        url = reverse("books-difference", args=[difference.pk])
        assert client.post(url, {"note": "x"}).status_code == 403


def test_a_difference_is_explained(as_role: Any) -> None:
    difference = Difference.objects.filter(state="open").first()
    assert difference is not None
    officer = as_role(Role.OFFICER)
    url = reverse("books-difference", args=[difference.pk])
    empty = officer.post(url, {"note": " "})
    assert empty.context["form"].errors.keys() == {"note"}
    assert officer.post(url, {"note": "Menunggu cabang"}).status_code == 302
    difference.refresh_from_db()
    assert (difference.state, difference.note) == ("explained", "Menunggu cabang")
    explained = officer.get(reverse("books-differences") + "?keadaan=explained")
    assert list(explained.context["page"]) == [difference]


def test_a_leader_sees_no_names_among_differences(as_role: Any) -> None:
    difference = (
        Difference.objects.exclude(person=None).select_related("person").first()
    )
    assert difference is not None
    assert difference.person is not None
    page = text_of(
        as_role(Role.LEADER).get(reverse("books-differences") + "?keadaan=semua")
    )
    assert difference.person.name.title() not in page
    assert "satu orang" in page
