"""Take the pictures of the documentation from a running demo.

    semesta demo                      (in one window)
    python scripts/take_screenshots.py http://127.0.0.1:8000

Writes `docs/images/<name>.png` (1280 wide) and `<name>-phone.png` (390 wide).
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

IMAGES = Path(__file__).parents[1] / "docs/images"
WIDTHS = {"": (1280, 860), "-phone": (390, 844)}
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync")

CONTRIBUTION = (
    "/hitung/iuran/?kerja=mandiri&pekerjaan=ojek&penghasilan=1.200.000&pembayar=BAZNAS"
    "&bulan=2026-05"
)


def search(page: Page) -> None:
    """Find somebody who stands on the decree and open their page."""
    page.goto("/keputusan/")
    page.locator("main h2 a").first.click()
    page.locator("tbody th a").nth(3).click()


def proposal(page: Page) -> None:
    """Open the first proposal of a kelurahan."""
    page.goto("/kiriman/?pengirim=proposal")
    page.locator("tbody th a").first.click()


def at(path: str) -> Callable[[Page], None]:
    """Go to an address."""
    return lambda page: page.goto(path) and None


class Picture(NamedTuple):
    """A picture: its file, whose account, how to get there, the whole page or not."""

    name: str
    user: str
    go: Callable[[Page], None]
    whole: bool = True


PICTURES = (
    Picture("front", "", at("/"), whole=False),
    Picture("contribution", "", at(CONTRIBUTION)),
    Picture("benefit", "", at("/hitung/manfaat/?contoh=1")),
    Picture("law", "", at("/dasar-hukum/"), whole=False),
    Picture("law-figure", "", at("/dasar-hukum/jkm.lump_sum/")),
    Picture("law-questions", "", at("/dasar-hukum/?bagian=pertanyaan"), whole=False),
    Picture("leader", "pimpinan", at("/beranda/")),
    Picture("officer", "petugas", at("/beranda/"), whole=False),
    Picture("coverage", "pimpinan", at("/cakupan/")),
    Picture("delivery", "petugas", proposal),
    Picture("person", "petugas", search),
    Picture("pair", "petugas", at("/orang/pasangan/"), whole=False),
    Picture("cases", "petugas", at("/santunan/"), whole=False),
    Picture("employers", "kepatuhan", at("/beranda/"), whole=False),
    Picture("trail", "auditor", at("/jejak/periksa/"), whole=False),
)


def take(browser: Browser, site: str, picture: Picture, suffix: str) -> None:
    """One picture at one width."""
    width, height = WIDTHS[suffix]
    context = browser.new_context(
        viewport={"width": width, "height": height}, base_url=site, locale="id-ID"
    )
    page = context.new_page()
    if picture.user:
        page.goto("/masuk/")
        # The sign-in page of an invented city offers its accounts.
        page.locator(f".account-list small:text-is('{picture.user}')").click()
        page.wait_for_url("**/beranda/")
    picture.go(page)
    page.wait_for_load_state("networkidle")
    page.screenshot(
        path=IMAGES / f"{picture.name}{suffix}.png", full_page=picture.whole
    )
    context.close()


def main(site: str) -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("SEMESTA_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for picture in PICTURES:
            for suffix in WIDTHS:
                take(browser, site, picture, suffix)
                print(f"{picture.name}{suffix}.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
