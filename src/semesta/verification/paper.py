"""Pages of the printed form: who stands on which, and the code that names a page.

A code carries no personal data. Seven letters and digits come from a hash of round and
page, the eighth is a check: one mistyped letter is always noticed. The alphabet has no
I, L, O and U, so that nobody takes one for another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PER_PAGE = 5
_LENGTH = 7
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


class Lives(NamedTuple):
    """Where a person to be visited lives."""

    person_id: int
    kelurahan: str
    rw: str
    rt: str
    address: str


class Line(NamedTuple):
    """A person's place on paper: the page's code and the number on it, from 1."""

    person_id: int
    page_code: str
    number: int


def lines_of(round_name: str, people: Iterable[Lives]) -> Iterator[Line]:
    """Everyone's place: one RT after the other, by address, a new page per RT."""
    ordered = sorted(people, key=lambda one: (one[1:], one.person_id))
    for where, group in groupby(ordered, key=lambda one: one[1:4]):
        members = list(group)
        for page, start in enumerate(range(0, len(members), PER_PAGE), start=1):
            code = page_code([round_name, *where, str(page)])
            for number, one in enumerate(members[start : start + PER_PAGE], start=1):
                yield Line(one.person_id, code, number)


def page_code(parts: Sequence[str]) -> str:
    """`7K2M-9QXA`: the code of the page that these parts name."""
    digest = hashlib.sha256("|".join(parts).encode()).digest()
    body = "".join(ALPHABET[byte % 32] for byte in digest[:_LENGTH])
    return f"{body[:4]}-{body[4:]}{_check(body)}"


def read_code(text: str) -> str | None:
    """A typed or scanned code in its own form; None when it cannot be one."""
    letters = "".join(c for c in text.upper() if c.isalnum()).translate(_LOOKALIKES)
    if len(letters) != _LENGTH + 1 or set(letters) - set(ALPHABET):
        return None
    body = letters[:_LENGTH]
    return f"{body[:4]}-{letters[4:]}" if _check(body) == letters[-1] else None


def _check(body: str) -> str:
    # Odd weights have an inverse modulo 32, so no single wrong letter passes.
    total = sum((2 * n + 1) * ALPHABET.index(c) for n, c in enumerate(body))
    return ALPHABET[total % 32]
