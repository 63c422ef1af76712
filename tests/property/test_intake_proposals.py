"""Whatever order and headers a list has, its NIK, KK and birth dates are found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.clerk import AS_OF
from tests.support.office_files import REGION

from semesta.intake.cells import column_of
from semesta.intake.drafting.chosen import (
    Chosen,
    changed_map,
    extended_map,
    map_text,
    new_map,
)
from semesta.intake.drafting.previewing import masked_text
from semesta.intake.drafting.proposing import propose
from semesta.intake.drafting.skeletons import skeleton
from semesta.intake.fields import NAMEABLE
from semesta.intake.headers import Header, header_of, match_columns
from semesta.intake.maps import alternatives, parse_map, supplier_map

_FIRST = date(1950, 1, 1)
_WORDS = "SYAFRIL YUSNIAR BUSTAMI ROSMAINI HENDRI DARNIS ZULKIFLI NURBAITI".split()
_WRITTEN = ("%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d", "%d/%m/%Y 0:00:00")


@st.composite
def families(draw: st.DrawFn) -> dict[str, list[str]]:
    """Columns of five to ten invented families of two to four."""
    shape = draw(st.sampled_from(_WRITTEN))
    columns: dict[str, list[str]] = {"nik": [], "family_card": [], "born_on": [],
                                     "name": [], "note": []}  # fmt: skip
    for family in range(draw(st.integers(5, 10))):
        for member in range(draw(st.integers(2, 4))):
            serial = 9001 + len(columns["nik"])
            born = _FIRST + timedelta(days=draw(st.integers(0, 365 * 65)))
            woman = member % 2
            columns["nik"].append(
                f"137401{born.day + 40 * woman:02d}{born:%m%y}{serial}"
            )
            columns["family_card"].append(f"137401{1 + family:02d}0815{9001 + family}")
            columns["born_on"].append(born.strftime(shape))
            columns["name"].append(
                f"{_WORDS[family % 8]} {_WORDS[serial % 7]} {'K' * member}"
            )
            columns["note"].append("abc123"[: 1 + member])
    for name in ("born_on", "name"):
        column = columns[name]
        for place in draw(st.sets(st.integers(0, len(column) - 1), max_size=3)):
            column[place] = ""
    return columns


_HEADERS = st.lists(
    st.text(st.sampled_from("QWXYZ0123"), min_size=3, max_size=8),
    min_size=5, max_size=5, unique_by=lambda text: text.lower(),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(families(), st.permutations(range(5)), _HEADERS)
def test_shuffled_and_renamed_columns_are_still_found(
    columns: dict[str, list[str]], order: list[int], headers: list[str]
) -> None:
    fields = [list(columns)[place] for place in order]
    found = propose(
        [header_of(text) for text in headers],
        [column_of(columns[name]) for name in fields],
        region=REGION,
        as_of=AS_OF,
    )
    said = dict(zip(fields, (one.field for one in found), strict=True))
    assert {name: said[name] for name in ("nik", "family_card", "born_on")} == {
        name: name for name in ("nik", "family_card", "born_on")
    }
    read = parse_map(skeleton("contoh", found), "contoh.yaml")
    titled = [header_of(text) for text in headers]
    placed = read.confirmed(titled) or match_columns(titled, read.aliases)
    assert placed["nik"] == fields.index("nik")


_ANY = st.text(max_size=25)


@settings(max_examples=80, deadline=None)
@given(st.lists(_ANY, min_size=1, max_size=6), st.lists(_ANY, min_size=6, max_size=6))
def test_any_headers_and_values_give_a_map_that_loads(
    headers: list[str], values: list[str]
) -> None:
    headers = ["NIK", *headers]
    found = propose(
        [header_of(text) for text in headers],
        [column_of(values) for _ in headers],
        region=REGION,
        as_of=AS_OF,
    )
    assert [one.header for one in found] == [header_of(text).text for text in headers]
    fields = [one.field for one in found if one.field]
    assert len(fields) == len(set(fields))
    assert all(0 <= one.confidence <= 1 for one in found)
    if "nik" in fields:
        parse_map(skeleton("contoh", found, stem=values[0]), "contoh.yaml")


@st.composite
def choices(draw: st.DrawFn) -> tuple[list[Header], Chosen]:
    """Headers as a file has them, and what somebody says of them."""
    texts = draw(st.lists(st.text(max_size=20), min_size=2, max_size=8))
    headers = [
        header_of(text) if header_of(text).text else Header(f"kolom_{place}", ())
        for place, text in enumerate(texts)
    ]
    others = sorted(NAMEABLE - {"nik"})
    meanings = draw(
        st.lists(
            st.sampled_from(["", *others]), min_size=len(headers), max_size=len(headers),
            unique_by=lambda one: one or object(),
        )
    )  # fmt: skip
    meanings[draw(st.integers(0, len(headers) - 1))] = "nik"
    return headers, Chosen("Daftar uji", "person", "Kantor", meanings)


@settings(max_examples=150, deadline=None)
@given(choices())
def test_a_list_is_read_just_as_said(said: tuple[list[Header], Chosen]) -> None:
    headers, chosen = said
    made = new_map(chosen, headers)
    again = parse_map(map_text(made), "uji.yaml")
    assert again == made
    assert again.confirmed(headers) == {
        field: place for place, field in enumerate(chosen.meanings) if field
    }
    assert changed_map(chosen, headers, made) == made


@settings(max_examples=150, deadline=None)
@given(choices(), st.sampled_from(["proposal", "dukcapil", "bpu_participants"]))
def test_a_shipped_map_gains_and_loses_nothing(
    said: tuple[list[Header], Chosen], name: str
) -> None:
    headers, chosen = said
    base = supplier_map(name)
    required = [alternatives(entry)[0] for entry in base.required]
    rest = [one for one in chosen.meanings if one not in required]
    headers = [*headers, *(header_of(f"Wajib {n}") for n in range(len(required)))]
    meanings = [*rest, *required, *[""] * len(headers)][: len(headers)]
    chosen = replace(chosen, meanings=meanings)

    made = extended_map(chosen, headers, base)

    assert parse_map(map_text(made), "uji.yaml") == made
    for field, texts in base.fields.items():
        assert made.fields[field][-len(texts) :] == texts if texts else True
    assert extended_map(chosen, headers, made) == made


@given(st.text(), st.text("0123456789", min_size=9, max_size=16), st.text())
def test_no_long_number_is_shown_whole(before: str, number: str, after: str) -> None:
    assert number not in masked_text(f"{before}|{number}|{after}")
