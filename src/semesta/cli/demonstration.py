"""`semesta demo` brings an invented city to life; `semesta serve` shows a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from semesta.cli.output import print_json, print_result, progress_bars
from semesta.cli.workspace import (
    DEFAULT,
    JsonOption,
    WorkspaceOption,
    day,
    month,
    open_workspace,
)
from semesta.kernel import Actor, UserError

if TYPE_CHECKING:
    from semesta.warehouse.workspace import Workspace

PORT = 8000
REAL_SIZE = 62_731


def add_commands(app: typer.Typer) -> None:
    app.command()(demo)
    app.command()(serve)
    app.command("calendar")(move_calendar)
    app.command("demo-month")(demo_month)


def demo(
    workspace: WorkspaceOption = DEFAULT,
    people: Annotated[int, typer.Option(help="Jumlah penduduk rekaan.")] = REAL_SIZE,
    seed: Annotated[int, typer.Option(help="Benih: benih sama, kota sama.")] = 1374,
    show: Annotated[
        bool,
        typer.Option("--serve/--no-serve", help="Tampilkan di peramban sesudahnya."),
    ] = True,
    port: Annotated[int, typer.Option(help="Pintu (port) peladen.")] = PORT,
    as_json: JsonOption = False,
) -> None:
    """Susun kota rekaan dari berkas kantor sampai angka cakupan, lalu tampilkan."""
    space = _demo_workspace(workspace, people=people, seed=seed)
    from semesta.access.queries import DEMO_PASSWORD
    from semesta.cli.story import tell_story
    from semesta.demo.calendar import NOW

    with progress_bars(quiet=as_json) as tell:
        result = tell_story(
            workspace=space,
            people=people,
            seed=seed,
            by=Actor("semesta", NOW, "Kota rekaan"),
            tell=tell,
        )
    if as_json:
        print_json(result)
    else:
        from semesta.cli.tables import print_city

        print_city(result)
    if show:
        typer.echo(f"\nAkun contoh (kata sandi: {DEMO_PASSWORD}):", err=True)
        for account in account_lines():
            typer.echo(f"  {account}", err=True)
        serve(workspace=workspace, port=port)


def move_calendar(
    to: Annotated[str, typer.Option(help="Hari yang dituju (TAHUN-BULAN-TANGGAL).")],
    workspace: WorkspaceOption = DEFAULT,
    as_json: JsonOption = False,
) -> None:
    """Majukan kalender kota rekaan; angkanya ikut setelah hasil diperbarui."""
    space = open_workspace(workspace)
    space.move_today(day(to))
    print_result("Kalender", {"today": str(space.today)}, as_json=as_json)


def demo_month(
    of: Annotated[str, typer.Option("--month", help="Bulan (TAHUN-BULAN).")],
    workspace: WorkspaceOption = DEFAULT,
    as_json: JsonOption = False,
) -> None:
    """Tulis dan terima daftar bulanan kota rekaan: meninggal, pindah, bekerja, ganda."""
    space = open_workspace(workspace)
    if not space.is_demo:
        raise UserError(
            "demo.real",
            "Daftar rekaan tidak dibuat untuk kota ini.",
            "Ruang kerja ini bukan kota rekaan.",
            "Kirim daftar asli dari kantor lewat `semesta intake`.",
        )
    from semesta.cli.story import tell_month

    print_result("Daftar bulanan", tell_month(space, month(of)), as_json=as_json)


def account_lines() -> list[str]:
    """One line per demo account: who it is and what it sees."""
    from semesta.access.queries import demo_accounts

    return [
        f"{user.username:<12} {user.get_role_display()}" for user in demo_accounts()
    ]


def _demo_workspace(root: Path, *, people: int, seed: int) -> Workspace:
    """The workspace of this invented city; refuses one that holds another city."""
    from semesta.demo.calendar import TODAY
    from semesta.warehouse.workspace import Workspace

    if not 200 <= people <= 10_000_000:
        raise UserError(
            "demo.people",
            f"Kota rekaan dengan {people} penduduk tidak dapat disusun.",
            "Jumlahnya harus antara 200 dan 10.000.000.",
            "Pilih jumlah lain dengan --people.",
        )
    space = Workspace(root.resolve())
    asked = {"people": people, "seed": seed}
    if space.settings_file.exists():
        found = {key: space.settings.get(key) for key in asked}
        if not space.is_demo or found != asked:
            raise UserError(
                "demo.other_city",
                f"Folder {root} sudah berisi kota lain.",
                f"Isinya {found}, yang diminta {asked}.",
                "Pakai --workspace dengan folder baru, atau hapus folder itu.",
            )
    space.create(region="13.74", demo=True, today=TODAY, **asked)
    return open_workspace(root)


def serve(
    workspace: WorkspaceOption = DEFAULT,
    port: Annotated[int, typer.Option(help="Pintu (port) peladen.")] = PORT,
    host: Annotated[str, typer.Option(help="Alamat yang didengarkan.")] = "127.0.0.1",
    workers: Annotated[int, typer.Option(help="Jumlah proses peladen.")] = 2,
) -> None:
    """Tampilkan ruang kerja di peramban."""
    open_workspace(workspace)
    from semesta.cli.server import draw_charts, run_server

    draw_charts()

    typer.echo(f"\nBuka http://{host}:{port}  (berhenti: Ctrl+C)\n", err=True)
    run_server(host=host, port=port, workers=workers)
