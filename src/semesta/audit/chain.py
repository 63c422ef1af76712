"""The hash chain: each event's hash covers its content and the hash before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

GENESIS = "0" * 64


class Link(NamedTuple):
    """An event as the chain sees it."""

    seq: int
    at: datetime
    actor: str
    action: str
    subject: str
    authority: str
    detail: dict[str, Any]
    previous_hash: str
    hash: str


def content_hash(value: object) -> str:
    """SHA-256 of a JSON value in one canonical form."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def link_hash(link: Link) -> str:
    """The hash an event must carry, from its content and its predecessor's hash."""
    at = link.at.astimezone(UTC).isoformat(timespec="microseconds")
    return content_hash(
        [
            link.seq, at, link.actor, link.action, link.subject, link.authority,
            link.detail, link.previous_hash,
        ]
    )  # fmt: skip


class Break(NamedTuple):
    """A place where the chain does not hold, and what that means."""

    seq: int
    code: str
    message: str


def find_breaks(links: Iterable[Link], *, head_seq: int, head_hash: str) -> list[Break]:
    """Every break in a chain in order of `seq`; an empty list means it is whole."""
    breaks: list[Break] = []
    expected_seq, previous = 1, GENESIS
    for link in links:
        if link.seq != expected_seq:
            breaks.append(
                Break(link.seq, "audit.missing", f"peristiwa {expected_seq} hilang")
            )
        elif link.previous_hash != previous:
            breaks.append(Break(link.seq, "audit.order", "urutan peristiwa berubah"))
        if link_hash(link) != link.hash:
            breaks.append(Break(link.seq, "audit.changed", "isi peristiwa berubah"))
        expected_seq, previous = link.seq + 1, link.hash
    if (expected_seq - 1, previous) != (head_seq, head_hash or GENESIS):
        breaks.append(
            Break(
                expected_seq, "audit.tail", "peristiwa terakhir hilang atau bertambah"
            )
        )
    return breaks
