"""`semesta link` on any tables, without a workspace."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq
import pytest
from tests.support.messy_people import messy_rows
from typer.testing import CliRunner

from semesta.cli.main import app
from semesta.kernel import UserError
from semesta.linkage.weighing import load_model


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lists")
    table = pa.Table.from_pylist(messy_rows(400))
    pc.write_csv(table.drop(["person_id"]), folder / "rows.csv")
    pc.write_csv(table.select(["row_id", "person_id"]), folder / "truth.csv")
    for source in ("kantor0", "kantor1"):
        part = table.filter(pa.compute.equal(table["source"], source))
        pc.write_csv(part.drop(["person_id"]), folder / f"{source}.csv")
    return folder


def link(*arguments: Any) -> dict[str, Any]:
    done = CliRunner().invoke(app, ["link", *map(str, arguments), "--json"])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return json.loads(done.output)


def test_pairs_clusters_and_quality(lists: Path, tmp_path: Path) -> None:
    pairs, clusters = tmp_path / "pairs.parquet", tmp_path / "clusters.parquet"

    figures = link(
        "--input", lists / "rows.csv", "--out", pairs, "--clusters", clusters,
        "--truth", lists / "truth.csv",
    )  # fmt: skip

    assert pq.read_schema(pairs).names == [
        "row_id_l", "row_id_r", "match_weight", "match_probability", "pass",
    ]  # fmt: skip
    found = pq.read_table(clusters)
    assert found.column_names == ["row_id", "cluster_id"]
    assert found.num_rows == figures["rows"]
    shipped = figures["quality"]["shipped"]["quality"]
    assert shipped["pairs"]["precision"] > 0.95
    assert shipped["pairs"]["recall"] > 0.9
    best = figures["quality"]["best"]["quality"]
    assert best["pairs"]["f1"] >= shipped["pairs"]["f1"]
    assert shipped["b_cubed"]["f1"] >= shipped["clusters"]["f1"] > 0.9


def test_between_lists_only(lists: Path, tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.parquet"

    link(
        "--input", lists / "kantor0.csv", "--input", lists / "kantor1.csv",
        "--mode", "link", "--out", pairs,
    )  # fmt: skip

    table = pq.read_table(pairs).to_pylist()
    scored = [row for row in table if row["pass"] != "exact"]
    assert scored
    assert all(row["row_id_l"][-1] != row["row_id_r"][-1] for row in scored)


def test_the_order_of_the_rows_does_not_matter(lists: Path, tmp_path: Path) -> None:
    table = pc.read_csv(lists / "rows.csv")
    turned = table.take(list(reversed(range(table.num_rows))))
    pc.write_csv(turned, tmp_path / "rows.csv")
    found = []
    for number, path in enumerate((lists / "rows.csv", tmp_path / "rows.csv")):
        clusters = tmp_path / f"{number}.parquet"
        link("--input", path, "--clusters", clusters)
        found.append(pq.read_table(clusters).to_pylist())
    assert found[0] == found[1]


def test_own_weights(lists: Path, tmp_path: Path) -> None:
    own = tmp_path / "bobot.json"
    own.write_text(json.dumps(load_model().table | {"threshold": 50.0}))
    strict = link("--input", lists / "rows.csv", "--model", own)
    assert strict["clusters"] > link("--input", lists / "rows.csv")["clusters"]
    own.write_text("{}")
    with pytest.raises(UserError, match=r"link\.model"):
        link("--input", lists / "rows.csv", "--model", own)


def test_an_unknown_mode(lists: Path) -> None:
    with pytest.raises(UserError, match=r"link\.mode"):
        link("--input", lists / "rows.csv", "--mode", "tebak")


def test_for_people(lists: Path) -> None:
    done = CliRunner().invoke(
        app,
        [
            "link",
            "--input",
            str(lists / "rows.csv"),
            "--truth",
            str(lists / "truth.csv"),
        ],
    )
    assert "terpasang" in done.output
    assert "kelompok utuh" in done.output
    assert "B-cubed" in done.output


def test_numbers_of_another_kind_are_evidence_too(tmp_path: Path) -> None:
    file = tmp_path / "lain.csv"
    file.write_text(
        "row_id,name,nik\n1,Siti Aminah,5304218\n2,Aminah,5304218\n3,Darwis,5304219\n"
    )
    clusters = tmp_path / "clusters.parquet"
    link("--input", file, "--clusters", clusters)
    assert [row["cluster_id"] for row in pq.read_table(clusters).to_pylist()] == [
        "1", "1", "3",
    ]  # fmt: skip


def test_weights_are_learned_from_a_list(lists: Path, tmp_path: Path) -> None:
    out = tmp_path / "bobot.json"

    done = CliRunner().invoke(
        app,
        ["link", "train", "--input", str(lists / "rows.csv"), "--truth",
         str(lists / "truth.csv"), "--out", str(out), "--json"],
    )  # fmt: skip

    assert done.exit_code == 0, done.exception
    assert json.loads(done.output)["pairs"] > 500
    assert link("--input", lists / "rows.csv", "--model", out)["model"] == "sendiri"


def test_every_list_needs_its_truth(lists: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(
        app,
        ["link", "train", "--input", str(lists / "rows.csv"), "--input",
         str(lists / "rows.csv"), "--truth", str(lists / "truth.csv"), "--out",
         str(tmp_path / "x.json")],
    )  # fmt: skip
    assert isinstance(done.exception, UserError)
    assert done.exception.code == "link.truths"


def test_weights_from_lists_need_a_place_to_go(lists: Path) -> None:
    rows, truth = str(lists / "rows.csv"), str(lists / "truth.csv")
    done = CliRunner().invoke(app, ["link", "train", "--input", rows, "--truth", truth])
    assert isinstance(done.exception, UserError)
    assert done.exception.code == "link.out"
