"""Values that stand in a title."""

from __future__ import annotations

import pytest

from semesta.intake.titles import title_value


@pytest.mark.parametrize(
    ("titles", "value"),
    [
        (["DAFTAR", "Kode Perisai : prs-01"], "PRS-01"),
        (["KODE  PERISAI:A12 Nama: X"], "A12"),
        (["Perisai A12"], None),
        (["Kode Perisai :"], None),
        ([], None),
    ],
)
def test_the_word_after_the_label(titles: list[str], value: str | None) -> None:
    assert title_value(titles, "kode perisai") == value
