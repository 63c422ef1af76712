"""One small city for all page tests, made once and taken back at the end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings
from tests.support.pages import TODAY, SmallCity, build

from semesta.access.models import Role, User
from semesta.warehouse.workspace import Workspace


@pytest.fixture(scope="package")
def city(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: Any,
) -> Iterator[SmallCity]:
    """The city's rows live in one transaction around all tests, undone afterwards."""
    folder = tmp_path_factory.mktemp("pages") / "kota"
    workspace = Workspace(folder).create(region="13.74", demo=True, today=TODAY)
    with (
        override_settings(WORKSPACE=workspace),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        yield build(workspace)
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _in_the_city(city: SmallCity, db: None) -> None:
    """Every test here sees the city; what it changes is undone."""


@pytest.fixture
def as_role(client: Client) -> Any:
    """Sign a client in as the demo account of a role."""

    def sign_in(role: str) -> Client:
        client.force_login(User.objects.get(role=role, username=USERNAMES[role]))
        return client

    return sign_in


USERNAMES = {
    Role.LEADER: "pimpinan",
    Role.OFFICER: "petugas",
    Role.KELURAHAN: "kelurahan",
    Role.INSURER: "bpjs",
    Role.COMPLIANCE: "kepatuhan",
    Role.AUDITOR: "auditor",
    Role.ADMIN: "admin",
}
