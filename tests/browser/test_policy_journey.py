"""From a draft to judged people: the officer writes, another person approves."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect
from tests.browser.conftest import PHONE, WIDE
from tests.browser.test_every_page import look


def order(page: Page) -> list[str]:
    """The keys of the order as the form lists them."""
    found = page.locator("#urutan ~ .blocks > li > input[name$='-by']").all()
    return [field.get_attribute("value") or "" for field in found]


def test_a_policy_is_written_with_the_keyboard_approved_and_used(
    open_page: Callable[..., Any],
) -> None:
    page = open_page("petugas", WIDE)
    page.goto("/kebijakan/2/sunting/")
    assert order(page) == ["continuity", "decile", "occupation_risk"]
    page.locator("#k1-up").focus()
    page.keyboard.press("Enter")
    # The place of the cursor goes along: the next key press moves the same line.
    expect(page.locator("#k0-down")).to_be_focused()
    assert order(page) == ["decile", "continuity", "occupation_risk"]
    page.get_by_label("Tambah syarat").select_option("income_below")
    page.locator("button[value=add-criterion]").click()
    expect(
        page.get_by_role("heading", name="Penghasilan paling tinggi")
    ).to_be_visible()
    page.get_by_role("button", name="Simpan rancangan").click()
    expect(page.get_by_role("alert")).to_contain_text("Belum tersimpan")
    wrong = look(page, "mistakes")
    page.get_by_label("Batas sebulan (rupiah)").fill("2.000.000")
    page.get_by_label("Pasal Penghasilan paling tinggi").fill("Pasal 7a (contoh)")
    page.get_by_role("button", name="Simpan dan lihat dampak").click()
    expect(
        page.get_by_role("heading", name=re.compile("orang akan berubah"))
    ).to_be_visible()
    page.goto("/kebijakan/2/")
    expect(
        page.get_by_text("Ditambah syarat Penghasilan paling tinggi")
    ).to_be_visible()
    page.get_by_role("button", name="Ajukan untuk disetujui").click()
    expect(page.get_by_text("Menunggu orang lain")).to_be_visible()

    leader = open_page("pimpinan", PHONE)
    leader.goto("/kebijakan/")
    leader.get_by_role("link", name=re.compile("versi 1")).first.click()
    leader.get_by_role("button", name="Setujui").click()
    expect(leader.get_by_text("Disetujui. Penilaian berikutnya")).to_be_visible()

    page.goto("/kebijakan/")
    page.get_by_role("button", name="Nilai", exact=True).click()
    expect(page.get_by_role("link", name="Kembali ke kebijakan")).to_be_visible(
        timeout=30_000
    )
    wrong += look(page, "judged")
    page.goto("/kebijakan/")
    page.get_by_role("link", name=re.compile("Hitung ulang")).last.click()
    page.get_by_role("link", name="Hitung ulang").click()
    expect(page.get_by_text("Berbeda bila dihitung hari ini")).to_be_visible()
    wrong += look(page, "replayed")
    faults = [fault for fault in page.faults if "status of 400" not in fault]

    assert wrong + faults + leader.faults == []


def test_the_form_works_without_scripts(
    open_page: Callable[..., Any], site: str
) -> None:
    browser = open_page("petugas", WIDE).context.browser
    signed_in = open_page("petugas", WIDE)
    context = browser.new_context(
        java_script_enabled=False,
        base_url=site,
        storage_state=signed_in.context.storage_state(),
    )
    page = context.new_page()
    page.goto("/kebijakan/")
    page.get_by_role("link", name=re.compile("Lanjutkan rancangan|Lihat yang")).or_(
        page.get_by_role("button", name=re.compile("Buat versi baru"))
    ).first.click()
    if page.get_by_role("link", name="Sunting", exact=True).count():
        page.get_by_role("link", name="Sunting", exact=True).click()
    before = order(page)
    page.locator("#k0-down").click()
    after = order(page)
    context.close()

    assert after == [before[1], before[0], *before[2:]]
