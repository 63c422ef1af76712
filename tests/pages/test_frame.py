"""What holds on every page: language, privacy, security, errors that help."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from semesta.access.models import Role
from semesta.coverage.models import MeasureRun
from semesta.web.urls import urlpatterns

PLAIN = [p.name for p in urlpatterns if "<" not in str(p.pattern)]


@pytest.mark.parametrize("name", PLAIN)
def test_pages_are_indonesian_whatever_the_browser_prefers(
    name: str, as_role: Any
) -> None:
    response = as_role(Role.ADMIN).get(
        reverse(name), headers={"accept-language": "en-US,en"}
    )

    assert response["Content-Language"] == "id"
    # What may not be opened, or only answered, has no page of its own.
    if response.status_code not in (403, 405):
        assert '<html lang="id">' in response.content.decode()


def test_pages_of_signed_in_users_stay_out_of_caches(as_role: Any) -> None:
    assert as_role(Role.OFFICER).get(reverse("people"))["Cache-Control"] == (
        "private, no-store"
    )


def test_the_security_policy_allows_nothing_from_elsewhere(client: Client) -> None:
    policy = client.get(reverse("front"))["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_pages_carry_no_inline_script_and_no_inline_style(as_role: Any) -> None:
    client = as_role(Role.OFFICER)
    rooms = "front home coverage deliveries people decrees law".split()
    for name in (*rooms, "calculate-contribution", "calculate-benefit"):
        page = client.get(reverse(name)).content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)", page), name
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page), name


def test_an_unknown_address_is_told_in_indonesian(client: Client) -> None:
    response = client.get("/tidak-ada/")

    assert response.status_code == 404
    assert "Halaman ini tidak ada" in response.content.decode()


def test_a_refusal_says_who_may(as_role: Any) -> None:
    response = as_role(Role.LEADER).get(reverse("people"))
    page = response.content.decode()

    assert response.status_code == 403
    assert "bukan untuk peran Anda" in page
    assert "Hanya untuk" in page


def test_a_bug_shows_a_page_that_needs_nothing(
    as_role: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from semesta.web.trail import views

    monkeypatch.setattr(views.queries, "events", lambda: 1 / 0)
    client = as_role(Role.AUDITOR)
    client.raise_request_exception = False

    response = client.get(reverse("trail"))

    assert response.status_code == 500
    assert "Ada yang rusak di pihak kami" in response.content.decode()


def test_an_old_form_is_told_plainly(as_role: Any) -> None:
    client = Client(enforce_csrf_checks=True)

    response = client.post(reverse("account_login"), {"login": "a", "password": "b"})

    assert response.status_code == 403
    assert "Formulir ini kedaluwarsa" in response.content.decode()


def test_everyone_finds_the_calculators_and_the_law(client: Client) -> None:
    page = client.get(reverse("front")).content.decode()

    for name in ("calculate-contribution", "calculate-benefit", "law"):
        # In the menu, as a door of the front page, and at the foot.
        assert page.count(f'href="{reverse(name)}"') == 4, name


def test_before_the_first_measuring_pages_teach_what_will_come(as_role: Any) -> None:
    MeasureRun.objects.all().delete()
    client = as_role(Role.LEADER)

    assert "Cakupan belum dihitung" in client.get(reverse("front")).content.decode()
    assert "Cakupan belum dihitung" in client.get(reverse("coverage")).content.decode()
    assert client.get(reverse("home")).status_code == 200


def test_the_trail_shows_a_broken_chain(as_role: Any) -> None:
    from semesta.audit.models import ChainHead

    ChainHead.objects.update(hash="0" * 64)

    page = as_role(Role.AUDITOR).get(reverse("trail-check")).content.decode()

    assert "Rantai tidak utuh" in page


@override_settings(DEBUG=False)
def test_a_file_that_is_gone_is_told_with_its_fix(as_role: Any, city: Any) -> None:
    from semesta.reports.models import Publication

    file = Publication.objects.first()
    Publication.objects.filter(pk=file.pk).update(filename="tidak-ada.pdf")

    response = as_role(Role.OFFICER).get(reverse("decrees-publication", args=[file.pk]))

    assert response.status_code == 400
    assert "pulihkan folder publikasi" in response.content.decode()
