"""A new supplier: a first map of its columns, written from a sample of its lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from semesta.audit.services import record
from semesta.intake.drafting.proposing import Proposal, propose
from semesta.intake.drafting.sampling import sample_table
from semesta.intake.drafting.skeletons import check_name, skeleton
from semesta.intake.maps import own_maps, supplier_maps, use_own_maps
from semesta.intake.reading import Received, read_file
from semesta.intake.sheets import open_book
from semesta.kernel import Actor, UserError
from semesta.warehouse.lake import file_sha256
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
    sample before it stays. UserError: `supplier.exists` for a name in use, `supplier.name`,
    `supplier.no_identity`, and whatever makes the sample unreadable; then nothing stays.
    """
    use_own_maps(own_maps(workspace))
    path = own_maps(workspace) / f"{name}.yaml"
    check_name(name)
    if path.exists() or name in supplier_maps():
        raise _exists(name)
    table = sample_table(open_book(sample))
    columns = propose(table.headers, table.cells, region=workspace.region, as_of=as_of)
    text = skeleton(name, columns, stem=sample.stem)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise _exists(name) from error
    try:
        received = Received(sample, "0" * 16, sample.name, as_of, name)
        fates = read_file(received, workspace.region).fates
    except BaseException:
        path.unlink()
        raise
    sha256 = file_sha256(path)
    record(
        action="intake.supplier_added", by=by, subject=f"supplier:{name}",
        detail={"sha256": sha256, "columns": len(columns)},
    )  # fmt: skip
    return NewSupplier(path, columns, fates)


def _exists(name: str) -> UserError:
    return UserError(
        "supplier.exists",
        f"Pengirim {name} sudah ada.",
        "Peta kolom dengan nama itu sudah dipakai dan tidak ditimpa.",
        "Pakai nama lain, atau sunting berkas petanya.",
    )
