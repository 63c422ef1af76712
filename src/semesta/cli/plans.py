"""`semesta plan`: make a plan, compare ways to spend a budget, explain one person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from semesta.cli.output import print_json, print_result, thousands
from semesta.cli.workspace import (
    DEFAULT,
    JsonOption,
    WorkspaceOption,
    month,
    open_workspace,
    system_actor,
    today,
)
from semesta.kernel import NotPossible, UserError

if TYPE_CHECKING:
    from semesta.kernel import Month
    from semesta.warehouse.workspace import Workspace

BudgetOption = Annotated[int, typer.Option(help="Anggaran dalam rupiah.")]
FromOption = Annotated[str, typer.Option("--from", help="Bulan pertama (TAHUN-BULAN).")]
MonthsOption = Annotated[int, typer.Option(help="Jumlah bulan per orang.")]


def add_commands(app: typer.Typer) -> None:
    plans = typer.Typer(
        invoke_without_command=True, help="Rencana dalam satu anggaran."
    )
    plans.callback()(plan)
    plans.command()(compare)
    plans.command()(explain)
    app.add_typer(plans, name="plan")


def plan(
    context: typer.Context,
    budget: BudgetOption = 0,
    first_month: FromOption = "",
    months: MonthsOption = 12,
    order: Annotated[
        str,
        typer.Option(help="Urutan lain yang diizinkan kebijakan; kosong: miliknya."),
    ] = "",
    workspace: WorkspaceOption = DEFAULT,
    as_json: JsonOption = False,
) -> None:
    """Pilih siapa yang dibiayai, menurut urutan kebijakan, sampai anggaran habis."""
    if context.invoked_subcommand:
        return
    space = open_workspace(workspace)
    from semesta.planning.services import make_plan

    result = make_plan(
        decision_run=_judgement(""),
        budget=budget,
        first_month=_month(first_month, space),
        months=months,
        workspace=space,
        order=order,
        by=system_actor("rencana lewat perintah"),
    )
    figures = {
        "candidates": result.candidates,
        "people": result.people,
        "waiting": result.waiting,
        "months": result.months,
        "price": result.price,
        "cost": result.cost,
        "budget": result.budget,
    }
    print_result("Rencana", figures, as_json=as_json)


def compare(
    budget: BudgetOption = 0,
    payer: Annotated[str, typer.Option(help="Kode pembayar; kosong: kebijakan.")] = "",
    first_month: FromOption = "",
    months: MonthsOption = 12,
    short_months: Annotated[
        int, typer.Option(help="Bulan per orang bila banyak orang dipilih.")
    ] = 3,
    workspace: WorkspaceOption = DEFAULT,
    as_json: JsonOption = False,
) -> None:
    """Bandingkan cara membelanjakan satu anggaran; tidak mengubah apa pun."""
    space = open_workspace(workspace)
    from semesta.planning.compare import as_line
    from semesta.planning.payers import payer_name
    from semesta.planning.queries import comparison
    from semesta.planning.scenarios import Payment

    start = _month(first_month, space)
    if payer:
        payer_name(payer, start)
    run = _judgement(payer)
    payment = Payment(payer or run.policy.payer, start, months, short_months)
    found = comparison(run, space, payment)
    lines = [as_line(outcome) for outcome in found.at(budget)]
    if as_json:
        print_json(
            {
                "payer": payment.payer,
                "first_month": str(start),
                "budget": budget,
                "candidates": len(found.board.people),
                "excluded": found.excluded,
                "own_policy": found.own_policy,
                "scenarios": lines,
            }
        )
        return
    _print_lines(lines)


def _print_lines(lines: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    from semesta.planning.scenarios import LABELS

    table = Table("Cara", "Orang", "Bulan", "Biaya", "≥ 3 bln", "≥ 36 bln", "Putus")
    for line in lines:
        mark = " *" if line["comparison_only"] else ""
        figures = ("people", "months", "cost", "reach_3_months", "reach_36_months")
        table.add_row(
            LABELS[line["name"]] + mark,
            *(thousands(line[name]) for name in figures),
            thousands(line["lapses"]),
        )
    console = Console()
    console.print(table)
    console.print("* hanya perbandingan: kebijakan menetapkan urutan lain")


def explain(
    person: Annotated[int, typer.Option(help="Nomor orang di daftar (bukan NIK).")],
    workspace: WorkspaceOption = DEFAULT,
    as_json: JsonOption = False,
) -> None:
    """Terangkan mengapa seseorang dipilih atau tidak dalam rencana terbaru."""
    space = open_workspace(workspace)
    from semesta.planning.queries import newest_plan, ranking_line

    newest = newest_plan()
    if newest is None:
        raise NotPossible(
            "step.order",
            "Belum ada rencana.",
            "Langkah ini memakai hasil langkah sebelumnya.",
            "Jalankan `semesta plan` lebih dahulu.",
        )
    line = ranking_line(person, space, newest)
    if line is None:
        raise UserError(
            "plan.no_candidate",
            f"Orang nomor {person} bukan calon dalam rencana terbaru.",
            "Calon adalah orang yang memenuhi semua syarat kebijakan.",
            "Periksa nomornya, atau lihat keputusan kelayakannya.",
        )
    figures = {
        "person": person,
        "plan": newest.name,
        "rank": line.rank,
        "candidates": newest.candidates,
        "last_rank": line.last_rank,
        "outcome": line.outcome,
        "reason": line.reason,
        "sentence": line.sentence,
        "keys": [{"label": label, "value": value} for label, value in line.keys],
    }
    if as_json:
        print_json(figures)
        return
    typer.echo(line.sentence)
    for label, value in line.keys:
        typer.echo(f"  {label}: {'belum diketahui' if value is None else value}")


def _judgement(payer: str) -> Any:
    """The judgement whose candidates are chosen from; with no payer the newest."""
    from semesta.eligibility.queries import newest_decision_run
    from semesta.planning.queries import judgement_for

    found = judgement_for(payer) if payer else newest_decision_run()
    if found is None:
        raise NotPossible(
            "step.order",
            "Belum ada keputusan kelayakan.",
            "Langkah ini memakai hasil langkah sebelumnya.",
            "Jalankan `semesta decide` lebih dahulu.",
        )
    return found


def _month(text: str, space: Workspace) -> Month:
    from semesta.kernel import Month

    return month(text) if text else Month.of(today(space))
