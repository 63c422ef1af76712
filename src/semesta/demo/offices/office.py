"""What every office has in common: files that arrive on a day from a supplier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np

from semesta.demo.dirt import NameExtras
from semesta.demo.names import Names
from semesta.demo.places import kelurahan
from semesta.demo.population import Slice


@dataclass(frozen=True)
class InboxFile:
    """A file in the inbox: relative path, supplier, day it arrived, rows."""

    path: str
    supplier: str
    received: date
    rows: int


class Office(Protocol):
    """An office writing its files while the slices of the city pass by."""

    def write(self, part: Slice) -> None:
        """Write the rows of one slice."""

    def close(self) -> list[InboxFile]:
        """Finish the files and name them."""


def extras_of(names: Names, people: np.ndarray) -> NameExtras:
    """Titles of these people, for names with titles."""
    return NameExtras(names.haji[people], names.degree[people], names.gelar[people])


def place_names(part: Slice, people: np.ndarray, *, upper: bool = True) -> np.ndarray:
    """Name of the kelurahan of each of these people."""
    table = [k.name.upper() if upper else k.name for k in kelurahan()]
    return np.array(table, dtype=object)[part.kelurahan[people]]


def two_digits(numbers: np.ndarray, width: int = 3) -> np.ndarray:
    """RT and RW as written: `001`."""
    return np.char.mod(f"%0{width}d", numbers).astype(object)


def spouse_niks(part: Slice, people: np.ndarray) -> np.ndarray:
    """NIK of husband or wife of each of these people, '' = none."""
    spouse = part.members.spouse[people]
    return np.where(spouse >= 0, part.nik[spouse], "")
