"""Draw every chart of the newest figures, so that nobody waits for the first look."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from semesta.coverage import queries
from semesta.ledger.tenure.queries import newest_guard
from semesta.linkage.measuring.queries import newest_measured
from semesta.web.coverage.pictures import kelurahan_chart, trend_chart
from semesta.web.guard.pictures import lapse_chart, reach_chart
from semesta.web.people.quality_figures import charts


class Command(BaseCommand):
    help = "Menggambar semua grafik cakupan, masa iur, dan mutu yang terbaru."

    def handle(self, *args: Any, **options: Any) -> None:
        workspace = settings.WORKSPACE
        measured = newest_measured(workspace)
        charts(measured, None, workspace)
        if (guarded := newest_guard(workspace)) is not None:
            reach_chart(guarded.counts["months"], workspace)
            lapse_chart(guarded.counts["months"], workspace)
        run = queries.newest_measure_run()
        if run is None:
            return
        trend_chart(queries.trend("ALL", run=run), workspace)
        for whole in queries.by_definition(run=run):
            places = queries.by_area(whole.definition, run=run)
            kelurahan_chart(places, whole, workspace)
