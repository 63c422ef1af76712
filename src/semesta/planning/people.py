"""The candidates as columns, in the policy's published order, with what scenarios need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from semesta.kernel import Month
from semesta.planning.assumptions import Floats
from semesta.planning.outlook import Situation, outlook, situations_of

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Words = npt.NDArray[np.object_]


@dataclass(frozen=True)
class People:
    """One row per candidate in the policy's order.

    `situation` points into `situations`; `age` and `decile` are NaN where unknown;
    `table` holds every column scenarios may order by.
    """

    table: pa.Table
    ids: Ints
    age: Floats
    decile: Floats
    sex: Words
    kelurahan: Words
    situation: Ints
    situations: tuple[Situation, ...]
    # Answers asked before: they hang on no budget, and a slider asks for them again.
    memory: dict[tuple[str, Month, int, int], Ints] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def known(self) -> Flags:
        """Whose paid months somebody has told."""
        return np.array([s.known for s in self.situations], bool)[self.situation]

    def of_situation(self, name: str, first_month: Month, months: int) -> Ints:
        """One number of everyone's outlook when `months` are paid; 0 where unknown."""

        def answer(situation: Situation) -> int:
            return int(getattr(outlook(situation, first_month, months), name))

        return self._for_everyone((name, first_month, months, -1), answer)

    def paid_in(self, first_month: Month, months: int, month: int) -> Flags:
        """Whose contribution is paid in one month of the year (0 is the first)."""

        def answer(situation: Situation) -> int:
            return outlook(situation, first_month, months).paid[month]

        return self._for_everyone(("paid", first_month, months, month), answer) > 0

    def _for_everyone(
        self, key: tuple[str, Month, int, int], answer: Callable[[Situation], int]
    ) -> Ints:
        if key not in self.memory:
            answers = [answer(s) if s.known else 0 for s in self.situations]
            self.memory[key] = np.array(answers, np.int64)[self.situation]
        return self.memory[key]


def people_of(table: pa.Table, *, as_of: date, first_month: Month) -> People:
    """The candidates of a ranked table: what `with_facts` gives.

    Adds the columns `lost_months` (paid months that a lapse would end within the year
    if nobody pays) and `lost_before` (months an earlier lapse has ended).
    """
    rows = zip(
        *(
            table[name].to_pylist()
            for name in ("standing", "paid_months", "spell_months", "paid_until")
        ),
        strict=True,
    )
    drawn = situations_of(rows, as_of=as_of, first_month=first_month)
    known = tuple(dict.fromkeys(drawn))
    places = {situation: place for place, situation in enumerate(known)}
    people = People(
        table=table,
        ids=table["person_id"].to_numpy().astype(np.int64),
        age=_floats(table["age"]),
        decile=_floats(table["decile"]),
        sex=_words(table["sex"].to_pylist()),
        kelurahan=_words(table["kelurahan"].to_pylist()),
        situation=np.array([places[s] for s in drawn], np.int64),
        situations=known,
    )
    lost = people.of_situation("months_lost", first_month, 0)
    lapsed = np.array([value == "lapsed" for value in table["standing"].to_pylist()])
    paid = np.nan_to_num(_floats(table["paid_months"])).astype(np.int64)
    before = np.where(lapsed, paid, 0).astype(np.int64)
    whole = table.append_column("lost_months", pa.array(lost))
    whole = whole.append_column("lost_before", pa.array(before))
    return replace(people, table=whole)


def _floats(column: pa.ChunkedArray) -> Floats:
    return column.cast(pa.float64()).to_numpy(zero_copy_only=False).astype(np.float64)


def _words(values: Sequence[str | None]) -> Words:
    found = np.empty(len(values), dtype=object)
    found[:] = [value or "" for value in values]
    return found
