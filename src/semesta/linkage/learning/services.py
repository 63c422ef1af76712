"""The writers of learning: weights made of people's decisions, and the choice of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from semesta.audit.services import find_run, record, recorded_run
from semesta.kernel import Actor
from semesta.kernel.errors import NotPossible
from semesta.linkage.decisions import Decided
from semesta.linkage.learning.answers import (
    Judged,
    adjust,
    compare_models,
    label_answers,
)
from semesta.linkage.learning.models import ChosenWeights
from semesta.linkage.learning.queries import weights_in_use
from semesta.linkage.queries import decided_pairs, evidence, load_rows, newest_run
from semesta.linkage.training import Labelled, check_enough
from semesta.linkage.weighing import Model, read_model
from semesta.warehouse.engines import duck
from semesta.warehouse.lake import write_bytes
from semesta.warehouse.workspace import Workspace

SHIPPED = "person"


@dataclass(frozen=True)
class Learned:
    """New weights, those they started from, and both judged on the same answers."""

    path: Path
    model: Model
    start: Model
    answers: int
    before: Judged
    after: Judged


def learn_from_answers(
    *, workspace: Workspace, by: Actor, path: Path | None = None
) -> Learned:
    """Adjust the weights in use to what people have decided; writes a model file.

    Nothing uses the file before `use_weights` says so. The same answers give the same
    file. NotPossible without a linkage, or with too few answers of either kind.
    """
    run = newest_run()
    if run is None:
        raise NotPossible(
            "link.no_linkage",
            "Belum ada penautan yang dapat dipelajari.",
            "Bobot dipelajari dari jawaban orang tentang pasangan hasil penautan.",
            "Jalankan `semesta link`, lalu jawab pasangan yang meragukan.",
        )
    start, decided = weights_in_use(), decided_pairs(workspace)
    same = sum(pair.same for pair in decided)
    check_enough(same=same, different=len(decided) - same)
    labels = _labels(workspace, decided)
    prior = start.prior(start.share) if run.prior is None else run.prior
    table = adjust(labels, start, prior=prior)
    content = (json.dumps(table, indent=1) + "\n").encode()
    path = path or workspace.root / "weights" / "person.json"
    inputs = {"answers": [list(d) for d in decided], "start": start.sha256}
    write_bytes(content, path)
    learned = Model(table)
    if not find_run("weights", inputs):
        with recorded_run(stage="weights", inputs=inputs, by=by) as draft:
            draft.counts = {"answers": len(labels.same)}
            draft.outputs = {"weights": learned.sha256}
    before, after = compare_models(labels, start, prior=prior)
    return Learned(path, learned, start, len(labels.same), before, after)


def _labels(workspace: Workspace, decided: Sequence[Decided]) -> Labelled:
    rows = [row for pair in decided for row in pair[:2]]
    with duck() as con:
        load_rows(con, workspace, evidence(), only=rows)
        # Rows under the same numbers tell whether a number is shared.
        niks = con.execute("SELECT DISTINCT nik FROM person_rows WHERE nik IS NOT NULL")
        also = [nik for (nik,) in niks.fetchall()]
        load_rows(con, workspace, evidence(), only=[*rows, *also])
        return label_answers(con, decided)


def use_weights(*, weights: str, by: Actor) -> Model:
    """From now on link with these weights: a model file's path, or `person` (shipped).

    Takes effect at the next linkage. UserError `link.model` when it is no model.
    """
    model = read_model(weights)
    shipped = weights == SHIPPED
    if model.sha256 == weights_in_use().sha256:
        return model
    chosen: dict[str, Any] = {"version": model.version, "sha256": model.sha256}
    with transaction.atomic():
        ChosenWeights.objects.create(
            **chosen,
            content="" if shipped else json.dumps(model.table),
            chosen_by=by.username,
            chosen_at=by.at,
        )
        record(action="linkage.weights_chosen", by=by, detail=chosen)
    return model
