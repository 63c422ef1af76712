"""Many rows at once: as the database's own insert and update would do it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pyarrow as pa
import pytest
from tests.support.people import a_ground, a_person

from semesta.ledger.models import LedgerEntry
from semesta.registry.models import Household, Person
from semesta.warehouse.bulk import insert_rows, reset_sequence, update_rows
from semesta.warehouse.snapshot import columns_of, plain_columns

pytestmark = pytest.mark.django_db

AT = datetime(2026, 1, 2, 17, 30, tzinfo=UTC)


def households(*ids: int) -> pa.Table:
    return pa.table(
        {
            "id": pa.array(ids, pa.int64()),
            "family_card": [f"{number:016d}" for number in ids],
            "kelurahan": [""] * len(ids),
            "address": [""] * len(ids),
            "rt": [""] * len(ids),
            "rw": [""] * len(ids),
            "decile": pa.array([None] * len(ids), pa.int16()),
            "members": [2] * len(ids),
        }
    )


def test_rows_come_with_their_own_ids_and_the_next_one_follows() -> None:
    assert insert_rows(Household, households(7, 9)) == 2
    reset_sequence(Household)
    assert list(Household.objects.order_by("pk").values_list("pk", "members")) == [
        (7, 2),
        (9, 2),
    ]
    assert Household.objects.create(family_card="1").pk > 9


def test_nothing_to_insert_or_update() -> None:
    assert insert_rows(Household, households()) == 0
    assert update_rows(Household, households()) == 0


def test_days_times_and_nulls_come_back_as_they_went_in() -> None:
    person = a_person()
    table = pa.table(
        {
            "key": ["k"],
            "person_id": [person.pk],
            "segment": ["BPU"],
            "programmes": ["JKK+JKM"],
            "payer": ["APBD"],
            "paid_from": pa.array([date(2026, 1, 1)]),
            "paid_until": pa.array([date(2026, 7, 1)]),
            "amount": pa.array([None], pa.int64()),
            "delivery": [a_ground().name],
            "row_id": ["d:1:2"],
            "posted_at": pa.array([AT], pa.timestamp("us", tz="UTC")),
            "posted_by": ["petugas"],
            "reason": ["ada 'kutip' dan %s"],
        }
    )
    insert_rows(LedgerEntry, table)
    entry = LedgerEntry.objects.get()
    assert (entry.paid_from, entry.paid_until) == (date(2026, 1, 1), date(2026, 7, 1))
    assert (entry.posted_at, entry.amount) == (AT, None)
    assert entry.reason == "ada 'kutip' dan %s"


def test_only_the_columns_given_change() -> None:
    one, other = a_person(), a_person()
    table = pa.table(
        {
            "id": pa.array([one.pk], pa.int64()),
            "alive": pa.array([False]),
            "died_on": pa.array([date(2025, 11, 20)]),
        }
    )
    assert update_rows(Person, table) == 1
    one.refresh_from_db()
    assert (one.alive, one.died_on, one.name) == (False, date(2025, 11, 20), other.name)
    assert Person.objects.get(pk=other.pk).alive is True


def test_both_ways_of_reading_columns_say_the_same() -> None:
    a_person(alive=None, born_on=None, works=False, occupation="")
    a_person(alive=False, died_on=date(2025, 12, 31))
    schema = pa.schema(
        [
            ("id", pa.int64()), ("kelurahan", pa.string()), ("born_on", pa.date32()),
            ("died_on", pa.date32()), ("alive", pa.bool_()), ("works", pa.bool_()),
            ("occupation", pa.string()), ("household_id", pa.int64()),
        ]
    )  # fmt: skip
    people = Person.objects.all()
    table = columns_of(people, schema)
    assert table.to_pylist() == [
        {name: getattr(person, name) for name in schema.names}
        for person in people.order_by("pk")
    ]
    assert plain_columns(people, schema) == table
    assert plain_columns(people.none(), schema) == columns_of(people.none(), schema)
