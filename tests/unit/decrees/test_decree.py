"""The list of a decree: order, hash, and who may not stand on it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from tests.support.enrolment import a_nik

from semesta.decrees.decree import (
    Head,
    Listed,
    arrange,
    canonical_csv,
    check_date,
    check_may_list,
    decree_sha256,
    find_problems,
    head_of,
    printed_address,
    read_code,
    short_code,
)
from semesta.kernel import Month, Rupiah, UserError

HEAD = Head("400/1/2026", date(2026, 1, 2), "APBD", "2026-01", "2027-01", 201_600)


def test_a_code_is_short_and_read_as_it_was_typed() -> None:
    code = short_code("5066" * 16)
    assert re.fullmatch("[2-9A-HJ-NP-Z]{10}", code)
    assert read_code(f" {code[:4].lower()}-{code[4:]} ") == code
    assert short_code("5067" + "5066" * 15) != code


class TestDate:
    def test_from_the_decision_to_today(self) -> None:
        check_date(
            date(2026, 1, 2), not_before=date(2026, 1, 2), today=date(2026, 1, 2)
        )

    @pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 2, 1)])
    def test_not_before_and_not_to_come(self, day: date) -> None:
        with pytest.raises(UserError) as error:
            check_date(day, not_before=date(2026, 1, 2), today=date(2026, 1, 31))
        assert error.value.code == "decree.date"
        assert "2 Januari 2026" in error.value.why


def a_person(number: int, **changes) -> Listed:
    given = {
        "person_id": number,
        "nik": a_nik(number),
        "name": f"ORANG {number}",
        "born_on": date(1990, 1, 1),
        "address": "Jl. Contoh No. 1",
        "kelurahan": "13.74.01.1001",
        "occupation": "Petani",
        "occupation_code": "petani",
    }
    return Listed(**{**given, **changes})


class TestArrange:
    def test_by_kelurahan_then_name(self) -> None:
        people = [
            a_person(1, kelurahan="13.74.02.1001", name="ADE"),
            a_person(2, name="ZUL"),
            a_person(3, name="ADE"),
        ]
        assert [(p.number, p.person_id) for p in arrange(people)] == [
            (1, 3), (2, 2), (3, 1),
        ]  # fmt: skip

    def test_namesakes_have_a_fixed_order(self) -> None:
        people = [a_person(n, name="ADE") for n in (3, 1, 2)]
        assert arrange(people) == arrange(people[::-1])


class TestHash:
    def test_the_canonical_text(self) -> None:
        entries = arrange([a_person(1, name='ADE, "DT."', born_on=None)])
        assert canonical_csv(HEAD, entries).decode() == (
            "400/1/2026,2026-01-02,APBD,2026-01,2027-01,201600\n"
            f'1,{a_nik(1)},"ADE, ""DT.""",,Jl. Contoh No. 1,13.74.01.1001,Petani\n'
        )

    def test_any_change_shows(self) -> None:
        entries = arrange([a_person(1), a_person(2)])
        changed = [
            [replace(entries[0], name="LAIN"), entries[1]],
            [replace(entries[0], nik=a_nik(3)), entries[1]],
            entries[:1],
        ]
        hashes = {decree_sha256(HEAD, listed) for listed in (entries, *changed)}
        hashes.add(decree_sha256(replace(HEAD, number="2"), entries))
        assert len(hashes) == 5


class TestProblems:
    def test_none(self) -> None:
        people = [a_person(1), a_person(2)]
        assert find_problems(people, dead=[9]) == {}
        check_may_list({})

    def test_all_are_named_at_once(self) -> None:
        people = [
            a_person(1), a_person(2), a_person(3, nik=a_nik(2)), a_person(4, nik=""),
            a_person(5), a_person(6), a_person(7, name=""),
        ]  # fmt: skip
        problems = find_problems(people, dead=[1], merged=[5], listed_elsewhere=[1, 6])
        assert problems == {
            "dead": [1],
            "listed": [1, 6],
            "shared_nik": [2, 3],
            "no_nik": [4],
            "merged": [5],
            "no_name": [7],
        }
        with pytest.raises(UserError) as error:
            check_may_list(problems)
        assert error.value.what.startswith("7 orang")
        assert "sudah meninggal: orang nomor 1" in error.value.why
        assert "orang nomor 2, 3" in error.value.why

    def test_no_name_or_nik_stands_in_the_message(self) -> None:
        with pytest.raises(UserError) as error:
            check_may_list(find_problems([a_person(1)], dead=[1]))
        shown = " ".join(error.value.as_dict().values())
        assert "ORANG" not in shown
        assert a_nik(1) not in shown


class TestHead:
    def test_blanks_do_not_matter(self) -> None:
        head = head_of(
            "  400 /1/2026 ",
            date(2026, 1, 2),
            payer="APBD",
            first_month=Month(2026, 1),
            months=12,
            cost_each=Rupiah(16_800),
        )
        # Money enters the hash as digits, whoever computed it.
        assert str(head.cost_each) == "16800"
        assert head.number == "400 /1/2026"
        assert head.until_month == "2027-01"

    @pytest.mark.parametrize(
        "number", ["", "   ", "1" * 61, "tanpa angka", "400/1\u202e2026", "400/1/2025"]
    )
    def test_a_number_must_be_there(self, number: str) -> None:
        with pytest.raises(UserError) as error:
            head_of(
                number,
                date(2026, 1, 2),
                payer="APBD",
                first_month=Month(2026, 1),
                months=1,
                cost_each=1,
            )
        assert error.value.code == "decree.number"


@pytest.mark.parametrize(
    ("parts", "printed"),
    [
        (("Jl. A No. 1", "001", "002"), "Jl. A No. 1 RT 001 RW 002"),
        (("", "001", ""), "RT 001"),
        (("", "", ""), ""),
    ],
)
def test_printed_address(parts: tuple[str, str, str], printed: str) -> None:
    assert printed_address(*parts) == printed
