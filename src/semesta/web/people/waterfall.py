"""The match weight of a pair, step by step, as words and as widths of rectangles. Pure.

It starts left of the middle, where pairs lie before anything has been compared; each
comparison pushes to the right ("one person") or to the left ("two"); the middle is as
likely the one as the other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypedDict

from semesta.linkage.explanation import Reasons
from semesta.linkage.weighing import probability
from semesta.web import formats

# What so many bits of weight are called.
STRENGTHS = ((6.0, "sangat kuat"), (3.0, "kuat"), (1.0, "cukup"), (0.0, "sedikit"))


@dataclass(frozen=True)
class Step:
    """One bar: its words, its tone (`good`, `bad`, `plain`) and where it is drawn.

    `x` and `width` are percentages ready for an attribute; `weight` is in bits.
    """

    label: str
    sentence: str
    push: str
    weight: float
    tone: str
    x: str
    width: str


@dataclass(frozen=True)
class Waterfall:
    """All steps, the middle line (`50.00%`), the likelihood in words, and the fields that
    one of the two leaves blank."""

    start: Step
    steps: list[Step]
    total: Step
    middle: str
    likelihood: str
    silent: list[str]


def waterfall(reasons: Reasons) -> Waterfall:
    """Lay out a pair's reasons; comparisons that say nothing are only named."""
    told = [part for part in reasons.parts if part.level]
    reached = [reasons.prior]
    for part in told:
        reached.append(reached[-1] + part.weight)
    draw = _scale([0.0, *reached])
    steps = [
        Step(
            label=part.label,
            sentence=part.text,
            push=push(part.weight),
            weight=part.weight,
            tone=_tone(part.weight),
            **draw(before, before + part.weight),
        )
        for part, before in zip(told, reached, strict=False)
    ]
    weight = reasons.weight
    return Waterfall(
        start=Step(
            "awal", _before(reasons.prior), push(reasons.prior), reasons.prior,
            "plain", **draw(0.0, reasons.prior),
        ),
        steps=steps,
        total=Step(
            "jumlah", likelihood(weight), push(weight), weight, _tone(weight),
            **draw(0.0, weight),
        ),
        middle=draw(0.0, 0.0)["x"],
        likelihood=likelihood(weight),
        silent=[part.label for part in reasons.parts if not part.level],
    )  # fmt: skip


class _Place(TypedDict):
    x: str
    width: str


def _scale(reached: list[float]) -> Callable[[float, float], _Place]:
    """A function from two weights to the place between them, of 100 %."""
    low, high = min(reached), max(reached)
    # A little air on both sides, so that no bar touches the edge.
    low, span = low - 0.02 * (high - low), (high - low) * 1.04 or 1.0

    def draw(one: float, other: float) -> _Place:
        left, right = sorted((one, other))
        return {
            "x": f"{100 * (left - low) / span:.2f}%",
            "width": f"{max(0.4, 100 * (right - left) / span):.2f}%",
        }

    return draw


def _tone(weight: float) -> str:
    return "good" if weight > 0 else "bad" if weight < 0 else "plain"


def push(weight: float) -> str:
    """`3.2` → `kuat ke arah sama`."""
    strength = next(word for least, word in STRENGTHS if abs(weight) >= least)
    if round(weight, 1) == 0:
        return "tidak memihak"
    return f"{strength} ke arah {'sama' if weight > 0 else 'beda'}"


def likelihood(weight: float) -> str:
    """The probability that two rows are one person: `97 %`, never a false 100."""
    percent = 100 * probability(weight)
    if percent > 99.9:
        return "lebih dari 99,9\u00a0%"
    if percent < 0.1:
        return "kurang dari 0,1\u00a0%"
    return formats.percent(percent, 0 if 1 <= percent <= 99 else 1)


def _before(prior: float) -> str:
    """How rarely a pair that is compared at all is one person."""
    if prior >= 0:
        return "sebelum dibandingkan, lebih sering satu orang daripada dua"
    one_in = 1 / probability(prior)
    return (
        "sebelum isinya dibandingkan, kira-kira 1 dari "
        f"{formats.number(_rounded(one_in))} pasangan yang mirip memang satu orang"
    )


def _rounded(number: float) -> int:
    """Two digits that count: `1187` → `1200`."""
    digits = max(0, len(str(int(number))) - 2)
    return int(round(number, -digits))
