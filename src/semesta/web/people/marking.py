"""Where two texts differ, down to letters and digits. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

# Below this likeness two texts are simply different: letters they share say nothing.
ALIKE = 0.5


class Piece(NamedTuple):
    """A stretch of a text; `differs` when the other text says something else there."""

    text: str
    differs: bool


def mark(one: str, other: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces. Capitals make no difference; digits of two numbers of one
    length are compared place by place."""
    if _plain(one) == _plain(other):
        return [Piece(one, differs=False)], [Piece(other, differs=False)]
    if len(one) == len(other) and _is_number(one) and _is_number(other):
        return _by_place(one, other), _by_place(other, one)
    matcher = SequenceMatcher(None, _plain(one), _plain(other), autojunk=False)
    if matcher.ratio() < ALIKE:
        return [Piece(one, differs=True)], [Piece(other, differs=True)]
    steps = matcher.get_opcodes()
    left = [(one[i1:i2], tag != "equal") for tag, i1, i2, _, _ in steps]
    right = [(other[j1:j2], tag != "equal") for tag, _, _, j1, j2 in steps]
    return _joined(left), _joined(right)


def _plain(text: str) -> str:
    """The text without capitals, letter for letter (a few would become two letters)."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _is_number(text: str) -> bool:
    return not any(letter.isalpha() for letter in text)


def _by_place(one: str, other: str) -> list[Piece]:
    return _joined((a, a != b) for a, b in zip(one, other, strict=True))


def _joined(pieces: Iterable[tuple[str, bool]]) -> list[Piece]:
    """Neighbours of one kind as one piece; empty ones go."""
    kept = [piece for piece in pieces if piece[0]]
    return [
        Piece("".join(text for text, _ in some), differs)
        for differs, some in groupby(kept, key=lambda piece: piece[1])
    ]
