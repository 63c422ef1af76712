"""What a person says about columns becomes a map that reads the list just so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.support.strange_lists import BOAT_MEANINGS, BOATS

from semesta.intake.drafting.chosen import (
    Chosen,
    changed_map,
    extended_map,
    map_text,
    name_from,
    new_map,
    title_of,
)
from semesta.intake.fields import NAMEABLE
from semesta.intake.headers import Header, header_of, match_columns
from semesta.intake.maps import SupplierMap, parse_map, supplier_map
from semesta.kernel import UserError

HEADERS = [header_of(text) for text in BOATS]
CHOSEN = Chosen("Pemilik perahu", "person", "Dinas Perikanan", BOAT_MEANINGS, ["name"])
USUL = [header_of(text) for text in ("Orangnya", "Nomor e-KTP", "Kerjaannya")]
USUL_CHOSEN = Chosen("", "person", "", ("name", "nik", "occupation"))


def meaning(**changes: object) -> Chosen:
    return replace(CHOSEN, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Nelayan DKP (2026)", "nelayan_dkp_2026"),
        ("  Données Équipe ", "donnees_equipe"),
        ("2026 Nelayan", "daftar_2026_nelayan"),
        ("A very long title of a list of very many people", "a_very_long_title_of_a_list_of"),
    ],
)  # fmt: skip
def test_a_name_is_made_of_the_title(title: str, name: str) -> None:
    assert name_from(title) == name


@pytest.mark.parametrize("title", ["", "#", "é", "漁民", "../.."])
def test_a_title_without_letters_gives_no_name(title: str) -> None:
    with pytest.raises(UserError) as raised:
        name_from(title)
    assert raised.value.code == "supplier.name"


def test_a_new_map_is_known_by_its_headers_and_needs_what_was_said() -> None:
    made = new_map(CHOSEN, HEADERS)
    assert (made.name, made.title, made.office) == (
        "pemilik_perahu", "Pemilik perahu", "Dinas Perikanan",
    )  # fmt: skip
    assert made.required == ["nik", "name"]
    assert made.needs == ["name"]
    assert made.fields["nik"] == ["Kode A"]
    assert made.others == ["Nama Kapal"]
    assert made.area_from == "title"
    assert made.confirmed(HEADERS) == {"number": 0, "nik": 1, "name": 2, "born_on": 3}
    assert made.confirmed(HEADERS[:-1]) is None


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        (meaning(meanings=("nik", "nik", "name", "", "")), "columns.twice"),
        (meaning(meanings=("", "nik", "name", "salary", "")), "columns.unknown"),
        (meaning(meanings=("", "", "", "born_on", ""), needed=()), "supplier.no_identity"),
        (meaning(subject="household"), "supplier.no_identity"),
        (meaning(subject="employer"), "supplier.no_identity"),
        (meaning(needed=["phone"]), "columns.needed"),
        (meaning(title="?"), "supplier.name"),
    ],
)  # fmt: skip
def test_what_gives_no_map(chosen: Chosen, code: str) -> None:
    with pytest.raises(UserError) as raised:
        new_map(chosen, HEADERS)
    assert raised.value.code == code


def test_headers_that_say_nothing_are_no_aliases() -> None:
    headers = [header_of("Kolom1"), Header("kolom_2", ()), header_of("B")]
    chosen = meaning(meanings=("name", "nik", ""), needed=())
    made = new_map(chosen, headers)
    assert (made.fields, made.others) == ({"name": [], "nik": []}, [])
    assert made.confirmed(headers) == {"name": 0, "nik": 1}


def test_doubled_headers_keep_their_places() -> None:
    headers = [header_of("Nama"), header_of("Nama")._replace(text="Nama_2")]
    chosen = meaning(meanings=("mother_name", "name"), needed=())
    assert new_map(chosen, headers).confirmed(headers) == {"mother_name": 0, "name": 1}


def test_a_change_keeps_what_was_known_of_other_lists() -> None:
    first = new_map(CHOSEN, HEADERS)
    other = [header_of(text) for text in ("NIK Nelayan", "Orangnya", "Si Pemilik")]
    chosen = meaning(title="Nelayan", meanings=("nik", "name", "mother_name"))
    made = changed_map(chosen, other, first)
    assert (made.name, made.title) == ("pemilik_perahu", "Nelayan")
    assert made.confirmed(HEADERS) == first.confirmed(HEADERS)
    assert made.fields["nik"] == ["NIK Nelayan", "Kode A"]
    # "Si Pemilik" is the mother now, wherever it stands alone.
    assert made.fields["name"] == ["Orangnya"]
    assert changed_map(chosen, other, made) == made


def test_a_shipped_map_only_gains() -> None:
    base = supplier_map("proposal")
    made = extended_map(USUL_CHOSEN, USUL, base)
    assert made.confirmed(USUL) == {"name": 0, "nik": 1, "occupation": 2}
    assert (made.title, made.needs, made.hints) == (base.title, base.needs, base.hints)
    assert made.fields["name"] == ["Orangnya", *base.fields["name"]]
    text = map_text(made)
    assert "extends: proposal" in text
    assert "Kelurahan pengusul" not in text
    assert parse_map(text, "proposal.yaml") == made
    assert extended_map(USUL_CHOSEN, USUL, made) == made


def test_a_shipped_map_without_what_it_requires_is_not_that_list() -> None:
    chosen = meaning(meanings=("name", "", "occupation"))
    with pytest.raises(UserError) as raised:
        extended_map(chosen, USUL, supplier_map("proposal"))
    assert raised.value.code == "columns.missing"
    assert "NIK" in raised.value.why


def test_an_own_map_is_read_back_to_the_same() -> None:
    made = new_map(CHOSEN, HEADERS)
    again = parse_map(map_text(made), "x.yaml")
    assert again == made
    assert again.fingerprint == made.fingerprint


def test_one_that_replaces_a_shipped_map_stays_whole() -> None:
    made = supplier_map("proposal").model_copy(update={"title": "Usulan kota"})
    assert isinstance(made, SupplierMap)
    assert "extends" not in map_text(made)
    assert parse_map(map_text(made), "x.yaml") == made


@pytest.mark.parametrize(
    "text",
    [
        "extends: nobody",
        "extends: proposal\ntitle: X",
        "extends: proposal\nfields: {salary: [gaji]}",
        "extends: proposal\nlayouts: [[{header: A, field: nik}, {header: B, field: nik}]]",
    ],
)
def test_a_bad_extension_is_named(text: str) -> None:
    with pytest.raises(UserError) as raised:
        parse_map(text, "proposal.yaml")
    assert raised.value.code == "supplier.map"


def test_every_field_has_a_title_a_clerk_can_read() -> None:
    titles = {name: title_of(name) for name in NAMEABLE}
    assert all(title[0].isupper() for title in titles.values())


def test_what_was_confirmed_goes_before_what_headers_say() -> None:
    headers = [header_of("NIK"), header_of("Nama"), header_of("No KTP")]
    chosen = meaning(meanings=("kpj", "name", "nik"), needed=())
    made = new_map(chosen, headers)
    assert made.confirmed(headers) == {"kpj": 0, "name": 1, "nik": 2}
    assert match_columns(headers, made.aliases)["kpj"] == 0
