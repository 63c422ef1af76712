"""How many answers settle a doubtful pair, and what they come to."""

from __future__ import annotations

import pytest

from semesta.linkage.verdicts import HARDEST, STRONG, Doubt, Verdict, verdict

EASY = Doubt(mean=1.0, pair=1.0, threshold=0.0)
HARDEST_PAIR = Doubt(mean=HARDEST - 0.01, pair=2.0, threshold=0.0)
CLEARLY_SAME = Doubt(mean=1.0, pair=STRONG, threshold=0.0)
OPEN = Verdict("", disputed=False)


def settled(answer: str) -> Verdict:
    return Verdict(answer, disputed=False)


@pytest.mark.parametrize(
    ("doubt", "answers", "expected"),
    [
        (EASY, [], OPEN),
        (EASY, ["unsure"], OPEN),
        (EASY, ["unsure", "same"], settled("same")),
        (EASY, ["different"], settled("different")),
        (HARDEST_PAIR, ["same"], OPEN),
        (HARDEST_PAIR, ["same", "unsure"], OPEN),
        (HARDEST_PAIR, ["same", "same"], settled("same")),
        (HARDEST_PAIR, ["same", "different"], Verdict("", disputed=True)),
        (HARDEST_PAIR, ["same", "different", "unsure"], Verdict("", disputed=True)),
        (HARDEST_PAIR, ["same", "different", "different"], settled("different")),
        (CLEARLY_SAME, ["same"], settled("same")),
        (CLEARLY_SAME, ["different"], OPEN),
        (CLEARLY_SAME, ["different", "different"], settled("different")),
        (CLEARLY_SAME, ["different", "same"], Verdict("", disputed=True)),
    ],
)
def test_what_answers_come_to(
    doubt: Doubt, answers: list[str], expected: Verdict
) -> None:
    assert verdict(doubt, answers) == expected


def test_strength_is_that_of_the_pair_and_else_of_its_groups() -> None:
    weak_groups = Doubt(mean=0.0, pair=-STRONG - 1, threshold=-1.0)
    assert weak_groups.contradicts("same")
    assert not weak_groups.contradicts("different")
    assert not weak_groups.contradicts("unsure")
    assert Doubt(mean=-STRONG, pair=None, threshold=0.0).contradicts("same")
