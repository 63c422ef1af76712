"""Headers of field forms: the question's name counts, a choice's does not."""

from __future__ import annotations

import pyarrow as pa

from semesta.intake.formexports import headers_of, is_form_export, without_ticks

KOBO = ["diri/nik", "diri/dokumen", "diri/dokumen/kk", "_id", "_uuid"]


def test_what_makes_a_form_export() -> None:
    assert is_form_export(KOBO)
    assert is_form_export(["KEY", "SubmissionDate", "diri-nik"])
    assert not is_form_export(["NIK", "KEY", "Nama/Alias"])
    assert not is_form_export([])


def test_the_question_is_the_fullest_key_and_a_choice_has_none() -> None:
    headers = headers_of(KOBO)
    assert headers[0].keys == ("nik", "dirinik")
    assert headers[0].text == "diri/nik"
    assert headers[1].keys[0] == "dokumen"
    assert headers[2].keys == ()


def test_an_ordinary_list_keeps_its_slashes() -> None:
    (header,) = headers_of(["Desa/Kelurahan"])
    assert header.keys == ("desakelurahan",)


def test_two_ticked_columns_of_one_group_are_choices() -> None:
    texts = ["a/kk", "a/ktp", "b/rt", "_id", "_uuid"]
    ticks, other = pa.array(["1", "0", ""]), pa.array(["4", "1", "0"])
    columns = [ticks, ticks, other, other, other]
    keys = [header.keys for header in without_ticks(headers_of(texts), columns)]
    assert keys[:2] == [(), ()]
    assert keys[2] == ("rt", "brt")


def test_one_ticked_column_may_be_a_yes_or_no_question() -> None:
    texts = ["a/bekerja", "_id", "_uuid"]
    columns = [pa.array(["1", "0"])] * 3
    assert without_ticks(headers_of(texts), columns)[0].keys[0] == "bekerja"
