"""Where two texts differ, down to letters and digits. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

# Below this likeness two words are simply different: letters they share say nothing.
ALIKE = 0.6


class Piece(NamedTuple):
    """A stretch of a text; `differs` when the other text says something else there."""

    text: str
    differs: bool


def mark(one: str, other: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces: word by word, and within words that are alike letter by
    letter. Capitals make no difference; digits of two numbers of one length are compared
    place by place."""
    words = [re.findall(r"\s+|\S+", text) for text in (one, other)]
    plain = [[_plain(word) for word in text] for text in words]
    left: list[tuple[str, bool]] = []
    right: list[tuple[str, bool]] = []
    matcher = SequenceMatcher(None, plain[0], plain[1], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        some, others = words[0][i1:i2], words[1][j1:j2]
        if tag == "equal":
            left += [(word, False) for word in some]
            right += [(word, False) for word in others]
            continue
        couples = list(zip(some, others, strict=False))
        if len(some) != len(others):
            couples = [("".join(some), "".join(others))]
        for a, b in couples:
            own, theirs = _letters(a, b)
            left += own
            right += theirs
    return _joined(left), _joined(right)


def _letters(one: str, other: str) -> tuple[list[tuple[str, bool]], ...]:
    """Two words, or two that were written as one: where their letters differ."""
    if len(one) == len(other) and _is_number(one) and _is_number(other):
        pairs = list(zip(one, other, strict=True))
        return [(a, a != b) for a, b in pairs], [(b, a != b) for a, b in pairs]
    matcher = SequenceMatcher(None, _plain(one), _plain(other), autojunk=False)
    if matcher.ratio() < ALIKE:
        return [(one, True)], [(other, True)]
    steps = matcher.get_opcodes()
    return (
        [(one[i1:i2], tag != "equal") for tag, i1, i2, _, _ in steps],
        [(other[j1:j2], tag != "equal") for tag, _, _, j1, j2 in steps],
    )


def _plain(text: str) -> str:
    """The text without capitals, letter for letter (a few would become two letters)."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _is_number(text: str) -> bool:
    return not any(letter.isalpha() for letter in text)


def _joined(pieces: Iterable[tuple[str, bool]]) -> list[Piece]:
    """Neighbours of one kind as one piece; empty ones go."""
    kept = [piece for piece in pieces if piece[0]]
    return [
        Piece("".join(text for text, _ in some), differs)
        for differs, some in groupby(kept, key=lambda piece: piece[1])
    ]
