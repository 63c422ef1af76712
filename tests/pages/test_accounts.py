"""Signing in and the users an admin looks after."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse

from semesta.access.models import Role, User
from semesta.access.queries import DEMO_PASSWORD
from semesta.audit.models import Event
from semesta.warehouse.workspace import Workspace


@pytest.fixture
def admin_client_(as_role: Any) -> Client:
    return as_role(Role.ADMIN)


class TestSigningIn:
    def test_an_invented_city_lists_its_accounts(self, client: Client) -> None:
        page = client.get(reverse("account_login")).content.decode()

        assert DEMO_PASSWORD in page
        assert "Kelurahan Ganting" in page

    def test_a_real_city_does_not(self, client: Client, tmp_path: Any) -> None:
        with override_settings(WORKSPACE=Workspace(tmp_path)):
            page = client.get(reverse("account_login")).content.decode()

        assert DEMO_PASSWORD not in page
        assert "Akun contoh" not in page

    def test_name_and_password_lead_home(self, client: Client) -> None:
        answers = {"login": "petugas", "password": DEMO_PASSWORD}

        response = client.post(reverse("account_login"), answers, follow=True)

        assert response.redirect_chain[-1][0] == reverse("home")

    def test_a_wrong_password_is_told_in_indonesian(self, client: Client) -> None:
        answers = {"login": "petugas", "password": "keliru"}

        page = client.post(reverse("account_login"), answers).content.decode()

        assert "Belum berhasil" in page
        assert "keliru" not in page.split("</form>")[0].split("id_password")[-1]

    def test_guessing_is_stopped_soon(self, client: Client) -> None:
        cache.clear()
        page = guess(client, times=7)
        cache.clear()

        assert "Terlalu banyak percobaan masuk" in page

    @override_settings(ACCOUNT_RATE_LIMITS={"login_failed": None})
    def test_guessing_is_stopped_across_servers_too(self, client: Client) -> None:
        page = guess(client, times=11)

        assert "dikunci selama 15 menit" in page

    def test_nobody_signs_up(self, client: Client) -> None:
        page = client.get(reverse("account_signup")).content.decode()

        assert "Akun dibuat oleh admin" in page

    def test_signing_out_takes_a_click(self, as_role: Any) -> None:
        client = as_role(Role.OFFICER)

        client.post(reverse("account_logout"))

        assert client.get(reverse("home")).status_code == 302


def guess(client: Client, *, times: int) -> str:
    """The page after so many wrong passwords."""
    for _ in range(times):
        response = client.post(
            reverse("account_login"), {"login": "bpjs", "password": "tebakan"}
        )
    return response.content.decode()


class TestUsers:
    NEW = {
        "username": "lurah.ngalau",
        "full_name": "Lurah Ngalau",
        "role": Role.KELURAHAN,
        "area": "13.74.01.1004",
        "password": "kebun-teh-2026",
    }

    def test_an_admin_makes_an_account(self, admin_client_: Client) -> None:
        admin_client_.post(reverse("accounts-new"), self.NEW)

        user = User.objects.get(username="lurah.ngalau")
        assert (user.role, user.area) == (Role.KELURAHAN, "13.74.01.1004")
        assert user.check_password("kebun-teh-2026")
        event = Event.objects.order_by("-seq").first()
        assert (event.action, event.subject) == ("user.created", f"user:{user.pk}")

    @pytest.mark.parametrize(
        ("change", "told"),
        [
            ({"area": ""}, "memerlukan wilayah tugas"),
            ({"password": "12345678"}, "terlalu lemah"),
            ({"username": "petugas"}, "sudah dipakai"),
            ({"username": "Lurah Baru"}, "Hanya huruf kecil"),
        ],
    )
    def test_what_will_not_do_is_told(
        self, admin_client_: Client, change: dict[str, str], told: str
    ) -> None:
        before = User.objects.count()

        page = admin_client_.post(reverse("accounts-new"), self.NEW | change)

        assert told in page.content.decode()
        assert User.objects.count() == before

    def test_an_account_is_changed_and_given_a_new_password(
        self, admin_client_: Client
    ) -> None:
        user = User.objects.get(username="bpjs")
        answers = {
            "full_name": "Cabang Bukittinggi",
            "role": Role.INSURER,
            "area": "",
            "password": "danau-singkarak-9",
        }

        admin_client_.post(reverse("accounts-edit", args=[user.pk]), answers)

        user.refresh_from_db()
        assert user.full_name == "Cabang Bukittinggi"
        assert user.check_password("danau-singkarak-9")

    def test_a_closed_account_cannot_sign_in(
        self, admin_client_: Client, client: Client
    ) -> None:
        user = User.objects.get(username="bpjs")

        admin_client_.post(reverse("accounts-switch", args=[user.pk]), {"active": "0"})
        other = Client()
        other.post(
            reverse("account_login"), {"login": "bpjs", "password": DEMO_PASSWORD}
        )

        assert other.get(reverse("home")).status_code == 302

    def test_nobody_closes_their_own_account(self, admin_client_: Client) -> None:
        own = User.objects.get(username="admin")

        response = admin_client_.post(reverse("accounts-switch", args=[own.pk]))

        assert response.status_code == 400
        assert User.objects.get(pk=own.pk).is_active
