"""Differences are marked down to letters and digits, and only where they help."""

from __future__ import annotations

import pytest

from semesta.web.people.marking import Piece, mark


def shown(pieces: list[Piece]) -> str:
    return "".join(f"[{p.text}]" if p.differs else p.text for p in pieces)


@pytest.mark.parametrize(
    ("one", "other", "left", "right"),
    [
        ("ROSMAINI", "Rosmaini", "ROSMAINI", "Rosmaini"),
        ("MUHAMMAD YUSUF", "MUHAMMAD YUSUP", "MUHAMMAD YUSU[F]", "MUHAMMAD YUSU[P]"),
        ("YUSUF", "YUSUF ALI", "YUSUF", "YUSUF[ ALI]"),
        ("1374***1****9001", "1374***2****9001", "1374***[1]****9001", "1374***[2]****9001"),
        ("003", "03", "[0]03", "03"),
        ("10 Februari 1979", "3 Maret 1998", "[10] [Februari] 19[79]", "[3] [Maret] 19[98]"),
        ("JL MAWAR", "JL. CEMPAKA", "JL [MAWAR]", "JL[.] [CEMPAKA]"),
        ("RAHMAT HIDAYAT", "RAHMATHIDAYAT", "RAHMAT[ ]HIDAYAT", "RAHMATHIDAYAT"),
        ("ROSMAINI", "BUYUNG", "[ROSMAINI]", "[BUYUNG]"),
        ("İBRAHIM", "İbrahin", "İBRAHI[M]", "İbrahi[n]"),
    ],
)  # fmt: skip
def test_what_is_marked(one: str, other: str, left: str, right: str) -> None:
    pieces = mark(one, other)
    assert (shown(pieces[0]), shown(pieces[1])) == (left, right)


@pytest.mark.parametrize(
    ("one", "other"), [("ABC DEF", "XABD EF"), ("a", ""), ("", "")]
)
def test_the_pieces_make_the_text(one: str, other: str) -> None:
    left, right = mark(one, other)
    assert "".join(p.text for p in left) == one
    assert "".join(p.text for p in right) == other
