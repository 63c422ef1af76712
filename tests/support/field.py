"""Rounds of verification for tests: people, accounts, answers."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from tests.support.enrolment import a_person, a_plan

from semesta.access.models import Role, User
from semesta.kernel import Actor
from semesta.registry.models import Person
from semesta.verification.models import (
    FieldAnswer,
    VerificationRound,
    VerificationTask,
)
from semesta.verification.said import Said
from semesta.verification.services import answer_task, draw_round
from semesta.warehouse.workspace import Workspace

GANTING, SIGANDO = "13.74.01.1001", "13.74.01.1002"
OPENED, DUE = date(2026, 1, 5), date(2026, 2, 4)


def an_account(name: str, area: str = GANTING, role: str = Role.KELURAHAN) -> User:
    """An account, of a kelurahan unless said otherwise."""
    return User.objects.create(username=name, role=role, area=area)


def an_officer() -> User:
    return an_account("petugas", "", Role.OFFICER)


def people(count: int, **changes: Any) -> list[Person]:
    """Invented people, by default of Ganting, in RT 001 and 002."""
    first = Person.objects.count() + 1
    return [a_person(first + n, rt=f"{n % 2 + 1:03d}", **changes) for n in range(count)]


def a_round(
    workspace: Workspace,
    by: Actor,
    asked: Sequence[Person],
    *,
    places: int | None = None,
    on: date = OPENED,
    due_on: date = DUE,
    **terms: Any,
) -> VerificationRound:
    """A round about these people, from a plan of their own."""
    plan = a_plan(workspace, by, asked, places=places)
    return draw_round(
        plan=plan, workspace=workspace, by=by, on=on, due_on=due_on, **terms
    )


def answer(
    user: User,
    task: VerificationTask,
    workspace: Workspace,
    by: Actor,
    *,
    key: UUID | None = None,
    photo: bytes = b"",
    **said: Any,
) -> FieldAnswer:
    """One account's answer; confirmed unless said otherwise."""
    return answer_task(
        user=user,
        task_pk=task.pk,
        key=key or uuid4(),
        said=Said(**({"verdict": "confirm"} | said)),
        workspace=workspace,
        by=Actor(user.username, by.at),
        on=OPENED,
        photo=photo,
    )


def a_png(text: bytes = b"Author\0PETUGAS") -> bytes:
    """A picture of one dot, with a note in it."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    dot = zlib.compress(b"\0\0")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (chunk(b"IHDR", head), chunk(b"tEXt", text), chunk(b"IDAT", dot),
         chunk(b"IEND", b""))
    )  # fmt: skip


def a_jpeg(*, turn: int = 6, note: bytes = b"GPS-0.46,100.40") -> bytes:
    """Segments of a picture as a telephone writes them: place, turn, comment, image."""
    tiff = b"II*\0" + struct.pack("<IHHHIHHI", 8, 1, 0x0112, 3, 1, turn, 0, 0) + note

    def segment(marker: int, body: bytes) -> bytes:
        return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body

    return b"".join(
        (b"\xff\xd8", segment(0xE0, b"JFIF\0\1\2\0\0\1\0\1\0\0"),
         segment(0xE1, b"Exif\0\0" + tiff), segment(0xFE, note),
         segment(0xDB, bytes(65)), segment(0xDA, bytes(10)), b"\x11\x22\xff\x00\x33",
         b"\xff\xd9")
    )  # fmt: skip
