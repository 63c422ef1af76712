"""Commands about the ledger of paid months: who stands where, and whether it holds."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

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
from semesta.kernel import UserError
from semesta.kernel.identity import SIXTEEN_DIGITS, mask

if TYPE_CHECKING:
    from semesta.ledger.tenure.guard import Guard
    from semesta.registry.models import Person
    from semesta.warehouse.workspace import Workspace

OnOption = Annotated[str, typer.Option("--on", help="Per tanggal (TAHUN-BULAN-HARI).")]


def add_commands(app: typer.Typer) -> None:
    ledger = typer.Typer(
        no_args_is_help=True, help="Buku bulan iuran: kedudukan dan pemeriksaannya."
    )
    ledger.callback()(_group)
    for command in (status, verify):
        ledger.command()(command)
    app.add_typer(ledger, name="ledger")


def _group() -> None:
    """Buku bulan iuran: kedudukan dan pemeriksaannya."""


def status(
    nik: Annotated[
        str, typer.Option(help="NIK satu orang; tanpa ini semua orang.")
    ] = "",
    workspace: WorkspaceOption = DEFAULT,
    on: OnOption = "",
    first: Annotated[
        int, typer.Option(help="Berapa baris teratas yang dicetak.", min=0)
    ] = 20,
    as_json: JsonOption = False,
) -> None:
    """Masa iur, jeda, dan hak yang hilang berikutnya: satu orang, atau semuanya."""
    space = open_workspace(workspace)
    asked_on = day(on) if on else today(space)
    if nik:
        _one(nik, asked_on, as_json=as_json)
    else:
        _everyone(space, asked_on, first, as_json=as_json)


def _one(nik: str, on: date, *, as_json: bool) -> None:
    from semesta.ledger.tenure.queries import guard_of_person

    person = _person_with(nik)
    figures: dict[str, Any] = {"nik": mask(person.nik), "on": on.isoformat()}
    figures |= person_figures(guard_of_person(person, on), on)
    if as_json:
        print_json(figures)
        return
    loss = figures.pop("next_loss")
    gaps = "; ".join(f"{gap['from']} s.d. {gap['until']}" for gap in figures["gaps"])
    figures["gaps"] = gaps or "tidak ada"
    figures["next_loss"] = (
        f"{loss['on']}: {loss['right_in_words']}, {loss['rupiah']} rupiah"
        if loss
        else "tidak ada"
    )
    shown = {name: "–" if value is None else value for name, value in figures.items()}
    print_result("Kedudukan dalam buku iuran", shown, as_json=False)


def _person_with(nik: str) -> Person:
    """The one person with this number. UserError for none; the number stays masked."""
    from semesta.registry.models import Person

    digits = nik.strip()
    if not SIXTEEN_DIGITS.fullmatch(digits):
        raise UserError(
            "ledger.nik",
            "NIK tidak dapat dibaca.",
            "NIK terdiri atas enam belas angka.",
            "Ketik NIK lengkap tanpa spasi atau titik.",
        )
    found = Person.objects.filter(nik=digits).order_by("merged_into", "pk")
    person = found.select_related("merged_into").first()
    if person is None:
        raise UserError(
            "ledger.nik_unknown",
            f"Tidak ada orang dengan NIK {mask(digits)}.",
            "Registri tidak memuat nomor itu.",
            "Periksa nomornya, atau terima dahulu daftar yang memuat orang ini.",
        )
    return person.merged_into or person


def person_figures(guard: Guard | None, on: date) -> dict[str, Any]:
    """What the command says of one person: the promised fields, then what explains."""
    from semesta.ledger.tenure.guard import scholarship_months

    if guard is None:
        return {
            "status": "never",
            "tenure_months": 0,
            "gaps": [],
            "months_to_36": scholarship_months(on),
            "next_loss": None,
        }
    return {
        "status": guard.standing.status,
        "tenure_months": guard.standing.tenure_months,
        "gaps": [
            {"from": gap.first_day, "until": gap.end_day, "months": gap.months}
            for gap in guard.gaps
        ],
        "months_to_36": guard.months_to_scholarship,
        "next_loss": _loss_figures(guard),
        "segment": guard.segment,
        "unpaid_months": guard.standing.unpaid_months,
        "paid_until": str(guard.standing.paid_until),
        "reaches_36_in": str(guard.reaches_on) if guard.reaches_on else None,
        "payer": guard.payer,
        "keep_monthly": guard.keep_monthly,
        "arrears": guard.arrears,
        "keep_to_36": guard.keep_to_scholarship,
        "children": guard.children.certain,
        "children_unsure": guard.children.unsure,
    }


def _loss_figures(guard: Guard) -> dict[str, Any] | None:
    from semesta.ledger.tenure.guard import RIGHTS

    if guard.loss is None:
        return None
    return {
        "on": guard.loss.on,
        "right": guard.loss.right,
        "rupiah": guard.loss.rupiah,
        "right_in_words": RIGHTS[guard.loss.right],
        "scholarship_estimate": guard.children.scholarship
        if guard.scholarship_open
        else None,
    }


def _everyone(space: Workspace, on: date, first: int, *, as_json: bool) -> None:
    from semesta.ledger.tenure.queries import first_rows
    from semesta.ledger.tenure.services import guard

    done = guard(on=on, workspace=space, by=system_actor("penjaga masa iur"))
    rows = first_rows(done.file, first)
    if as_json:
        print_json({"on": on, **done.figures, "table": done.file, "first": rows})
        return
    from semesta.cli.tables import print_guard

    print_guard(done.figures, rows, on)
    sys.stdout.write(f"Tabel lengkap (Parquet): {done.file}\n")


def verify(workspace: WorkspaceOption = DEFAULT, as_json: JsonOption = False) -> None:
    """Periksa buku iuran: rantai utuh, dasar ada, tidak tumpang tindih, kas seimbang.

    Kode keluar 1 bila ada yang salah, dengan daftarnya.
    """
    open_workspace(workspace)
    from semesta.ledger.soundness.queries import faults

    found = faults()
    if as_json:
        print_json({"ok": not found, "faults": [fault.as_dict() for fault in found]})
    elif found:
        for fault in found:
            sys.stdout.write(f"✗ {fault.code}: {fault.message}\n")
    else:
        sys.stdout.write("Buku iuran utuh dan seimbang.\n")
    if found:
        raise typer.Exit(1)
