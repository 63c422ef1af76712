"""`semesta link`: the workspace's own rows, or any tables of people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from semesta.cli import learning
from semesta.cli.link_tables import Tables, link_tables
from semesta.cli.output import print_json, print_result
from semesta.cli.workspace import (
    DEFAULT,
    JsonOption,
    WorkspaceOption,
    open_workspace,
    system_actor,
)
from semesta.kernel import UserError

InputOption = Annotated[
    list[Path] | None,
    typer.Option("--input", help="Tabel orang (parquet, csv, tsv); boleh diulang."),
]
OutOption = Annotated[Path | None, typer.Option("--out", help="Berkas pasangan.")]
ClustersOption = Annotated[
    Path | None, typer.Option("--clusters", help="Berkas kelompok: siapa sama.")
]
ModeOption = Annotated[
    str,
    typer.Option(help="dedupe: juga di dalam satu tabel; link: hanya antartabel."),
]
ColumnsOption = Annotated[
    str, typer.Option(help="Nama kolom lain, mis. nama_depan+nama_belakang=name")
]
TruthOption = Annotated[
    Path | None, typer.Option(help="Tabel row_id, person_id untuk mengukur mutu.")
]
ModelOption = Annotated[
    str, typer.Option(help="Bobot: person, atau berkas JSON sendiri.")
]
EngineOption = Annotated[
    str, typer.Option(help="duckdb: di mesin ini; spark: disebar ke banyak mesin.")
]
AdaptOption = Annotated[
    bool,
    typer.Option(
        "--adapt",
        help="Sesuaikan bobot dengan tabel ini: untuk daftar tanpa keluarga, dari luar.",
    ),
]
StateOption = Annotated[
    Path | None,
    typer.Option(
        help="Folder ingatan: tabel yang sudah ditautkan tidak dibandingkan lagi."
    ),
]


def add_commands(app: typer.Typer) -> None:
    group = typer.Typer(
        invoke_without_command=True, help="Cari baris mana milik orang yang sama."
    )
    group.callback()(link)
    group.command()(train)
    learning.add_commands(group)
    app.add_typer(group, name="link")


def link(
    context: typer.Context,
    inputs: InputOption = None,
    out: OutOption = None,
    clusters: ClustersOption = None,
    mode: ModeOption = "dedupe",
    columns: ColumnsOption = "",
    truth: TruthOption = None,
    model: ModelOption = "person",
    engine: EngineOption = "duckdb",
    adapt: AdaptOption = False,
    state: StateOption = None,
    workspace: WorkspaceOption = DEFAULT,
    as_json: JsonOption = False,
) -> None:
    """Cari baris mana milik orang yang sama.

    Tanpa --input: semua baris yang sudah diterima ruang kerja. Dengan --input: tabel apa
    pun, tanpa ruang kerja.
    """
    if context.invoked_subcommand:
        return
    if inputs:
        tables = Tables(inputs, mode, columns, model, engine, adapt, state)
        figures = link_tables(tables, out=out, clusters=clusters, truth=truth)
    else:
        figures = _link_workspace(workspace)
    if as_json:
        print_json(figures)
        return
    quality = figures.pop("quality", None)
    print_result("Penautan", figures, as_json=False)
    if quality:
        from semesta.cli.tables import print_linkage_quality

        print_linkage_quality(quality)


def train(
    inputs: Annotated[
        list[Path] | None, typer.Option("--input", help="Tabel orang; boleh diulang.")
    ] = None,
    truths: Annotated[
        list[Path] | None,
        typer.Option("--truth", help="row_id, person_id; satu untuk setiap --input."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Berkas bobot; tanpa ini: weights/person.json."),
    ] = None,
    model: ModelOption = "person",
    columns: ColumnsOption = "",
    version: Annotated[str, typer.Option(help="Nama versi bobot.")] = "sendiri",
    note: Annotated[str, typer.Option(help="Dari daftar apa dipelajari.")] = "",
    workspace: WorkspaceOption = DEFAULT,
    as_json: JsonOption = False,
) -> None:
    """Hitung bobot dari jawaban orang, atau dari tabel yang diketahui siapa orangnya.

    Tanpa --input: bobot ruang kerja disesuaikan dengan pasangan yang sudah dijawab
    petugas. Bobot baru belum dipakai; lihat `semesta link use-weights`.
    """
    if inputs or truths:
        figures = _train_on_tables(
            inputs or [], truths or [], out,
            model=model, columns=columns, version=version, note=note,
        )  # fmt: skip
        print_result("Bobot", figures, as_json=as_json)
        return
    learning.train_on_answers(workspace, out, as_json=as_json)


def _check_tables(inputs: list[Path], truths: list[Path], out: Path | None) -> Path:
    if len(inputs) != len(truths):
        raise UserError(
            "link.truths",
            "Setiap tabel perlu kebenarannya sendiri.",
            f"Ada {len(inputs)} --input dan {len(truths)} --truth.",
            "Beri satu --truth untuk setiap --input, dengan urutan yang sama.",
        )
    if out is None:
        raise UserError(
            "link.out",
            "Bobot dari tabel memerlukan nama berkas.",
            "Tidak ada --out.",
            "Sebutkan berkasnya, misalnya --out bobot.json.",
        )
    return out


def _train_on_tables(
    inputs: list[Path],
    truths: list[Path],
    out: Path | None,
    *,
    model: str,
    columns: str,
    version: str,
    note: str,
) -> dict[str, Any]:
    import json

    from semesta.linkage.lists import load_tables, read_mapping, read_truth
    from semesta.linkage.training import label_pairs, together
    from semesta.linkage.training import train as fit
    from semesta.linkage.weighing import read_model
    from semesta.warehouse.engines import duck

    out = _check_tables(inputs, truths, out)
    start, mapping, labelled = read_model(model), read_mapping(columns), []
    for path, truth in zip(inputs, truths, strict=True):
        with duck() as con:
            load_tables(con, [path], mapping)
            labelled.append(label_pairs(con, start, read_truth(con, truth)))
    named = note or ", ".join(path.name for path in inputs)
    pairs = together(labelled)
    table = fit(pairs, start, version=version, note=named)
    out.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    return {"pairs": len(pairs.same), "bobot": str(out)}


def _link_workspace(workspace: Path) -> dict[str, Any]:
    space = open_workspace(workspace)
    from semesta.linkage.services import link_rows

    run = link_rows(workspace=space, by=system_actor("penautan lewat perintah"))
    return {
        "rows": run.rows,
        "pairs": run.pairs,
        "clusters": run.clusters,
        "weights": run.run.outputs["weights"],
    }
