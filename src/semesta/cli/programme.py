"""Commands of the programme officer: decide, decree, post, watch, measure."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from semesta.cli.output import print_json, print_result
from semesta.cli.workspace import (
    DEFAULT,
    JsonOption,
    WorkspaceOption,
    day,
    open_workspace,
    system_actor,
    today,
)
from semesta.kernel import NotPossible

OnOption = Annotated[str, typer.Option("--on", help="Per tanggal (TAHUN-BULAN-HARI).")]


def add_commands(app: typer.Typer) -> None:
    app.command()(decide)
    for command in (decree, post, watch, measure, comply):
        app.command()(command)


def needed(found: Any, what: str, command: str) -> Any:
    """`found`, or the error that says which step must come first."""
    if found is None:
        raise NotPossible(
            "step.order",
            f"Belum ada {what}.",
            "Langkah ini memakai hasil langkah sebelumnya.",
            f"Jalankan `semesta {command}` lebih dahulu.",
        )
    return found


def decide(
    policy: Annotated[str, typer.Option(help="Kebijakan: wilayah/tahun-pembayar.")],
    workspace: WorkspaceOption = DEFAULT,
    on: OnOption = "",
    as_json: JsonOption = False,
) -> None:
    """Nilai kelayakan setiap orang menurut satu kebijakan."""
    space = open_workspace(workspace)
    from semesta.eligibility.services import judge

    run = judge(
        policy_slug=policy,
        as_of=day(on) if on else today(space),
        workspace=space,
        by=system_actor("penilaian lewat perintah"),
    )
    figures = {"pass": run.passed, "fail": run.failed, "unknown": run.unknown}
    print_result(f"Keputusan menurut {policy}", figures, as_json=as_json)


def decree(
    number: Annotated[str, typer.Option(help="Nomor SK.")],
    workspace: WorkspaceOption = DEFAULT,
    on: OnOption = "",
    as_json: JsonOption = False,
) -> None:
    """Tetapkan SK dari rencana terakhir, lengkap dengan lampirannya."""
    space = open_workspace(workspace)
    from semesta.decrees.services import issue_decree
    from semesta.planning.queries import newest_plan
    from semesta.reports.services import publish_decree

    by = system_actor("penetapan lewat perintah")
    issued = issue_decree(
        plan=needed(newest_plan(), "rencana", "plan"),
        number=number,
        issued_on=day(on) if on else today(space),
        workspace=space,
        by=by,
    )
    files = publish_decree(decree=issued, workspace=space, by=by)
    figures = {
        "number": issued.number,
        "entries": issued.entries_count,
        "sha256": issued.sha256,
        "files": [str(space.publications / file.filename) for file in files],
    }
    print_result("Surat Keputusan", figures, as_json=as_json)


def post(workspace: WorkspaceOption = DEFAULT, as_json: JsonOption = False) -> None:
    """Bukukan bulan-bulan yang sudah dibayar dari semua kiriman."""
    space = open_workspace(workspace)
    from semesta.ledger.services import post as post_entries

    counts = post_entries(workspace=space, by=system_actor("pembukuan"))
    print_result("Buku iuran", counts, as_json=as_json)


def watch(
    workspace: WorkspaceOption = DEFAULT, on: OnOption = "", as_json: JsonOption = False
) -> None:
    """Cari keluarga yang berhak dan hak yang sebentar lagi hilang."""
    space = open_workspace(workspace)
    from semesta.benefits.services import watch as watch_events

    counts = watch_events(
        on=day(on) if on else today(space),
        workspace=space,
        by=system_actor("pengawasan"),
    )
    print_result("Hak keluarga", counts, as_json=as_json)


def measure(
    workspace: WorkspaceOption = DEFAULT,
    on: OnOption = "",
    engine: Annotated[str, typer.Option(help="duckdb atau spark.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Hitung cakupan per segmen dan kelurahan."""
    space = open_workspace(workspace)
    from semesta.coverage.queries import figures as all_figures
    from semesta.coverage.services import measure as measure_coverage

    measure_coverage(
        on=day(on) if on else today(space),
        workspace=space,
        by=system_actor("pengukuran"),
        engine=engine or space.engine,
    )
    figures = [figure.as_dict() for figure in all_figures()]
    if as_json:
        print_json({"figures": figures})
        return
    from semesta.cli.tables import print_coverage

    print_coverage(figures)


def comply(
    workspace: WorkspaceOption = DEFAULT, on: OnOption = "", as_json: JsonOption = False
) -> None:
    """Cari pemberi kerja yang belum memenuhi kewajiban."""
    space = open_workspace(workspace)
    from semesta.compliance.services import detect

    counts = detect(
        on=day(on) if on else today(space),
        workspace=space,
        by=system_actor("pemeriksaan"),
    )
    print_result("Temuan kepatuhan", counts, as_json=as_json)
