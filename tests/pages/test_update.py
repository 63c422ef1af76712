"""`Perbarui hasil`: what is new, asked for once, and followed to its end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from tests.support.pages import TODAY

from semesta.access.models import Role
from semesta.warehouse.workspace import Workspace
from semesta.web.reading import HowFar, write_how_far
from semesta.web.update.tasks import bring_up_to_date, told_file
from semesta.web.update.views import next_day, steps


@pytest.fixture
def officer(as_role):
    return as_role(Role.OFFICER)


def asked_for() -> DBTaskResult:
    return DBTaskResult.objects.get(task_path=bring_up_to_date.module_path)


class TestAsking:
    def test_the_page_says_what_has_not_been_worked_in(self, officer) -> None:
        page = officer.get(reverse("update")).content.decode()
        assert "Daftar orang baru" in page
        assert "Perbarui sekarang" in page

    def test_asking_twice_is_asking_once(self, officer) -> None:
        first = officer.post(reverse("update"))
        second = officer.post(reverse("update"))
        assert first["Location"] == second["Location"]
        assert asked_for().status == TaskResultStatus.READY
        assert "lihat kemajuannya" in officer.get(reverse("update")).content.decode()

    def test_the_home_page_says_that_files_wait(self, officer) -> None:
        assert "kiriman belum masuk" in officer.get("/beranda/").content.decode()


class TestFollowing:
    @pytest.fixture
    def address(self, officer) -> str:
        return officer.post(reverse("update"))["Location"]

    def test_it_waits_its_turn(self, officer, address: str) -> None:
        part = officer.get(address, HTTP_HX_REQUEST="true")
        assert part.status_code == 200
        assert part.content.decode().count("menunggu") == 6

    def test_the_step_it_is_at_stands_out(self, officer, address: str) -> None:
        DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
        write_how_far(HowFar("post", "Membukukan iuran", 40, 0), told_file())
        part = officer.get(address, HTTP_HX_REQUEST="true").content.decode()
        told_file().unlink()
        assert part.count("selesai") == 2
        assert 'aria-current="step"><span>Membukukan iuran' in part
        assert 'value="40"' in part

    def test_what_went_wrong_is_said(self, officer, address: str) -> None:
        problem = {"what": "Belum ada daftar.", "why": "Kosong.", "fix": "Kirim."}
        DBTaskResult.objects.update(
            status=TaskResultStatus.SUCCESSFUL, return_value={"error": problem}
        )
        part = officer.get(address, HTTP_HX_REQUEST="true")
        assert part.status_code == 286
        assert "Belum ada daftar." in part.content.decode()

    def test_a_fault_leaves_nothing_half_done_and_says_so(
        self, officer, address: str
    ) -> None:
        DBTaskResult.objects.update(status=TaskResultStatus.FAILED)
        part = officer.get(address, HTTP_HX_REQUEST="true").content.decode()
        assert "tidak ada yang setengah jadi" in part

    def test_done_shows_where_the_result_is(self, officer, address: str) -> None:
        DBTaskResult.objects.update(
            status=TaskResultStatus.SUCCESSFUL, return_value={"seconds": {"link": 1}}
        )
        part = officer.get(address, HTTP_HX_REQUEST="true").content.decode()
        assert "Selesai diperbarui" in part
        assert part.count("selesai</span>") == 6

    def test_the_work_of_another_kind_is_not_shown(self, officer, address: str) -> None:
        DBTaskResult.objects.update(task_path="semesta.web.tasks.read_delivery")
        assert officer.get(address).status_code == 404


class TestCalendar:
    @pytest.fixture(autouse=True)
    def _own_calendar(self, city, tmp_path, settings) -> None:
        """What is moved here stands still for the other tests."""
        own = Workspace(tmp_path / "kota")
        settings.WORKSPACE = own.create(region="13.74", demo=True, today=TODAY)

    def test_an_invented_city_goes_on_month_by_month(self, officer) -> None:
        assert next_day() > TODAY
        for _ in range(2):
            officer.post(reverse("update-calendar"))
        assert (next_day() + timedelta(days=1)).day == 1
        assert f"{next_day():%Y-%m}" > f"{TODAY:%Y-%m}"
        assert "Kalender kota rekaan" in officer.get(reverse("update")).content.decode()

    def test_a_real_city_has_no_calendar_to_move(
        self, officer, tmp_path, settings
    ) -> None:
        settings.WORKSPACE = Workspace(tmp_path / "nyata").create(region="13.74")
        assert officer.post(reverse("update-calendar")).status_code == 404
        page = officer.get(reverse("update")).content.decode()
        assert "Kalender kota rekaan" not in page


def test_steps_before_the_first_word_all_wait() -> None:
    assert {state for _, state in steps(None, finished=False)} == {"later"}
