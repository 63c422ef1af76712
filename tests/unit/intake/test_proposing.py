"""Columns of an unknown list: what they mean, told by header and by values."""

from __future__ import annotations

import pytest
from tests.support.clerk import AS_OF
from tests.support.office_files import REGION

from semesta.intake.cells import column_of
from semesta.intake.drafting.proposing import (
    LEAST,
    Proposal,
    _known_keys,
    by_header,
    propose,
)
from semesta.intake.drafting.reasons import how_sure, why
from semesta.intake.drafting.skeletons import likely_subject
from semesta.intake.headers import header_of, says_nothing

NAMES = "SYAFRIL YUSNIAR BUSTAMI ROSMAINI HENDRI DARNIS ZULKIFLI NURBAITI".split()


def people(count: int = 12) -> dict[str, list[object]]:
    """Columns of invented people, three to a family, every second a woman."""
    rows = range(count)
    days = [(1 + n % 28, 1 + n % 12, 60 + n % 35) for n in rows]
    return {
        "number": [str(n + 1) for n in rows],
        "nik": [
            f"137401{d + 40 * (n % 2):02d}{m:02d}{y:02d}{9001 + n}"
            for n, (d, m, y) in zip(rows, days, strict=True)
        ],
        "family_card": [f"137401010215{9001 + n // 3}" for n in rows],
        "name": [f"{NAMES[n % 8]} {NAMES[(n // 8 + 3) % 8]}" for n in rows],
        "born_on": [f"{d:02d}-{m:02d}-19{y}" for d, m, y in days],
        "sex": ["LP"[n % 2] for n in rows],
        "phone": [f"08126300{1000 + n}" for n in rows],
        "occupation": [
            ["Tukang ojek", "Pedagang sayur", "Petani"][n % 3] for n in rows
        ],
        "kelurahan": [["Ganting", "SIGANDO"][n % 2] for n in rows],
        "income": [f"Rp {1 + n % 3}.500.000" for n in rows],
        "address": [f"JL. SUDIRMAN NO. {n + 1} RT 01 RW 02" for n in rows],
    }


def proposed(columns: dict[str, list[object]]) -> dict[str, Proposal]:
    found = propose(
        [header_of(text) for text in columns],
        [column_of(values) for values in columns.values()],
        region=REGION,
        as_of=AS_OF,
    )
    return {one.header: one for one in found}


def test_values_alone_tell_most_columns() -> None:
    columns = {f"KOLOM {chr(65 + n)}": v for n, v in enumerate(people().values())}
    found = [one.field for one in proposed(columns).values()]
    assert found == list(people())


def test_header_and_values_together_are_surest() -> None:
    one = proposed({"NIK": people()["nik"], "X": people()["born_on"]})["NIK"]
    assert (one.field, one.by) == ("nik", "judul dan isi")
    assert one.confidence > 0.9


def test_numbers_that_are_niks_are_niks_whatever_the_header_says() -> None:
    columns = people()
    found = proposed({"NO KK": columns["nik"], "TANGGAL": columns["born_on"]})
    assert found["NO KK"].field == "nik"
    found = proposed({"KPJ": columns["nik"]})
    assert found["KPJ"].field == "nik"


def test_a_numeric_column_still_tells_what_it_was() -> None:
    numbers = [int(text[:15] + "0") for text in map(str, people()["nik"])]
    assert proposed({"KODE": numbers})["KODE"].field == "nik"


def test_the_nik_of_somebody_else_is_not_taken_for_the_owners() -> None:
    columns = people()
    others = [f"{text[:6]}4105{70 + n}{text[12:]}" for n, text in
              enumerate(map(str, columns["nik"]))]  # fmt: skip
    found = proposed({"A": others, "B": columns["nik"], "C": columns["born_on"]})
    assert (found["B"].field, found["C"].field) == ("nik", "born_on")
    assert found["A"].field == ""


def test_a_day_of_registration_is_no_birth_date() -> None:
    columns = people()
    registered = [f"{1 + n:02d}-06-2019" for n in range(12)]
    found = proposed({"A": registered, "B": columns["nik"], "C": columns["born_on"]})
    assert found["C"].field == "born_on"
    assert found["A"].field == ""


@pytest.mark.parametrize(
    ("header", "values", "field"),
    [
        ("NAMA IBU KANDUNG", people()["name"], "mother_name"),
        ("UPAH", people()["income"], "wage"),
        ("TGL MENINGGAL", ["01-02-2025", "03-04-2025"], "died_on"),
        ("TEMPAT/TGL LAHIR", ["Padang, 01-02-1980", "Solok, 03-04-1975"], "born_at_on"),
        ("NIP", ["198001012005011901", "198002022005011902"], "asn_nip"),
        ("Xyz", ["A1", "B2"], ""),
        ("KETERANGAN", ["", ""], "reason_text"),
    ],
)
def test_a_column(header: str, values: list[object], field: str) -> None:
    assert proposed({header: values})[header].field == field


def test_a_mother_and_a_child_are_told_apart_by_a_word_in_the_header() -> None:
    names = people()["name"]
    found = proposed({"Ibunya": names, "Anaknya": names[::-1]})
    assert (found["Ibunya"].field, found["Anaknya"].field) == ("mother_name", "name")


def test_a_column_that_lost_to_a_better_one_says_what_it_looks_like() -> None:
    names = people()["name"]
    found = proposed({"Nama": names, "Anaknya": names[::-1]})
    assert (found["Anaknya"].field, found["Anaknya"].looks) == ("", "name")
    assert "tetapi kolom lain lebih cocok" in why(found["Anaknya"])


def test_firms_are_no_people() -> None:
    firms = [f"TOKO {name} {n}" for n, name in enumerate(NAMES)]
    found = proposed({"Papan": firms, "Punya": people()["name"]})
    assert (found["Papan"].field, found["Punya"].field) == ("employer_name", "name")


def test_cards_of_families_that_stand_once_are_no_niks() -> None:
    """Issued in this century and nobody's day plus 40: not what workers' NIK look like."""
    cards = [f"137401{1 + n:02d}0815{9001 + n}" for n in range(10)]
    (one,) = proposed({"Kolom1": cards}).values()
    assert one.field == "family_card"
    (one,) = proposed({"Kolom1": people()["nik"]}).values()
    assert one.field == "nik"


def test_a_few_values_alone_make_nobody_sure() -> None:
    (few,) = proposed({"Kolom1": people()["nik"][:3]}).values()
    (many,) = proposed({"Kolom1": people()["nik"]}).values()
    assert (few.field, how_sure(few), how_sure(many)) == ("nik", "fairly", "sure")


def test_whom_a_list_is_about() -> None:
    columns = people(30)
    persons = {name: columns[name] for name in ("family_card", "name")}
    heads = {name: values[::3] for name, values in persons.items()}
    firms = {"Papan": [f"TOKO {name}" for name in NAMES], "NPP": ["FF1", "FF2"]}
    nobody = {"Xyz": ["A1", "B2"]}
    found = [
        likely_subject(list(proposed(one).values()))
        for one in (columns, persons, heads, firms, nobody)
    ]
    assert found == ["person", "person", "household", "employer", "person"]


def test_young_people_with_their_birth_dates_have_niks() -> None:
    days = [(1 + n, 1 + n % 12) for n in range(12)]
    niks = [f"137401{d:02d}{m:02d}08{9001 + n}" for n, (d, m) in enumerate(days)]
    born = [f"{d:02d}-{m:02d}-2008" for d, m in days]
    found = proposed({"A": niks, "B": born})
    assert (found["A"].field, found["B"].field) == ("nik", "born_on")


def test_what_another_list_called_kolom3_says_nothing_here() -> None:
    assert by_header(header_of("Kolom3")) == {}
    assert all(not says_nothing(key) for keys in _known_keys().values() for key in keys)


@pytest.mark.parametrize(
    ("header", "values", "sure", "told"),
    [
        ("NIK", people()["nik"], "sure",
         "Judulnya dikenal; isinya 16 angka yang terbaca sebagai NIK."),
        ("Kolom9", people()["nik"], "sure", "Isinya 16 angka yang terbaca sebagai NIK."),
        ("Si Anu", people()["name"], "fairly", "Isinya tulisan seperti nama orang."),
        ("NO HP", ["", ""], "fairly", "Judulnya dikenal; isinya kosong."),
        ("TANGGAL LAHIR", ["x", "y"], "doubtful",
         "Judulnya dikenal; isinya tidak memastikan."),
        ("Xyz", ["A1", "B2"], "unknown",
         "Judulnya belum dikenal dan isinya tidak khas."),
        ("Xyz", ["", ""], "unknown", "Kolom ini kosong dan judulnya belum dikenal."),
    ],
)  # fmt: skip
def test_how_sure_and_why_in_words(
    header: str, values: list[object], sure: str, told: str
) -> None:
    (one,) = proposed({header: values}).values()
    assert (how_sure(one), why(one)) == (sure, told)


def test_an_empty_column_is_named_by_its_header_less_surely() -> None:
    one = proposed({"NO HP": ["", ""]})["NO HP"]
    assert one.field == "phone"
    assert LEAST < one.confidence < 0.8


def test_no_field_is_proposed_twice() -> None:
    found = [p.field for p in proposed({"NAMA": people()["name"],
             "NAMA LENGKAP": people()["name"]}).values() if p.field]  # fmt: skip
    assert len(found) == len(set(found))


def test_a_column_without_a_header_is_told_by_its_values() -> None:
    header = header_of("")._replace(text="kolom_2")
    column = column_of(people()["nik"])
    (one,) = propose([header], [column], region=REGION, as_of=AS_OF)
    assert (one.field, one.by) == ("nik", "isi")
