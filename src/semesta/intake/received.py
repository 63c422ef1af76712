"""What arrives: a file from an office, before anyone has looked inside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class ReceivedFile:
    """A file, who is said to have sent it, and the day its content speaks of.

    `supplier` is the name of a supplier's map or `auto`; `area` is the Kemendagri code
    of the office that sent it, blank for the whole region.
    """

    path: Path
    supplier: str
    as_of: date
    area: str = ""
