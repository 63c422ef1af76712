"""Commands that bring rows in: intake, register."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from semesta.cli.output import (
    error_text,
    json_text,
    print_json,
    print_pieces,
    print_result,
    reading_bar,
)
from semesta.cli.suppliers import propose_supplier
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
    app.command()(corrections)
    app.command()(register)


def intake(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Berkas dari kantor pengirim.")
    ] = None,
    workspace: WorkspaceOption = DEFAULT,
    supplier: Annotated[
        str, typer.Option(help="Nama pengirim, atau `auto` untuk dikenali sendiri.")
    ] = "auto",
    as_of: Annotated[
        str, typer.Option(help="Keadaan per tanggal (TAHUN-BULAN-HARI).")
    ] = "",
    area: Annotated[str, typer.Option(help="Kode kelurahan pengirim.")] = "",
    rows_out: Annotated[
        Path | None, typer.Option(help="Tulis semua baris baku ke berkas Parquet ini.")
    ] = None,
    new_supplier: Annotated[
        str,
        typer.Option(help="Nama pengirim baru: susun peta kolomnya dari berkas ini."),
    ] = "",
    again: Annotated[
        str,
        typer.Option(help="Baca ulang kiriman ini menurut `--supplier`, tanpa berkas."),
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """Baca berkas dari kantor; setiap baris mendapat nasibnya."""
    files = _check_files(files or [], again, supplier)
    space = open_workspace(workspace)
    at = day(as_of) if as_of else today(space)
    if new_supplier:
        propose_supplier(new_supplier, files, space=space, as_of=at, as_json=as_json)
        return
    from semesta.intake.handover.services import hand_over_rows

    by = system_actor("intake lewat perintah")
    told = {"supplier": supplier, "as_of": at, "area": area}
    if again:
        deliveries = [_read_again(again, supplier, space, by, quiet=as_json)]
    else:
        deliveries = _take_all(files, workspace=space, by=by, quiet=as_json, **told)
    if rows_out:
        hand_over_rows(deliveries=deliveries, path=rows_out, workspace=space, by=by)
    results = [_delivery(delivery, space) for delivery in deliveries]
    if as_json:
        _print_results(results, deliveries, space)
    else:
        _tell_results(results)
    if any(result["status"] == "refused" for result in results):
        raise typer.Exit(2)


def _tell_results(results: list[dict[str, Any]]) -> None:
    for result in results:
        print_result(result["file"], _flat(result), as_json=False)
        if result["error"]:
            typer.echo(error_text(result["error"]), err=True)


def _take_all(files: list[Path], *, quiet: bool, **told: Any) -> list[Any]:
    """Take the files in one after the other, with a bar on stderr."""
    from semesta.intake.services import take_in

    deliveries = []
    with reading_bar(len(files), quiet=quiet) as tell:
        for done, path in enumerate(files):

            def moved(step: Any, done: int = done) -> None:
                tell(done, step.title, step.share)

            deliveries.append(take_in(path=path, tell=moved, **told))
        tell(len(files), "", 0.0)
    return deliveries


def _read_again(called: str, supplier: str, space: Any, by: Any, *, quiet: bool) -> Any:
    """Read a delivery by another map; the same map again changes nothing."""
    from semesta.intake.queries import delivery_called
    from semesta.intake.rereading.services import read_by_other_map
    from semesta.ledger.resting.queries import check_nothing_rests

    found = delivery_called(called)
    with reading_bar(1, quiet=quiet) as tell:
        return read_by_other_map(
            delivery=found,
            supplier=supplier,
            workspace=space,
            by=by,
            check_rests=check_nothing_rests,
            tell=lambda step: tell(0, step.title, step.share),
        )


def _check_files(files: list[Path], again: str, supplier: str) -> list[Path]:
    """The files to take in; none for a delivery that is read again, which needs its map."""
    if bool(files) == bool(again):
        raise UserError(
            "intake.what",
            "Tidak jelas apa yang dibaca.",
            "Sebutkan berkas baru, atau satu kiriman lama dengan --again, bukan keduanya.",
            "Contoh: semesta intake usulan.xlsx, atau semesta intake --again usulan.xlsx "
            "--supplier proposal.",
        )
    if again and supplier == "auto":
        raise UserError(
            "intake.again_by",
            "Tidak jelas menurut daftar apa kiriman itu dibaca ulang.",
            "Membaca ulang memerlukan peta kolom yang disebut namanya.",
            "Tambahkan --supplier NAMA.",
        )
    _check_there(files)
    return files


def _check_there(files: list[Path]) -> None:
    missing = [str(path) for path in files if not path.is_file()]
    if missing:
        raise UserError(
            "file.missing",
            f"Berkas tidak ditemukan: {', '.join(missing)}.",
            "Nama atau foldernya salah, atau berkasnya sudah dipindahkan.",
            "Periksa nama berkas, lalu ulangi.",
        )


def corrections(
    delivery: Annotated[
        str,
        typer.Argument(help="Nama simpanan kiriman, awalannya, atau nama berkasnya."),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="Berkas xlsx yang ditulis.")],
    all_rows: Annotated[
        bool, typer.Option("--all", help="Semua baris, bukan hanya yang bermasalah.")
    ] = False,
    workspace: WorkspaceOption = DEFAULT,
    as_json: JsonOption = False,
) -> None:
    """Tulis lembar perbaikan untuk pengirim: baris bermasalah dengan pertanyaannya."""
    space = open_workspace(workspace)
    from semesta.intake.corrections.services import write_corrections
    from semesta.intake.queries import delivery_called

    found = delivery_called(delivery)
    made = write_corrections(
        delivery=found,
        workspace=space,
        by=system_actor("lembar perbaikan lewat perintah"),
        all_rows=all_rows,
    )
    out.write_bytes(made.content)
    if as_json:
        counts = {"delivery": found.name, "file": str(out), "rows": made.rows}
        print_json(counts | {"questions": [_asked(one) for one in made.questions]})
        return
    figures = {
        "pertanyaan": len(made.questions),
        "baris": made.rows,
        "berkas": str(out),
    }
    print_result(f"Lembar perbaikan {found.filename}", figures, as_json=False)


def _asked(question: Any) -> dict[str, Any]:
    names = ("code", "kind", "what", "fix", "office")
    told = {name: getattr(question, name) for name in names}
    return told | {"rows": len(question.places)}


def _delivery(delivery: Any, workspace: Any) -> dict[str, Any]:
    from semesta.intake.queries import fates_of

    return {
        "delivery": delivery.name,
        "file": delivery.filename,
        "corrects": _corrects(delivery, workspace),
        "supplier": delivery.supplier,
        "status": delivery.status,
        "rows": delivery.rows,
        "fates": fates_of(delivery),
        "error": delivery.problem or None,
    }


def _print_results(
    results: list[dict[str, Any]], deliveries: list[Any], workspace: Any
) -> None:
    """`{"files": [{…, "problems": [{…}, …]}, …]}`, the problems as they are read."""
    from semesta.intake.queries import problems_as_json

    print_pieces('{"files": [')
    for place, (result, delivery) in enumerate(zip(results, deliveries, strict=True)):
        head = json_text(result).removesuffix("}")
        print_pieces(", " if place else "", head, ', "problems": [')
        for number, some in enumerate(problems_as_json(delivery, workspace=workspace)):
            print_pieces(", " if number else "", some)
        print_pieces("]}")
    print_pieces("]}\n")


def _corrects(delivery: Any, workspace: Any) -> dict[str, Any] | None:
    """What a correction corrects, and what its list still waits for."""
    from semesta.intake.corrections.queries import still_open

    root = delivery.corrects
    if root is None:
        return None
    waiting = still_open(root, workspace=workspace)
    return {
        "delivery": root.name,
        "file": root.filename,
        "still_open": waiting.rows,
        "questions": waiting.questions,
    }


def _flat(result: dict[str, Any]) -> dict[str, Any]:
    """A file's result as it stands in the table: nothing to count when it was refused."""
    if result["error"]:
        return {"ditolak": "seluruh berkas"}
    from semesta.intake.fates import SUPERSEDED

    fates = result["fates"]
    return {
        "pengirim": result["supplier"],
        "baris": result["rows"],
        "diterima": fates["accepted"],
        "diperbaiki": fates["corrected"],
        "ditahan": fates["held"],
        "ditolak": fates["refused"],
        **({"digantikan": fates[SUPERSEDED]} if SUPERSEDED in fates else {}),
    } | _flat_correction(result["corrects"])


def _flat_correction(corrects: dict[str, Any] | None) -> dict[str, Any]:
    if corrects is None:
        return {}
    return {
        "perbaikan untuk": corrects["file"],
        "masih terbuka": corrects["still_open"],
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
