"""One small city for all page tests, made once and taken back at the end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
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
    """The city's rows stand for all tests of this folder and are gone afterwards."""
    folder = tmp_path_factory.mktemp("pages") / "kota"
    workspace = Workspace(folder).create(region="13.74", demo=True, today=TODAY)
    with override_settings(WORKSPACE=workspace), django_db_blocker.unblock():
        # On SQLite one transaction around all tests is undone at the end. A server's
        # connection is closed by Django after each test, so there the rows are
        # committed and truncated (the triggers against deleting do not see that).
        if connection.vendor == "sqlite":
            with transaction.atomic():
                yield build(workspace)
                transaction.set_rollback(True)
        else:
            yield build(workspace)
            call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(autouse=True)
def _in_the_city(city: SmallCity, db: None) -> None:
    """Every test here sees the city; what it changes is undone, and how often public
    pages were asked is forgotten."""
    cache.clear()


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
