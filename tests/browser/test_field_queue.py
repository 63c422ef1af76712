"""A weak network in the field: what was answered is never lost and never counted twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect
from tests.browser.conftest import PHONE

from semesta.access.queries import DEMO_PASSWORD

NOTE = "#field-queue"


def walk(page: Page) -> list[str]:
    """Opens the list and waits until its pages are kept on the telephone."""
    page.goto("/lapangan/")
    page.wait_for_selector("html[data-walk-kept]")
    links = page.locator("a[data-task]").all()
    return [str(link.get_attribute("href")) for link in links]


def left(page: Page) -> int:
    return int(page.locator(".headline-row .big").first.inner_text())


def confirm(page: Page) -> None:
    page.locator(".verdict-confirm").click()
    page.get_by_role("button", name="Simpan, lalu orang berikutnya").click()


def test_two_answers_without_a_network_arrive_once(
    open_page: Callable[..., Any],
) -> None:
    page = open_page("kelurahan", PHONE)
    before, tasks = len(walk(page)), walk(page)
    people = left(page)

    page.context.set_offline(True)
    page.goto(tasks[0])
    confirm(page)
    page.wait_for_url(f"**{tasks[1]}")
    confirm(page)
    page.wait_for_url(f"**{tasks[2]}")
    page.reload()
    expect(page.locator(NOTE)).to_contain_text("2 jawaban menunggu sinyal")
    page.goto("/lapangan/")
    expect(page.locator("a[data-waiting]")).to_have_count(2)

    page.context.set_offline(False)
    expect(page.locator(NOTE)).to_contain_text("2 jawaban terkirim")
    page.reload()

    assert len(walk(page)) == before - 2
    assert left(page) == people - 2
    assert not page.locator(NOTE).is_visible()


def test_an_answer_outlives_its_session(open_page: Callable[..., Any]) -> None:
    page = open_page("kelurahan", PHONE)
    tasks = walk(page)
    page.goto(tasks[0])
    page.context.clear_cookies()
    confirm(page)
    page.wait_for_url("**/masuk/**")
    page.get_by_label("Nama pengguna").fill("kelurahan")
    page.get_by_label("Kata sandi").fill(DEMO_PASSWORD)
    page.get_by_label("Kata sandi").press("Enter")

    expect(page.locator(NOTE)).to_contain_text("1 jawaban terkirim")


def test_signing_out_forgets_the_kept_pages(open_page: Callable[..., Any]) -> None:
    page = open_page("kelurahan", PHONE)
    walk(page)
    page.locator(".me summary").click()
    page.locator(".me-box").get_by_role("button", name="Keluar").click()
    page.wait_for_url(lambda url: "/lapangan/" not in url)

    assert page.evaluate("caches.has('semesta-field-pages')") is False
    assert page.evaluate("localStorage.length") == 0
