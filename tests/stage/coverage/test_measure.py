"""Measuring: figures from people and their months, by segment and area."""

from __future__ import annotations

from datetime import date

import pyarrow.parquet as pq
import pytest
from tests.support.people import GANTING, PASAR_BARU, SIGANDO, a_person, paid

from semesta.audit.models import Event, Run
from semesta.coverage import queries, services
from semesta.coverage.models import Measure, MeasureRun
from semesta.kernel import Actor, Month, UserError
from semesta.warehouse.lake import file_sha256
from semesta.warehouse.workspace import Workspace

pytestmark = pytest.mark.django_db

ON = date(2026, 1, 31)


@pytest.fixture
def measured(workspace: Workspace, officer: Actor) -> MeasureRun:
    """Eight people in three kelurahan; see the comments for who counts where."""
    paid(a_person(), "2025-05", "2026-07")  # BPU active, 9 months
    paid(a_person(), "2023-01", "2026-07")  # BPU active, 37 months
    paid(a_person(), "2025-12", "2026-01")  # BPU in grace, 1 month
    paid(a_person(kelurahan=SIGANDO), "2023-01", "2024-01")  # lapsed
    paid(
        a_person(kelurahan=SIGANDO, occupation="karyawan-swasta", decile=8),
        "2022-01",
        "2026-01",
        segment="PU",
    )  # PU active: January falls due in February
    a_person(kelurahan=PASAR_BARU, decile=9)  # nobody pays
    a_person(kelurahan=PASAR_BARU, works=False, occupation="pelajar")  # no worker
    paid(a_person(kelurahan=PASAR_BARU, alive=False), "2025-05", "2026-07")  # dead
    return services.measure(on=ON, workspace=workspace, by=officer)


def shares(definition: str, segment: str = "ALL") -> dict[str, tuple]:
    return {
        figure.area: (figure.numerator, figure.denominator)
        for figure in queries.by_area(definition, segment)
        if figure.denominator or figure.numerator
    }


class TestFigures:
    def test_active_by_segment(self, measured: MeasureRun) -> None:
        found = {
            f.segment: (f.numerator, f.denominator)
            for f in queries.by_segment("active")
        }
        assert found == {
            "ALL": (3, 6),
            "PU": (1, 1),
            "BPU": (2, 5),
            "JAKON": (None, None),
        }

    def test_by_kelurahan_kecamatan_and_city(self, measured: MeasureRun) -> None:
        assert shares("active") == {
            GANTING: (2, 3),
            SIGANDO: (1, 2),
            PASAR_BARU: (0, 1),
        }
        assert len(queries.by_area("active")) == 16
        east, west = queries.by_area("active", level="kecamatan")
        assert (east.numerator, west.numerator) == (3, 0)
        whole = queries.figure("active")
        assert whole is not None
        assert whole.sentence == (
            "3 dari 6 pekerja di Kota Padang Panjang terlindungi aktif per "
            "31 Januari 2026 (50,0 %)."
        )

    def test_the_months_that_open_a_right(self, measured: MeasureRun) -> None:
        found = {each.definition: each.numerator for each in queries.by_definition()}
        assert found["protected"] == 4
        assert found["beyond_3_months"] == 3
        assert found["beyond_36_months"] == 2
        assert found["vulnerable"] == 3
        assert list(found) == [
            "active",
            "protected",
            "beyond_3_months",
            "beyond_36_months",
            "vulnerable",
            "active_vs_published",
        ]

    def test_vulnerable_workers_are_poor_and_outside_wage_work(
        self, measured: MeasureRun
    ) -> None:
        figure = queries.figure("vulnerable")
        assert figure is not None
        assert (figure.numerator, figure.denominator) == (3, 4)
        assert "desil 1 sampai 5" in figure.denominator_text

    def test_against_the_published_number_with_its_own_day_and_source(
        self, measured: MeasureRun
    ) -> None:
        figure = queries.figure("active_vs_published")
        assert figure is not None
        assert (figure.numerator, figure.denominator) == (3, 19_654)
        assert figure.source_as_of == date(2024, 12, 31)
        assert "Antara" in figure.source
        assert figure.source in figure.denominator_text
        unknown = queries.figure("active_vs_published", "PU")
        assert unknown is not None
        assert (unknown.numerator, unknown.denominator, unknown.value) == (
            1,
            None,
            None,
        )
        assert queries.by_area("active_vs_published") == []

    def test_a_place_without_workers_has_no_share(self, measured: MeasureRun) -> None:
        figure = queries.figure("active", area="13.74.02.1008")
        assert figure is not None
        assert (figure.numerator, figure.denominator, figure.value) == (0, 0, None)

    def test_an_unknown_figure_is_an_error_that_says_so(
        self, measured: MeasureRun
    ) -> None:
        with pytest.raises(UserError) as caught:
            queries.figure("active", area="13.74.09")
        assert caught.value.code == "coverage.no_figure"

    def test_more_people_than_potential_workers_stays_visible(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        paid(a_person(), "2025-05", "2026-07")
        # Over 64 and still paying: protected, though no potential worker.
        paid(a_person(born_on=date(1950, 1, 1)), "2015-09", "2026-07")
        services.measure(on=ON, workspace=workspace, by=officer)
        figure = queries.figure("active")
        assert figure is not None
        assert (figure.numerator, figure.denominator) == (2, 1)
        assert (figure.value, figure.capped) == (200.0, 100.0)

    def test_who_lives_elsewhere_or_nobody_knows_where_is_counted_apart(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        paid(a_person(kelurahan=""), "2025-05", "2026-07")
        paid(a_person(kelurahan="13.71.01.1001"), "2025-05", "2026-07")
        run = services.measure(on=ON, workspace=workspace, by=officer)
        figure = queries.figure("active")
        assert figure is not None
        assert (figure.numerator, figure.denominator) == (0, 0)
        assert run.run.counts["unplaced_active"] == 2


class TestTrend:
    def test_people_paid_for_by_month(self, measured: MeasureRun) -> None:
        points = {
            (str(each.month), each.segment): each.people for each in queries.trend()
        }
        assert points["2022-01", "PU"] == 1
        # The one who died counts in the months in which they were paid for.
        assert points["2025-12", "BPU"] == 4
        assert points["2025-12", "ALL"] == 5

    def test_a_month_stands_there_once_it_has_fallen_due(
        self, measured: MeasureRun
    ) -> None:
        last = {
            segment: max(each.month for each in queries.trend(segment))
            for segment in ("BPU", "PU", "ALL")
        }
        # On 31 January the wage workers' January is not due before February.
        assert last == {
            "BPU": Month(2026, 1),
            "PU": Month(2025, 12),
            "ALL": Month(2025, 12),
        }


class TestRuns:
    def test_measuring_again_writes_nothing(
        self, measured: MeasureRun, workspace: Workspace, officer: Actor
    ) -> None:
        events, rows = Event.objects.count(), Measure.objects.count()
        assert services.measure(on=ON, workspace=workspace, by=officer) == measured
        assert (Event.objects.count(), Measure.objects.count()) == (events, rows)

    def test_a_run_keeps_the_files_it_counted_from(
        self, measured: MeasureRun, workspace: Workspace
    ) -> None:
        folder = workspace.lake / "coverage" / measured.name
        outputs = Run.objects.get(stage="measure").outputs
        for name in ("people", "standing"):
            assert file_sha256(folder / f"{name}.parquet") == outputs[name]
        names = pq.read_schema(folder / "people.parquet").names
        assert not {"nik", "name", "address"} & set(names)

    def test_a_new_day_is_a_new_run_and_the_newest_is_shown(
        self, measured: MeasureRun, workspace: Workspace, officer: Actor
    ) -> None:
        later = services.measure(on=date(2026, 5, 31), workspace=workspace, by=officer)
        assert queries.newest_measure_run() == later
        assert queries.newest_measure_run(on=ON) == measured
        now, then = queries.figure("active"), queries.figure("active", run=measured)
        assert now is not None
        assert then is not None
        assert (now.numerator, then.numerator) == (2, 3)

    def test_figures_keep_the_words_they_were_computed_under(
        self, measured: MeasureRun
    ) -> None:
        measured.definitions["active"]["title"] = "Judul lama"
        measured.save()
        figure = queries.figure("active")
        assert figure is not None
        assert figure.title == "Judul lama"

    def test_before_the_first_run_there_is_nothing(self) -> None:
        assert queries.newest_measure_run() is None
        assert queries.figure("active") is None
        assert queries.by_area("active") == queries.by_segment("active") == []
        assert queries.by_definition() == queries.figures() == queries.trend() == []

    def test_a_city_without_people_or_payments(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        services.measure(on=ON, workspace=workspace, by=officer)
        figure = queries.figure("active")
        assert figure is not None
        assert (figure.numerator, figure.denominator, figure.value) == (0, 0, None)
        assert queries.trend() == []

    def test_before_the_first_month_of_the_trend(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        services.measure(on=date(2018, 5, 1), workspace=workspace, by=officer)
        assert queries.trend() == []

    def test_the_workspaces_own_published_file_comes_first(
        self, workspace: Workspace, officer: Actor
    ) -> None:
        folder = workspace.root / "published"
        folder.mkdir()
        (folder / "13.74.yaml").write_text(
            "{region: '13.74', denominators: [{segment: PU, as_of: 2025-12-31, "
            "value: 9000, source: Cabang}]}",
            "utf-8",
        )
        services.measure(on=ON, workspace=workspace, by=officer)
        figure = queries.figure("active_vs_published", "PU")
        assert figure is not None
        assert figure.denominator == 9_000

    def test_all_figures_as_json(self, measured: MeasureRun) -> None:
        rows = [each.as_dict() for each in queries.figures()]
        # Four measures by 4 segments and one by 3, in 19 areas, and one for the city.
        assert len(rows) == 4 * 4 * 19 + 3 * 19 + 4
        assert {row["measure"] for row in rows} >= {"active", "vulnerable"}
