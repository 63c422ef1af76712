"""Linkage of an invented city's office files against its truth."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pc
import pytest

from semesta.demo.city import build_city
from semesta.intake.services import take_in
from semesta.kernel import Actor
from semesta.linkage import queries
from semesta.linkage.matching import link
from semesta.linkage.quality import Quality, measure, truth_rows
from semesta.linkage.weighing import load_model
from semesta.warehouse.engines import duck
from semesta.warehouse.workspace import Workspace

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def quality(folder: Path, workspace: Workspace, by: Actor) -> Quality:
    """Files of a small city, not the one the weights are fitted on, through the stage."""
    city = build_city(out=folder, people=2_500, seed=20_260)
    places: dict[tuple[str, str], str] = {}
    for file in city.files:
        delivery = take_in(
            path=city.inbox / file.path,
            workspace=workspace,
            by=by,
            as_of=file.received,
            supplier=file.supplier,
        )
        for table in delivery.tables:
            if number := table.get("sheet_number"):
                places[file.path, table["sheet"] or ""] = f"{delivery.name}:{number}"
    text = pc.ConvertOptions(column_types=dict.fromkeys(("sheet", "file"), pa.string()))
    truth = pc.read_csv(city.truth / "rows.csv", convert_options=text)
    with duck() as con:
        queries.load_rows(con, workspace, queries.evidence())
        linked = link(con, load_model())
        return measure(con, linked.clusters, truth_rows(con, truth, places))


def test_precision_and_recall(
    tmp_path: Path, workspace: Workspace, officer: Actor
) -> None:
    found = quality(tmp_path / "city", workspace, officer)
    assert found.rows > 7_000
    assert found.pairs.precision >= 0.995
    assert found.pairs.recall >= 0.97
    assert found.clusters.f1 >= 0.98
