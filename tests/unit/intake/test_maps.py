"""Suppliers' maps: all valid, errors readable, headers recognised however written."""

from __future__ import annotations

import pytest

from semesta.intake.fields import COLUMNS, FIELDS, IGNORED, inputs_of
from semesta.intake.headers import header_key, header_of, match_columns
from semesta.intake.maps import (
    common_headers,
    parse_map,
    supplier_map,
    supplier_maps,
)
from semesta.kernel import UserError

SUPPLIERS = {
    "dukcapil", "dtsen_individual", "dtsen_family", "proposal", "decree",
    "bpu_participants", "pu_participants", "deactivations", "employers", "oss_projects",
    "deaths", "civil_servants", "insurer_answer", "payments",
    "p3ke_individual", "erdkk_farmers", "field_survey", "moves", "perisai_registrations",
    "aid_recipients", "worker_register",
    "field_verification", "field_paper", "field_form",
}  # fmt: skip


def test_all_suppliers_are_there() -> None:
    assert set(supplier_maps()) == SUPPLIERS


@pytest.mark.parametrize("name", sorted(SUPPLIERS))
def test_a_map_names_itself_and_its_office(name: str) -> None:
    one = supplier_map(name)
    assert one.name == name
    assert len(one.name) <= 30
    assert one.title
    assert one.office
    assert all(keys for keys in one.aliases.values())


def test_common_headers_are_of_known_fields() -> None:
    known = set(FIELDS) | IGNORED
    known |= {"code_province", "code_regency", "code_district", "code_kelurahan"}
    assert set(common_headers()) == known - {"kelurahan_parts"}


def test_every_column_can_be_filled() -> None:
    assert all(inputs_of(column) for column in COLUMNS)


def _map(fields: str, required: str) -> str:
    head = "name: x, title: X, subject: person, office: O"
    return f"{{{head}, fields: {fields}, required: {required}}}"


def test_an_unknown_supplier_is_answered_with_those_there_are() -> None:
    with pytest.raises(UserError) as raised:
        supplier_map("dinas")
    assert raised.value.code == "supplier.unknown"
    assert "dukcapil" in raised.value.why


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("name: x", "title"),
        ("{", "baru.yaml"),
        (
            "{name: x, title: X, subject: planet, office: O, fields: {}, required: []}",
            "subject",
        ),
        (
            _map("{nikk: []}", "[]"),
            "nikk",
        ),
        (
            _map("{nik: []}", "[name]"),
            "name",
        ),
        (
            _map("{nik: []}", "[nik], colour: red"),
            "colour",
        ),
    ],
)
def test_a_bad_map_is_refused_with_its_fault(text: str, fault: str) -> None:
    with pytest.raises(UserError) as raised:
        parse_map(text, "baru.yaml")
    assert raised.value.code == "supplier.map"
    assert fault in raised.value.what + raised.value.why


@pytest.mark.parametrize(
    "text", ["NO. KK", "No_KK", "nokk", " no kk ", "NO\nKK", "No.  K.K"]
)
def test_one_key_for_all_spellings(text: str) -> None:
    assert header_key(text) == "nokk"


@pytest.mark.parametrize(
    ("lines", "key"),
    [
        (("Tgl Lahir (dd/mm/yyyy)",), "tgllahir"),
        (("Nomor Induk Kependudukan (NIK)",), "nik"),
        (("Alamat", "RT"), "rt"),
        (("Jenis Kelamin", "L"), "jeniskelaminl"),
        (("usia _60_tahun",), "usia60tahun"),
        (("EMAIL ",), "email"),
        (("TMP/TGL LHR",), "tempattanggallahir"),
        (("Jns. Kelamin",), "jeniskelamin"),
        (("Jml TK (orang)",), "jumlahtk"),
    ],
)
def test_a_header_has_the_key(lines: tuple[str, ...], key: str) -> None:
    assert key in header_of(*lines).keys


def _matched(headers: list[str], supplier: str = "proposal") -> dict[str, str]:
    found = match_columns(
        [header_of(h) for h in headers], supplier_map(supplier).aliases
    )
    return {field: headers[column] for field, column in found.items()}


def test_the_fuller_name_wins() -> None:
    found = _matched(["NAMA IBU KANDUNG", "NAMA", "NIK"])
    assert found["name"] == "NAMA"
    assert found["mother_name"] == "NAMA IBU KANDUNG"


def test_a_header_that_only_begins_like_one_comes_last() -> None:
    found = _matched(["NAMA PEDAGANG/PEKERJA", "PENGHASILAN RATA-RATA", "NIK"])
    assert found["name"] == "NAMA PEDAGANG/PEKERJA"
    assert found["income"] == "PENGHASILAN RATA-RATA"
    assert _matched(["NAMA ANAK", "NAMA"])["name"] == "NAMA"


def test_a_column_serves_one_field_only() -> None:
    found = _matched(["NIK", "NIK", "NAMA"])
    assert len(found) == 2


@pytest.mark.parametrize(
    ("supplier", "header", "field"),
    [
        ("dtsen_individual", "r101", "nik"),
        ("dtsen_individual", "r404", "born_on"),
        ("dtsen_individual", "r403", "sex"),
        ("dtsen_individual", "r402", "relation"),
        ("dtsen_individual", "shdk", "relation"),
        ("dtsen_family", "desil_pdt", "decile"),
        ("dtsen_family", "id_kk", "family_card"),
        ("proposal", "id_penduduk", "nik"),
        ("proposal", "TGL_LHR", "born_on"),
        ("dukcapil", "STATUS_KAWIN", "marital_status"),
    ],
)
def test_aliases_really_met(supplier: str, header: str, field: str) -> None:
    assert field in _matched([header], supplier)
