"""The trail in the database: append-only, verified, one transaction with the work."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from semesta.audit.models import ChainHead, Event, Run
from semesta.audit.queries import verify_chain
from semesta.audit.services import find_run, record, recorded_run
from semesta.kernel import Actor

pytestmark = pytest.mark.django_db


def some_events(officer: Actor, count: int = 4) -> None:
    for number in range(count):
        record(action="thing.done", by=officer, subject=f"thing:{number}")


def tamper(sql: str) -> None:
    """Change the trail behind the application's back, as an administrator could."""
    table = Event._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        else:
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_update")
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_delete")
        cursor.execute(sql.format(table=table))


class TestTheTrailIsAppendOnly:
    @pytest.mark.parametrize(
        "edit",
        [
            lambda: Event.objects.update(actor="orang lain"),
            lambda: Event.objects.all().delete(),
        ],
    )
    def test_the_database_refuses_edits(self, officer: Actor, edit) -> None:
        some_events(officer)
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
        ):
            edit()
        assert verify_chain() == []


class TestTamperingIsFound:
    @pytest.mark.parametrize(
        ("sql", "code"),
        [
            ("UPDATE {table} SET actor = 'x' WHERE seq = 2", "audit.changed"),
            (
                "UPDATE {table} SET detail = '{{\"n\": 1}}' WHERE seq = 2",
                "audit.changed",
            ),
            ("DELETE FROM {table} WHERE seq = 2", "audit.missing"),
            ("DELETE FROM {table} WHERE seq = 4", "audit.tail"),
            ("DELETE FROM {table}", "audit.tail"),
        ],
    )
    def test_each_kind(self, officer: Actor, sql: str, code: str) -> None:
        some_events(officer)
        assert verify_chain() == []
        tamper(sql)
        assert code in [item.code for item in verify_chain()]

    def test_reordering(self, officer: Actor) -> None:
        some_events(officer)
        tamper("UPDATE {table} SET seq = 99 WHERE seq = 2")
        tamper("UPDATE {table} SET seq = 2 WHERE seq = 3")
        tamper("UPDATE {table} SET seq = 3 WHERE seq = 99")
        assert verify_chain()


class TestRuns:
    def test_a_run_is_written_with_its_event(self, officer: Actor) -> None:
        with recorded_run(stage="count", inputs={"a": 1}, by=officer) as draft:
            draft.counts = {"things": 3}
        run = find_run("count", {"a": 1})
        assert run is not None
        assert run.counts == {"things": 3}
        assert Event.objects.get().action == "run.count"
        assert verify_chain() == []

    def test_other_inputs_are_another_run(self, officer: Actor) -> None:
        with recorded_run(stage="count", inputs={"a": 1}, by=officer):
            pass
        assert find_run("count", {"a": 2}) is None
        assert find_run("other", {"a": 1}) is None

    def test_a_failure_leaves_nothing(self, officer: Actor) -> None:
        with (
            pytest.raises(RuntimeError),
            recorded_run(stage="count", inputs={"a": 1}, by=officer),
        ):
            raise RuntimeError
        assert (Run.objects.count(), Event.objects.count()) == (0, 0)
        assert ChainHead.objects.filter(seq__gt=0).count() == 0
