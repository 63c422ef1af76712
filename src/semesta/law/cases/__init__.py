"""Questions written down as cases (YAML or JSON), and their answers in a fixed shape.

Five kinds: benefit (has `event`), contribution (`segment` or `month`), sanctions
(`violation`), standing (`on` and `member`). The shapes are a promise to others:
`docs/reference/law-cases.md`. The same cases are the specification in `tests/spec`.
"""

from semesta.law.cases.asking import (
    answer_benefit,
    answer_case,
    answer_contribution,
    answer_sanctions,
    answer_standing,
    answer_text,
)
from semesta.law.cases.replay import Replay, replay

__all__ = [
    "Replay",
    "answer_benefit",
    "answer_case",
    "answer_contribution",
    "answer_sanctions",
    "answer_standing",
    "answer_text",
    "replay",
]
