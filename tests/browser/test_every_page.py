"""Every page of every role, wide and on a phone: axe finds nothing, nothing is asked of
another host, nothing is refused by the security policy, nothing runs off the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from tests.browser.conftest import PHONE, WIDE

PAGES: dict[str, list[str]] = {
    "": [
        "/", "/masuk/", "/masuk/akun-baru/", "/tidak-ada/", "/dasar-hukum/",
        "/dasar-hukum/?kelompok=jkk", "/dasar-hukum/?cari=beasiswa",
        "/dasar-hukum/?bagian=peraturan",
        "/dasar-hukum/?bagian=pertanyaan", "/dasar-hukum/?bagian=istilah",
        "/dasar-hukum/bpu.jkk.bracket/", "/hitung/iuran/",
        "/hitung/iuran/?kerja=mandiri&pekerjaan=ojek&penghasilan=1&pembayar=CSR&bulan=2026-05",
        "/hitung/iuran/?kerja=upah&upah=4000000&risiko=2&skala=kecil&bulan=2026-01",
        "/hitung/iuran/?kerja=proyek&kontrak=salah&bulan=2026-01",
        "/hitung/manfaat/", "/hitung/manfaat/?contoh=1", "/cek-sk/", "/cek-sk/TIDAKADA/",
    ],
    "pimpinan": [
        "/beranda/", "/cakupan/", "/cakupan/?ukuran=active_vs_published",
        "/cakupan/13.74.01.1001/", "/keputusan/", "/keputusan/1/",
        "/keputusan/usulan/1/", "/keputusan/masa-beku/",
        "/pemberi-kerja/",
        "/kebijakan/", "/kebijakan/2/", "/kebijakan/2/dampak/",
        "/buku-iuran/", "/buku-iuran/selisih/1/",
    ],
    "petugas": [
        "/beranda/", "/kiriman/", "/kiriman/kirim/", "/orang/", "/orang/3/", "/orang/8/",
        "/orang/5/", "/orang/pasangan/", "/orang/pasangan/1/alasan/", "/orang/3/gabung/",
        "/orang/mutu/", "/orang/mutu/periksa/",
        "/kebijakan/", "/kebijakan/baru/", "/kebijakan/berkas/33.75/2022-apbd/",
        "/kebijakan/2/", "/kebijakan/2/sunting/", "/kebijakan/2/dampak/",
        "/keputusan/1/?status=rejected", "/keputusan/usulan/baru/",
        "/keputusan/1/perubahan/", "/perbarui/",
        "/kepesertaan/", "/kepesertaan/berkas/",
        "/kepesertaan/jawaban/", "/kepesertaan/tugas/", "/kepesertaan/tugas/1/",
        "/kepesertaan/perubahan/", "/kepesertaan/perubahan/?bulan=2026-02",
        "/kepesertaan/kalender/", "/kepesertaan/kode/", "/santunan/",
        "/rencana/", "/rencana/banding/", "/rencana/pembayar/",
        "/rencana/1/",
        "/santunan/?keadaan=semua", "/santunan/1/", "/peringatan/", "/pemberi-kerja/1/",
        "/penjaga/", "/penjaga/?hari=semua", "/buku-iuran/", "/buku-iuran/pagu/",
        "/buku-iuran/jurnal/", "/buku-iuran/tagihan/baru/", "/buku-iuran/tagihan/1/",
        "/buku-iuran/selisih/?keadaan=semua", "/buku-iuran/selisih/1/",
        "/lapangan/", "/lapangan/putaran/1/", "/lapangan/putaran/baru/",
    ],
    "kelurahan": [
        "/beranda/", "/kiriman/", "/keputusan/1/", "/peringatan/", "/penjaga/",
        "/lapangan/", "/lapangan/tugas/1/", "/lapangan/putaran/1/",
    ],
    "bpjs": ["/beranda/", "/kiriman/", "/kepesertaan/jawaban/", "/kepesertaan/kode/"],
    "kepatuhan": ["/beranda/", "/pemberi-kerja/?jenis=PWBD", "/orang/"],
    "auditor": ["/beranda/", "/jejak/", "/jejak/periksa/", "/jejak/pekerjaan/"],
    "admin": [
        "/beranda/", "/pengguna/", "/pengguna/baru/", "/pengguna/2/",
        "/masuk/dua-langkah/", "/masuk/dua-langkah/totp/activate/", "/masuk/kata-sandi/",
        "/masuk/keluar/",
    ],
}  # fmt: skip
SIZES = {"wide": WIDE, "phone": PHONE}
# Refusals and missing pages are told in the console as well.
EXPECTED = "Failed to load resource: the server responded with a status of 40"


def look(page: Page, where: str) -> list[str]:
    """What is wrong with the page as it stands."""
    for details in page.locator("details").all():
        details.evaluate("element => { element.open = true }")
    found = Axe().run(page).response["violations"]
    wrong = [f"{where}: {one['id']} at {one['nodes'][0]['target']}" for one in found]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        wrong.append(f"{where}: runs off the screen")
    if page.locator("h1").count() != 1:
        wrong.append(f"{where}: needs one h1")
    return wrong


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("user", PAGES)
def test_every_page_is_sound(
    user: str, size: str, open_page: Callable[..., Any]
) -> None:
    page = open_page(user, SIZES[size])
    wrong: list[str] = []
    for url in PAGES[user]:
        page.goto(url)
        page.wait_for_load_state("networkidle")
        wrong += look(page, url)
    wrong += [fault for fault in page.faults if EXPECTED not in fault]

    assert wrong == []


@pytest.mark.parametrize("size", SIZES)
def test_rows_of_a_delivery_and_found_people_are_sound(
    size: str, open_page: Callable[..., Any]
) -> None:
    page = open_page("petugas", SIZES[size])
    page.goto("/kiriman/")
    page.get_by_role("link", name="Usulan_Ganting.xlsx").click()
    wrong = look(page, "rows")
    page.goto("/orang/")
    page.get_by_label("Nama atau NIK").fill("rahmat")
    page.get_by_role("button", name="Cari").click()
    wrong += look(page, "found")

    assert wrong + page.faults == []


@pytest.mark.parametrize("size", SIZES)
def test_answers_and_errors_of_the_benefit_are_sound(
    size: str, open_page: Callable[..., Any]
) -> None:
    page = open_page("", SIZES[size])
    page.goto("/hitung/manfaat/")
    page.get_by_text("Kecelakaan kerja tanpa cacat").click()
    page.get_by_role("button", name="Hitung").click()
    page.get_by_role("alert").wait_for()
    wrong = look(page, "errors")
    page.goto("/hitung/manfaat/?contoh=1")
    page.locator("[name=akhir_0]").select_option("10")
    page.locator("[name=akhir_1]").select_option("2025")
    page.get_by_role("button", name="Hitung").click()
    page.get_by_text("sesudah tunggakan dilunasi").first.wait_for()
    wrong += look(page, "arrears")

    assert wrong + page.faults == []


def test_the_documentation_of_the_api_needs_no_other_host(
    open_page: Callable[..., Any],
) -> None:
    page = open_page()
    page.goto("/api/v1/docs")
    page.get_by_text("/api/v1/coverage").first.click()
    page.wait_for_load_state("networkidle")

    assert page.faults == []
