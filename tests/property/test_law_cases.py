"""Whatever somebody writes into a case: an answer, or a user error. Never a crash."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import event, given, settings
from hypothesis import strategies as st

from semesta.kernel import UserError
from semesta.law.book import law_book
from semesta.law.cases import answer_case, replay

DAYS = st.one_of(
    st.dates().map(str),
    st.dates().filter(lambda day: 2010 < day.year < 2030).map(str),
    st.sampled_from(["2020-02-29", "2019-12-01", "2026-13-01", "kemarin", "", None]),
)
MONTHS = st.one_of(
    st.tuples(st.integers(2014, 2028), st.integers(0, 13)).map(
        lambda pair: f"{pair[0]}-{pair[1]:02d}"
    ),
    st.sampled_from(["9999-12", "0001-01", "Mei", None]),
)
MONEY = st.one_of(
    st.integers(-1, 30_000_000), st.sampled_from([None, 10**20, 1.5, "900.000", True])
)
FLAGS = st.sampled_from([True, False, None])
NUMBERS = st.one_of(st.integers(-2, 400), st.none())
WORDS = st.sampled_from(["", "transport", "other", "SELF", "APBD", "x", "besar"])


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A dictionary with any of the fields."""
    return st.fixed_dictionaries({}, optional=fields)


SWITCHES = some(
    **{
        key: st.sampled_from([*s.choices, "x"])
        for key, s in law_book().switches.items()
    }
)
PAID = st.lists(some(**{"from": MONTHS, "until": MONTHS, "payer": WORDS}), max_size=3)
MEMBER = some(
    segment=st.sampled_from(["BPU", "PU", "JAKON"]), born_on=DAYS, monthly_income=MONEY,
    sector=WORDS, paid=st.one_of(PAID, st.none()), employed=FLAGS, employed_since=DAYS,
)  # fmt: skip
EVENT = some(
    kind=st.sampled_from(
        ["death", "work_death", "total_disability", "partial_disability",
         "work_accident", "sakit"]
    ),
    on=DAYS, reported_on=DAYS, disability_percent=NUMBERS, function_loss_percent=NUMBERS,
    days_unable=NUMBERS, transport=some(land=MONEY, sea=MONEY, air=MONEY),
    costs=some(home_care=MONEY, prosthesis=MONEY, glasses=MONEY),
)  # fmt: skip
CHILD = some(
    id=st.sampled_from("abc"), born_on=DAYS, year_of_level=NUMBERS, married=FLAGS,
    level=st.sampled_from(["", "belum", "tk_sd", "smp", "sma", "pt", None, "sd"]),
    works=FLAGS,
)  # fmt: skip
BENEFIT = some(
    event=EVENT, member=MEMBER, children=st.lists(CHILD, max_size=4), switches=SWITCHES,
    chosen=st.lists(st.sampled_from("abcd"), max_size=2),
    family=some(spouse=FLAGS, parent=FLAGS, will=FLAGS),
    employer=some(
        violation=st.sampled_from(["PWBD", "PDS-UPAH", "PDS-PROGRAM", "TUNGGAKAN", "X"]),
        reported_wage=MONEY, programmes=st.lists(st.sampled_from(["JKK", "JKM"])),
    ),
)  # fmt: skip
CONTRIBUTION = some(
    segment=st.sampled_from(["BPU", "PU", "JAKON", "PMI", "X"]), month=MONTHS,
    paid_on=DAYS, monthly_income=MONEY, monthly_wage=MONEY, sector=WORDS, payer=WORDS,
    occupation=st.sampled_from(["", "ojek", "juru-parkir", "x"]), jht=FLAGS,
    is_employer=FLAGS, daily_wage=MONEY, earnings=st.lists(MONEY, max_size=4),
    jkk_class=NUMBERS, size=WORDS, industry=st.sampled_from(["", "tekstil", "x"]),
    active_workers=NUMBERS, jkk_paid_up=FLAGS, contract_value=MONEY, via_agency=FLAGS,
    contract_months=NUMBERS, jht_amount=MONEY, switches=SWITCHES,
)  # fmt: skip
SANCTIONS = some(
    violation=st.sampled_from(["PWBD", "PDS-TK", "TUNGGAKAN", "X"]), found_on=DAYS,
    warned_on=DAYS, complied_on=DAYS, on=DAYS, contribution=MONEY, switches=SWITCHES,
    unpaid=st.lists(some(month=MONTHS, contribution=MONEY, paid_on=DAYS), max_size=2),
)  # fmt: skip
STANDING = some(on=DAYS, member=MEMBER)
CASES = st.one_of(
    st.tuples(st.just("benefit"), BENEFIT),
    st.tuples(st.just("contribution"), CONTRIBUTION),
    st.tuples(st.just("sanctions"), SANCTIONS),
    st.tuples(st.just("standing"), STANDING),
)


@settings(max_examples=250, deadline=None)
@given(CASES)
def test_an_answer_or_a_user_error(case: tuple[str, dict[str, Any]]) -> None:
    kind, facts = case
    try:
        answer = answer_case(facts, kind=kind)
    except UserError as refused:
        told = refused.as_dict()
        event(f"{kind}: {told['code']}")
        return
    event(f"{kind}: answered")
    stored = json.loads(json.dumps(answer, default=str))
    assert replay(stored).same
    lines = answer.get("lines", [])
    assert answer.get("total", 0) == sum(line["amount"] for line in lines)
    assert answer.get("payable_now", 0) <= answer.get("total", 0)
    assert all(line["amount"] >= 0 and line["law"] for line in lines)
    assert answer["switches_used"] == list(dict.fromkeys(answer["switches_used"]))
