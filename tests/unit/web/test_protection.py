"""The headline of a person's page, from the law's own standing."""

from __future__ import annotations

from datetime import date

import pytest

from semesta.kernel import Month
from semesta.law.membership import NEVER, Paid, standing
from semesta.web.people.protection import Tenure, paid_ahead, protection_of

ON = date(2026, 1, 31)


def bpu(*ranges: tuple[str, str]) -> dict[str, object]:
    paid = [Paid(Month.parse(a), Month.parse(b)) for a, b in ranges]
    return {"BPU": standing(paid, on=ON), "PU": NEVER}


@pytest.mark.parametrize(
    ("ranges", "tone", "headline"),
    [
        ([("2025-05", "2026-07")], "good", "Terlindungi hari ini"),
        ([("2025-05", "2025-12")], "wait", "Masih terlindungi, tetapi menunggak"),
        ([("2024-01", "2025-01")], "bad", "Tidak terlindungi"),
        ([], "plain", "Belum pernah terlindungi"),
    ],
)
def test_headline(ranges: list[tuple[str, str]], tone: str, headline: str) -> None:
    found = protection_of(bpu(*ranges), on=ON, died_on=None, dead=False)

    assert (found.tone, found.headline) == (tone, headline)


def test_the_better_membership_speaks() -> None:
    standings = bpu(("2020-01", "2020-04"))
    standings["PU"] = standing(
        [Paid(Month(2025, 1), Month(2026, 3))], on=ON, segment="PU"
    )

    assert protection_of(standings, on=ON, died_on=None, dead=False).segment == "PU"


def test_of_the_dead_no_benefit_is_imagined() -> None:
    found = protection_of(
        bpu(("2025-05", "2026-07")), on=ON, died_on=date(2025, 6, 14), dead=True
    )

    assert "14 Juni 2025" in found.sentence
    assert found.answer is None


def test_tenure_counts_toward_the_scholarship() -> None:
    assert (Tenure(30, 36).short, Tenure(40, 36).short) == (6, 0)
    assert Tenure(40, 36).share == 100


def test_months_paid_ahead_are_those_not_begun() -> None:
    assert paid_ahead(bpu(("2025-05", "2026-07"))["BPU"], ON) == 5
    assert paid_ahead(NEVER, ON) == 0
