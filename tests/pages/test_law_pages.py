"""The law as everyone reads it: found, whole, in words, with what is not sure."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from tests.support.pages import TODAY

from semesta.law.book import law_at, law_book
from semesta.law.reference import show_value
from semesta.web.law.labels import COLUMNS, FEATURED, GROUPS, SPANS
from semesta.web.law.library import library, plain_note
from semesta.web.law.links import cited
from semesta.web.law.search import find

PARAMETERS = law_book().parameters
KEYS = sorted(PARAMETERS)
pytestmark = pytest.mark.once


def text_of(page: str) -> str:
    """What a reader sees: no tags, one blank between words."""
    body = page[page.index("<main") : page.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def get(client: Client, name: str, *args: str, **query: str) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("key", KEYS)
def test_a_figure_has_its_history_source_and_sureness(key: str, client: Client) -> None:
    parameter = PARAMETERS[key]
    text = text_of(get(client, "law-parameter", key))

    assert parameter.label in text
    for period in library(TODAY)[key].periods:
        assert law_book().cite(period.dated) in text.replace(" ,", ",")
        assert period.sure.casefold() in text.casefold()
        assert plain_note(period.dated.note) in text
    if parameter.unit in ("rupiah", "percent", "months", "years"):
        for dated in parameter.values:
            assert show_value(parameter.unit, dated.value) in text


@pytest.mark.parametrize("key", KEYS)
def test_no_code_of_the_files_is_shown_but_the_name_of_the_file(
    key: str, client: Client
) -> None:
    text = text_of(get(client, "law-parameter", key))
    text = text.replace(f"Nama dalam berkas: {key}", "")

    assert "`" not in text
    assert not re.search(r"\bOK-(hi|med|lo)\b|\b[a-z]+_[a-z_]+\b", text)


def test_every_column_of_a_table_has_a_name_in_indonesian() -> None:
    """A new column needs a line in `web/law/labels.py`."""
    named = set(COLUMNS)
    missing = {
        f"{key}: {name}"
        for key, parameter in PARAMETERS.items()
        for dated in parameter.values
        for row in (dated.value if isinstance(dated.value, list) else [dated.value])
        if isinstance(row, dict) and parameter.unit == "table"
        for name, value in row.items()
        # A mapping from codes to words or rows shows the codes themselves.
        if name.islower() and name not in named and f"{key}:{name}" not in named
    }
    assert not missing


def test_every_group_has_a_heading_and_what_is_said_of_a_figure_has_one() -> None:
    assert {key.partition(".")[0] for key in KEYS} == set(GROUPS)
    told = {key for keys in FEATURED.values() for key in keys}
    assert (told | set(SPANS)) <= set(KEYS)


def test_what_holds_today_comes_before_the_history(client: Client) -> None:
    today = law_at(TODAY).get("jkm.lump_sum").value
    text = text_of(get(client, "law-parameter", "jkm.lump_sum"))
    shown = show_value("rupiah", today)

    assert text.index("Berlaku hari ini") < text.index(shown) < text.index("Riwayat")


@pytest.mark.parametrize(
    ("key", "on", "states"),
    [
        ("jkm.lump_sum", date(2026, 1, 31), ["now", "past"]),
        ("jkm.lump_sum", date(2018, 1, 1), ["future", "now"]),
        ("bpu.relief.other", date(2026, 1, 31), ["future", "past"]),
        ("bpu.relief.other", date(2026, 5, 1), ["now", "past"]),
        ("scholarship.lump_sum_2015", date(2026, 1, 31), ["past"]),
    ],
)
def test_a_value_is_past_present_or_to_come(
    key: str, on: date, states: list[str]
) -> None:
    assert [period.state for period in library(on)[key].periods] == states


def test_a_long_table_is_a_table(client: Client) -> None:
    page = get(client, "law-parameter", "bpu.jkk.bracket")
    rows = law_at(TODAY).get("bpu.jkk.bracket").value

    assert page.count("<tr>") == len(rows) + 1
    assert show_value("rupiah", rows[-1]["base"]) in page


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ("pemakaman", "jkm.funeral"),
        ("PP 82/2019 sekaligus", "jkm.lump_sum"),
        ("jkm.lump_sum", "jkm.lump_sum"),
        ("ojek", "bpu.relief.transport_jobs"),
        ("20.000.000", "jkm.lump_sum"),
        ("20000000", "jkm.lump_sum"),
        ("Penghasilan mulai", "bpu.jkk.bracket"),
    ],
)
def test_a_figure_is_found_by_name_law_value_and_content(asked: str, key: str) -> None:
    assert key in [entry.key for entry in find(asked, TODAY).entries]


def test_searching_works_without_scripts_and_counts_in_every_part(
    client: Client,
) -> None:
    text = text_of(get(client, "law", cari="beasiswa"))

    assert "yang memuat “beasiswa”" in text
    found = find("beasiswa", TODAY)
    assert f"Angka dan aturan {len(found.entries)}" in text
    assert f"Pertanyaan terbuka {len(found.switches)}" in text


def test_while_typing_only_the_results_are_sent(client: Client) -> None:
    response = client.get(
        reverse("law"), {"cari": "jkm"}, headers={"HX-Request": "true"}
    )

    assert "<html" not in response.content.decode()
    assert "Santunan sekaligus JKM" in response.content.decode()
    assert "HX-Request" in response["Vary"]


def test_nothing_found_says_what_to_try(client: Client) -> None:
    assert "Tidak ditemukan" in get(client, "law", cari="zzz")
    elsewhere = get(client, "law", cari="PP 40/2019", bagian="angka")
    assert "Pilih bagian lain" in elsewhere


def test_every_open_question_is_told_with_its_readings(client: Client) -> None:
    page = get(client, "law", bagian="pertanyaan")
    text = text_of(page)

    for switch in law_book().switches.values():
        assert f'id="{switch.id}"' in page
        said = (switch.question, switch.why_default, switch.consequence)
        for sentence in (*said, switch.settled_by, *(o.means for o in switch.options)):
            assert " ".join(sentence.split()) in text
    assert text.count("Dipakai ") >= len(law_book().switches)


def test_instruments_and_words_are_all_there(client: Client) -> None:
    page = get(client, "law", bagian="peraturan")
    for instrument in law_book().instruments.values():
        assert f'id="{instrument.id}"' in page
    words = text_of(get(client, "law", bagian="istilah"))
    assert all(term.means in words for term in law_book().terms.values())


def test_a_citation_links_to_its_instrument() -> None:
    shown = cited("PP 44/2015 Pasal 20; PP 50/2025 <Pasal> 2")

    assert shown.count("<a ") == 2
    assert '#pp-50-2025">PP\u00a050/2025</a> &lt;Pasal&gt; 2' in shown
    assert "<a " not in cited("Peraturan lain 1/2030")


def test_an_unknown_figure_is_not_found(client: Client) -> None:
    assert client.get(reverse("law-parameter", args=["tidak.ada"])).status_code == 404


def test_a_wild_search_breaks_nothing(client: Client) -> None:
    for text in ("<script>", "%00\\(", "a" * 5000, "[", "“"):
        response = client.get(reverse("law"), {"cari": text, "bagian": "x"})
        assert response.status_code == 200
        assert "<script>" not in response.content.decode().partition("<main")[2]
