"""The only writer of figures: one run computes all of them from files it writes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

import pyarrow as pa

from semesta.audit import services as audit
from semesta.audit.chain import content_hash
from semesta.coverage import tally
from semesta.coverage.definitions import NO_DATA_TEXT, WITHOUT_DATA, definitions
from semesta.coverage.models import Measure, MeasureRun, MonthlyActive
from semesta.coverage.published import Published, newest, read_published
from semesta.coverage.tally import Cell
from semesta.coverage.work import wage_occupations
from semesta.kernel import Actor, Month, Region
from semesta.law.book import law_book
from semesta.ledger import queries as ledger
from semesta.ledger.standing import standing_of_all
from semesta.registry.models import Person
from semesta.registry.queries import newest_run_name
from semesta.warehouse.engines import ibis_session
from semesta.warehouse.lake import table_sha256, write_parquet
from semesta.warehouse.snapshot import columns_of
from semesta.warehouse.workspace import Workspace

STAGE = "measure"
# The programme's first paid months are of 2019.
TREND_FROM = Month(2019, 1)
PEOPLE = pa.schema(
    [
        ("id", pa.int64()),
        ("kelurahan", pa.string()),
        ("alive", pa.bool_()),
        ("died_on", pa.date32()),
        ("born_on", pa.date32()),
        ("works", pa.bool_()),
        ("occupation", pa.string()),
        ("decile", pa.int16()),
        ("is_civil_servant", pa.bool_()),
    ]
)


@dataclass(frozen=True)
class _Computed:
    """Everything of a run before it is written."""

    cells: list[Cell]
    months: list[dict[str, Any]]
    outputs: dict[str, str]
    unplaced: int


def measure(
    *, on: date, workspace: Workspace, by: Actor, engine: str = "duckdb"
) -> MeasureRun:
    """Compute every figure as of a day, and the people paid for by month since 2019.

    A month stands in the series once its contributions have fallen due.
    The run writes `people.parquet` and `standing.parquet` to `lake/coverage/<run>`,
    computes from those files on the engine (`duckdb` or `spark`), and records their
    hashes. The same people, ledger, law and definitions give the first run again.
    """
    people = columns_of(Person.objects.filter(merged_into=None), PEOPLE)
    people = people.rename_columns(["person_id", *PEOPLE.names[1:]])
    source = ledger.snapshot(workspace)
    published = published_for(workspace)
    inputs = {
        "on": on.isoformat(),
        "region": workspace.region.code,
        "engine": engine,
        "registry": newest_run_name(),
        "people": table_sha256(people),
        "ledger": source.sha256,
        "law": law_book().version,
        "definitions": content_hash(
            [
                [each.model_dump(mode="json") for each in definitions()],
                wage_occupations(),
            ]
        ),
        "published": content_hash([each.model_dump(mode="json") for each in published]),
    }
    if done := audit.find_run(STAGE, inputs):
        return MeasureRun.objects.get(run=done)
    name = audit.run_key(STAGE, inputs)[:16]
    found = _compute(people, source, on, workspace, engine=engine, name=name)
    with audit.recorded_run(stage=STAGE, inputs=inputs, by=by, as_of=on) as draft:
        figures = _write(draft, found, on, workspace.region, published)
        draft.outputs = found.outputs
        draft.counts = {
            "figures": figures,
            "people": people.num_rows,
            "unplaced_active": found.unplaced,
        }
    return MeasureRun.objects.get(run=draft.run)


def _write(
    draft: audit.RunDraft,
    found: _Computed,
    on: date,
    region: Region,
    published: list[Published],
) -> int:
    """Write the run's figures and months; returns how many figures."""
    run = MeasureRun.objects.create(
        name=draft.name,
        run=draft.run,
        as_of=on,
        region=region.code,
        definitions={each.id: each.as_words() for each in definitions()},
    )
    rows = _measures(run, found.cells, region, published)
    Measure.objects.bulk_create(rows, batch_size=1_000)
    MonthlyActive.objects.bulk_create(
        (MonthlyActive(measure_run=run, **row) for row in found.months),
        batch_size=1_000,
    )
    return len(rows)


def published_for(workspace: Workspace) -> list[Published]:
    """Published denominators: the workspace's own file, or the one shipped, or none."""
    name = f"{workspace.region.code}.yaml"
    for folder in (
        workspace.root / "published",
        files("semesta.coverage") / "published",
    ):
        path = folder / name
        if path.is_file():
            return read_published(path.read_text("utf-8"), workspace.region.code)
    return []


def _compute(
    people: pa.Table,
    source: ledger.Snapshot,
    on: date,
    workspace: Workspace,
    *,
    engine: str,
    name: str,
) -> _Computed:
    """Write what the figures rest on, then count from those files."""
    folder = workspace.lake / "coverage" / name
    outputs = {"people": write_parquet(people, folder / "people.parquet")}
    session = ibis_session(engine)
    ranges = session.read_parquet(str(source.path))
    standing = standing_of_all(ranges, on).order_by("person_id", "segment")
    outputs["standing"] = write_parquet(
        standing.to_pyarrow(), folder / "standing.parquet"
    )
    everyone = session.read_parquet(str(folder / "people.parquet"))
    classified = tally.classify(
        everyone, session.read_parquet(str(folder / "standing.parquet")), on
    )
    region = workspace.region.code
    rows = tally.count(classified, definitions())
    return _Computed(
        cells=tally.roll_up(rows, definitions(), region),
        months=tally.due(
            tally.trend(ranges, everyone, region, TREND_FROM, Month.of(on)), on
        ),
        outputs=outputs,
        unplaced=sum(
            row["active__ALL__above"]
            for row in rows
            if not (row["kelurahan"] or "").startswith(f"{region}.")
        ),
    )


def _measures(
    run: MeasureRun, cells: Iterable[Cell], region: Region, published: list[Published]
) -> list[Measure]:
    """One row per definition, segment and area; also where nothing is known."""
    counted = {(each.definition, each.segment, each.area): each for each in cells}
    places = [region.code, *region.districts, *(place.code for place in region.places)]
    rows = []
    for definition in definitions():
        areas = places if definition.areas == "all" else [region.code]
        for segment in definition.segments:
            for area in areas:
                cell = counted.get((definition.id, segment, area))
                row = Measure(
                    measure_run=run,
                    definition=definition.id,
                    segment=segment,
                    area=area,
                    area_name=region.area_name(area),
                    as_of=run.as_of,
                )
                if segment in WITHOUT_DATA:
                    row.denominator_source = NO_DATA_TEXT
                else:
                    row.numerator = cell.numerator if cell else 0
                    _set_denominator(row, cell, definition.denominator.who, published)
                rows.append(row)
    return rows


def _set_denominator(
    row: Measure, cell: Cell | None, who: str, published: list[Published]
) -> None:
    if who != "published":
        row.denominator = cell.denominator if cell else 0
        row.denominator_source = (
            "Registri penduduk dan pekerja dari daftar yang diterima"
        )
        row.denominator_as_of = row.as_of
        return
    found = newest(published, row.segment, row.as_of)
    if found is None:
        row.denominator_source = (
            "Belum ada angka potensi yang diumumkan untuk segmen ini"
        )
        return
    row.denominator = found.value
    row.denominator_source = found.source
    row.denominator_as_of = found.as_of
