"""The calculators: they ask in words, say what the law says, and keep nothing."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.support.pages import TODAY

from semesta.kernel import Month, Rupiah
from semesta.law.book import law_at, law_book
from semesta.law.cases import answer_benefit, answer_contribution
from semesta.web.calculators import choices
from semesta.web.calculators.benefit import BenefitForm
from semesta.web.calculators.contribution import ContributionForm
from semesta.web.calculators.examples import benefit_example, contribution_example
from semesta.web.calculators.fields import read_rupiah

pytestmark = pytest.mark.once

IURAN = "calculate-contribution"
MANFAAT = "calculate-benefit"


def text_of(page: str) -> str:
    """What a reader sees: no tags, one blank between words."""
    body = page[page.index("<main") : page.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def in_words(page: str) -> str:
    """The same without the form, in which codes are values that nobody sees."""
    return text_of(re.sub(r"<form.*?</form>", " ", page, flags=re.S))


def field_of(page: str, name: str) -> str:
    """One field as it stands on the page, with its error."""
    _before, _id, rest = page.partition(f'id="isian-{name}"')
    return unescape(rest.partition('id="isian-')[0])


def day(name: str, on: date) -> dict[str, str]:
    parts = (on.day, on.month, on.year)
    return {f"{name}_{n}": str(part) for n, part in enumerate(parts)}


def paid(first: str, last: str, more: str = "") -> dict[str, str]:
    """The two months of a range, both included."""
    said = {}
    for name, text in ((f"mulai{more}", first), (f"akhir{more}", last)):
        month = Month.parse(text)
        said |= {f"{name}_0": str(month.month), f"{name}_1": str(month.year)}
    return {"iuran": "ya", **said}


DEATH = {
    "peristiwa": "death",
    **day("tanggal", date(2026, 1, 12)),
    "kerja": "mandiri",
    **paid("2022-10", "2025-11"),
    **day("anak1-lahir", date(2013, 4, 2)),
    "anak1-sekolah": "tk_sd:8",
}
CASES: dict[str, dict[str, str]] = {
    "arrears": DEATH,
    "short": {**DEATH, **paid("2025-12", "2026-01")},
    "lapsed": {**DEATH, **paid("2024-01", "2024-10")},
    "two spells": {**DEATH, **paid("2023-01", "2024-06"), **paid("2025-06", "2026-01", "_lain")},
    "never": {**DEATH, "iuran": "tidak"},
    "nobody knows": {**DEATH, "iuran": "entah"},
    "at work": {
        **DEATH, "peristiwa": "work_death", "penghasilan": "1,5 juta", "hari": "3",
        "darat": "350.000",
    },
    "employed": {
        **DEATH, "peristiwa": "work_death", "kerja": "upah", "penghasilan": "Rp3.200.000",
    },
    "disabled": {**DEATH, "peristiwa": "total_disability", "penghasilan": "1500000"},
    "partly": {
        **DEATH, "peristiwa": "partial_disability", "penghasilan": "1500000",
        "persen_cacat": "12,5", "persen_fungsi": "40",
    },
    "hurt": {
        **DEATH, "peristiwa": "work_accident", "penghasilan": "1500000", "hari": "45",
    },
}  # fmt: skip
MONTHS: dict[str, dict[str, str]] = {
    "own": contribution_example(TODAY),
    "relief": {
        "kerja": "mandiri", "pekerjaan": "ojek", "penghasilan": "1.200.000",
        "pembayar": "CSR", "jht": "on", "bulan": "2026-05",
    },
    "helper": {
        "kerja": "mandiri", "pekerjaan": "juru-parkir", "penghasilan": "900 ribu",
        "pembayar": "SELF", "bulan": "2026-02",
    },
    "wage": {
        "kerja": "upah", "upah": "14.000.000", "risiko": "5", "skala": "besar",
        "bulan": "2026-01",
    },
    "project": {"kerja": "proyek", "kontrak": "180 juta", "bulan": "2026-01"},
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_every_amount_of_the_law_stands_on_the_page_of_a_benefit(
    name: str, client: Client
) -> None:
    form = BenefitForm(CASES[name], today=TODAY)
    assert form.is_valid(), form.errors
    answer = answer_benefit(form.given())

    page = client.post(reverse(MANFAAT), CASES[name]).content.decode()
    text = in_words(page)

    for line in answer["lines"]:
        assert str(Rupiah(line["amount"])) in text
        assert line["law"] in text.replace(" ;", ";")
    for child in answer["children"]:
        assert str(Rupiah(child["total"])) in text or not child["total"]
    for one in (*answer["deadlines"], *answer["what_if"]):
        label = one.get("what") or one["label"]
        assert label in text or answer["unknown"]
    assert all(one["name"] in text for one in answer["documents"])
    if answer["unknown"]:
        assert "Belum dapat dihitung" in text
        assert all(fact in text for fact in answer["unknown"])
    elif answer["total"]:
        assert f"menerima {Rupiah(answer['total'])}" in text
        if answer["payable_now"] != answer["total"]:
            assert f"{Rupiah(answer['payable_now'])} dapat dicairkan sekarang" in text
    else:
        assert "Tidak ada santunan" in text
    assert not re.search(r"\b[a-z]+_[a-z_]+\b|`", text)


@pytest.mark.parametrize("name", CASES)
def test_no_amount_stands_on_the_page_that_the_law_did_not_give(
    name: str, client: Client
) -> None:
    form = BenefitForm(CASES[name], today=TODAY)
    form.is_valid()
    known = {
        Rupiah(n) for n in _numbers([answer_benefit(form.given()), form.cleaned_data])
    }

    text = in_words(client.post(reverse(MANFAAT), CASES[name]).content.decode())
    shown = {Rupiah(int(n.replace(".", ""))) for n in re.findall(r"Rp([\d.]*\d)", text)}

    # Beside what the law gave stand only sums of lines and of school years.
    assert shown - known <= _sums(answer_benefit(form.given()))


def _numbers(value: Any) -> set[int]:
    if isinstance(value, dict):
        return set().union(*map(_numbers, value.values()))
    if isinstance(value, list | tuple):
        return set().union(set(), *map(_numbers, value))
    if isinstance(value, str):
        said = re.findall(r"Rp([\d.]*\d)", value)
        return {int(n.replace(".", "")) for n in said}
    return {int(value)} if isinstance(value, int | Decimal) else set()


def _sums(answer: dict[str, Any]) -> set[Rupiah]:
    later = answer["total"] - answer["payable_now"]
    levels: dict[tuple[str, str], int] = {}
    for year in answer["scholarship"]:
        key = (year["child"], year["level"])
        levels[key] = levels.get(key, 0) + year["amount"]
    return {Rupiah(n) for n in (later, answer["payable_now"], *levels.values())}


@pytest.mark.parametrize("name", MONTHS)
def test_every_amount_of_the_law_stands_on_the_page_of_a_contribution(
    name: str, client: Client
) -> None:
    form = ContributionForm(MONTHS[name], today=TODAY)
    assert form.is_valid(), form.errors
    answer = answer_contribution(form.given())

    page = client.get(reverse(IURAN), MONTHS[name]).content.decode()
    text = in_words(page)

    assert answer["lines"]
    assert f"{Rupiah(answer['total'])}" in text
    for line in answer["lines"]:
        assert str(Rupiah(line["amount"])) in text
        assert line["law"].split(";")[0] in text
    for amount in answer["by_payer"].values():
        assert str(Rupiah(amount)) in text
    for id_ in answer["switches_used"]:
        assert f'href="{reverse("law")}?bagian=pertanyaan#{id_}"' in page
    for one in answer["what_if"]:
        assert f"{one['label']} {Rupiah(one['total'])}" in text
    assert not re.search(r"\b[a-z]+_[a-z_]+\b|`", text)


def test_what_was_read_of_an_open_question_is_told(client: Client) -> None:
    page = text_of(client.get(reverse(IURAN), MONTHS["helper"]).content.decode())
    switch = law_book().switches["relief_transport_jobs"]

    assert switch.question in page
    read = next(o.means for o in switch.options if o.id == switch.default)
    assert f"Dibaca : {read}" in page or f"Dibaca: {read}" in page


def test_dates_of_birth_never_stand_in_an_address(client: Client) -> None:
    response = client.post(reverse(MANFAAT), DEATH)

    assert response.status_code == 200
    assert response.request["QUERY_STRING"] == ""
    page = response.content.decode()
    assert re.search(r'<form[^>]*method="post"', page)
    assert not [
        link
        for link in re.findall(r'href="([^"]*)"', page)
        if "lahir" in link or "2013" in link
    ]
    assert "no-store" in response["Cache-Control"]


def test_what_is_asked_by_address_is_not_answered_there(client: Client) -> None:
    """A benefit asked by GET shows the empty form: its link cannot be passed on."""
    page = client.get(reverse(MANFAAT), DEATH).content.decode()

    assert "Keluarga menerima" not in text_of(page).partition("Contoh")[0]
    assert 'value="2013"' not in re.sub(r"<select.*?</select>", "", page, flags=re.S)


def test_before_anything_is_asked_an_example_teaches(client: Client) -> None:
    iuran = text_of(client.get(reverse(IURAN)).content.decode())
    form = ContributionForm(contribution_example(TODAY), today=TODAY)
    assert form.is_valid()
    assert str(Rupiah(answer_contribution(form.given())["total"])) in iuran

    manfaat = text_of(client.get(reverse(MANFAAT)).content.decode())
    told = BenefitForm(benefit_example(TODAY), today=TODAY)
    assert told.is_valid()
    assert str(Rupiah(answer_benefit(told.given())["total"])) in manfaat
    whole = text_of(client.get(reverse(MANFAAT), {"contoh": "1"}).content.decode())
    assert "Ini contoh, bukan keluarga sungguhan" in whole
    assert "Langkah dan tenggatnya" in whole


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("penghasilan", "banyak", "“banyak” tidak terbaca sebagai jumlah uang"),
        ("penghasilan", "", "Isi ini dahulu supaya dapat dihitung"),
        ("penghasilan", "9" * 20, "terlalu besar"),
        ("pekerjaan", "raja", "raja"),
        ("bulan", "1999-01", "Pilih bulan dari daftar"),
        ("kerja", "", "Pilih salah satu"),
    ],
)
def test_an_error_of_the_contribution_stands_beside_its_field(
    name: str, text: str, told: str, client: Client
) -> None:
    page = client.get(reverse(IURAN), MONTHS["relief"] | {name: text}).content.decode()

    assert told in field_of(page, name)
    assert f'href="#isian-{name}"' in page
    assert "Rincian menurut pasal" not in page


@pytest.mark.parametrize(
    ("changed", "name", "told"),
    [
        (day("tanggal", date(2026, 3, 1)), "tanggal", "belum terjadi"),
        ({"tanggal_0": "31", "tanggal_1": "2"}, "tanggal", "tidak ada di kalender"),
        ({"tanggal_2": ""}, "tanggal", "ada yang masih kosong"),
        ({"tanggal_2": "19"}, "tanggal", "Tulis lengkap empat angka"),
        (paid("2025-05", "2024-05"), "akhir", "mendahului bulan pertama"),
        ({"akhir_0": "", "akhir_1": ""}, "akhir", "Pilih bulan dan tahunnya"),
        ({"akhir_1": ""}, "akhir", "baru satu yang dipilih"),
        ({"mulai_lain_0": "3", "mulai_lain_1": "2020"}, "akhir_lain", "Pilih bulan"),
        ({"anak1-sekolah": ""}, "anak1-sekolah", "kosongkan seluruh isian anak ini"),
        ({"anak2-menikah": "on"}, "anak2-lahir", "kosongkan seluruh isian anak ini"),
        ({"anak1-lahir_0": "40"}, "anak1-lahir", "tidak ada di kalender"),
        ({"peristiwa": "work_death"}, "penghasilan", "santunannya dihitung dari situ"),
        (
            {"peristiwa": "partial_disability", "penghasilan": "1 juta"},
            "persen_cacat",
            "menurut surat dokter",
        ),
        (
            {
                "peristiwa": "partial_disability",
                "penghasilan": "1 juta",
                "persen_cacat": "140",
            },
            "persen_cacat",
            "0 sampai 100",
        ),
        ({"peristiwa": "work_accident"}, "hari", "0 bila langsung dapat bekerja"),
        ({"iuran": ""}, "iuran", "Pilih salah satu"),
    ],
)
def test_an_error_of_the_benefit_stands_beside_its_field(
    changed: dict[str, str], name: str, told: str, client: Client
) -> None:
    page = client.post(reverse(MANFAAT), DEATH | changed).content.decode()

    assert told in field_of(page, name)
    assert f'href="#isian-{name}"' in page
    assert "Keluarga menerima" not in page


def test_what_is_not_asked_is_not_faulted(client: Client) -> None:
    leftover = {"persen_cacat": "140", "penghasilan": "?", "hari": "x"}
    page = client.post(reverse(MANFAAT), DEATH | leftover).content.decode()
    assert "Keluarga menerima" in page

    asked = MONTHS["wage"] | {"penghasilan": "?", "kontrak": "?"}
    assert "Rincian" in client.get(reverse(IURAN), asked).content.decode()


def test_children_do_not_matter_where_no_scholarship_can_come(client: Client) -> None:
    asked = CASES["hurt"] | {"anak1-sekolah": ""}

    assert "Pekerja menerima" in client.post(reverse(MANFAAT), asked).content.decode()


def test_what_the_law_cannot_answer_is_told_with_its_fix(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from semesta.kernel import UserError
    from semesta.web.calculators import views

    def refuse(given: Any) -> Any:
        raise UserError("law.case", "Tidak dapat.", "Sebab satu.\nSebab dua.", "Ubah.")

    monkeypatch.setattr(views, "answer_benefit", refuse)
    monkeypatch.setattr(views, "answer_contribution", refuse)
    for response in (
        client.post(reverse(MANFAAT), DEATH),
        client.get(reverse(IURAN), MONTHS["own"]),
    ):
        text = text_of(response.content.decode())
        assert "Tidak dapat. Sebab satu. Sebab dua. Ubah." in text


def test_while_choosing_only_the_answer_is_sent_and_nobody_is_scolded(
    client: Client,
) -> None:
    live = {"HX-Request": "true"}
    done = client.get(reverse(IURAN), MONTHS["wage"], headers=live)
    assert "<form" not in done.content.decode()
    assert "HX-Request" in done["Vary"]

    asked = {"kerja": "upah", "upah": "abc", "bulan": "2026-01"}
    begun = client.get(reverse(IURAN), asked, headers=live).content.decode()
    assert "Masih perlu diisi" in begun
    assert "isian perlu diperbaiki" not in begun
    assert "“abc” tidak terbaca" in unescape(begun)
    assert "Isi ini dahulu" not in begun


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1500000", 1_500_000), ("1.500.000", 1_500_000), ("Rp 1.500.000,-", 1_500_000),
        ("rp1,5 juta", 1_500_000), ("1.5jt", 1_500_000), ("900 ribu", 900_000),
        ("1 500 000", 1_500_000), ("1,500,000", 1_500_000), ("0", 0), ("1.500.000,00", 1_500_000),
        ("satu juta", None), ("1,5", None), ("1.50", None), ("-5", None), ("", None),
        ("1,0001 rb", None), ("..", None),
    ],
)  # fmt: skip
def test_money_is_read_as_people_write_it(text: str, amount: int | None) -> None:
    assert read_rupiah(text) == amount


def test_what_can_be_chosen_is_known_to_the_law() -> None:
    jobs = {code for code, _label in choices.occupations() if code}
    relief = law_at(date(2026, 5, 1)).get("bpu.relief.transport_jobs").value
    assert {job for named in relief.values() for job in named} <= jobs
    levels = law_at(TODAY).get("scholarship.levels").value
    for level in levels:
        for year in range(1, level["years"] + 1):
            assert choices.class_name(level["level"], year)
        assert choices.class_name(level["level"], 99) in ("", "Kuliah tahun ke-99")
