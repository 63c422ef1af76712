"""Commands about policies: check files, see what one would do, compute a run again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from semesta.cli.output import print_json, print_result
from semesta.cli.workspace import (
    DEFAULT,
    JsonOption,
    WorkspaceOption,
    day,
    open_workspace,
    today,
)
from semesta.kernel import UserError

if TYPE_CHECKING:
    from semesta.eligibility.changes import Changes
    from semesta.eligibility.policy import Policy
    from semesta.warehouse.workspace import Workspace

MOST_NAMED = 20


def add_commands(app: typer.Typer) -> None:
    policies = typer.Typer(
        no_args_is_help=True, help="Periksa kebijakan, lihat dampaknya, hitung ulang."
    )
    for command in (check, preview, replay):
        policies.command()(command)
    app.add_typer(policies, name="policy")


def check(
    files: Annotated[list[Path], typer.Argument(help="Berkas kebijakan (YAML).")],
    as_json: JsonOption = False,
) -> None:
    """Periksa berkas kebijakan, masing-masing dan satu di samping yang lain."""
    from semesta.eligibility.policy_text import check_policies

    policies = check_policies((str(file), _text(file)) for file in files)
    if as_json:
        print_json({"policies": [_summary(policy) for policy in policies]})
        return
    for policy in policies:
        print_result(policy.title, _summary(policy), as_json=False)


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            "file.missing",
            f"Berkas {file} tidak dapat dibaca.",
            "Berkasnya tidak ada, bukan berkas teks, atau tidak boleh dibuka.",
            "Periksa nama dan foldernya.",
        ) from error


def _summary(policy: Policy) -> dict[str, Any]:
    return {
        "slug": policy.slug,
        "valid_from": policy.first_day.isoformat(),
        "valid_until": policy.last_day.isoformat(),
        "criteria": len(policy.criteria),
        "priority": len(policy.priority),
    }


def preview(
    policy: Annotated[
        str, typer.Argument(help="Berkas YAML, atau wilayah/tahun-pembayar.")
    ],
    workspace: WorkspaceOption = DEFAULT,
    on: Annotated[str, typer.Option(help="Per tanggal (TAHUN-BULAN-HARI).")] = "",
    as_json: JsonOption = False,
) -> None:
    """Hitung siapa yang lolos, dan siapa berubah dibanding kebijakan yang berlaku."""
    space = open_workspace(workspace)
    from semesta.eligibility.previewing.queries import preview as look_ahead

    found = look_ahead(
        _policy(policy, space), space, on=day(on) if on else today(space)
    )
    figures = {
        "policy": found.policy.slug,
        "on": found.as_of.isoformat(),
        "people": found.people,
        **found.outcomes,
        "in_force": found.standing.name if found.standing else "",
        "changes": _changes(found.changes) if found.changes else None,
        "criteria": {
            each.criterion: {
                "pass": each.passed,
                "fail": each.failed,
                "unknown": each.unknown,
                "only_this": each.only_this,
            }
            for each in found.grounds
        },
    }
    if as_json:
        print_json(figures)
        return
    from semesta.cli.policy_tables import print_preview

    print_preview(found)


def _policy(named: str, space: Workspace) -> Policy:
    from semesta.eligibility.policy_text import read_policy
    from semesta.eligibility.versions.queries import policy_text

    if named.endswith((".yaml", ".yml")):
        return read_policy(_text(Path(named)), named)
    return policy_text(named, space).policy


def _changes(changes: Changes) -> dict[str, Any]:
    people = changes.rows["person_id"].to_pylist()
    return {
        "people": len(people),
        "directions": [
            {"before": before, "after": after, "people": count}
            for (before, after), count in changes.directions.items()
        ],
        "criteria": changes.criteria,
        "persons": people[:MOST_NAMED],
    }


def replay(
    run: Annotated[str, typer.Argument(help="Nama keputusan, atau awalnya.")],
    workspace: WorkspaceOption = DEFAULT,
    as_json: JsonOption = False,
) -> None:
    """Hitung ulang keputusan yang lalu: sama, atau apa yang berbeda dan mengapa."""
    space = open_workspace(workspace)
    from semesta.eligibility.replaying.queries import replay as compute_again
    from semesta.eligibility.replaying.queries import run_named

    found = compute_again(run_named(run), space)
    figures = {
        "run": found.run.name,
        "policy": found.run.policy.slug,
        "as_of": found.run.as_of.isoformat(),
        "same": found.same,
        "whole": found.whole,
        "causes": {
            step.cause: {
                "changed": step.changed,
                "note": step.note,
                "people": step.people,
                "criteria": step.changes.criteria,
            }
            for step in found.steps
        },
        "changes": _changes(found.changes),
    }
    if as_json:
        print_json(figures)
        return
    from semesta.cli.policy_tables import print_replay

    print_replay(found)
