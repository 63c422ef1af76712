"""Spelling of single words: the table in the module's text, and more."""

from __future__ import annotations

import pytest

from semesta.linkage.spelling import modern, norm_word, phonetic_key, role_of


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("noerhajati", "nurhayati"),
        ("djoesoef", "jusuf"),
        ("tjahaja", "cahaya"),
        ("sjafrizal", "syafrizal"),
        ("soekarno", "sukarno"),
        ("njoman", "nyoman"),
        ("jasmani", "jasmani"),  # no other sign of old spelling: j stays j
        ("jufri", "jufri"),
        ("chandra", "chandra"),
    ],
)
def test_old_spelling(old: str, new: str) -> None:
    assert modern(old) == new


@pytest.mark.parametrize(
    ("word", "first", "norm"),
    [
        ("moh", True, "muhammad"),
        ("mhd", False, "muhammad"),
        ("m", True, "muhammad"),
        ("m", False, "m"),
        ("st", True, "siti"),
        ("abd", True, "abdul"),
        ("abdoel", False, "abdul"),
        ("achmad", True, "ahmad"),
        ("noer", True, "nur"),
        ("rachmad", False, "rahmat"),
    ],
)
def test_norm(word: str, first: bool, norm: str) -> None:
    assert norm_word(word, first=first) == norm


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("djoesoef jusuf yusup yusuf", "JSP"),
        ("chairul khoirul hairul khairul", "HRL"),
        ("syafrizal sjafrizal safrizal", "SPRJL"),
        ("fauzi fauji fauzy pauzi", "PJ"),
        ("rahmat rachmad rahmad", "RMT"),
        ("taufiq taufik topik taufi", "TP"),
        ("hafiz hafidz hafizh", "HPJ"),
        ("zainal zaenal", "JNL"),
        ("fitria fitriya pitria", "PTR"),
        ("dewi dewy", "D"),
        ("dedi dedy deddy", "DD"),
        ("aminah amina", "AMN"),
        ("datuak datua", "DT"),
        ("malik", "ML"),
        ("aik", "AK"),  # too short to lose a letter
        ("yuliana juliana", "JLN"),
        ("aisyah aisah aisyiah", "AS"),
        ("umar oemar omar", "UMR"),
        ("effendi efendi", "IPND"),
        ("sofyan sofian syofyan", "SPN"),
        ("hidayat hidajat hidayad", "HDJT"),
    ],
)
def test_phonetic_key(words: str, key: str) -> None:
    found = {word: phonetic_key(norm_word(word, first=False)) for word in words.split()}
    assert found == dict.fromkeys(words.split(), key)


@pytest.mark.parametrize(
    ("word", "first", "role"),
    [
        ("hj", True, "title"),
        ("drs", True, "title"),
        ("se", False, "title"),
        ("se", True, "word"),
        ("dt", False, "gelar"),
        ("st", False, "gelar"),
        ("st", True, "light"),
        ("binti", False, "father"),
        ("muhd", True, "light"),
        ("yusuf", False, "word"),
    ],
)
def test_role(word: str, first: bool, role: str) -> None:
    assert role_of(word, first=first) == role


def test_key_of_nothing() -> None:
    assert phonetic_key("") == ""
