"""Why two rows are, or are not, one person: each comparison's level, weight and words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from semesta.linkage.decisions import Decided, part_groups, with_what_follows
from semesta.linkage.exact import exact_pass
from semesta.linkage.levels import COMPARISONS, level_columns, side_by_side
from semesta.linkage.normalise import normalise

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from semesta.linkage.weighing import Model


@dataclass(frozen=True)
class Part:
    """One comparison's share of the match weight; `text` is Indonesian."""

    comparison: str
    label: str
    level: str | None
    text: str
    weight: float


@dataclass(frozen=True)
class Reasons:
    """What a pair weighs before any evidence, and what each comparison adds."""

    prior: float
    parts: list[Part]

    @property
    def weight(self) -> float:
        """The pair's match weight: bits for (above 0) or against one person."""
        return self.prior + sum(part.weight for part in self.parts)


NOTHING_TO_COMPARE = "tidak ada isi untuk dibandingkan"


def explain(
    con: DuckDBPyConnection,
    model: Model,
    pair: tuple[str, str],
    decided: Sequence[Decided] = (),
) -> list[Part]:
    """Explain two rows of the session's `person_rows` (row ids), strongest part first.

    `person_rows` must also hold all rows that carry the NIK of either, so that a number
    on several people is known for one. `decided`: what people said, as in the linkage. The
    weights add up with the prior of the run to the pair's match weight. ValueError when
    one of the rows is not there.
    """
    normalise(con)
    exact_pass(con)
    part_groups(con, with_what_follows(decided))
    row = con.execute(
        f"""
        WITH pair AS (
            SELECT {side_by_side("l", "r")}
            FROM identities l JOIN identities r ON l.row_id = $l AND r.row_id = $r
        ) SELECT {level_columns()} FROM pair
        """,
        {"l": pair[0], "r": pair[1]},
    ).fetchone()
    if row is None:
        raise ValueError("no such rows to explain")
    parts = []
    for comparison, level in zip(COMPARISONS, row, strict=True):
        texts = {found.code: found.text for found in comparison.levels}
        parts.append(
            Part(
                comparison.code,
                comparison.label,
                level,
                texts.get(level, NOTHING_TO_COMPARE),
                model.weight(comparison.code, level),
            )
        )
    return sorted(parts, key=lambda part: -abs(part.weight))
