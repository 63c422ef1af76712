"""People and their standing → how many stand above and below each line, by kelurahan.

Written once as Ibis expressions; DuckDB and Spark give the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from semesta.coverage import catalogue
from semesta.coverage.definitions import WITHOUT_DATA, WORKING_AGE, Definition
from semesta.coverage.work import PUBLIC_SERVICE, wage_occupations
from semesta.kernel import Month
from semesta.law.due_dates import last_overdue
from semesta.ledger.standing import PROTECTED, SEGMENTS, paid_by_month

if TYPE_CHECKING:
    import ibis.expr.types as ir

MONTHS = ("spell_months", "paid_months", "tenure_months")


class Cell(NamedTuple):
    """One count of a run: of which definition and segment, in which area."""

    definition: str
    segment: str
    area: str
    numerator: int
    denominator: int


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier (1 March instead of a missing 29 February)."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 3, 1)


def classify(people: ir.Table, standing: ir.Table, on: date) -> ir.Table:
    """One row per person with what the catalogue asks for.

    `people`: person_id, kelurahan, alive, died_on, born_on, works, occupation, decile,
    is_civil_servant. `standing`: the ledger's rows per person and segment.
    """
    import ibis

    table = people
    for segment in SEGMENTS:
        own = standing.filter(standing.segment == segment).select(
            "person_id",
            **{f"{segment}_status": standing.status},
            **{f"{segment}_{name}": standing[name] for name in MONTHS},
        )
        table = table.left_join(own, "person_id").drop("person_id_right")
    youngest, oldest = (years_before(on, years) for years in WORKING_AGE)
    wage_worker = table.PU_status.isin(PROTECTED).fill_null(False)
    is_alive = ibis.ifelse(
        table.died_on.notnull(), table.died_on > on, table.alive.fill_null(True)
    )
    public = table.is_civil_servant | table.occupation.isin(PUBLIC_SERVICE)
    of_age = (table.born_on <= youngest) & (table.born_on > oldest)
    is_worker = (
        is_alive
        & of_age.fill_null(False)
        & ~public.fill_null(False)
        & (table.works.fill_null(False) | wage_worker)
    )
    employed = wage_worker | table.occupation.isin(wage_occupations()).fill_null(False)
    return table.mutate(
        is_alive=is_alive,
        kind=ibis.cases((~is_worker, None), (employed, "PU"), else_="BPU"),
    )


def count(
    classified: ir.Table, definitions: Iterable[Definition]
) -> list[dict[str, Any]]:
    """One row per kelurahan (blank: unknown); columns as `column_names` gives them."""
    sums = {}
    for definition in definitions:
        for segment in segments_with_data(definition):
            above, below = column_names(definition, segment)
            above_line = catalogue.numerator(classified, definition, segment)
            sums[above] = above_line.cast("int64").sum()
            if definition.denominator.who != "published":
                below_line = catalogue.denominator(classified, definition, segment)
                sums[below] = below_line.cast("int64").sum()
    table = classified.group_by("kelurahan").aggregate(**sums)
    return list(table.to_pyarrow().to_pylist())


def segments_with_data(definition: Definition) -> tuple[str, ...]:
    """The definition's segments that can be counted at all."""
    return tuple(each for each in definition.segments if each not in WITHOUT_DATA)


def column_names(definition: Definition, segment: str) -> tuple[str, str]:
    """Names of the two sums of a definition and segment: above and below the line."""
    return f"{definition.id}__{segment}__above", f"{definition.id}__{segment}__below"


def roll_up(
    rows: Iterable[Mapping[str, Any]], definitions: Iterable[Definition], region: str
) -> list[Cell]:
    """Counts by kelurahan summed to kecamatan and region; places elsewhere left out.

    Everyone has one kelurahan, so the sums count nobody twice.
    """
    cells: dict[tuple[str, str, str], list[int]] = {}
    here = [row for row in rows if (row["kelurahan"] or "").startswith(f"{region}.")]
    for definition in definitions:
        for segment in segments_with_data(definition):
            above, below = column_names(definition, segment)
            cells[definition.id, segment, region] = [0, 0]
            for row in here:
                place = row["kelurahan"]
                areas = [region]
                if definition.areas == "all":
                    areas += [place.rpartition(".")[0], place]
                for area in areas:
                    cell = cells.setdefault((definition.id, segment, area), [0, 0])
                    cell[0] += row[above]
                    cell[1] += row.get(below) or 0
    return [
        Cell(definition, segment, area, above, below)
        for (definition, segment, area), (above, below) in cells.items()
    ]


def trend(
    ranges: ir.Table, people: ir.Table, region: str, first: Month, last: Month
) -> list[dict[str, Any]]:
    """People of the region paid for, per month and segment (and ALL)."""
    here = people.filter(people.kelurahan.startswith(f"{region}."))
    table = paid_by_month(ranges.semi_join(here, "person_id"), first, last)
    return list(table.order_by("month", "segment").to_pyarrow().to_pylist())


def due(rows: Iterable[dict[str, Any]], on: date) -> list[dict[str, Any]]:
    """The rows of a trend whose month has fallen due by `on`, in ALL for everyone.

    Wage workers' contributions fall due a month later; without this the last month
    would look like a fall.
    """
    last = {segment: last_overdue(on, segment) for segment in SEGMENTS}
    last["ALL"] = min(last.values())
    return [row for row in rows if Month.of(row["month"]) <= last[row["segment"]]]
