"""The writers of measuring: a sample drawn, its pairs decided, quality recorded."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.db import transaction

from semesta.audit.services import find_run, record, recorded_run
from semesta.kernel import Actor
from semesta.kernel.errors import NotPossible
from semesta.linkage import queries as linkage
from semesta.linkage.learning.queries import weights_in_use
from semesta.linkage.matching import link
from semesta.linkage.measuring import queries
from semesta.linkage.measuring.models import QualityPair, QualitySample
from semesta.linkage.measuring.strata import Drawn, allocate, draw, make_frame
from semesta.linkage.models import LinkageRun
from semesta.linkage.quality import measure
from semesta.linkage.yardstick import measure_thresholds
from semesta.warehouse.engines import duck
from semesta.warehouse.lake import write_bytes
from semesta.warehouse.workspace import Workspace

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

FEWEST_PAIRS, MOST_PAIRS = 50, 5_000


def draw_sample(*, pairs: int, workspace: Workspace, by: Actor) -> QualitySample:
    """Draw pairs of the newest linkage for people to look at, blind to its verdict.

    The same number from the same linkage gives the sample that is there; of a larger
    one the pairs decided before stay decided. NotPossible without a linkage or pairs.
    """
    run = linkage.newest_run()
    if run is None:
        raise nothing_linked()
    _check_size(pairs)
    inputs = {"linkage": run.name, "clusters": run.clusters_sha256, "pairs": pairs}
    if done := find_run("sample", inputs):
        return QualitySample.objects.get(run=done)
    with duck() as con:
        strata = make_frame(
            con,
            pairs=linkage.pairs_file(workspace, run),
            clusters=linkage.clusters_file(workspace, run),
            threshold=run.threshold,
        )
        drawn = draw(con, allocate(strata, pairs), seed=run.name)
        if not drawn:
            raise nothing_linked()
        areas = _areas(con, workspace, drawn)
    with recorded_run(stage="sample", inputs=inputs, by=by) as draft:
        sample = QualitySample.objects.create(
            linkage_run=run, run=draft.run, strata=[asdict(s) for s in strata]
        )
        _keep_pairs(sample, drawn, areas)
        draft.counts = {"pairs": len(drawn), "strata": len(strata)}
    return sample


def _keep_pairs(
    sample: QualitySample, drawn: list[Drawn], areas: dict[str, str]
) -> None:
    known = _known_answers(sample.linkage_run)
    QualityPair.objects.bulk_create(
        QualityPair(
            sample=sample,
            position=position,
            area=areas[pair.row_id_l] or areas[pair.row_id_r],
            **pair._asdict(),
            **known.get((pair.row_id_l, pair.row_id_r), {}),
        )
        for position, pair in enumerate(drawn, start=1)
    )


def nothing_linked() -> NotPossible:
    """The error when there are no pairs to look at."""
    return NotPossible(
        "linkage.nothing_to_sample",
        "Belum ada pasangan yang dapat diperiksa.",
        "Contoh mutu diambil dari hasil penautan, dan hasil itu belum ada.",
        "Terima daftar orang dahulu, lalu jalankan `semesta link`.",
    )


def nothing_drawn() -> NotPossible:
    """The error when no sample has been drawn."""
    return NotPossible(
        "linkage.no_sample",
        "Belum ada contoh mutu.",
        "Mutu pada data nyata hanya diketahui dari pasangan yang diperiksa orang.",
        "Ambil contohnya dengan `semesta link sample --pairs 200`.",
    )


def _check_size(pairs: int) -> None:
    if not FEWEST_PAIRS <= pairs <= MOST_PAIRS:
        raise NotPossible(
            "linkage.sample_size",
            f"Contoh {pairs} pasangan tidak dapat diambil.",
            f"Banyaknya harus {FEWEST_PAIRS} sampai {MOST_PAIRS} pasangan.",
            "Mulailah dengan 200 pasangan; kira-kira satu jam kerja satu orang.",
        )


def _areas(
    con: DuckDBPyConnection, workspace: Workspace, drawn: list[Drawn]
) -> dict[str, str]:
    rows = [row for pair in drawn for row in (pair.row_id_l, pair.row_id_r)]
    linkage.load_rows(con, workspace, linkage.evidence(), only=rows)
    found = con.execute("SELECT row_id, kelurahan FROM person_rows").fetchall()
    return dict.fromkeys(rows, "") | {row: place or "" for row, place in found}


def _known_answers(run: LinkageRun) -> dict[tuple[str, str], dict[str, Any]]:
    """What was decided on pairs of earlier samples of this run."""
    decided = QualityPair.objects.filter(sample__linkage_run=run).exclude(answer="")
    return {
        (pair.row_id_l, pair.row_id_r): {
            "answer": pair.answer,
            "answered_by": pair.answered_by,
            "answered_at": pair.answered_at,
        }
        for pair in decided.order_by("answered_at", "pk")
    }


def answer_pair(*, pair: QualityPair, answer: str, by: Actor) -> QualityPair:
    """Record what a person says about a pair: `same`, `different` or `unsure`.

    The same person may change it. NotPossible when somebody else has answered.
    """
    if answer not in QualityPair.Answer.values:
        raise ValueError(f"no such answer: {answer}")
    with transaction.atomic():
        current = QualityPair.objects.select_for_update().get(pk=pair.pk)
        if current.answer and current.answered_by != by.username:
            raise NotPossible(
                "linkage.sample_answered",
                "Pasangan ini sudah diperiksa orang lain.",
                "Setiap pasangan contoh cukup diperiksa satu orang.",
                "Lanjutkan dengan pasangan berikutnya.",
            )
        if current.answer != answer:
            current.answer = answer
            current.answered_by, current.answered_at = by.username, by.at
            current.save(update_fields=["answer", "answered_by", "answered_at"])
            record(
                action="linkage.sample_answer",
                by=by,
                subject=f"sample:{current.sample_id}:{current.position}",
                detail={"answer": answer},
            )
    return current


def record_quality(
    *,
    linkage_run: LinkageRun,
    people: pa.Table,
    known_by: str,
    workspace: Workspace,
    by: Actor,
) -> dict[str, Any]:
    """Measure a run against `people` (row_id, person_id), which the caller knows from
    elsewhere, and keep the figures: `found` for the run as it stands, `by_threshold`
    for the same rows and weights at other thresholds.

    `known_by` is the hash of where `people` comes from. Measured once.
    """
    inputs = {"linkage": linkage_run.name, "known_by": known_by}
    path = queries.quality_file(workspace, linkage_run)
    if find_run("quality", inputs):
        return dict(json.loads(path.read_text("utf-8")))
    with duck() as con:
        stands = con.execute(
            f"FROM read_parquet('{linkage.clusters_file(workspace, linkage_run)}')"
        ).to_arrow_table()
        found = measure(con, stands, people).as_dict()
        linkage.load_rows(con, workspace, linkage.evidence())
        model = weights_in_use()
        link(con, model, linkage.decided_pairs(workspace))
        figures = {
            "threshold": model.threshold,
            "found": found,
            **measure_thresholds(con, model, people).as_dict(),
        }
    with recorded_run(stage="quality", inputs=inputs, by=by) as draft:
        content = json.dumps(figures, indent=1).encode()
        draft.outputs = {"quality": write_bytes(content, path)}
        draft.counts = {"rows": found["rows"], "people": found["people"]}
    return figures
