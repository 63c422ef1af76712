"""A workspace: one folder that is one city. Copy it and you have moved the city."""

from __future__ import annotations

import os
import secrets
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.resources import files
from pathlib import Path

from semesta.kernel import Region, UserError
from semesta.kernel.region import region_from

DEFAULT_REGION = "13.74"


@dataclass(frozen=True)
class Workspace:
    """Paths and settings of one city's folder; creates nothing until asked."""

    root: Path

    @property
    def database_file(self) -> Path:
        return self.root / "semesta.sqlite3"

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    @property
    def deliveries(self) -> Path:
        return self.root / "deliveries"

    @property
    def lake(self) -> Path:
        return self.root / "lake"

    @property
    def publications(self) -> Path:
        return self.root / "publications"

    @property
    def evidence(self) -> Path:
        """Photos from the field, by hash; never served as files."""
        return self.root / "evidence"

    @property
    def templates(self) -> Path:
        """The office's own letterheads."""
        return self.root / "templates"

    @property
    def settings_file(self) -> Path:
        return self.root / "settings.toml"

    @cached_property
    def settings(self) -> dict:
        """What `settings.toml` says; empty when the file does not exist."""
        if not self.settings_file.exists():
            return {}
        try:
            return tomllib.loads(self.settings_file.read_text("utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise UserError(
                "workspace.settings",
                "Berkas settings.toml ruang kerja tidak dapat dibaca.",
                f"Tulisan di dalamnya tidak sah: {error}.",
                "Perbaiki baris yang disebut, atau salin lagi dari cadangan.",
            ) from error

    @property
    def database_url(self) -> str:
        return str(self.settings.get("database_url", ""))

    @property
    def engine(self) -> str:
        """`duckdb` (default) or `spark`: which engine computes bulk results."""
        return str(self.settings.get("engine", "duckdb"))

    @property
    def public_address(self) -> str:
        """Where everyone reaches the public pages, for what is printed; blank: unknown."""
        return str(self.settings.get("public_address", "")).rstrip("/")

    @property
    def is_demo(self) -> bool:
        return bool(self.settings.get("demo", False))

    @property
    def today(self) -> date | None:
        """The day at which an invented city's calendar stands still, if any."""
        if not self.is_demo:
            return None
        if self._moved.exists():
            return date.fromisoformat(self._moved.read_text("utf-8").strip())
        return self.settings.get("today")

    @property
    def _moved(self) -> Path:
        """Where the day stands to which an invented city's calendar was moved."""
        return self.root / "today.txt"

    def move_today(self, day: date) -> None:
        """Let the invented city's calendar go on to a later day.

        UserError `calendar.real` for a real city, `calendar.back` for an earlier day.
        """
        today = self.today
        if today is None:
            raise UserError(
                "calendar.real",
                "Kalender kota ini tidak dapat dipindahkan.",
                "Hanya kota rekaan yang kalendernya berhenti; kota ini memakai hari ini.",
                "Tidak ada yang perlu dilakukan.",
            )
        if day < today:
            raise UserError(
                "calendar.back",
                f"Kalender sudah sampai {today:%d-%m-%Y}.",
                "Yang sudah tercatat tidak dapat menjadi belum terjadi.",
                "Pilih hari sesudahnya, atau susun kota rekaan yang baru.",
            )
        part = self._moved.with_suffix(".part")
        part.write_text(day.isoformat() + "\n", "utf-8")
        os.replace(part, self._moved)

    @cached_property
    def region(self) -> Region:
        return load_region(
            str(self.settings.get("region", DEFAULT_REGION)), self.root / "regions"
        )

    def create(self, **settings: object) -> Workspace:
        """Make the folders and, if there is none yet, `settings.toml`."""
        for folder in (
            self.root,
            self.inbox,
            self.deliveries,
            self.lake,
            self.publications,
        ):
            folder.mkdir(parents=True, exist_ok=True)
        if not self.settings_file.exists():
            lines = [f"{key} = {_toml(value)}" for key, value in settings.items()]
            self.settings_file.write_text("\n".join(lines) + "\n", "utf-8")
            self.__dict__.pop("settings", None)
        return self

    def secret_key(self) -> str:
        """The workspace's own signing key, made at first use, readable by its owner."""
        path = self.root / ".secret_key"
        if not path.exists():
            if not self.root.exists():
                return secrets.token_urlsafe(50)
            descriptor = os.open(path, os.O_CREAT | os.O_WRONLY, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(50))
        return path.read_text()


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | int):
        return str(value)
    return f'"{value}"'


def load_region(code: str, own: Path | None = None) -> Region:
    """The region with this code, from the workspace's own files or those shipped."""
    for folder in ([own] if own else []) + [files("semesta") / "regions"]:
        path = folder / f"{code}.toml"
        if path.is_file():
            return region_from(tomllib.loads(path.read_text("utf-8")))
    raise UserError(
        "region.unknown",
        f"Wilayah dengan kode {code} tidak dikenal.",
        "Semesta hanya memuat wilayah yang berkasnya ada.",
        "Muat berkas wilayah dengan `semesta regions load BERKAS.toml`.",
    )
