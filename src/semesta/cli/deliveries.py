"""Commands that bring rows in: intake, register."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from semesta.cli.output import (
    error_text,
    print_json,
    print_result,
    progress_bars,
)
from semesta.cli.workspace import (
    DEFAULT,
    JsonOption,
    WorkspaceOption,
    day,
    open_workspace,
    system_actor,
    today,
)
from semesta.kernel import NotPossible, UserError


def add_commands(app: typer.Typer) -> None:
    app.command()(intake)
    app.command()(register)


def intake(
    files: Annotated[list[Path], typer.Argument(help="Berkas dari kantor pengirim.")],
    workspace: WorkspaceOption = DEFAULT,
    supplier: Annotated[
        str, typer.Option(help="Nama pengirim, atau `auto` untuk dikenali sendiri.")
    ] = "auto",
    as_of: Annotated[
        str, typer.Option(help="Keadaan per tanggal (TAHUN-BULAN-HARI).")
    ] = "",
    area: Annotated[str, typer.Option(help="Kode kelurahan pengirim.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Baca berkas dari kantor; setiap baris mendapat nasibnya."""
    missing = [path for path in files if not path.is_file()]
    if missing:
        raise UserError(
            "file.missing",
            f"Berkas tidak ditemukan: {', '.join(str(path) for path in missing)}.",
            "Nama atau foldernya salah, atau berkasnya sudah dipindahkan.",
            "Periksa nama berkas, lalu ulangi.",
        )
    space = open_workspace(workspace)
    from semesta.intake.services import take_in

    by = system_actor("intake lewat perintah")
    results = []
    with progress_bars(quiet=as_json) as tell:
        for done, path in enumerate(files):
            tell("intake", done, len(files))
            delivery = take_in(
                path=path,
                supplier=supplier,
                workspace=space,
                by=by,
                as_of=day(as_of) if as_of else today(space),
                area=area,
            )
            results.append(_delivery(delivery, space))
        tell("intake", len(files), len(files))
    if as_json:
        print_json({"files": results})
    else:
        for result in results:
            print_result(result["file"], _flat(result), as_json=False)
            if result["error"]:
                typer.echo(error_text(result["error"]), err=True)
    if any(result["status"] == "refused" for result in results):
        raise typer.Exit(2)


def _delivery(delivery: Any, workspace: Any) -> dict[str, Any]:
    from semesta.intake.queries import problems_of

    return {
        "file": delivery.filename,
        "supplier": delivery.supplier,
        "status": delivery.status,
        "rows": delivery.rows,
        "fates": {
            fate: getattr(delivery, fate)
            for fate in ("accepted", "corrected", "held", "refused")
        },
        "error": delivery.problem or None,
        "problems": problems_of(delivery, workspace=workspace),
    }


def _flat(result: dict[str, Any]) -> dict[str, Any]:
    """A file's result as it stands in the table: nothing to count when it was refused."""
    if result["error"]:
        return {"ditolak": "seluruh berkas"}
    fates = result["fates"]
    return {
        "pengirim": result["supplier"],
        "baris": result["rows"],
        "diterima": fates["accepted"],
        "diperbaiki": fates["corrected"],
        "ditahan": fates["held"],
        "ditolak": fates["refused"],
    }


def register(workspace: WorkspaceOption = DEFAULT, as_json: JsonOption = False) -> None:
    """Catat orang, keluarga, dan pemberi kerja dari hasil penautan terakhir."""
    space = open_workspace(workspace)
    from semesta.linkage.queries import newest_run
    from semesta.registry.services import register as register_persons

    linkage_run = newest_run()
    if linkage_run is None:
        raise NotPossible(
            "register.no_linkage",
            "Belum ada hasil penautan.",
            "Orang dicatat dari baris-baris yang sudah ditautkan.",
            "Jalankan `semesta link` lebih dahulu.",
        )
    run = register_persons(
        linkage_run=linkage_run,
        workspace=space,
        by=system_actor("pencatatan lewat perintah"),
    )
    figures = {"persons": run.persons, "households": run.households}
    print_result("Registrasi", figures, as_json=as_json)
