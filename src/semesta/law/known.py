"""The one way to refuse a code that the law files do not have."""

from __future__ import annotations

from collections.abc import Iterable

from semesta.kernel import UserError


def check_known(word: object, known: Iterable[object], *, code: str, what: str) -> None:
    """UserError `code` that lists the known words, unless `word` is one of them.

    `what` is what the word stands for, as the message begins: `Skala usaha`.
    """
    words = [str(each) for each in known]
    if str(word) not in words:
        # A blank may be allowed, but is nothing to choose.
        shown = ", ".join(each for each in words if each)
        raise UserError(
            code,
            f"{what} {word} tidak dikenal.",
            f"Yang dikenal: {shown}.",
            "Pakai salah satu dari itu.",
        )
