"""What arrives: a file from an office, before anyone has looked inside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from semesta.kernel import UserError

if TYPE_CHECKING:
    from semesta.warehouse.workspace import Workspace

AUTO = "auto"  # whose list it is, its columns tell
ASK = "ask"  # keep the file; a person will say what its columns mean
_EXTENSIONS = frozenset(
    (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".txt", ".pdf")
)


@dataclass(frozen=True)
class ReceivedFile:
    """A file, who is said to have sent it, and the day its content speaks of.

    `supplier` is the name of a supplier's map, `auto` or `ask`; `area` is the Kemendagri code
    of the office that sent it, blank for the whole region.
    """

    path: Path
    supplier: str
    as_of: date
    area: str = ""


def kept_file(workspace: Workspace, sha256: str, filename: str) -> Path:
    """Where the bytes of a delivery lie. The extension is a convenience for people who
    look into the folder; what a file is, its content tells."""
    extension = Path(filename).suffix.lower()
    known = extension if extension in _EXTENSIONS else ""
    return workspace.deliveries / sha256[:2] / f"{sha256}{known}"


def asked() -> UserError:
    """Why a file is not read yet whose sender asked to explain its columns first."""
    return UserError(
        "supplier.asked",
        "Berkas ini menunggu arti kolomnya.",
        "Pengirim memilih menentukan sendiri arti kolomnya sebelum berkas dibaca.",
        "Tentukan arti kolomnya.",
    )


def is_not_understood(code: str) -> bool:
    """Whether a file with this problem opened well, but nobody knew what it says."""
    return code.startswith(("supplier.", "columns.")) or code == "table.none"
