"""Commands of enrolment: upload files, answers, the month's changes, the code list."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from semesta.cli.output import print_json, print_result
from semesta.cli.programme import needed
from semesta.cli.workspace import (
    DEFAULT,
    JsonOption,
    WorkspaceOption,
    day,
    month,
    open_workspace,
    system_actor,
    today,
)
from semesta.kernel import UserError

if TYPE_CHECKING:
    from semesta.decrees.models import Decree

MonthsOption = Annotated[
    int, typer.Option(help="BULAN_IURAN di berkas unggah, 1–12.", show_default=False)
]
MonthOption = Annotated[str, typer.Option("--month", help="Bulan (TAHUN-BULAN).")]
DecreeOption = Annotated[
    str, typer.Option("--decree", help="Nomor SK; tanpa ini: SK terakhir.")
]


def add_commands(app: typer.Typer) -> None:
    group = typer.Typer(
        invoke_without_command=True, help="Pendaftaran dan perubahan bulanan."
    )
    group.callback()(enrol)
    for command in (upload, answers, changes, deactivate):
        group.command()(command)
    app.add_typer(group, name="enrol")
    codes = typer.Typer(help="Daftar kode BPJS: pekerjaan, lokasi, sebab nonaktif.")
    codes.command("load")(load)
    codes.command("show")(show)
    app.add_typer(codes, name="codes")


def enrol(
    context: typer.Context,
    months: MonthsOption = 0,
    workspace: WorkspaceOption = DEFAULT,
    as_json: JsonOption = False,
) -> None:
    """Tulis berkas unggah BPU, dan cocokkan jawaban BPJS yang sudah masuk."""
    if context.invoked_subcommand:
        return
    space = open_workspace(workspace)
    from semesta.enrolment.services import take_answers

    found = _decree("")
    figures = _written(found, months, workspace)
    by = system_actor("pendaftaran lewat perintah")
    figures |= take_answers(decree=found, workspace=space, by=by)
    print_result("Pendaftaran", figures, as_json=as_json)


def upload(
    months: MonthsOption = 0,
    decree: DecreeOption = "",
    workspace: WorkspaceOption = DEFAULT,
    as_json: JsonOption = False,
) -> None:
    """Tulis berkas unggah BPU yang lolos aturan BPJS; yang kurang menjadi tugas."""
    open_workspace(workspace)
    figures = _written(_decree(decree), months, workspace)
    print_result("Berkas unggah BPU", figures, as_json=as_json)


def _written(decree: Decree, months: int, root: Path) -> dict[str, Any]:
    from semesta.enrolment.models import DataTask
    from semesta.enrolment.services import write_upload

    space = open_workspace(root)
    files = write_upload(
        decree=decree,
        months=months,
        workspace=space,
        by=system_actor("berkas unggah lewat perintah"),
    )
    waiting = DataTask.objects.filter(entry__decree=decree, closed_at=None, blocks=True)
    return {
        "uploads": [str(space.publications / file.filename) for file in files],
        "rows": sum(file.rows for file in files),
        "left_out": waiting.values("entry").distinct().count(),
    }


def answers(
    decree: DecreeOption = "",
    workspace: WorkspaceOption = DEFAULT,
    as_json: JsonOption = False,
) -> None:
    """Cocokkan jawaban BPJS per orang; setiap penolakan menjadi tugas."""
    space = open_workspace(workspace)
    from semesta.enrolment.services import take_answers

    counts = take_answers(
        decree=_decree(decree),
        workspace=space,
        by=system_actor("jawaban lewat perintah"),
    )
    print_result("Jawaban BPJS", counts, as_json=as_json)


def changes(
    of: MonthOption = "",
    workspace: WorkspaceOption = DEFAULT,
    as_json: JsonOption = False,
) -> None:
    """Cari perubahan bulan ini: meninggal, pindah, bekerja, dibayar pembayar lain."""
    space = open_workspace(workspace)
    from semesta.enrolment.monthly.services import find_changes
    from semesta.kernel import Month

    wanted = month(of) if of else Month.of(today(space))
    by = system_actor("perubahan bulanan lewat perintah")
    counts = find_changes(month=wanted, workspace=space, by=by)
    figures = {"month": str(wanted), **counts}
    print_result(f"Perubahan {wanted.in_words()}", figures, as_json=as_json)


def deactivate(
    of: MonthOption = "",
    workspace: WorkspaceOption = DEFAULT,
    as_json: JsonOption = False,
) -> None:
    """Tulis data_tk_na dari perubahan bulan yang sudah difinalisasi."""
    space = open_workspace(workspace)
    from semesta.enrolment.monthly.queries import period_of
    from semesta.enrolment.monthly.services import write_deactivation
    from semesta.kernel import Month

    wanted = month(of) if of else Month.of(today(space))
    period = needed(period_of(wanted), "periode bulan itu", "enrol changes")
    by = system_actor("berkas nonaktif lewat perintah")
    files = write_deactivation(period=period, workspace=space, by=by)
    figures = {
        "month": str(wanted),
        "files": [str(space.publications / file.filename) for file in files],
        "rows": sum(file.rows for file in files),
        "left_out": files[0].left_out,
    }
    print_result("Berkas nonaktif", figures, as_json=as_json)


def load(
    file: Annotated[Path, typer.Argument(help="Daftar kode dari cabang (xlsx, csv).")],
    since: Annotated[
        str, typer.Option("--from", help="Berlaku sejak (TAHUN-BULAN-HARI).")
    ] = "",
    workspace: WorkspaceOption = DEFAULT,
    as_json: JsonOption = False,
) -> None:
    """Muat daftar kode baru dari cabang sebagai versi baru."""
    space = open_workspace(workspace)
    from semesta.enrolment.codes.services import load_codes

    if not file.is_file():
        raise UserError(
            "file.missing",
            f"Berkas {file} tidak ada.",
            "Tidak ada berkas dengan nama itu di folder ini.",
            "Periksa nama dan foldernya.",
        )
    version = load_codes(
        content=file.read_bytes(),
        filename=file.name,
        effective_on=day(since) if since else today(space),
        by=system_actor("daftar kode lewat perintah"),
    )
    figures: dict[str, Any] = {"new": version is not None}
    if version:
        figures |= {"effective_on": version.effective_on, **version.changes}
    print_result("Daftar kode BPJS", figures, as_json=as_json)


def show(workspace: WorkspaceOption = DEFAULT, as_json: JsonOption = False) -> None:
    """Tampilkan daftar kode yang berlaku dan pekerjaan yang belum berkode."""
    space = open_workspace(workspace)
    from semesta.enrolment.codes.queries import codes_on, orphans

    codes = codes_on(today(space))
    without = [one.code for one in orphans(codes)]
    figures = {**codes.body(), "without_code": without, "sha256": codes.sha256}
    if as_json:
        print_json(figures)
        return
    counts = {kind: len(words) for kind, words in codes.codes.items()}
    print_result(
        "Daftar kode BPJS",
        {**counts, "without_code": ", ".join(without) or "–"},
        as_json=False,
    )


def _decree(number: str) -> Decree:
    """The decree with this number, or the newest."""
    from semesta.decrees.models import Decree
    from semesta.decrees.queries import newest_decree

    found = Decree.objects.filter(number=number).first() if number else newest_decree()
    return needed(found, f"SK {number}".strip(), "decree")
