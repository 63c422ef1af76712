"""The check of the whole ledger: what the triggers should have kept out, looked for anew.

Reads every entry once, in columns; nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from semesta.audit.queries import verify_chain
from semesta.intake.models import Delivery
from semesta.ledger.books.queries import book_faults
from semesta.ledger.models import LedgerEntry
from semesta.ledger.posting import MOST_PARTS, correction_key, row_key
from semesta.ledger.soundness.fault import Fault
from semesta.warehouse.engines import duck
from semesta.warehouse.snapshot import columns_of

ENTRIES = pa.schema(
    [
        ("id", pa.int64()),
        ("key", pa.string()),
        ("person_id", pa.int64()),
        ("segment", pa.string()),
        ("programmes", pa.string()),
        ("payer", pa.string()),
        ("paid_from", pa.date32()),
        ("paid_until", pa.date32()),
        ("delivery", pa.string()),
        ("row_id", pa.string()),
        ("corrects_id", pa.int64()),
    ]
)


def faults() -> list[Fault]:
    """Everything that is wrong; empty when the ledger is whole."""
    entries = columns_of(LedgerEntry.objects.all(), ENTRIES)
    return [
        *(
            Fault(each.code, f"event:{each.seq}", each.message)
            for each in verify_chain()
        ),
        *_wrong_keys(entries),
        *_without_ground(entries),
        *_overlaps(entries),
        *book_faults(),
    ]


def _wrong_keys(entries: pa.Table) -> Iterator[Fault]:
    """Entries whose key is not that of their row, or of the entry they correct."""
    rows = entries.to_pylist()
    by_id = {row["id"]: row for row in rows}
    for row in rows:
        if row["corrects_id"] is not None:
            before = by_id.get(row["corrects_id"])
            if before is None or not _succeeds(row, before):
                yield _entry_fault(
                    row["id"], "ledger.correction_chain",
                    "koreksi tidak cocok dengan catatan yang digantikannya",
                )  # fmt: skip
        elif row["segment"] == "BPU" and not _is_key_of_row(row):
            # A wage worker's key also rests on the employer's row, kept elsewhere.
            yield _entry_fault(
                row["id"], "ledger.key", "kunci tidak cocok dengan baris buktinya"
            )


def _succeeds(row: dict[str, object], before: dict[str, object]) -> bool:
    same = ("segment", "programmes", "payer", "delivery", "row_id")
    return row["key"] == correction_key(str(before["key"])) and all(
        row[name] == before[name] for name in same
    )


def _is_key_of_row(row: dict[str, object]) -> bool:
    delivery, row_id = str(row["delivery"]), str(row["row_id"])
    return any(
        row["key"] == row_key(delivery, row_id, part=part) for part in range(MOST_PARTS)
    )


def _without_ground(entries: pa.Table) -> Iterator[Fault]:
    known = set(Delivery.objects.values_list("name", flat=True))
    for pk, delivery, row_id in zip(
        *(entries[name].to_pylist() for name in ("id", "delivery", "row_id")),
        strict=True,
    ):
        if delivery not in known or not row_id:
            yield _entry_fault(
                pk, "ledger.no_ground", "tidak ada kiriman yang mendasari"
            )


def _overlaps(entries: pa.Table) -> Iterator[Fault]:
    with duck() as con:
        con.register("entries", entries)
        for pk, other in con.execute(OVERLAPS).fetchall():
            yield _entry_fault(
                pk, "ledger.overlap",
                f"bulannya tumpang tindih dengan catatan {other} dari pembayar yang sama",
            )  # fmt: skip


def _entry_fault(pk: int, code: str, message: str) -> Fault:
    return Fault(code, f"ledger:{pk}", f"Catatan {pk}: {message}.")


OVERLAPS = """
WITH standing AS (
    SELECT e.* FROM entries e
    WHERE paid_until > paid_from
      AND NOT EXISTS (SELECT 1 FROM entries c WHERE c.corrects_id = e.id)
),
each AS (
    SELECT id, person_id, segment, payer, paid_from, paid_until,
        unnest(string_split(programmes, '+')) AS programme
    FROM standing
),
before AS (
    SELECT id, paid_from, lag(id) OVER w AS other, lag(paid_until) OVER w AS reached
    FROM each
    WINDOW w AS (PARTITION BY person_id, segment, payer, programme ORDER BY paid_from, id)
)
SELECT DISTINCT id, other FROM before WHERE reached > paid_from ORDER BY id
"""
