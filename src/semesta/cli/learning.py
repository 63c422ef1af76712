"""`semesta link train|use-weights|sample|quality`: decisions teach, a sample measures."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from semesta.cli.output import print_json, print_result
from semesta.cli.workspace import (
    DEFAULT,
    JsonOption,
    WorkspaceOption,
    open_workspace,
    system_actor,
)

if TYPE_CHECKING:
    from semesta.linkage.learning.services import Learned
    from semesta.linkage.measuring.estimate import Interval
    from semesta.linkage.measuring.queries import Sampled


def add_commands(group: typer.Typer) -> None:
    group.command("use-weights")(use_weights)
    group.command()(sample)
    group.command()(quality)


def train_on_answers(workspace: Path, out: Path | None, *, as_json: bool) -> None:
    """Adjust the workspace's weights to people's answers and show what changed."""
    space = open_workspace(workspace)
    from semesta.linkage.learning.services import learn_from_answers

    by = system_actor("belajar dari jawaban lewat perintah")
    learned = learn_from_answers(workspace=space, by=by, path=out)
    if as_json:
        print_json(_learned(learned))
        return
    from semesta.cli.tables import print_learned

    print_learned(learned)


def _learned(learned: Learned) -> dict[str, Any]:
    from semesta.linkage.learning.answers import moved

    return {
        "weights": str(learned.path),
        "version": learned.model.version,
        "sha256": learned.model.sha256,
        "start": learned.start.version,
        "answers": learned.answers,
        "moved": [one._asdict() for one in moved(learned.start, learned.model)],
        "before": asdict(learned.before),
        "after": asdict(learned.after),
    }


def use_weights(
    weights: Annotated[
        str,
        typer.Argument(help="Berkas bobot JSON, atau person: kembali ke bawaan."),
    ],
    workspace: WorkspaceOption = DEFAULT,
    as_json: JsonOption = False,
) -> None:
    """Pakai bobot ini mulai penautan berikutnya; pilihannya dicatat."""
    open_workspace(workspace)
    from semesta.linkage.learning.services import use_weights as choose

    model = choose(weights=weights, by=system_actor("pilihan bobot lewat perintah"))
    figures = {"version": model.version, "sha256": model.sha256}
    print_result("Bobot yang dipakai", figures, as_json=as_json)


def sample(
    pairs: Annotated[int, typer.Option(help="Banyaknya pasangan contoh.")] = 200,
    workspace: WorkspaceOption = DEFAULT,
    as_json: JsonOption = False,
) -> None:
    """Ambil contoh pasangan secara acak, untuk diperiksa orang di halaman Mutu."""
    space = open_workspace(workspace)
    from semesta.linkage.measuring.queries import sampled
    from semesta.linkage.measuring.services import draw_sample

    by = system_actor("contoh mutu lewat perintah")
    drawn = sampled(draw_sample(pairs=pairs, workspace=space, by=by))
    _show(drawn, as_json=as_json)


def quality(workspace: WorkspaceOption = DEFAULT, as_json: JsonOption = False) -> None:
    """Mutu penautan menurut contoh yang sudah diperiksa orang."""
    open_workspace(workspace)
    from semesta.linkage.measuring.queries import newest_sample, sampled
    from semesta.linkage.measuring.services import nothing_drawn

    found = newest_sample()
    if found is None:
        raise nothing_drawn()
    _show(sampled(found), as_json=as_json)


def _show(found: Sampled, *, as_json: bool) -> None:
    if as_json:
        print_json(_sampled(found))
        return
    from semesta.cli.tables import print_sample

    print_sample(found)


def _sampled(found: Sampled) -> dict[str, Any]:
    estimate = found.estimate
    return {
        "linkage": found.sample.linkage_run.name,
        "pairs": found.drawn,
        "answered": found.answered,
        "unsure": found.unsure,
        "precision": _interval(estimate.precision),
        "recall": _interval(estimate.recall),
        "by_threshold": [one._asdict() for one in found.by_threshold],
        "strata": [
            {**asdict(s.looked), "drawn": s.drawn, "wrong": s.wrong}
            for s in found.strata
        ],
    }


def _interval(found: Interval | None) -> dict[str, float] | None:
    return found._asdict() if found else None
