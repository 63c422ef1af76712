"""A decree's change goes from hand to hand; two people at once; anyone checks it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from tests.browser.conftest import PHONE


def test_a_change_goes_through_three_hands(open_page: Callable[..., Any]) -> None:
    """1. The officer proposes a change: two rejected people leave, the next come.
    2. The reviewer and the leader open it at once; the reviewer returns it first.
    3. The leader's late word is not taken, said why, and what was typed is kept.
    4. The officer proposes again, it is reviewed, the leader approves on the phone.
    5. Anyone finds it by its code, without a name.
    """
    officer = open_page("petugas")
    officer.goto("/keputusan/")
    officer.locator("main h2 a").first.click()
    officer.get_by_role("link", name="Usulkan SK perubahan").click()
    officer.get_by_label("Berlaku mulai bulan iuran").select_option(index=2)
    officer.get_by_role("button", name="Buat usulan perubahan").click()
    expect(officer.get_by_role("heading", name="Giliran Anda")).to_be_visible()
    assert Axe().run(officer).violations_count == 0
    officer.get_by_role("button", name="Usulkan untuk ditelaah").click()
    address = officer.url

    reviewer, other = open_page("penelaah"), open_page("penelaah")
    reviewer.goto(address)
    other.goto(address)
    reviewer.get_by_role("button", name="Sudah ditelaah").click()
    other.get_by_label("Alasan").fill("Alamatnya belum lengkap")
    other.get_by_role("button", name="Kembalikan").click()
    expect(other.get_by_role("alert")).to_contain_text("penelaah menelaah")

    leader = open_page("pimpinan", PHONE)
    leader.goto("/beranda/")
    leader.get_by_role("link", name="usulan SK menunggu langkah Anda").click()
    leader.get_by_label("Alasan").fill("Tulis tanggal pindahnya")
    leader.get_by_role("button", name="Kembalikan").click()

    officer.goto(address)
    expect(officer.get_by_text("Tulis tanggal pindahnya")).to_be_visible()
    officer.get_by_role("button", name="Usulkan untuk ditelaah").click()
    reviewer.goto(address)
    reviewer.get_by_role("button", name="Sudah ditelaah").click()
    leader.goto(address)
    leader.get_by_label("Nomor SK").fill("560/UBAH/1/2026")
    leader.get_by_role("button", name="Setujui").click()
    expect(leader.get_by_role("heading", name="560/UBAH/1/2026")).to_be_visible()
    assert Axe().run(leader).violations_count == 0

    code = leader.locator('main a[href^="/cek-sk/"]').get_attribute("href")
    anyone = open_page("", PHONE)
    anyone.goto("/cek-sk/")
    anyone.get_by_label("Kode SK").fill(code.split("/")[-2].lower())
    anyone.get_by_role("button", name="Periksa").click()
    expect(anyone.get_by_text("Asli dan berlaku")).to_be_visible()
    assert Axe().run(anyone).violations_count == 0
    assert [p.faults for p in (officer, reviewer, leader, anyone)] == [[], [], [], []]
