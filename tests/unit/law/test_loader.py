"""Mistakes in the law files are refused, each with file and line."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

import semesta.law
from semesta.kernel import UserError
from semesta.law.book import Reading, law_at, law_book
from semesta.law.loader import read_book

AMOUNT = "parameters/bpu/jkm/amount.yaml"
SHIPPED = Path(semesta.law.__file__).parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("instruments.yaml", "switches.yaml", "glossary.yaml"):
        shutil.copy(SHIPPED / name, tmp_path / name)
    shutil.copytree(SHIPPED / "parameters", tmp_path / "parameters")
    return tmp_path


def amount(*values: str, gaps: str = "") -> str:
    head = f"label: Iuran\nunit: rupiah\nclock: month\n{gaps}values:\n"
    rest = "law: pp-44-2015, confidence: A, last_checked: 2026-11-23"
    return head + "".join(f"  - {{{value}, {rest}}}\n" for value in values)


def refused(folder: Path, text: str, file: str = AMOUNT) -> str:
    (folder / file).write_text(text)
    with pytest.raises(UserError) as caught:
        read_book(folder)
    assert caught.value.code == "law.file"
    return caught.value.why


def test_the_shipped_law_is_whole() -> None:
    book = law_book()
    assert len(book.parameters) > 40
    assert read_book(SHIPPED).version == book.version


def test_overlap(folder: Path) -> None:
    text = amount("from: 2015-07, until: 2020-02, value: 1", "from: 2020-01, value: 2")
    assert f"{AMOUNT} baris 6: tumpang tindih" in refused(folder, text)


def test_open_end_before_another_value(folder: Path) -> None:
    text = amount("from: 2015-07, value: 1", "from: 2020-01, value: 2")
    assert "tumpang tindih" in refused(folder, text)


def test_gap(folder: Path) -> None:
    text = amount("from: 2015-07, until: 2019-12, value: 1", "from: 2020-01, value: 2")
    assert f"{AMOUNT} baris 6: ada jeda" in refused(folder, text)


def test_gap_that_is_explained(folder: Path) -> None:
    text = amount(
        "from: 2015-07, until: 2019-12, value: 1",
        "from: 2020-01, value: 2",
        gaps="gaps_because: tidak ada aturan\n",
    )
    (folder / AMOUNT).write_text(text)
    assert "bpu.jkm.amount" in read_book(folder).parameters


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("from: 2020-02, until: 2020-01, value: 1", "until harus sesudah from"),
        ("from: 2020-02-15, value: 1", "awal bulan"),
        ("from: 2020-02, value: 1.5", "bukan rupiah"),
        ("from: 2020-02, value: true", "bukan rupiah"),
        ("from: 2020-02, value: x", "bukan rupiah"),
        ("from: besok, value: 1", "harus berupa tanggal"),
        ("from: 2020-02, value: 1, harga: 2", "tidak dikenal"),
        ("from: 2020-02", "wajib diisi"),
    ],
)
def test_wrong_values(folder: Path, value: str, message: str) -> None:
    assert message in refused(folder, amount(value))


def test_line_of_an_unknown_instrument(folder: Path) -> None:
    text = amount("from: 2020-02, value: 1").replace("pp-44-2015", "pp-1-1945")
    assert f"{AMOUNT} baris 5: peraturan pp-1-1945" in refused(folder, text)


def test_unknown_switch(folder: Path) -> None:
    text = amount("from: 2020-02, from_switch: entah, value: 1")
    assert "entah harus ada di switches.yaml" in refused(folder, text)


def test_an_unknown_switch_of_a_parameter(folder: Path) -> None:
    text = amount("from: 2020-02, value: 1", gaps="switches: [entah]\n")
    assert f"{AMOUNT} baris 4: pilihan hukum entah" in refused(folder, text)


def test_every_open_question_stands_at_a_parameter() -> None:
    book = law_book()
    named = {switch for p in book.parameters.values() for switch in p.switches}
    named |= {v.from_switch for p in book.parameters.values() for v in p.values}
    assert named >= set(book.switches)


def test_descriptions_are_for_everyone() -> None:
    told = [p.description for p in law_book().parameters.values()]
    assert not [text for text in told if "`" in text or "_" in text.split(".")[0]]


def test_a_month_is_not_shown_as_its_first_day() -> None:
    instruments = law_book().instruments
    assert instruments["kep-26a-2025"].since == "Mei 2025"
    assert instruments["pp-82-2019"].since == "2 Desember 2019"
    assert instruments["permenaker-44-2015"].until == "1 April 2021"
    assert instruments["pp-40-2019"].since == ""


def test_all_mistakes_at_once(folder: Path) -> None:
    (folder / AMOUNT).write_text(amount("from: 2020-02"))
    (folder / "glossary.yaml").write_text("- {term: A, means: B}\n- {term: A}\n")
    (folder / "switches.yaml").write_text("- {id: x, law: [pp-1-1945]}\n")
    with pytest.raises(UserError) as caught:
        read_book(folder)
    assert caught.value.why.count("\n") >= 3


def test_doubled_term(folder: Path) -> None:
    text = "- {term: A, means: B}\n- {term: A, means: C}\n"
    assert "baris 2: A tertulis dua kali" in refused(folder, text, "glossary.yaml")


def test_default_must_be_an_option(folder: Path) -> None:
    text = (
        "- {id: x, question: q, default: c, why_default: w, consequence: k, "
        "settled_by: s, options: [{id: a, means: m}, {id: b, means: m}]}\n"
    )
    assert "default harus salah satu dari a, b" in refused(
        folder, text, "switches.yaml"
    )


def test_broken_yaml(folder: Path) -> None:
    (folder / AMOUNT).write_text("label: [")
    with pytest.raises(UserError, match=r"law\.file"):
        read_book(folder)


def test_no_rule_before_the_law() -> None:
    law = law_at(date(2015, 6, 30))
    assert law.find("jkm.funeral") is None
    with pytest.raises(UserError, match=r"law\.no_rule"):
        law.get("jkm.funeral")


def test_rates_are_exact() -> None:
    found = law_at(date(2026, 1, 1)).get("employer.admin_fine")
    assert str(found.value) == "0.1"
    assert found.law == "PP 86/2013 Pasal 10 ayat (4)"


@pytest.mark.parametrize(
    "overrides", [{"entah": "a"}, {"tenure_after_lapse": "kadang"}]
)
def test_unknown_choices(overrides: dict[str, str]) -> None:
    with pytest.raises(UserError, match=r"law\.switch"):
        Reading(overrides)
