"""Blocks: which pairs are proposed, by which rule, and what is capped."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from semesta.linkage.blocking import MOST_IN_BLOCK, RULES, rule_codes
from semesta.linkage.matching import link
from semesta.linkage.weighing import load_model

MODEL = load_model()
A_DAY, OTHER_DAY = date(1990, 5, 17), date(1971, 8, 3)


@pytest.mark.parametrize(
    ("one", "other", "rule"),
    [
        (
            {"name": "DARWIS", "nik": "1374010101909001"},
            {"name": "DARWIS", "nik": "1374010101909017"},
            "nik_front_first_name",
        ),
        (
            {"name": "DARWIS", "nik": "1374010101909001"},
            {"name": "DARWIS", "nik": "1271020101909001"},
            "nik_back_first_name",
        ),
        (
            {"name": "RINA WATI", "born_on": A_DAY},
            {"name": "RINNA SARI", "born_on": A_DAY},
            "born_first_name",
        ),
        (
            {"name": "RINA WATI", "born_on": A_DAY},
            {"name": "SRI DEWI WATI", "born_on": A_DAY},
            "born_last_name",
        ),
        (
            {"name": "DARWIS", "nik": "1374011705909001"},
            {"name": "DARWIS", "born_on": A_DAY},
            "nik_date_first_name",
        ),
        (
            {"name": "DARWIS", "born_on": A_DAY},
            {"name": "DARWIS", "nik": "1374011705909001"},
            "nik_date_first_name",
        ),
        (
            {"name": "RINA WATI", "kelurahan": "13.74.01.1001"},
            {"name": "WATI RINA", "kelurahan": "13.74.01.1001"},
            "name_kelurahan",
        ),
        (
            {"name": "RINA WATI", "kelurahan": "13.74.01.1001"},
            {"name": "RINA S WATI", "kelurahan": "13.74.01.1002"},
            "names_district",
        ),
        (
            {"name": "BUYUNG", "family_card": "1374010101159001", "born_on": A_DAY},
            {"name": "DARWIS", "family_card": "1374010101159001", "born_on": A_DAY},
            "card_born",
        ),
        (
            {"name": "KHAIRUNNISA PUTRI"},
            {"name": "KHAIRUN NISAPUTRI"},
            "joined_name",
        ),
        (
            {"name": "RINA", "address": "Jl. Melati 2", "kelurahan": "13.74.01.1001"},
            {"name": "RINA WATI", "address": "GG MELATI", "kelurahan": "13.74.01.1001"},
            "street_first_name",
        ),
    ],
)
def test_a_rule_proposes(
    load: Any, one: dict[str, Any], other: dict[str, Any], rule: str
) -> None:
    model_pairs = _proposed(load, one, other)
    assert model_pairs == [rule]


def _proposed(load: Any, *rows: dict[str, Any]) -> list[str]:
    con = load(*rows)
    link(con, MODEL)
    found = con.execute("SELECT rule FROM proposed").fetchall()
    return [rule_codes()[rule] for (rule,) in found]


def test_nothing_in_common_is_not_compared(load: Any) -> None:
    one = {"name": "DARWIS", "born_on": A_DAY, "kelurahan": "13.74.01.1001"}
    other = {"name": "BUYUNG", "born_on": OTHER_DAY, "kelurahan": "13.74.01.1001"}
    assert _proposed(load, one, other) == []


def test_large_blocks_are_left_out_and_reported(load: Any) -> None:
    rows = [
        {
            "name": "SITI AMINAH",
            "kelurahan": "13.74.01.1001",
            "nik": f"13740141019{n:05d}",
        }
        for n in range(1, MOST_IN_BLOCK + 2)
    ]
    linked = link(load(*rows), MODEL)
    capped = {found.rule: (found.blocks, found.records) for found in linked.capped}
    assert capped["name_kelurahan"] == (1, MOST_IN_BLOCK + 1)
    assert linked.counts["capped_blocks"] >= 1


def test_codes_are_unique() -> None:
    codes = [rule.code for rule in RULES]
    assert len(codes) == len(set(codes)) == len(RULES)
