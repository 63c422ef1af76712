"""The only writers of the ledger: post what was paid, correct what was wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa
from django.db import transaction
from django.db.models import F

from semesta.audit import services as audit
from semesta.decrees.models import Decree, DecreeEntry
from semesta.intake.models import Delivery
from semesta.kernel import Actor
from semesta.kernel.errors import NotPossible, UserError
from semesta.ledger.models import LedgerEntry
from semesta.ledger.posting import (
    Claim,
    Moved,
    Posted,
    Posting,
    PostingPlan,
    Unposted,
    correction_key,
    plan_postings,
    row_key,
    share,
)
from semesta.ledger.queries import HOLDER, deliveries_to_post
from semesta.ledger.ranges import Span, span_of
from semesta.ledger.sources import CLAIMS, SUPPLIERS, view_sql
from semesta.linkage.queries import rows_file
from semesta.registry.models import Person, RegistryRun
from semesta.registry.queries import newest_run, person_rows_file
from semesta.warehouse.bulk import insert_rows
from semesta.warehouse.engines import duck, file_list
from semesta.warehouse.lake import write_parquet
from semesta.warehouse.snapshot import columns_of
from semesta.warehouse.workspace import Workspace

STAGE = "post"
NOTHING = Span(0, 0)
NOT_THEIRS = "Baris buktinya ternyata milik orang lain menurut penautan terbaru."
ENTRIES = pa.schema(
    [
        ("key", pa.string()),
        ("person_id", pa.int64()),
        ("segment", pa.string()),
        ("programmes", pa.string()),
        ("payer", pa.string()),
        ("paid_from", pa.date32()),
        ("paid_until", pa.date32()),
        ("amount", pa.int64()),
        ("delivery", pa.string()),
        ("row_id", pa.string()),
        ("posted_at", pa.timestamp("us", tz="UTC")),
        ("posted_by", pa.string()),
        ("reason", pa.string()),
    ]
)
DECREED = pa.schema(
    [("decree_number", pa.string()), ("nik", pa.string()), ("holder_id", pa.int64())]
)
PEOPLE = pa.schema([("id", pa.int64()), ("nik", pa.string()), ("kpj", pa.string())])
UNPOSTED = pa.schema(
    [
        ("row_id", pa.string()),
        ("delivery", pa.string()),
        ("line", pa.int32()),
        ("person_id", pa.int64()),
        ("reason", pa.string()),
        ("months", pa.int32()),
        ("amount", pa.int64()),
    ]
)


def post(*, workspace: Workspace, by: Actor) -> dict[str, Any]:
    """Post every paid range of the insurer's lists and of the proofs of payment.

    Returns the counts of the run: rows read, posted, posted before, not posted by
    reason; entries, months, people, rupiah, and overlaps. Rows add up. The rows not
    posted lie in `lake/ledger/<run>/unposted.parquet`. With nothing new, the first
    run's counts are returned and nothing is written. Raises NotPossible before the
    first registration.
    """
    registry_run = newest_run()
    if registry_run is None:
        raise NotPossible(
            "ledger.no_registry",
            "Belum ada registri, jadi iuran belum dapat dibukukan.",
            "Baris iuran dibukukan atas nama orang, dan orang berasal dari registri.",
            "Jalankan `semesta link` lebih dahulu.",
        )
    deliveries = deliveries_to_post()
    inputs = {
        "registry": registry_run.name,
        "deliveries": {each.name: each.rows_sha256 for each in deliveries},
        "decrees": sorted(Decree.objects.values_list("sha256", flat=True)),
    }
    if done := audit.find_run(STAGE, inputs):
        return dict(done.counts)
    claims = _claims(workspace, registry_run, deliveries)
    plan = plan_postings(claims, _posted())
    path = workspace.lake / "ledger" / audit.run_key(STAGE, inputs)[:16]
    unposted_sha256 = write_parquet(
        _unposted_table([*plan.unposted, *_partly(plan)]), path / "unposted.parquet"
    )
    with audit.recorded_run(stage=STAGE, inputs=inputs, by=by) as draft:
        _give_to_owners(plan.moved, by)
        insert_rows(LedgerEntry, _entry_table(plan.postings, by))
        draft.counts = plan.counts()
        draft.outputs = {
            "entries": _keys_sha256(plan.postings),
            "unposted": unposted_sha256,
        }
    return dict(draft.counts)


def _give_to_owners(moved: Iterable[Moved], by: Actor) -> None:
    """Correct the entries whose rows are now somebody else's, as after a split."""
    moved = list(moved)
    entries = {move.key: LedgerEntry.objects.get(key=move.key) for move in moved}
    amounts = {key: entry.amount for key, entry in entries.items()}
    for move in moved:
        if move.makes_room:
            entries[move.key] = _replace(entries[move.key], None, 0, by)
    for move in moved:
        _give(move, entries[move.key], amounts[move.key], by)


def _give(move: Moved, entry: LedgerEntry, amount: int | None, by: Actor) -> None:
    """The months in place of the entry; what is left after the first stretch is added."""
    original = LedgerEntry.objects.get(key=move.key)
    whole = span_of(original.paid_from, original.paid_until)
    if not move.spans:
        _replace(entry, None, 0, by)
        return
    first, *more = move.spans
    _replace(entry, first, share(amount, whole, first), by, move.person_id)
    known = LedgerEntry.objects.filter(row_id=entry.row_id).count()
    for number, span in enumerate(more, known):
        LedgerEntry.objects.create(
            key=row_key(entry.delivery, entry.row_id, part=number),
            person_id=move.person_id,
            segment=entry.segment,
            programmes=entry.programmes,
            payer=entry.payer,
            paid_from=span.first_day,
            paid_until=span.end_day,
            amount=share(amount, whole, span),
            delivery=entry.delivery,
            row_id=entry.row_id,
            posted_at=by.at,
            posted_by=by.username,
            reason=NOT_THEIRS,
        )


def _replace(
    entry: LedgerEntry,
    span: Span | None,
    amount: int | None,
    by: Actor,
    person_id: int | None = None,
) -> LedgerEntry:
    return correct(
        entry=entry,
        paid_from=span.first_day if span else entry.paid_from,
        paid_until=span.end_day if span else entry.paid_from,
        amount=amount,
        reason=NOT_THEIRS,
        by=by,
        person_id=person_id,
    )


@transaction.atomic
def correct(
    *,
    entry: LedgerEntry,
    paid_from: date,
    paid_until: date,
    amount: int | None,
    reason: str,
    by: Actor,
    person_id: int | None = None,
) -> LedgerEntry:
    """Put a new entry in the place of a wrong one; both stay in the ledger.

    The new range [paid_from, paid_until) may be empty, which voids the entry; `amount`
    is what was paid for it in whole rupiah; `person_id`: whose months they are, if they
    are not the same person's. Raises UserError for a range turned around
    or a missing reason, NotPossible for an entry that was corrected before.
    """
    _check_correction(entry, paid_from, paid_until, reason)
    new = LedgerEntry.objects.create(
        key=correction_key(entry.key),
        person_id=person_id or entry.person_id,
        segment=entry.segment,
        programmes=entry.programmes,
        payer=entry.payer,
        paid_from=paid_from.replace(day=1),
        paid_until=paid_until.replace(day=1),
        amount=amount,
        delivery=entry.delivery,
        row_id=entry.row_id,
        posted_at=by.at,
        posted_by=by.username,
        corrects=entry,
        reason=reason.strip(),
    )
    audit.record(
        action="ledger.correct",
        by=by,
        subject=f"ledger:{entry.pk}",
        detail={"entry": new.pk, "months": span_of(paid_from, paid_until).months},
    )
    return new


def _check_correction(
    entry: LedgerEntry, paid_from: date, paid_until: date, reason: str
) -> None:
    if paid_until < paid_from or not reason.strip():
        raise UserError(
            "ledger.correction",
            "Koreksi ini tidak lengkap.",
            "Bulan akhir tidak boleh mendahului bulan mulai, dan alasan wajib diisi.",
            "Perbaiki bulan atau tulis alasannya.",
        )
    if LedgerEntry.objects.filter(corrects=entry).exists():
        raise NotPossible(
            "ledger.corrected_before",
            "Catatan ini sudah pernah dikoreksi.",
            "Satu catatan hanya dapat digantikan satu kali.",
            "Koreksilah catatan penggantinya.",
        )


def _claims(
    workspace: Workspace, registry_run: RegistryRun, deliveries: list[Delivery]
) -> list[Claim]:
    """The rows of all deliveries that say something was paid, in order of arrival."""
    with duck() as session:
        for source in SUPPLIERS:
            _make_view(session, workspace, source, deliveries)
        order = pa.table(
            {
                "delivery": pa.array([each.name for each in deliveries], pa.string()),
                "position": pa.array(range(len(deliveries)), pa.int32()),
            }
        )
        session.register("delivery_order", order)
        session.register("decree_entries", _decree_entries())
        session.register("people", _people(deliveries))
        files = file_list([person_rows_file(workspace, registry_run.name)])
        session.execute(
            "CREATE VIEW person_rows AS SELECT person_id, row_id "
            f"FROM read_parquet({files})"
        )
        return [Claim(*row) for row in session.execute(CLAIMS).fetchall()]


def _decree_entries() -> pa.Table:
    """One row per person on any decree: decree_number, nik, person_id."""
    # A person merged since the decree is held by the one who stays.
    entries = DecreeEntry.objects.annotate(
        decree_number=F("decree__number"),
        holder_id=HOLDER,
    )
    return columns_of(entries, DECREED).rename_columns(
        ["decree_number", "nik", "person_id"]
    )


def _people(deliveries: list[Delivery]) -> pa.Table:
    """Everyone in view with their numbers, when there are payments to find them for."""
    people = Person.objects.filter(merged_into=None)
    if not any(each.supplier == "payments" for each in deliveries):
        people = people.none()
    return columns_of(people, PEOPLE).rename_columns(["person_id", "nik", "kpj"])


def _make_view(
    session: duckdb.DuckDBPyConnection,
    workspace: Workspace,
    source: str,
    deliveries: list[Delivery],
) -> None:
    files = file_list(
        rows_file(workspace, each.name)
        for each in deliveries
        if each.supplier == source
    )
    present: list[str] = []
    if files != "[]":
        origin = f"read_parquet({files}, union_by_name=true)"
        described = session.execute(f"DESCRIBE SELECT * FROM {origin}").fetchall()
        present = [column[0] for column in described]
    session.execute(view_sql(source, files, present))


def _posted() -> Iterable[Posted]:
    """All entries: a corrected one covers no month, but its row stays posted."""
    rows = LedgerEntry.objects.annotate(holder=HOLDER).values_list(
        "key", "row_id", "holder", "segment", "payer", "paid_from", "paid_until",
        "corrected_by",
    )  # fmt: skip
    for key, row_id, holder, segment, payer, first, until, successor in rows.iterator(
        20_000
    ):
        span = span_of(first, until) if successor is None else NOTHING
        yield Posted(key, row_id, holder, segment, payer, span)


def _entry_table(postings: list[Posting], by: Actor) -> pa.Table:
    """The entries in the columns of the database."""
    rows = [
        (
            each.key, each.claim.person_id, each.claim.segment, each.claim.programmes,
            each.claim.payer, each.span.first_day, each.span.end_day, each.amount,
            each.claim.delivery, each.claim.row_id,
        )
        for each in postings
    ]  # fmt: skip
    columns: list[Sequence[object]] = list(zip(*rows, strict=True))
    columns = columns or [() for _ in ENTRIES.names[:-3]]
    columns += [[value] * len(rows) for value in (by.at, by.username, "")]
    arrays = [
        pa.array(column, field.type)
        for column, field in zip(columns, ENTRIES, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=ENTRIES)


def _partly(plan: PostingPlan) -> list[Unposted]:
    """Rows of which only some months were paid already (the rest was posted)."""
    whole = {row.row_id for row in plan.unposted}
    return [row for row in plan.overlaps if row.row_id not in whole]


def _unposted_table(rows: list[Unposted]) -> pa.Table:
    return pa.Table.from_pylist([row._asdict() for row in rows], schema=UNPOSTED)


def _keys_sha256(postings: list[Posting]) -> str:
    digest = hashlib.sha256()
    for posting in postings:
        digest.update(posting.key.encode())
    return digest.hexdigest()
