"""A decision in sentences for the person concerned (Indonesian)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from semesta.eligibility.judge import FAIL, LETTERS, PASS, UNKNOWN
from semesta.eligibility.policy import Policy, Rule
from semesta.kernel import Month
from semesta.law.book import law_book

OUTCOMES = {
    PASS: "Memenuhi syarat",
    FAIL: "Tidak memenuhi syarat",
    UNKNOWN: "Belum dapat diputuskan",
}
KEPT = "Keputusannya dijeda: yang diputuskan sebelumnya tetap, tidak diubah."
RESULTS = {PASS: "Terpenuhi", FAIL: "Tidak terpenuhi", UNKNOWN: "Belum diketahui"}


@dataclass(frozen=True)
class Ground:
    """One criterion's part in a decision.

    `missing` and `office` are filled only while the result is unknown: which fact is
    needed and who can give it. `clause` is the policy's, `law` the national rule.
    """

    criterion: str
    label: str
    result: str
    result_in_words: str
    sentence: str
    clause: str
    law: str
    missing: str = ""
    office: str = ""


@dataclass(frozen=True)
class Decision:
    """What was decided about one person under one policy at one date.

    `paused`: the outcome is the one decided before; the grounds are those of this date.
    """

    person_id: int
    outcome: str
    outcome_in_words: str
    sentence: str
    grounds: tuple[Ground, ...]
    policy_title: str
    instrument: str
    as_of: date
    run: str
    paused: bool = False

    @property
    def failed(self) -> tuple[Ground, ...]:
        return tuple(ground for ground in self.grounds if ground.result == FAIL)

    @property
    def unknown(self) -> tuple[Ground, ...]:
        return tuple(ground for ground in self.grounds if ground.result == UNKNOWN)


def explain(
    row: Mapping[str, Any],
    policy: Policy,
    *,
    as_of: date,
    run: str,
    occupations: Mapping[str, str],
) -> Decision:
    """The decision of one row of the decisions table, in sentences.

    `occupations` gives the titles of occupation codes.
    """
    quoted = _quoted(row, occupations)
    grounds = tuple(
        _ground(rule, LETTERS[letter], quoted)
        for letter, rule in zip(row["results"], policy.rules, strict=True)
    )
    return Decision(
        person_id=row["person_id"],
        outcome=row["outcome"],
        outcome_in_words=OUTCOMES[row["outcome"]],
        sentence=KEPT if row.get("paused") else _sentence(row["outcome"], grounds),
        grounds=grounds,
        policy_title=policy.title,
        instrument=policy.instrument,
        as_of=as_of,
        run=run,
        paused=bool(row.get("paused")),
    )


def _ground(rule: Rule, result: str, quoted: Mapping[str, Any]) -> Ground:
    criterion = rule.criterion
    text = {
        PASS: criterion.passed,
        FAIL: criterion.failed,
        UNKNOWN: criterion.unknown,
    }[result]
    open_question = result == UNKNOWN
    # A parameter wins over a fact of the same name: the sentence speaks of the rule.
    values = {**quoted, **rule.params.model_dump()}
    return Ground(
        criterion=criterion.name,
        label=criterion.label,
        result=result,
        result_in_words=RESULTS[result],
        sentence=text.format(**values),
        clause=rule.clause,
        law=criterion.law,
        missing=criterion.missing.format(**values) if open_question else "",
        office=criterion.office.format(**values) if open_question else "",
    )


def _quoted(row: Mapping[str, Any], occupations: Mapping[str, str]) -> dict[str, Any]:
    """The row's facts as a sentence writes them."""
    payers = law_book().parameters["bpu.payers"].values[-1].value
    until = row["other_paid_until"]
    return {
        **row,
        "occupation": occupations.get(row["occupation"] or "", row["occupation"]),
        "other_payer": payers.get(row["other_payer"], row["other_payer"]),
        "other_paid_last": (Month.of(until) + -1).in_words() if until else "",
    }


def _sentence(outcome: str, grounds: tuple[Ground, ...]) -> str:
    if outcome == PASS:
        return "Memenuhi semua syarat kebijakan ini."
    if outcome == FAIL:
        return " ".join(g.sentence for g in grounds if g.result == FAIL)
    missing = ", ".join(g.missing for g in grounds if g.result == UNKNOWN)
    return f"Belum dapat diputuskan; diperlukan: {missing}."
