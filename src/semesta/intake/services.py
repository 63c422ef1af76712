"""The only writer of deliveries: take a file in, whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import IntegrityError

from semesta.audit.services import find_run, recorded_run
from semesta.intake.containers import MAX_FILE, check_size
from semesta.intake.corrections.correcting import is_correction, meanwhile
from semesta.intake.corrections.services import returning
from semesta.intake.fates import FATES
from semesta.intake.maps import own_maps, supplier_map, use_own_maps
from semesta.intake.models import Delivery
from semesta.intake.progress import Tell, silent
from semesta.intake.queries import lake_path
from semesta.intake.reading import (
    Opened,
    Reading,
    Received,
    open_tables,
    read_file,
)
from semesta.intake.received import (
    ASK,
    AUTO,
    ReceivedFile,
    asked,
    is_not_understood,
    kept_file,
)
from semesta.kernel import Actor, UserError
from semesta.warehouse.lake import file_sha256, write_parquet
from semesta.warehouse.workspace import Workspace

STAGE = "intake"
_LONGEST_NAME = 200


def take_in(
    *,
    path: Path,
    workspace: Workspace,
    by: Actor,
    as_of: date,
    supplier: str = AUTO,
    area: str = "",
    filename: str = "",
    tell: Tell = silent,
) -> Delivery:
    """Keep a file's bytes, read it, and record what became of its rows.

    `as_of`: the day its content speaks of. `supplier`: a map's name, `auto`, or `ask` to
    keep the file until a person has said what its columns mean. `area`: Kemendagri code
    of the kelurahan that sent it. `filename`: as the sender called it, where `path` does
    not tell. `tell` hears how far the reading is.

    The same bytes again give the first delivery and change nothing. A file that cannot
    be read is a refused delivery with its `problem`; one refused only because its
    supplier or columns were not understood is tried again under another map's name, or
    a new version of it.
    UserError: unknown supplier or area, or a file too large to keep.
    """
    _check(path, workspace, supplier, area)
    sha256 = file_sha256(path)
    first = Delivery.objects.filter(sha256=sha256).first()
    if first is not None and not _may_try_again(first, supplier):
        return first
    filename = filename or path.name
    sha256, kept = _keep(path, filename, workspace)
    received = Received(kept, sha256[:16], filename, as_of, supplier, area)
    inputs = reading_inputs(received, sha256, workspace)
    if first is not None and find_run(STAGE, inputs):
        return first
    values = _values(received, sha256, by) | {"size": kept.stat().st_size}
    return _record(values, inputs, _read(received, workspace, tell), by)


@dataclass
class _Became:
    """What a file became. `inputs`, `outputs`: what its run names beside the usual;
    `amended`: deliveries that lose rows to it, each with its new values."""

    values: dict[str, Any]
    outputs: dict[str, Any]
    inputs: dict[str, Any] = field(default_factory=dict)
    amended: list[tuple[Delivery, dict[str, Any]]] = field(default_factory=list)


def _read(received: Received, workspace: Workspace, tell: Tell) -> _Became:
    try:
        opened = open_tables(received.source, tell=tell)
        if is_correction(opened):
            return _read_correction(received, opened, workspace)
        if received.supplier == ASK:
            raise asked()
        reading = read_file(received, workspace.region, opened, tell=tell)
    except UserError as error:
        refused = {"status": Delivery.Status.REFUSED, "problem": error.as_dict()}
        return _Became(refused, {"problem": error.code})
    written = write_reading(reading, received.name, workspace)
    return _Became(reading_values(reading) | {"rows_sha256": written["rows"]}, written)


def _read_correction(
    received: Received, opened: Opened, workspace: Workspace
) -> _Became:
    """A correction workbook that came back, and the rows of others that give way."""
    returned = returning(received, opened, workspace)
    written = write_reading(returned.reading, received.name, workspace)
    written |= returned.outputs
    values = returned.values | {"rows_sha256": written["rows"]}
    return _Became(
        reading_values(returned.reading) | values,
        written,
        returned.inputs,
        returned.amended,
    )


def take_in_many(
    *,
    files: Iterable[ReceivedFile],
    workspace: Workspace,
    by: Actor,
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> list[Delivery]:
    """Take in files one after the other; `tell(done, total)` is called after each."""
    files = list(files)
    deliveries = []
    for done, file in enumerate(files, start=1):
        deliveries.append(
            take_in(
                path=file.path,
                supplier=file.supplier,
                as_of=file.as_of,
                area=file.area,
                workspace=workspace,
                by=by,
            )
        )
        tell(done, len(files))
    return deliveries


def _check(path: Path, workspace: Workspace, supplier: str, area: str) -> None:
    use_own_maps(own_maps(workspace))
    if supplier not in (AUTO, ASK):
        supplier_map(supplier)
    size = path.stat().st_size
    if size > MAX_FILE:
        check_size(size)
    region = workspace.region
    known = {region.code, *region.districts, *(p.code for p in region.places)}
    if area and area not in known:
        raise UserError(
            "area.unknown",
            f"Kode wilayah {area} tidak dikenal.",
            f"Kode itu bukan kelurahan atau kecamatan di {region.name}.",
            "Gunakan kode Kemendagri, misalnya 13.74.01.1001.",
        )


def _keep(path: Path, filename: str, workspace: Workspace) -> tuple[str, Path]:
    """Copy a file into the workspace under its hash; returns hash and place.

    The copy is hashed, not the original, so that what is read is what is kept.
    """
    workspace.deliveries.mkdir(parents=True, exist_ok=True)
    part = workspace.deliveries / f"{uuid4().hex}.part"
    shutil.copyfile(path, part)
    sha256 = file_sha256(part)
    target = kept_file(workspace, sha256, filename)
    target.parent.mkdir(exist_ok=True)
    os.replace(part, target)
    return sha256, target


def _may_try_again(first: Delivery, supplier: str) -> bool:
    """A file refused for its supplier or columns may be another supplier's; a correction
    may come from the right office after a wrong one has sent it."""
    code = str(first.problem.get("code", ""))
    if first.status != Delivery.Status.REFUSED:
        return False
    if code.startswith("correction."):
        return True
    return (
        supplier not in (AUTO, ASK)
        and is_not_understood(code)
        and first.map_sha256 != supplier_map(supplier).fingerprint
    )


def reading_inputs(
    received: Received, sha256: str, workspace: Workspace
) -> dict[str, Any]:
    """What a reading depends on: the bytes, what was said about them, and the map."""
    inputs: dict[str, Any] = {
        "sha256": sha256,
        "supplier": received.supplier,
        "as_of": received.as_of.isoformat(),
        "area": received.area,
        "region": workspace.region.code,
    }
    if received.supplier not in (AUTO, ASK):
        inputs["map"] = supplier_map(received.supplier).fingerprint
    return inputs


def _values(received: Received, sha256: str, by: Actor) -> dict[str, Any]:
    """The delivery as it is before its file has been read."""
    named = received.supplier not in (AUTO, ASK)
    return {
        "name": received.name,
        "sha256": sha256,
        "supplier": received.supplier if named else "",
        "map_sha256": supplier_map(received.supplier).fingerprint if named else "",
        "filename": received.filename[-_LONGEST_NAME:],
        "area": received.area,
        "as_of": received.as_of,
        "received_at": by.at,
        "received_by": by.username,
        "problem": {},
    }


def reading_values(reading: Reading) -> dict[str, Any]:
    """What a delivery says of itself after this reading."""
    return {
        "status": Delivery.Status.READ,
        "supplier": reading.supplier.name,
        "map_sha256": reading.supplier.fingerprint,
        "subject": reading.supplier.subject,
        "area": reading.area,
        "tables": reading.tables,
        "rows": reading.rows.num_rows,
        **reading.fates,
    }


def write_reading(
    reading: Reading, name: str, workspace: Workspace, version: str = ""
) -> dict[str, Any]:
    """Write the lake's files of a delivery; returns their hashes. `version`: the name of
    a later reading, whose files stand beside the first."""
    tables = {"raw": reading.raw, "rows": reading.rows, "problems": reading.problems}
    return {
        kind: write_parquet(table, lake_path(workspace, kind, name, version))
        for kind, table in tables.items()
    }


def _record(
    values: dict[str, Any], inputs: dict[str, Any], became: _Became, by: Actor
) -> Delivery:
    """Delivery, run and event in one transaction. Who comes second gets the first's."""
    values, inputs = values | became.values, inputs | became.inputs
    try:
        with recorded_run(
            stage=STAGE, inputs=inputs, by=by, as_of=values["as_of"]
        ) as draft:
            delivery, _ = Delivery.objects.update_or_create(
                sha256=values["sha256"], defaults=values
            )
            draft.counts = {
                "rows": delivery.rows,
                **{fate: getattr(delivery, fate) for fate in FATES},
            }
            draft.outputs = {"delivery": delivery.name} | became.outputs
            for one, now in became.amended:
                unchanged = Delivery.objects.filter(pk=one.pk, edition=one.edition)
                if not unchanged.update(**now):
                    raise meanwhile()
                for field_, value in now.items():
                    setattr(one, field_, value)
    except IntegrityError:
        return Delivery.objects.get(sha256=values["sha256"])
    return delivery
