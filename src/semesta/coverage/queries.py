"""The only readers of figures. Counts of whole areas tell nobody's secret, so they are
open to everyone; who makes them up is asked of the registry and the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from semesta.coverage.figures import Figure, figure_from, level_of
from semesta.coverage.models import Measure, MeasureRun
from semesta.kernel import Month
from semesta.kernel.errors import UserError

FIELDS = (
    "definition", "segment", "area", "area_name", "numerator", "denominator",
    "denominator_source", "denominator_as_of", "as_of",
)  # fmt: skip


class TrendPoint(NamedTuple):
    """People paid for in one month, in one segment (or ALL)."""

    month: Month
    segment: str
    people: int


def newest_measure_run(on: date | None = None) -> MeasureRun | None:
    """The last computation of the figures; with `on`, the last one as of that day."""
    runs = MeasureRun.objects.select_related("run")
    if on is not None:
        runs = runs.filter(as_of=on)
    return runs.last()


def figure(
    definition: str,
    segment: str = "ALL",
    area: str = "",
    run: MeasureRun | None = None,
) -> Figure | None:
    """One figure of a run (default the newest; blank area: the region).

    None before the first run. UserError `coverage.no_figure` when the run has no such
    figure.
    """
    run = run or newest_measure_run()
    if run is None:
        return None
    rows = _rows(run).filter(
        definition=definition, segment=segment, area=area or run.region
    )
    found = _figures(rows, run)
    if not found:
        raise UserError(
            "coverage.no_figure",
            f"Tidak ada angka {definition} segmen {segment} untuk {area or run.region}.",
            "Ukuran, segmen, atau wilayah itu tidak dihitung.",
            "Lihat daftar ukuran dan pakai kode yang ada di sana.",
        )
    return found[0]


def by_area(
    definition: str,
    segment: str = "ALL",
    level: str = "kelurahan",
    run: MeasureRun | None = None,
) -> list[Figure]:
    """The same figure for every `kelurahan` or `kecamatan`, in order of code."""
    run = run or newest_measure_run()
    if run is None:
        return []
    rows = _rows(run).filter(definition=definition, segment=segment).order_by("area")
    return [each for each in _figures(rows, run) if level_of(each.area) == level]


def by_segment(
    definition: str, area: str = "", run: MeasureRun | None = None
) -> list[Figure]:
    """The same figure for every segment: ALL, PU, BPU, JAKON."""
    run = run or newest_measure_run()
    if run is None:
        return []
    return _figures(
        _rows(run).filter(definition=definition, area=area or run.region), run
    )


def by_definition(
    segment: str = "ALL", area: str = "", run: MeasureRun | None = None
) -> list[Figure]:
    """Every measure of one segment and area, in the order in which they are shown."""
    run = run or newest_measure_run()
    if run is None:
        return []
    return _figures(_rows(run).filter(segment=segment, area=area or run.region), run)


def figures(run: MeasureRun | None = None) -> list[Figure]:
    """All figures of a run, for exports."""
    run = run or newest_measure_run()
    return [] if run is None else _figures(_rows(run), run)


def trend(segment: str = "", run: MeasureRun | None = None) -> list[TrendPoint]:
    """People paid for per month since 2019, oldest first; one segment or all of them.

    A month without anyone has no point.
    """
    run = run or newest_measure_run()
    if run is None:
        return []
    rows = run.months.order_by("month", "segment")
    if segment:
        rows = rows.filter(segment=segment)
    return [
        TrendPoint(Month.of(month), name, people)
        for month, name, people in rows.values_list("month", "segment", "people")
    ]


def _rows(run: MeasureRun) -> QuerySet[Measure]:
    return run.measures.order_by("pk")


def _figures(rows: Iterable[Measure], run: MeasureRun) -> list[Figure]:
    return [
        figure_from(
            {name: getattr(row, name) for name in FIELDS},
            run.definitions[row.definition],
        )
        for row in rows
    ]
