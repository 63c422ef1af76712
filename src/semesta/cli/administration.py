"""Commands that keep a workspace: init, users, regions, audit."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from semesta.cli.output import print_json, print_result
from semesta.cli.workspace import (
    DEFAULT,
    JsonOption,
    WorkspaceOption,
    open_workspace,
    system_actor,
)
from semesta.kernel import UserError

CHAIN_BROKEN = 5


def add_commands(app: typer.Typer) -> None:
    app.command()(init)
    users = typer.Typer(no_args_is_help=True, help="Akun pengguna.")
    users.command("add")(add_user)
    app.add_typer(users, name="users")
    regions = typer.Typer(no_args_is_help=True, help="Wilayah dan kode kelurahannya.")
    regions.command("load")(load_region_file)
    app.add_typer(regions, name="regions")
    audit = typer.Typer(no_args_is_help=True, help="Jejak audit.")
    audit.command("verify")(verify)
    app.add_typer(audit, name="audit")


def init(
    workspace: WorkspaceOption = DEFAULT,
    region: Annotated[str, typer.Option(help="Kode Kemendagri wilayah.")] = "13.74",
) -> None:
    """Buat ruang kerja baru untuk satu kota atau kabupaten."""
    from semesta.warehouse.workspace import Workspace, load_region

    load_region(region, workspace / "regions")
    Workspace(workspace.resolve()).create(region=region)
    open_workspace(workspace)
    print_result("Ruang kerja siap", {"folder": str(workspace)}, as_json=False)


def add_user(
    username: Annotated[str, typer.Argument(help="Nama untuk masuk.")],
    role: Annotated[str, typer.Option(help="Peran, misalnya petugas.")],
    area: Annotated[str, typer.Option(help="Kode wilayah tugas; kosong = kota.")] = "",
    workspace: WorkspaceOption = DEFAULT,
) -> None:
    """Buat akun; kata sandinya ditanyakan, tidak pernah di baris perintah."""
    space = open_workspace(workspace)
    from semesta.access.services import create_user
    from semesta.audit.services import record

    password = typer.prompt("Kata sandi", hide_input=True, confirmation_prompt=True)
    create_user(
        username=username,
        password=password,
        role=role,
        area=area,
        region=space.region,
        record=record,
        by=system_actor("pembuatan akun lewat perintah"),
    )
    print_result("Akun dibuat", {"nama": username, "peran": role}, as_json=False)


def load_region_file(
    file: Annotated[Path, typer.Argument(help="Berkas wilayah (.toml).")],
    workspace: WorkspaceOption = DEFAULT,
    as_json: JsonOption = False,
) -> None:
    """Muat wilayah lain dari berkas: kode Kemendagri dan BPS, nama, kelurahan."""
    import tomllib

    from semesta.kernel.region import region_from

    try:
        region = region_from(tomllib.loads(file.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError) as error:
        raise UserError(
            "region.file",
            f"Berkas wilayah {file} tidak dapat dipakai.",
            f"Isinya tidak lengkap atau tidak sah: {error}.",
            "Samakan bentuknya dengan berkas wilayah 13.74.toml yang disertakan.",
        ) from error
    folder = workspace / "regions"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, folder / f"{region.code}.toml")
    figures = {"code": region.code, "name": region.name, "places": len(region.places)}
    print_result("Wilayah dimuat", figures, as_json=as_json)


def verify(workspace: WorkspaceOption = DEFAULT, as_json: JsonOption = False) -> None:
    """Periksa rantai jejak audit: apakah ada yang diubah, dihapus, atau dipindah."""
    open_workspace(workspace)
    from semesta.audit.queries import events, verify_chain

    breaks = verify_chain()
    if as_json:
        found = [item._asdict() for item in breaks]
        print_json({"events": events().count(), "whole": not breaks, "breaks": found})
    else:
        figures = {"peristiwa": events().count(), "utuh": "tidak" if breaks else "ya"}
        figures |= {f"no. {item.seq}": item.message for item in breaks[:20]}
        print_result("Jejak audit", figures, as_json=False)
    if breaks:
        raise typer.Exit(CHAIN_BROKEN)
