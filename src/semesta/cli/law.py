"""Commands about the law itself: look it up, and ask it about a case."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from semesta.cli.output import print_json
from semesta.cli.workspace import JsonOption, day
from semesta.kernel import UserError

CaseArgument = Annotated[
    str,
    typer.Argument(metavar="KASUS", help="Berkas kasus (YAML atau JSON); - = stdin."),
]
OnOption = Annotated[
    str, typer.Option("--on", help="Hari (TAHUN-BULAN-HARI); tanpa ini hari ini.")
]


def add_commands(app: typer.Typer) -> None:
    law = typer.Typer(no_args_is_help=True, help="Hukum yang dipakai.")
    law.callback()(_group)
    for command in (
        show, instruments, switches, benefit, contribution, sanctions, standing,
        replay, review,
    ):  # fmt: skip
        law.command()(command)
    app.add_typer(law, name="law")


def _group() -> None:
    """Hukum yang dipakai."""


def show(
    key: Annotated[str, typer.Argument(metavar="KUNCI", help="Mis. bpu.jkm")],
    on: OnOption = "",
    as_json: JsonOption = False,
) -> None:
    """Nilai satu parameter hukum (atau semua di bawah kunci itu) pada suatu hari."""
    from semesta.law.lookup import parameters_under

    asked_on = day(on) if on else datetime.now().astimezone().date()
    found = parameters_under(key, asked_on)
    if as_json:
        print_json({"on": asked_on, "parameters": [each.as_dict() for each in found]})
        return
    from semesta.cli.law_tables import print_parameters

    print_parameters(found, asked_on)


def instruments(as_json: JsonOption = False) -> None:
    """Setiap peraturan yang dikutip."""
    from semesta.law.book import law_book

    listed = [each.model_dump(mode="json") for each in law_book().instruments.values()]
    if as_json:
        print_json({"instruments": listed})
        return
    from semesta.cli.law_tables import print_instruments

    print_instruments(listed)


def switches(as_json: JsonOption = False) -> None:
    """Hal yang belum pasti hukumnya: bacaan baku, bacaan lain, akibatnya."""
    from semesta.law.book import law_book

    listed = [each.model_dump(mode="json") for each in law_book().switches.values()]
    if as_json:
        print_json({"switches": listed})
        return
    from semesta.cli.law_tables import print_switches

    print_switches(listed)


def benefit(case: CaseArgument, as_json: JsonOption = False) -> None:
    """Apa yang diterima peserta atau keluarganya, dari kasus yang ditulis di berkas."""
    _answer(case, "benefit", as_json=as_json)


def contribution(case: CaseArgument, as_json: JsonOption = False) -> None:
    """Berapa iuran sebulan, dan siapa membayar bagian mana."""
    _answer(case, "contribution", as_json=as_json)


def sanctions(case: CaseArgument, as_json: JsonOption = False) -> None:
    """Langkah terhadap pemberi kerja sejak temuan, hari demi hari, dan dendanya."""
    _answer(case, "sanctions", as_json=as_json)


def standing(case: CaseArgument, as_json: JsonOption = False) -> None:
    """Kedudukan peserta pada suatu hari: aktif, masa tenggang, atau nonaktif."""
    _answer(case, "standing", as_json=as_json)


def replay(case: CaseArgument, as_json: JsonOption = False) -> None:
    """Ulangi jawaban lama: sama, atau apa yang berbeda dan parameter yang berubah.

    Keluar dengan 0 bila sama, 1 bila berbeda.
    """
    from semesta.law.cases import replay as ask_again
    from semesta.law.document import Document

    found = ask_again(Document(_text(case), case, code="law.replay").data)
    if as_json:
        print_json(found.as_dict())
    else:
        from semesta.cli.law_tables import print_replay

        print_replay(found)
    if not found.same:
        raise typer.Exit(1)


def _answer(case: str, kind: str, *, as_json: bool) -> None:
    from semesta.law.cases import answer_text

    name = "masukan" if case == "-" else case
    answer = answer_text(_text(case), name, kind=kind)
    if as_json:
        print_json(answer)
        return
    from semesta.cli.law_tables import print_answer

    print_answer(answer)


def _text(case: str) -> str:
    """The text of a case file, or of standard input."""
    if case == "-":
        return sys.stdin.read()
    try:
        return Path(case).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why: Any = error.strerror if isinstance(error, OSError) else "bukan teks UTF-8"
        raise UserError(
            "law.case_file",
            f"Berkas {case} tidak dapat dibaca.",
            f"{why}.",
            "Periksa nama berkasnya; contoh kasus ada di docs/reference/law-cases.md.",
        ) from error


def review(as_json: JsonOption = False) -> None:
    """Daftar nilai yang perlu diperiksa lagi: kurang yakin, atau lama tidak dilihat."""
    from semesta.law.review import to_review

    found = to_review(datetime.now().astimezone().date())
    if as_json:
        print_json({"values": [asdict(value) for value in found]})
        return
    from semesta.cli.tables import print_law_review

    print_law_review(found)
