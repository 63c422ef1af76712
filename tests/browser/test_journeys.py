"""What people come to do, from beginning to end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from tests.browser.conftest import PHONE

from semesta.access.queries import DEMO_PASSWORD


def test_an_officer_signs_in_and_searches_without_a_mouse(
    open_page: Callable[..., Any],
) -> None:
    """1. The officer opens the sign-in page and tabs past the head to the form.
    2. Name, Tab, password, Enter: the home page opens.
    3. Tab shows "Langsung ke isi" first, so the menu can be skipped.
    4. The menu is reached by Tab, and Enter on "Orang" opens the search.
    5. Three letters and Enter find people; Tab reaches the first, Enter opens it.
    """
    page = open_page()
    page.goto("/masuk/")
    press_until(page, "#id_login")
    page.keyboard.type("petugas")
    page.keyboard.press("Tab")
    page.keyboard.type(DEMO_PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/beranda/")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Langsung ke isi")).to_be_focused()
    press_until(page, 'nav.rooms-wide a[href="/orang/"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**/orang/")

    press_until(page, "#text")
    page.keyboard.type("rahmat")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="orang ditemukan")).to_be_visible()
    press_until(page, "tbody a")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Bulan yang dibayar")).to_be_visible()


def test_a_doubtful_pair_is_answered_and_undone_by_keys(
    open_page: Callable[..., Any],
) -> None:
    """1. The officer opens the pair: the focus is on it, the reasons come by themselves.
    2. T answers "tidak tahu"; U takes it back, and the pair stands there again.
    3. While a note is typed, its letters answer nothing.
    """
    page = open_page("petugas")
    page.goto("/orang/pasangan/")
    expect(page.get_by_text("ke arah sama").first).to_be_visible()
    assert Axe().run(page).violations_count == 0

    page.keyboard.press("t")
    expect(page.get_by_text("diteruskan kepada orang lain")).to_be_visible()
    page.keyboard.press("u")
    expect(page.get_by_text("Jawaban ditarik")).to_be_visible()

    page.get_by_text("Tambahkan catatan").click()
    page.get_by_label("Apa yang Anda ketahui tentang mereka?").fill("")
    page.keyboard.type("bst")
    expect(page.get_by_label("Apa yang Anda ketahui")).to_have_value("bst")
    assert page.faults == []


def press_until(page: Any, selector: str, most: int = 40) -> None:
    """Tab until the first element of the selector has the focus."""
    target = page.locator(selector).first
    for _ in range(most):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{selector} cannot be reached by Tab")


def test_a_file_is_sent_and_its_questions_come_back(
    open_page: Callable[..., Any], tmp_path: Path
) -> None:
    """1. The officer has a proposal as a CSV with a damaged NIK in it.
    2. They send it; the page says that it is being read and renews itself.
    3. The delivery opens by itself, with the row that waits for an answer.
    """
    file = tmp_path / "Usulan_Sigando_tambahan.csv"
    file.write_text(
        "NO;NAMA;NIK;TANGGAL LAHIR;ALAMAT;PEKERJAAN\n"
        "1;CONTOH SATU;1374010101909001;01-01-1990;JL. CONTOH 1;PETANI\n"
        "2;CONTOH DUA;1,37401E+15;02-02-1992;JL. CONTOH 2;PENJAHIT\n"
    )
    page = open_page("petugas")
    page.goto("/kiriman/")
    page.get_by_role("link", name="Kirim berkas").click()
    page.get_by_label("Berkas").set_input_files(file)
    page.get_by_role("button", name="Kirim").click()

    expect(page.get_by_role("heading", name=file.name)).to_be_visible()
    expect(page.get_by_role("heading", name="Baris demi baris")).to_be_visible(
        timeout=30_000
    )
    expect(page.get_by_text("notasi ilmiah").first).to_be_visible()
    assert page.faults == []


def test_a_number_is_shown_for_a_reason_and_the_auditor_sees_it(
    open_page: Callable[..., Any],
) -> None:
    """1. The lurah looks at somebody of their kelurahan: the NIK is masked.
    2. They ask for the whole number and say why; it is shown, not in the address.
    3. The auditor finds both looks in the trail, and the chain holds.
    """
    page = open_page("kelurahan", PHONE)
    page.goto("/orang/")
    page.get_by_label("Nama atau NIK").fill("rahmat")
    page.get_by_role("button", name="Cari").click()
    page.locator("tbody a").first.click()
    number = page.locator("dt:has-text('NIK') + dd").first
    expect(number).to_contain_text("********")
    person = page.url.rstrip("/").rpartition("/")[2]

    page.get_by_text("Tampilkan NIK lengkap").click()
    page.get_by_label("Untuk apa?").select_option("verify")
    page.get_by_role("button", name="Tampilkan").click()
    assert len(number.inner_text()) == 16
    assert number.inner_text() not in page.url

    auditor = open_page("auditor")
    auditor.goto(f"/jejak/?perihal=person:{person}")
    expect(auditor.get_by_text("NIK dibuka").first).to_be_visible()
    expect(auditor.get_by_text("Data orang dilihat").first).to_be_visible()
    auditor.get_by_role("link", name="Periksa keutuhan").click()
    expect(auditor.get_by_role("heading", name="Rantai utuh")).to_be_visible()


def test_the_mayor_sees_how_far_the_city_is(open_page: Callable[..., Any]) -> None:
    """1. The home page has the one figure, with what stands behind it.
    2. From there to coverage; another way of counting gives another figure.
    3. A tile of the map opens that kelurahan, beside the whole city.
    """
    page = open_page("pimpinan")
    headline = page.locator(".big").first.inner_text()
    page.get_by_role("link", name="Menurut segmen dan kelurahan").click()
    expect(page.locator(".big").first).to_have_text(headline)

    page.get_by_role("link", name="36 bulan iuran").click()
    expect(page.locator(".big").first).not_to_have_text(headline)

    page.locator("a.tile", has_text="Ganting").click()
    expect(page.get_by_role("heading", name="Kelurahan Ganting")).to_be_visible()
    expect(
        page.get_by_role("heading", name="Dibanding seluruh wilayah")
    ).to_be_visible()


def test_on_a_phone_the_menu_opens_and_leads_on(open_page: Callable[..., Any]) -> None:
    """1. On a phone the menu is one line that names the present room.
    2. Opened, it shows every room; touching one leads there.
    """
    page = open_page("kelurahan", PHONE)
    menu = page.locator(".rooms-small summary")
    expect(menu).to_contain_text("Beranda")
    menu.click()
    page.locator(".rooms-small").get_by_role("link", name="Santunan").click()
    expect(page.get_by_role("heading", name="Santunan", level=1)).to_be_visible()


def test_a_visitor_needs_no_account_for_the_figures(
    open_page: Callable[..., Any],
) -> None:
    """1. Anyone opens the front page: the figure, its definition, the map, the months.
    2. Every link on it leads somewhere.
    """
    page = open_page()
    page.goto("/")
    expect(page.locator(".big").first).to_be_visible()
    expect(page.get_by_text("Penyebut").first).to_be_visible()
    for link in {a.get_attribute("href") for a in page.locator("a[href]").all()}:
        if link.startswith("/"):
            assert page.request.get(link).ok, link


def test_a_widow_on_a_phone_works_out_what_she_gets(
    open_page: Callable[..., Any],
) -> None:
    """1. A widow opens the front page on a phone; with Tab she reaches "Hitung manfaat".
    2. She says with the arrow keys what happened: her husband died of an illness. Only
       now the page asks for the children, and it asks nothing about an accident.
    3. She types the day, chooses the months that were paid, and fills in one child, but
       forgets in which class it is; Enter. The page says so beside the question.
    4. She follows the link to it, chooses the class, and presses Enter again.
    5. At the top stands what she receives, and what of it comes only after arrears.
       Below stand the article, the papers, where to bring them, and the school money.
    6. Nothing of what she wrote stands in the address.
    """
    page = open_page("", PHONE)
    page.goto("/")
    press_until(page, '.door a[href="/hitung/manfaat/"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**/hitung/manfaat/")
    expect(page.get_by_role("heading", name="Contoh")).to_be_visible()

    expect(page.get_by_role("heading", name="3. Anak")).to_be_hidden()
    press_until(page, "[name=peristiwa]")
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", name="3. Anak")).to_be_visible()
    expect(page.get_by_text("Berapa hari tidak dapat bekerja?")).to_be_hidden()

    write(page, "12", "Januari", "2026")
    press_until(page, "[name=kerja]")
    page.keyboard.press("Space")
    press_until(page, "[name=iuran]")
    page.keyboard.press("Space")
    write(page, "Oktober", "2022", "Oktober", "2025")
    press_until(page, "[name=anak1-lahir_0]")
    page.keyboard.type("2")
    write(page, "April", "2013")
    page.keyboard.press("Enter")

    problem = page.get_by_role("alert")
    expect(problem).to_contain_text("1 isian perlu diperbaiki")
    press_until(page, '[role=alert] a[href="#isian-anak1-sekolah"]')
    page.keyboard.press("Enter")
    write(page, "SD kelas 6")
    # From a list Enter sends no form, as everywhere: on to the button.
    press_until(page, "form.ask button[type=submit]")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Keluarga menerima")).to_be_visible()
    answer = page.locator(".verdict")
    expect(answer).to_contain_text("dapat dicairkan sekarang")
    expect(answer).to_contain_text("sesudah tunggakan dilunasi")
    expect(answer).to_contain_text("beasiswa")
    for heading in ("Rincian menurut pasal", "Langkah dan tenggatnya", "Beasiswa anak"):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    expect(page.get_by_text("Akta atau surat keterangan kematian")).to_be_visible()
    expect(page.get_by_text("Ahli waris → BPJS Ketenagakerjaan")).to_be_visible()
    assert page.url.endswith("/hitung/manfaat/")
    assert page.faults == []


def write(page: Any, *texts: str) -> None:
    """Tab to the next field and type, once for each text; lists go to what is typed."""
    for text in texts:
        page.keyboard.press("Tab")
        page.keyboard.type(text, delay=15)


def test_a_contribution_is_answered_while_choosing(
    open_page: Callable[..., Any],
) -> None:
    """1. A driver opens the page: an example teaches.
    2. Choosing the work says what is still missing, without scolding.
    3. With the income the answer appears beside the form; another payer changes it.
    4. The address holds the question: opened anew it gives the same answer.
    5. Its open question leads to the page of the law.
    """
    page = open_page()
    page.goto("/hitung/iuran/")
    expect(page.get_by_role("heading", name="Contoh")).to_be_visible()
    page.get_by_label("Pekerjaan Anda").select_option("ojek")
    expect(page.get_by_role("heading", name="Masih perlu diisi")).to_be_visible()

    page.get_by_label("Penghasilan sebulan").fill("1,2 juta")
    page.keyboard.press("Tab")
    total = page.locator(".verdict .value")
    expect(total).to_be_visible()
    first = total.inner_text()
    page.get_by_label("Siapa yang membayar iuran").select_option("APBD")
    expect(total).not_to_have_text(first)
    page.get_by_label("Siapa yang membayar iuran").select_option("CSR")
    expect(page.get_by_role("heading", name="Yang belum pasti")).to_be_visible()

    now = total.inner_text()
    page.reload()
    expect(total).to_have_text(now)
    page.locator("a[href*='bagian=pertanyaan#']").first.click()
    expect(page.get_by_role("heading", name="Dasar hukum", level=1)).to_be_visible()
    assert page.faults == []


def test_the_law_is_found_while_typing(open_page: Callable[..., Any]) -> None:
    """1. A councillor types a word: the figures that have it appear, with their laws.
    2. The first opens: what holds today is large, its history stands below.
    """
    page = open_page("", PHONE)
    page.goto("/dasar-hukum/")
    page.get_by_label("Cari aturan, angka, atau peraturan").press_sequentially(
        "pemakaman"
    )
    expect(page.get_by_text("yang memuat “pemakaman”")).to_be_visible()
    page.get_by_role("link", name="Biaya pemakaman JKM").click()
    expect(page.get_by_role("heading", name="Berlaku hari ini")).to_be_visible()
    expect(page.get_by_role("heading", name="Riwayat")).to_be_visible()
    assert page.faults == []


def test_the_calculators_work_without_scripts(browser: Any, site: str) -> None:
    """1. In a browser without scripts the button answers a contribution.
    2. Searching the law answers too.
    """
    context = browser.new_context(java_script_enabled=False, base_url=site)
    page = context.new_page()
    page.goto("/hitung/iuran/")
    page.get_by_text("Proyek bangunan").click()
    page.get_by_label("Nilai kontrak proyek").fill("180.000.000")
    page.get_by_role("button", name="Hitung").click()
    expect(
        page.get_by_role("heading", name="Iuran untuk seluruh proyek")
    ).to_be_visible()
    page.goto("/dasar-hukum/")
    page.get_by_label("Cari aturan, angka, atau peraturan").fill("beasiswa")
    page.get_by_role("button", name="Cari").click()
    expect(page.get_by_text("yang memuat “beasiswa”")).to_be_visible()
    context.close()
