"""What a rejection means, a change proposes, and a month allows."""

from __future__ import annotations

from datetime import date

import pytest

from semesta.enrolment.mending.models import RejectionTask
from semesta.enrolment.mending.remedies import MOVES, REMEDIES, may_move, remedy_for
from semesta.enrolment.monthly import kinds, periods
from semesta.enrolment.monthly.kinds import propose
from semesta.kernel import Month, NotPossible

MARCH = Month(2026, 3)


@pytest.mark.parametrize(
    ("code", "text", "kind"),
    [
        ("R01", "", "not_found"),
        ("r02", "", "age"),
        ("", "NIK tidak ditemukan di Dukcapil", "not_found"),
        ("X9", "NIK ganda dalam berkas", "duplicate"),
        ("", "Sudah aktif di tempat lain", "active"),
        ("", "Nama tidak sama", "name"),
        ("", "", "other"),
    ],
)
def test_the_code_or_else_the_words_name_the_remedy(
    code: str, text: str, kind: str
) -> None:
    assert remedy_for(code, text) is REMEDIES[kind]


def test_every_state_says_where_it_leads() -> None:
    assert set(MOVES) == set(RejectionTask.State.values)
    assert not may_move("replaced", "ready")
    assert may_move("open", "ready")


def test_a_death_opens_a_claim_and_stops_the_month_after() -> None:
    found = propose("died", occurred_on=date(2026, 3, 9), month=MARCH)
    assert (found.action, found.stop_from) == ("claim", Month(2026, 4))


def test_an_old_event_stops_no_month_that_is_over() -> None:
    found = propose("moved", occurred_on=date(2026, 1, 9), month=MARCH)
    assert found.stop_from == MARCH


def test_a_member_of_65_goes_on_as_long_as_the_law_lets_him() -> None:
    day = date(2026, 3, 9)
    kept = propose("turned_65", occurred_on=day, month=MARCH, is_member=True)
    assert (kept.action, kept.stop_from) == ("keep", None)
    other = propose("turned_65", occurred_on=day, month=MARCH)
    assert other.action == "replace"
    assert not kinds.continues_after_limit(date(2022, 6, 30))
    early = propose(
        "turned_65", occurred_on=date(2022, 6, 30), month=Month(2022, 6), is_member=True
    )
    assert early.action == "replace"


def test_a_second_payer_is_named_in_words() -> None:
    name = kinds.payer_in_words("APBD_PROV", MARCH)
    found = propose("double_payer", occurred_on=None, month=MARCH, fact=name)
    assert found.detail == "Maret 2026 juga dibayar APBD provinsi."
    assert kinds.payer_in_words("DIA", MARCH) == "DIA"


def test_every_proposed_action_is_one_its_kind_offers() -> None:
    for code, kind in kinds.KINDS.items():
        for member in (True, False):
            for twice in (True, False):
                found = propose(
                    code, occurred_on=date(2026, 3, 2), month=MARCH,
                    is_member=member, is_twice=twice,
                )  # fmt: skip
                assert found.action in kind.actions
                assert (found.stop_from is None) == (found.action not in kinds.VACATING)


def test_the_steps_of_a_month() -> None:
    periods.check_open(MARCH, periods.DRAFT)
    periods.check_step(MARCH, periods.FINAL, periods.DRAFT)
    for state, code in (
        (periods.FINAL, "month.final"),
        (periods.POSTED, "month.posted"),
    ):
        with pytest.raises(NotPossible) as error:
            periods.check_open(MARCH, state)
        assert error.value.code == code
    for before, after in (
        (periods.DRAFT, periods.POSTED),
        (periods.POSTED, periods.DRAFT),
    ):
        with pytest.raises(NotPossible):
            periods.check_step(MARCH, before, after)
    with pytest.raises(NotPossible):
        periods.check_second_person("petugas", "petugas")
