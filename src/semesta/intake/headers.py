"""Header texts: one key for all ways to write a header, and columns matched to fields."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

_SHORTEST_BEGINNING = 4
_LAST = 100
_IN_BRACKETS = re.compile(r"[(\[](.*?)[)\]]")
_SAYS_NOTHING = re.compile(r"(?:kolom|column|col|field|unnamed)?\d*|[a-z]")


def header_key(text: str) -> str:
    """Letters and digits only: `No. KK`, `NO_KK`, `no kk ` → `nokk`."""
    return "".join(c for c in text.lower() if c.isalnum())


def says_nothing(key: str) -> bool:
    """Whether a header key is a place or a letter only (`kolom3`, `b`): any office's
    list may have it, over anything."""
    return bool(_SAYS_NOTHING.fullmatch(key))


class Header(NamedTuple):
    """One column's header: the text to show, and its keys, the fullest first."""

    text: str
    keys: tuple[str, ...]


def header_of(*lines: str) -> Header:
    """The header of a column from its one or two lines, top first.

    `Alamat` over `RT` is understood as `alamatrt`, `rt` and `alamat`, in this order;
    `Tgl Lahir (dd/mm/yyyy)` also without and within its brackets.
    """
    lines = tuple(" ".join(line.split()) for line in lines)
    lines = tuple(dict.fromkeys(line for line in lines if line))
    texts = [" ".join(lines), *reversed(lines)] if len(lines) > 1 else list(lines)
    keys = []
    for text in texts:
        keys += [text, _IN_BRACKETS.sub(" ", text), *_IN_BRACKETS.findall(text)]
    found = tuple(dict.fromkeys(key for text in keys if (key := header_key(text))))
    return Header(" ".join(lines), found)


def match_columns(
    headers: Sequence[Header], aliases: Mapping[str, Sequence[str]]
) -> dict[str, int]:
    """Field → column. A column serves one field and the other way round.

    Fuller keys of a header go before its parts, so that `Nama Ibu` is not taken for
    `Nama`; among columns with equal claims the alias listed first wins.
    """
    claims = []
    for field, keys in aliases.items():
        rank = {key: place for place, key in enumerate(keys)}
        for column, header in enumerate(headers):
            claims += _claim(header, rank, column, field)
    found: dict[str, int] = {}
    taken: set[int] = set()
    for _, _, column, field in sorted(claims):
        if field not in found and column not in taken:
            found[field] = column
            taken.add(column)
    return found


Claim = tuple[int, int, int, str]


def _claim(
    header: Header, rank: Mapping[str, int], column: int, field: str
) -> list[Claim]:
    """How well a column answers to a field: by depth of its key, then rank of the alias.

    Failing that, a header that only begins like a known one (`Penghasilan rata-rata`)
    answers after all others, the longest beginning first.
    """
    for depth, key in enumerate(header.keys):
        if key in rank:
            return [(depth, rank[key], column, field)]
    begins = [
        len(alias)
        for alias in rank
        if len(alias) >= _SHORTEST_BEGINNING
        and any(key.startswith(alias) for key in header.keys[:1])
    ]
    return [(_LAST, -max(begins), column, field)] if begins else []
