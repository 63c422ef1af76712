"""How far the reading of a file is: told by those who read, shown by whoever waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

StepName = Literal["open", "tables", "clean", "check", "store"]

# Where on the whole way each step begins, by how long steps take for a large workbook;
# it ends where the next one begins.
_BEGINS: dict[StepName, float] = {
    "open": 0.02,
    "tables": 0.1,
    "clean": 0.55,
    "check": 0.9,
    "store": 0.95,
}
_MANY = 100_000
STEP_TITLES: dict[StepName, str] = {
    "open": "Membuka berkas",
    "tables": "Mencari tabel",
    "clean": "Membersihkan kolom",
    "check": "Memeriksa antarbaris",
    "store": "Menyimpan",
}


@dataclass(frozen=True)
class Step:
    """A step that has begun: which of how many parts of it, and rows found so far (0 =
    not known yet)."""

    name: StepName
    part: int = 0
    parts: int = 0
    rows: int = 0

    @property
    def share(self) -> float:
        """How much of the whole is done, 0 to 1; never less than in the step before."""
        names = list(_BEGINS)
        after = names.index(self.name) + 1
        begin = _BEGINS[self.name]
        end = _BEGINS[names[after]] if after < len(names) else 1.0
        if self.part and self.parts:
            done = (self.part - 1) / self.parts
        else:  # how many rows there will be, nobody knows yet
            done = self.rows / (self.rows + _MANY) if self.name == "tables" else 0.0
        return begin + (end - begin) * min(max(done, 0.0), 1.0)

    @property
    def title(self) -> str:
        """The step in words: `Membersihkan kolom 3 dari 14`."""
        title = STEP_TITLES[self.name]
        return f"{title} {self.part} dari {self.parts}" if self.parts else title


Tell = Callable[[Step], None]


def silent(step: Step) -> None:
    """Tell nobody."""
