"""Pages at full city size with 8 clients: 95 % of answers under 150 ms.

Measured twice: with people's pace (each client looks at a page for half a second before
the next) and without any pause, which shows how much the server carries at most.
"""

from __future__ import annotations

import re
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from pathlib import Path
from random import Random
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

from bench.machine import semesta

CLIENTS, ROUNDS, PORT = 8, 15, 8231
PAUSE = 0.5  # seconds a person looks at a page, at the very least
SITE = f"http://127.0.0.1:{PORT}"
PASSWORD = "semesta-contoh"
LINK = re.compile(r'href="(/[^"#?]+/)"')


def run(folder: Path) -> dict[str, Any]:
    """Milliseconds per page: median, p95, and p95 over all."""
    server = subprocess.Popen(
        semesta("serve", "--workspace", folder / "kota", "--port", str(PORT)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait()
        pages = _pages(_client("petugas"))
        clients = [_client(name) for name in ("petugas", "auditor") * (CLIENTS // 2)]
        _visit(clients[0], pages, pause=0)
        with_pauses = _all_visit(clients, pages, pause=PAUSE)
        without = _all_visit(clients, pages, pause=0)
    finally:
        server.terminate()
        server.wait()
    return {
        "goal": "p95 under 150 ms with 8 clients",
        "with_pauses": _summary(with_pauses),
        "without_pauses": _summary(without),
    }


def _all_visit(
    clients: list[OpenerDirector], pages: list[str], *, pause: float
) -> list[tuple[str, float]]:
    with ThreadPoolExecutor(CLIENTS) as pool:
        taken = pool.map(lambda client: _visit(client, pages, pause=pause), clients)
        return [item for visits in taken for item in visits]


def _wait() -> None:
    for _ in range(100):
        try:
            build_opener().open(SITE + "/", timeout=5).read()
            return
        except URLError:
            time.sleep(0.2)
    raise SystemExit("the server did not start")


def _client(username: str) -> OpenerDirector:
    jar = CookieJar()
    client = build_opener(HTTPCookieProcessor(jar))
    client.open(SITE + "/masuk/").read()
    token = next(cookie.value for cookie in jar if cookie.name == "csrftoken")
    form = {"login": username, "password": PASSWORD, "csrfmiddlewaretoken": token}
    client.open(SITE + "/masuk/", urlencode(form).encode()).read()
    return client


def _pages(client: OpenerDirector) -> list[str]:
    """The front page, the home page and what its menu leads to."""
    home = client.open(SITE + "/").read().decode()
    inside = client.open(SITE + "/beranda/").read().decode()
    links = set(LINK.findall(home + inside))
    kept = {x for x in links if not x.startswith(("/masuk", "/static", "/unduh"))}
    return sorted(kept | {"/"})


def _visit(
    client: OpenerDirector, pages: list[str], *, pause: float
) -> list[tuple[str, float]]:
    """Every page ROUNDS times in an order of one's own; milliseconds of each."""
    taken = []
    chance = Random(id(client))
    for _ in range(ROUNDS):
        for page in chance.sample(pages, len(pages)):
            time.sleep(pause * chance.uniform(0.5, 1.5))
            began = time.perf_counter()
            try:
                client.open(SITE + page).read()
            except URLError as error:
                if getattr(error, "code", 0) != 403:
                    raise
            taken.append((page, (time.perf_counter() - began) * 1000))
    return taken


def _summary(found: list[tuple[str, float]]) -> dict[str, Any]:
    by_page: dict[str, list[float]] = {}
    for page, milliseconds in found:
        by_page.setdefault(page, []).append(milliseconds)
    return {
        "requests": len(found),
        "p95_ms": _percentile([ms for _, ms in found], 95),
        "pages": {
            page: {"p50_ms": _percentile(ms, 50), "p95_ms": _percentile(ms, 95)}
            for page, ms in sorted(by_page.items())
        },
    }


def _percentile(values: list[float], share: int) -> float:
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, len(ordered) * share // 100)], 1)
