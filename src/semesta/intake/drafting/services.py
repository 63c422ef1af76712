"""The only writer of a city's own maps: a new one, or a new version of one."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import uuid4

from django.db import transaction

from semesta.audit.services import record
from semesta.intake.choosing import fitting
from semesta.intake.drafting.chosen import map_text
from semesta.intake.drafting.evidence import MOST
from semesta.intake.drafting.proposing import Proposal, propose
from semesta.intake.drafting.queries import is_recorded
from semesta.intake.drafting.sampling import sample_tables
from semesta.intake.drafting.skeletons import check_name, skeleton
from semesta.intake.maps import (
    SupplierMap,
    own_maps,
    own_version,
    parse_map,
    supplier_maps,
    use_own_maps,
)
from semesta.intake.reading import Received, open_tables, read_file
from semesta.kernel import Actor, UserError
from semesta.warehouse.workspace import Workspace


@dataclass(frozen=True)
class NewSupplier:
    """A map just written: where, what each column was taken for, and the fates of the
    sample's rows under it."""

    path: Path
    columns: list[Proposal]
    fates: dict[str, int]


def add_supplier(
    *, name: str, sample: Path, workspace: Workspace, by: Actor, as_of: date
) -> NewSupplier:
    """Write a first map for an office's lists, proposed from a sample of them.

    The map is the workspace's own (`suppliers/<name>.yaml`), is loaded, and has read the
    sample before it is there. UserError: `supplier.exists` for a name in use,
    `supplier.name`, `supplier.no_identity`, and whatever makes the sample unreadable;
    then nothing is written.
    """
    use_own_maps(own_maps(workspace))
    check_name(name)
    if name in supplier_maps():
        raise _exists(supplier_maps()[name].title)
    table = sample_tables(sample, MOST)[0].table
    columns = propose(table.headers, table.cells, region=workspace.region, as_of=as_of)
    text = skeleton(name, columns, stem=sample.stem)
    supplier = parse_map(text, f"{name}.yaml")
    received = Received(sample, "0" * 16, sample.name, as_of, name)
    opened = open_tables(sample, supplier.header_keys)
    fates = read_file(received, workspace.region, opened, supplier).fates
    path = _put(supplier, text, None, workspace, by)
    return NewSupplier(path, columns, fates)


def store_map(
    *,
    supplier: SupplierMap,
    sample: Path,
    workspace: Workspace,
    by: Actor,
    replaces: str = "",
) -> SupplierMap:
    """Store a map as the workspace's own, once it has found its list in the sample.

    `replaces`: fingerprint of the version in use that this one was made from; blank for
    a new name. The same map again changes nothing. Earlier versions stay under
    `suppliers/versions/<name>/`. UserError: `supplier.exists` for a name in use,
    `supplier.meanwhile` when another version came between, `columns.missing` and what
    else makes the sample unreadable; then nothing is written.
    """
    use_own_maps(own_maps(workspace))
    check_name(supplier.name)
    current = supplier_maps().get(supplier.name)
    if current and current.fingerprint == supplier.fingerprint:
        if is_recorded(supplier):
            return current
    elif current and not replaces:
        raise _exists(current.title)
    elif (current.fingerprint if current else "") != replaces:
        raise _meanwhile(supplier)
    fitting(open_tables(sample, supplier.header_keys).tables, supplier)
    _put(supplier, map_text(supplier), current, workspace, by)
    return supplier


def _put(
    supplier: SupplierMap,
    text: str,
    current: SupplierMap | None,
    workspace: Workspace,
    by: Actor,
) -> Path:
    """Event and map, both or neither: the map comes into use by one rename, last of all.

    Killed between the rename and the commit, a map is in use without its event; storing
    it again records it.
    """
    path = own_maps(workspace) / f"{supplier.name}.yaml"
    if current and path.exists():
        _keep_version(current, path.read_text("utf-8"), workspace)
    _keep_version(supplier, text, workspace)
    part = path.with_name(f".{uuid4().hex}.part")
    detail = {"map": supplier.fingerprint, "columns": len(supplier.fields)}
    if current and current.fingerprint != supplier.fingerprint:
        detail |= {"replaces": current.fingerprint}
    try:
        with transaction.atomic():
            record(
                action=f"intake.supplier_{'changed' if current else 'added'}", by=by,
                subject=f"supplier:{supplier.name}", detail=detail,
            )  # fmt: skip
            part.write_text(text, "utf-8")
            if current:
                os.replace(part, path)
            else:
                os.link(part, path)  # unlike a rename, never over another's map
    except FileExistsError as error:
        raise _exists(supplier.title) from error
    finally:
        part.unlink(missing_ok=True)
    return path


def _keep_version(supplier: SupplierMap, text: str, workspace: Workspace) -> None:
    path = own_version(workspace, supplier.name, supplier.fingerprint)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{uuid4().hex}.part")
    part.write_text(text, "utf-8")
    os.replace(part, path)


def _exists(title: str) -> UserError:
    return UserError(
        "supplier.exists",
        f"Pengirim dengan nama itu sudah ada: {title}.",
        "Peta kolom dengan nama itu sudah dipakai dan tidak ditimpa.",
        "Pakai nama lain, atau pilih pengirim itu dari daftar.",
    )


def _meanwhile(supplier: SupplierMap) -> UserError:
    return UserError(
        "supplier.meanwhile",
        f"Arti kolom {supplier.title} sudah diubah orang lain.",
        "Perubahan Anda disusun dari versi yang lebih lama.",
        "Muat ulang halaman ini, lalu periksa dan simpan lagi.",
    )
