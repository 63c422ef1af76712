"""The web server and the worker for long work, as one thing to start and stop."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


def run_server(*, host: str, port: int, workers: int) -> None:
    """Serve pages until interrupted, with a worker process beside for uploads."""
    with task_worker():
        if sys.platform == "win32":
            _waitress(host, port)
        else:
            _gunicorn(host, port, workers)


def draw_charts() -> None:
    """Draw the charts once and keep them, so that the first visitor does not wait.

    In a process of its own: server processes are forked from this one, and a renderer
    that has started here would stand still in them at their first chart.
    """
    command = [sys.executable, "-m", "django", "draw_charts", "--verbosity", "0"]
    subprocess.run(command, check=True)


@contextmanager
def task_worker() -> Iterator[None]:
    """The process that reads uploaded files in the background."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "django", "db_worker", "--interval", "1"],
        stdout=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(timeout=10)


def _waitress(host: str, port: int) -> None:
    from waitress import serve

    serve(_application(), host=host, port=port, threads=8)


def _application() -> Any:
    """The site with its rules and word lists loaded, so that nobody waits for them."""
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
    call_command("warm_up")
    return application


def _gunicorn(host: str, port: int, workers: int) -> None:
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):
        """Gunicorn with its settings given here instead of on a command line."""

        def load_config(self) -> None:
            settings: dict[str, Any] = {
                "bind": f"{host}:{port}",
                "workers": workers,
                "worker_class": "gthread",
                "threads": 4,
                "timeout": 60,
                "accesslog": None,
                "errorlog": "-",
                "loglevel": "warning",
                "preload_app": False,
            }
            for name, value in settings.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return _application()

    Server().run()
