"""A list nobody knows: sent, explained with the keyboard alone, read, known."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.browser.test_every_page import SIZES, look
from tests.browser.test_journeys import press_until
from tests.support.strange_lists import boats, nameless

DELIVERY = re.compile(r"/kiriman/[0-9a-f]{16}/$")


@pytest.mark.parametrize("size", SIZES)
def test_a_new_office_is_explained_without_a_mouse(
    open_page: Callable[..., Any], tmp_path: Path, size: str
) -> None:
    """1. The officer sends a list whose headers nobody knows; it is refused, and the page
       leads on to "Arti kolom".
    2. There every column has a proposed meaning, and the result stands below.
    3. With Tab and the keyboard they name the list and the office, and take a second
       column for the NIK: the result says by itself that this cannot be.
    4. They take it back and press Enter on "Simpan dan baca berkas": the file is read.
    5. The next list with these columns is recognised by itself.
    """
    first, later = (tmp_path / f"{name} {size}.xlsx" for name in ("Satu", "Dua"))
    first.write_bytes(boats("DAFTAR", mark=f" {size}"))
    page = open_page("petugas", SIZES[size])
    send(page, first)
    press_until(page, "a.button[href$='/kolom/']", 60)
    wrong = look(page, "refused")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kolom/")
    result = page.locator("#hasil")
    expect(result).to_contain_text("8 baris diterima")
    wrong += look(page, "columns")

    name_the_list(page, f"Pemilik perahu {size}", "Dinas Perikanan")
    press_until(page, "[name=arti-3]", 60)
    page.keyboard.type("NIK", delay=15)
    expect(result).to_contain_text("tidak ada arti yang dipilih dua kali")
    wrong += look(page, "tried")
    page.wait_for_timeout(1200)  # letters of one word are typed without a pause
    page.keyboard.type("Tanggal", delay=15)
    expect(result).to_contain_text("8 baris diterima")
    press_until(page, "button[value=simpan]", 60)
    page.keyboard.press("Enter")
    page.wait_for_url(DELIVERY)
    expect(page.get_by_role("heading", name="8 baris")).to_be_visible()

    later.write_bytes(boats("LAGI", count=3, first=11, mark=f" {size}"))
    send(page, later)
    expect(page.get_by_role("heading", name="3 baris")).to_be_visible()
    expect(page.locator(".lead")).to_contain_text("Pemilik perahu")
    assert wrong + page.faults == []


@pytest.mark.parametrize("size", SIZES)
def test_what_is_wrong_is_told_beside_the_column(
    open_page: Callable[..., Any], tmp_path: Path, size: str
) -> None:
    """1. Without a name and with one meaning twice the page comes back; it says so at the
       top, with links, and beside the column.
    2. A known list is chosen instead: name and office are no longer asked for.
    """
    path = tmp_path / f"Kolom {size}.xlsx"
    path.write_bytes(nameless(count=9 if size == "wide" else 12))
    page = open_page("petugas", SIZES[size])
    send(page, path)
    page.get_by_role("link", name="Tentukan arti kolom").click()
    page.locator("[name=arti-3]").select_option("nik")
    page.get_by_role("button", name="Simpan dan baca berkas").click()

    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("4 isian perlu diperbaiki")
    wrong = look(page, "errors")
    alert.get_by_role("link", name="Arti kolom Kolom4").click()
    expect(page.locator("#isian-arti-3")).to_be_focused()

    page.get_by_text("Daftar yang sudah dikenal").click()
    expect(page.locator("[name=judul]")).to_be_hidden()
    expect(page.locator("[name=dikenal]")).to_be_visible()
    wrong += look(page, "known")
    assert wrong + page.faults == []


def name_the_list(page: Any, title: str, office: str) -> None:
    """Tab to the list's name and type it, then the office."""
    press_until(page, "[name=judul]", 60)
    page.keyboard.type(title)
    page.keyboard.press("Tab")
    page.keyboard.type(office)


def send(page: Any, path: Path) -> None:
    """Send a file and wait until it has been read or refused."""
    page.goto("/kiriman/kirim/")
    page.get_by_label("Berkas").set_input_files(path)
    page.get_by_role("button", name="Kirim").click()
    page.wait_for_url(DELIVERY, timeout=60_000)


@pytest.mark.parametrize("size", SIZES)
def test_a_list_read_wrongly_is_read_again(
    open_page: Callable[..., Any], tmp_path: Path, size: str
) -> None:
    """1. The officer has explained a list and sees that a column was taken for another.
    2. From the delivery they change the meaning; the page shows what that would change.
    3. They agree; the rows are read anew, and the old result stands below them.
    """
    path = tmp_path / f"Keliru {size}.xlsx"
    path.write_bytes(boats("DAFTAR", first=200, mark=f" keliru {size}"))
    page = open_page("petugas", SIZES[size])
    send(page, path)
    page.get_by_role("link", name="Tentukan arti kolom").click()
    name_the_list(page, f"Kapal keliru {size}", "Dinas Perikanan")
    page.get_by_role("button", name="Simpan dan baca berkas").click()
    page.wait_for_url(DELIVERY)

    page.get_by_text("Sidik dan tabel yang dibaca").click()
    page.get_by_role("link", name="Baca ulang dengan arti kolom lain").click()
    wrong = look(page, "again")
    page.get_by_role("link", name="Ubah arti kolom daftar ini").click()
    page.locator("[name=arti-4]").select_option("address")
    page.get_by_role("button", name="Simpan arti kolom").click()
    expect(page.get_by_role("heading", name="1 kolom berubah artinya")).to_be_visible()
    wrong += look(page, "what changes")
    page.get_by_role("button", name="Baca ulang begitu").click()
    page.wait_for_url(DELIVERY)

    expect(page.get_by_role("heading", name="Pernah dibaca lain")).to_be_visible()
    expect(page.get_by_role("heading", name="8 baris")).to_be_visible()
    wrong += look(page, "read again")
    assert wrong + page.faults == []
