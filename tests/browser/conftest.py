"""A real server on a small city, and a real browser looking at it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from semesta.access.queries import DEMO_PASSWORD

ROOT = Path(__file__).parents[2]
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
WIDE = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
PATIENCE = 60


def chromium() -> str:
    """The browser of the machine; SEMESTA_CHROMIUM names another one."""
    found = os.environ.get("SEMESTA_CHROMIUM") or next(
        filter(
            None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))
        ),
        None,
    )
    if not found:
        pytest.skip("no Chromium: install it or name it in SEMESTA_CHROMIUM")
    return found


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server on a small city, with its worker, as `serve` runs them."""
    folder = tmp_path_factory.mktemp("browser") / "kota"
    environment = os.environ | {
        "SEMESTA_WORKSPACE": str(folder),
        "DJANGO_SETTINGS_MODULE": "semesta.config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    run = {"env": environment, "cwd": ROOT}
    python = sys.executable
    subprocess.run(
        [python, "-m", "tests.support.pages", str(folder)], check=True, **run
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = [python, "-m", "gunicorn", "semesta.config.wsgi", "--threads", "4"]
    started = [
        subprocess.Popen([*server, "--bind", f"127.0.0.1:{port}"], **run),
        subprocess.Popen(
            [python, "-m", "django", "db_worker", "--interval", "0.2"], **run
        ),
    ]
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address)
        yield address
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(timeout=20)


def _wait_for(address: str) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(f"{address}/masuk/", timeout=30).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=list(FLAGS)
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Open a window of a size, signed in as a demo account if one is named.

    The page gathers what went wrong in `page.faults`: errors in the console (a refused
    style or script shows there), failed requests, and requests to another host.
    """
    contexts = []

    def opened(user: str = "", size: Any = WIDE) -> Page:
        context = browser.new_context(viewport=size, base_url=site, locale="en-US")
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.faults = []  # type: ignore[attr-defined]
        _gather_faults(page, site)
        if user:
            page.goto("/masuk/")
            page.get_by_label("Nama pengguna").fill(user)
            page.get_by_label("Kata sandi").fill(DEMO_PASSWORD)
            page.get_by_label("Kata sandi").press("Enter")
            page.wait_for_url("**/beranda/")
        return page

    yield opened
    for context in contexts:
        context.close()


def _gather_faults(page: Page, site: str) -> None:
    faults: list[str] = page.faults  # type: ignore[attr-defined]

    def request(request: Any) -> None:
        if not request.url.startswith((site, "data:")):
            faults.append(f"asked another host: {request.url}")

    def console(message: Any) -> None:
        if message.type == "error":
            faults.append(f"console: {message.text}")

    page.on("request", request)
    page.on("console", console)
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
