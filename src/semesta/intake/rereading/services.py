"""The writer that gives a list another reading: new rows in force, the old ones kept."""

from __future__ import annotations

from typing import Any

from semesta.audit.services import record, recorded_run, run_key
from semesta.intake.fates import FATES
from semesta.intake.maps import (
    SupplierMap,
    own_maps,
    supplier_map,
    use_own_maps,
)
from semesta.intake.models import Delivery, PastReading
from semesta.intake.progress import Tell, silent
from semesta.intake.reading import Received, open_tables, read_file
from semesta.intake.received import kept_file
from semesta.intake.rereading.queries import (
    RestsCheck,
    check_readable_again,
    reads_it_already,
)
from semesta.intake.services import (
    STAGE,
    reading_inputs,
    reading_values,
    take_in,
    write_reading,
)
from semesta.kernel import Actor, UserError
from semesta.warehouse.workspace import Workspace

# What a reading leaves behind on its delivery, and a past one keeps.
_KEPT = (
    "reading", "supplier", "subject", "map_sha256", "area", "tables", "rows",
    *FATES, "rows_sha256",
)  # fmt: skip


def read_by_other_map(
    *,
    delivery: Delivery,
    supplier: str,
    workspace: Workspace,
    by: Actor,
    check_rests: RestsCheck,
    version: str = "",
    tell: Tell = silent,
) -> Delivery:
    """Read a delivery's file again by the map called `supplier`.

    The rows get a new edition under the same row ids, which later stages read from their
    next run on; the reading before stays as a `PastReading` with its files. The same map in
    the same version changes nothing. `version`: fingerprint of the map that the officer
    saw, refused (`reread.meanwhile`) when there is another by now. A delivery that was
    never read is simply taken in again.

    NotPossible (`reread.*`) when it must stay as it is, and what `check_rests` raises;
    UserError when the map is unknown or none of the file's lists is the map's: then nothing
    changes.
    """
    use_own_maps(own_maps(workspace))
    chosen = supplier_map(supplier)
    if version and chosen.fingerprint != version:
        raise _meanwhile()
    if reads_it_already(delivery, chosen):
        return delivery
    source = kept_file(workspace, delivery.sha256, delivery.filename)
    if delivery.status != Delivery.Status.READ:
        return take_in(
            path=source, workspace=workspace, by=by, as_of=delivery.as_of,
            supplier=supplier, area=delivery.area, filename=delivery.filename, tell=tell,
        )  # fmt: skip
    check_readable_again(delivery, workspace, check_rests)
    received = Received(
        source,
        delivery.name,
        delivery.filename,
        delivery.as_of,
        supplier,
        delivery.area,
    )
    return _read(delivery, received, chosen, workspace, by, check_rests, tell)


def _read(
    delivery: Delivery,
    received: Received,
    chosen: SupplierMap,
    workspace: Workspace,
    by: Actor,
    check_rests: RestsCheck,
    tell: Tell,
) -> Delivery:
    inputs = reading_inputs(received, delivery.sha256, workspace)
    # Back to an earlier map is a reading of its own: all that follows must see it as new.
    inputs["again"] = delivery.past_readings.count() + 1
    opened = open_tables(received.source, chosen.header_keys, tell)
    reading = read_file(received, workspace.region, opened, chosen, tell)
    name = run_key(STAGE, inputs)[:16]
    written = write_reading(reading, delivery.name, workspace, name)
    now = reading_values(reading) | {
        "reading": name, "edition": name, "rows_sha256": written["rows"],
    }  # fmt: skip
    with recorded_run(stage=STAGE, inputs=inputs, by=by) as draft:
        # What was paid or decided while the file was being read counts too.
        check_readable_again(delivery, workspace, check_rests)
        _keep(delivery, by)
        _replace(delivery, now)
        draft.counts = {"rows": reading.rows.num_rows, **reading.fates}
        draft.outputs = written
        record(
            action="delivery.read_again",
            by=by,
            subject=f"delivery:{delivery.name}",
            detail={"reading": name, "map": chosen.fingerprint, **draft.counts},
        )
    return delivery


def _keep(delivery: Delivery, by: Actor) -> None:
    kept = {name: getattr(delivery, name) for name in _KEPT}
    PastReading.objects.create(
        delivery=delivery, replaced_at=by.at, replaced_by=by.username, **kept
    )


def _replace(delivery: Delivery, now: dict[str, Any]) -> None:
    """The new reading's values, unless another reading or a correction came between."""
    unchanged = Delivery.objects.filter(
        pk=delivery.pk, reading=delivery.reading, edition=delivery.edition
    )
    if not unchanged.update(**now):
        raise _meanwhile()
    for name, value in now.items():
        setattr(delivery, name, value)


def _meanwhile() -> UserError:
    return UserError(
        "reread.meanwhile",
        "Kiriman atau arti kolomnya baru saja diubah orang lain.",
        "Yang Anda lihat sebelum menyetujui bukan lagi yang akan terjadi.",
        "Muat ulang halaman kiriman, lihat perubahannya sekali lagi, lalu setujui.",
    )
