"""The decree in the office's own letterhead."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from tests.unit.reports.test_decree_text import ENTRIES, FACTS, REGION

from semesta.kernel import UserError
from semesta.reports.codes import qr_svg
from semesta.reports.decree_text import decree_data
from semesta.reports.letterhead import docx

DAY = date(2026, 1, 2)
DATA = decree_data(FACTS, ENTRIES, REGION, masked=True)


def paragraphs(content: bytes) -> str:
    return "\n".join(p.text for p in Document(BytesIO(content)).paragraphs)


def own_template(folder: Path, text: str) -> Path:
    document = Document()
    document.add_paragraph(text)
    document.save(str(folder / "decree.docx"))
    return folder


def test_the_example_prints_head_reasons_and_decisions(tmp_path: Path) -> None:
    said = paragraphs(docx(DATA, tmp_path, made_on=DAY))
    assert "NOMOR 400/1/2026" in said
    assert "tujuh ribu dua ratus dua puluh tujuh" in said
    assert "KELIMA: Keputusan ini mulai berlaku" in said
    assert "K7QF2-M9XAT" in said
    assert ENTRIES[0].name not in said


def test_the_same_gives_the_same_bytes(tmp_path: Path) -> None:
    assert docx(DATA, tmp_path, made_on=DAY) == docx(DATA, tmp_path, made_on=DAY)


def test_the_office_has_its_own(tmp_path: Path) -> None:
    folder = own_template(tmp_path, "SK {{ number }} tentang {{ about }}")
    said = paragraphs(docx(DATA, folder, made_on=DAY))
    assert said == "SK 400/1/2026 tentang Penetapan Penerima Bantuan Iuran"


def test_what_is_written_is_text_not_markup(tmp_path: Path) -> None:
    folder = own_template(tmp_path, "{{ about }}")
    data = {**DATA, "about": "<w:br/> & {{ number }}"}
    assert paragraphs(docx(data, folder, made_on=DAY)) == "<w:br/> & {{ number }}"


@pytest.mark.parametrize("text", ["{{ nomor_salah }}", "{{ number", "{% for %}"])
def test_a_template_that_cannot_be_filled_says_so(tmp_path: Path, text: str) -> None:
    with pytest.raises(UserError) as refused:
        docx(DATA, own_template(tmp_path, text), made_on=DAY)
    assert refused.value.code == "report.template"


def test_a_template_cannot_reach_beyond_its_data(tmp_path: Path) -> None:
    reach = "{{ number.__class__.__mro__[1].__subclasses__() }}"
    with pytest.raises(UserError):
        docx(DATA, own_template(tmp_path, reach), made_on=DAY)


def test_a_file_that_is_no_template_says_so(tmp_path: Path) -> None:
    (tmp_path / "decree.docx").write_bytes(b"bukan word")
    with pytest.raises(UserError):
        docx(DATA, tmp_path, made_on=DAY)


def test_a_change_says_whom_it_adds_and_takes_off() -> None:
    changed = replace(FACTS, amends="400/0/2026", people=2)
    data = decree_data(changed, ENTRIES, REGION, masked=True)
    assert "Mengubah Lampiran Keputusan Nomor 400/0/2026" in data["decisions"][0][1]


def test_the_square_code_is_a_picture_of_the_address() -> None:
    here, there = (
        qr_svg("https://a.go.id/cek-sk/A/"),
        qr_svg("https://a.go.id/cek-sk/B/"),
    )
    assert here.startswith("<svg")
    assert here != there
