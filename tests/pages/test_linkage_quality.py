"""The page about linkage quality, and looking at the pairs it rests on."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.support.pages import SmallCity
from tests.support.people import a_linkage_run, a_run

from semesta.access.models import Role
from semesta.audit.models import Event
from semesta.linkage.measuring.models import QualityPair, QualitySample
from semesta.linkage.measuring.queries import quality_file
from semesta.linkage.models import LinkageRun
from semesta.warehouse.lake import write_bytes

GANTING = "13.74.01.1001"
CHECK, PAGE = reverse("people-quality-check"), reverse("people-quality")


@pytest.fixture
def officer_client(as_role: Any) -> Client:
    return as_role(Role.OFFICER)


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def decide(**answers: int) -> None:
    """So many of the exact stratum `same` or `different`, and `apart` of the other."""
    exact = list(QualityPair.objects.filter(stratum="exact"))
    apart = list(QualityPair.objects.filter(stratum="apart-3"))
    told = ["same"] * answers.get("same", 0) + ["different"] * answers.get(
        "different", 0
    )
    told_apart = ["different"] * answers.get("apart", 0)
    for pairs, given in ((exact, told), (apart, told_apart)):
        for pair, answer in zip(pairs, given, strict=False):
            QualityPair.objects.filter(pk=pair.pk).update(
                answer=answer, answered_by="petugas", answered_at=a_run("x").at
            )


class TestFigure:
    def test_before_enough_is_decided_it_gives_no_figure(
        self, officer_client: Client
    ) -> None:
        decide(same=2)
        text = text_of(officer_client.get(PAGE))
        assert "Contoh sedang diperiksa" in text
        assert "2 dari 8 pasangan" in text
        assert "1.000" not in text

    def test_wrong_pairs_of_a_thousand_come_first_with_their_bounds(
        self, officer_client: Client
    ) -> None:
        decide(same=5, different=1)
        response = officer_client.get(PAGE)
        (wrong,) = response.context["figures"]
        assert wrong.value == "167"
        assert wrong.between.startswith("antara ")
        low, high = (
            wrong.between.removeprefix("antara ").replace(",", ".").split(" dan ")
        )
        assert 0 < float(low) < 167 < float(high) < 700
        assert "Kelengkapan muncul sesudah" in text_of(response)
        assert "Pada 1 pasangan, orang berkata lain" in text_of(response)

    def test_finished_it_says_so_and_draws_by_threshold(
        self, officer_client: Client
    ) -> None:
        QualitySample.objects.update(
            strata=[
                {"code": "exact", "joined": True, "low": None, "pairs": 400},
                {"code": "apart-3", "joined": False, "low": -3.0, "pairs": 2},
            ]
        )
        decide(same=6, apart=2)
        response = officer_client.get(PAGE)
        text = text_of(response)
        assert "Menurut contoh yang diperiksa orang" in text
        assert "Periksa pasangan berikutnya" not in text
        assert [told.value for told in response.context["figures"]] == ["0", "0"]
        assert "<svg" in text
        assert "Pasangan baris, menurut contoh" in text

    def test_a_sample_of_an_older_linkage_says_so(self, officer_client: Client) -> None:
        a_linkage_run()
        assert "sesudah itu ada penautan baru" in text_of(officer_client.get(PAGE))

    def test_without_a_sample_it_teaches_how_to_draw_one(
        self, officer_client: Client, as_role: Any
    ) -> None:
        QualitySample.objects.all().delete()
        text = text_of(officer_client.get(PAGE))
        assert "Mutunya belum diukur" in text
        assert "Ambil contoh acak" in text
        text = text_of(as_role(Role.KELURAHAN).get(PAGE))
        assert "Ambil contoh acak" not in text
        assert "Contoh diambil oleh petugas program" in text

    def test_without_a_linkage_it_says_what_comes_first(
        self, officer_client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("semesta.linkage.queries.newest_run", lambda: None)
        assert "Belum ada yang ditautkan" in text_of(officer_client.get(PAGE))

    def test_what_the_linkage_could_not_compare_is_not_silent(
        self, officer_client: Client
    ) -> None:
        run = LinkageRun.objects.order_by("pk").last().run
        run.counts = {
            "capped_blocks": 16,
            "capped_records": 1369,
            "scored_pairs": 760_066,
        }
        run.outputs = {"weights": "2"}
        run.save()
        text = text_of(officer_client.get(PAGE))
        assert "16 kelompok, 1.369 baris: tidak dibandingkan lewat ciri itu" in text
        assert "760.066" in text
        assert "versi 2" in text

    def test_a_known_truth_is_told_apart_from_an_estimate(
        self, officer_client: Client, city: SmallCity
    ) -> None:
        run = LinkageRun.objects.order_by("pk").last()
        shares = {"precision": 0.9998, "recall": 0.98, "f1": 0.99}
        kinds = dict.fromkeys(("pairs", "clusters", "b_cubed"), shares)
        figures = {
            "threshold": 0.0,
            "found": kinds,
            "by_threshold": [
                {"threshold": t, "quality": kinds} for t in (-1.0, 0.0, 1.0)
            ],
        }
        write_bytes(json.dumps(figures).encode(), quality_file(city.workspace, run))
        recorded = a_run("quality")
        recorded.inputs = {"linkage": run.name}
        recorded.save()
        response = officer_client.get(PAGE)
        assert [told.value for told in response.context["known"]] == ["0,2", "20"]
        assert "dihitung, bukan diperkirakan" in text_of(response)
        assert "Kelompok utuh, menurut kebenaran kota contoh" in text_of(response)
        assert [row.in_use for row in response.context["rows"]] == [False, True, False]

    def test_the_auditor_sees_figures_but_no_pairs(self, as_role: Any) -> None:
        client = as_role(Role.AUDITOR)
        assert "Periksa pasangan berikutnya" not in text_of(client.get(PAGE))
        assert client.get(CHECK).status_code == 403


class TestChecking:
    def test_the_verdict_is_not_shown(self, officer_client: Client) -> None:
        page = officer_client.get(CHECK).content.decode()
        for told in ("exact", "1,5", "-1.5", "Digabung", "Dipisah", "Mendukung"):
            assert told not in page

    def test_numbers_are_masked_and_the_look_is_recorded(
        self, officer_client: Client, city: SmallCity
    ) -> None:
        pair = QualityPair.objects.first()
        page = officer_client.get(CHECK).content.decode()
        nik = city.rows[pair.row_id_l].nik
        assert nik not in page
        assert f"{nik[:4]}********{nik[-4:]}" in page
        event = Event.objects.order_by("-seq").first()
        assert event.action == "linkage.sample_viewed"
        assert event.subject == f"sample:{pair.sample_id}:1"

    def test_answers_lead_from_pair_to_pair_and_may_be_changed(
        self, officer_client: Client
    ) -> None:
        first, second = QualityPair.objects.all()[:2]
        url = reverse("people-quality-answer", args=[first.pk])
        response = officer_client.post(url, {"answer": "same"}, follow=True)
        assert response.context["pair"] == second
        assert response.context["before"] == first
        response = officer_client.get(CHECK, {"pasangan": first.pk})
        assert "Ubah jawaban Anda" in text_of(response)
        officer_client.post(url, {"answer": "different"})
        first.refresh_from_db()
        assert (first.answer, first.answered_by) == ("different", "petugas")

    def test_only_pairs_of_the_own_area_are_offered_and_taken(
        self, as_role: Any
    ) -> None:
        lurah = as_role(Role.KELURAHAN)
        response = lurah.get(CHECK)
        assert response.context["left"] == 4
        assert response.context["pair"].area == GANTING
        other = QualityPair.objects.exclude(area=GANTING).first()
        url = reverse("people-quality-answer", args=[other.pk])
        assert lurah.post(url, {"answer": "same"}).status_code == 404
        assert lurah.get(CHECK, {"pasangan": other.pk}).status_code == 404

    def test_an_answer_that_is_none_is_refused(self, officer_client: Client) -> None:
        pair = QualityPair.objects.first()
        url = reverse("people-quality-answer", args=[pair.pk])
        response = officer_client.post(url, {"answer": "mungkin"})
        assert "Jawaban tidak tersimpan" in text_of(response)
        assert not QualityPair.objects.exclude(answer="").exists()

    def test_when_all_is_done_it_leads_back_to_the_figure(
        self, officer_client: Client
    ) -> None:
        decide(same=6, apart=2)
        response = officer_client.get(CHECK)
        assert "Tidak ada pasangan contoh yang menunggu" in text_of(response)
        assert f'href="{PAGE}"' in text_of(response)

    def test_pairs_that_wait_stand_on_the_home_page(
        self, officer_client: Client
    ) -> None:
        home = text_of(officer_client.get(reverse("home")))
        assert "pasangan contoh mutu belum diperiksa" in home
        decide(same=6, apart=2)
        home = text_of(officer_client.get(reverse("home")))
        assert "pasangan contoh mutu belum diperiksa" not in home


class TestDrawing:
    URL = reverse("people-quality-draw")

    def test_only_those_who_run_the_programme_draw(self, as_role: Any) -> None:
        for role in (Role.KELURAHAN, Role.AUDITOR, Role.LEADER):
            assert as_role(role).post(self.URL, {"pairs": "200"}).status_code == 403

    def test_another_number_is_refused(self, officer_client: Client) -> None:
        response = officer_client.post(self.URL, {"pairs": "7"})
        assert "Banyaknya pasangan belum dipilih" in text_of(response)

    def test_drawing_leads_to_the_first_pair(
        self, officer_client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[int] = []
        monkeypatch.setattr(
            "semesta.web.people.quality.draw_sample",
            lambda *, pairs, workspace, by: asked.append(pairs),
        )
        response = officer_client.post(self.URL, {"pairs": "400"})
        assert asked == [400]
        assert response["Location"] == CHECK


class TestSideBySide:
    def test_a_pair_is_shown_in_words_as_a_page_and_not_as_a_program(
        self, officer_client: Client
    ) -> None:
        text = text_of(officer_client.get(CHECK))
        assert '<table class="compare">' in text
        assert '<th scope="row">Nama' in text
        assert "Piece(" not in text
        assert "[" not in text.split("<tbody>")[1].split("</tbody>")[0]
