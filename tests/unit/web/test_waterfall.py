"""A pair's weight, step by step: the bars join, and the words say where they push."""

from __future__ import annotations

import pytest

from semesta.linkage.explanation import Part, Reasons
from semesta.web.people.waterfall import likelihood, push, waterfall


def part(label: str, weight: float, level: str | None = "x") -> Part:
    return Part(label, label, level, f"{label} begini", weight)


REASONS = Reasons(
    -8.0, [part("nama", 6.0), part("NIK", -2.0), part("KK", 8.0), part("HP", 0, None)]
)


def ends(step: object) -> tuple[float, float]:
    x = float(step.x.removesuffix("%"))  # type: ignore[attr-defined]
    return x, x + float(step.width.removesuffix("%"))  # type: ignore[attr-defined]


def test_each_bar_begins_where_the_one_before_ended() -> None:
    fall = waterfall(REASONS)
    middle = float(fall.middle.removesuffix("%"))
    first, second, third = map(ends, fall.steps)
    assert ends(fall.start) == pytest.approx((first[0], middle), abs=0.02)
    assert first[1] == pytest.approx(second[1], abs=0.02)
    assert second[0] == pytest.approx(third[0], abs=0.02)
    assert third[1] == pytest.approx(ends(fall.total)[1], abs=0.02)
    assert ends(fall.total)[0] == pytest.approx(middle, abs=0.02)
    assert all(0 <= end <= 100 for s in fall.steps for end in ends(s))


def test_it_says_what_pushes_where() -> None:
    fall = waterfall(REASONS)
    assert [s.push for s in fall.steps] == [
        "sangat kuat ke arah sama", "cukup ke arah beda", "sangat kuat ke arah sama",
    ]  # fmt: skip
    assert [s.tone for s in fall.steps] == ["good", "bad", "good"]
    assert fall.total.weight == 4.0
    assert fall.likelihood == "94\u00a0%"
    assert fall.silent == ["HP"]
    assert "1 dari 260 pasangan" in fall.start.sentence


def test_a_start_above_the_middle_is_told_too() -> None:
    assert "lebih sering satu" in waterfall(Reasons(1.0, [])).start.sentence


@pytest.mark.parametrize(
    ("weight", "words"),
    [
        (60, "lebih dari 99,9\u00a0%"),
        (-60, "kurang dari 0,1\u00a0%"),
        (0, "50\u00a0%"),
        (-8, "0,4\u00a0%"),
        (8, "99,6\u00a0%"),
    ],
)
def test_likelihood_is_never_falsely_certain(weight: float, words: str) -> None:
    assert likelihood(weight) == words


@pytest.mark.parametrize(
    ("weight", "words"), [(0.04, "tidak memihak"), (-0.2, "sedikit ke arah beda")]
)
def test_weak_pushes(weight: float, words: str) -> None:
    assert push(weight) == words
