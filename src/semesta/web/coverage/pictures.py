"""The pictures of coverage: people paid for per month, and shares per kelurahan."""

from __future__ import annotations

from collections.abc import Sequence

from semesta.coverage.figures import Figure
from semesta.coverage.queries import TrendPoint
from semesta.warehouse.workspace import Workspace
from semesta.web.charts import FULL, HALF, Chart, draw, monthly_bars, share_bars
from semesta.web.formats import number, percent
from semesta.web.tiles import TileMap, tile_map


def trend_chart(points: Sequence[TrendPoint], workspace: Workspace) -> Chart | None:
    """People paid for in each month as bars; None without any month."""
    if not points:
        return None
    most = max(points, key=lambda point: point.people)
    alt = (
        f"Orang yang iurannya dibayar, per bulan, {points[0].month.in_words()} sampai "
        f"{points[-1].month.in_words()}. Terbanyak {number(most.people)} orang pada "
        f"{most.month.in_words()}. Angkanya ada pada tabel di bawah gambar."
    )
    bars = monthly_bars([(str(point.month), point.people) for point in points])
    return draw(bars, alt=alt, wide=FULL, workspace=workspace)


def kelurahan_chart(
    figures: Sequence[Figure], whole: Figure, workspace: Workspace
) -> Chart | None:
    """Shares of the kelurahan as bars, highest first, and the whole as a line."""
    known = [figure for figure in figures if figure.capped is not None]
    if not known:
        return None
    known.sort(key=lambda figure: (-(figure.capped or 0), figure.area_name))
    alt = (
        f"{whole.title} menurut kelurahan, dari {known[0].area_name} "
        f"({percent(known[0].capped)}) sampai {known[-1].area_name} "
        f"({percent(known[-1].capped)}). Angkanya ada pada tabel."
    )
    shares = [(figure.area_name, round(figure.capped or 0, 1)) for figure in known]
    average = None if whole.capped is None else round(whole.capped, 1)
    bars = share_bars(shares, whole=average)
    return draw(bars, alt=alt, wide=HALF, workspace=workspace)


def coverage_map(figures: Sequence[Figure], workspace: Workspace) -> TileMap:
    """The tile map of the kelurahan, shares capped at 100 %."""
    shares = [(figure.area, figure.capped) for figure in figures]
    return tile_map(workspace.region, shares)
