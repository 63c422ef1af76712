"""Receives none of the aids the policy names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from semesta.eligibility.criterion import At, Criterion
from semesta.eligibility.listed import stands_in
from semesta.law.schema import Strict

if TYPE_CHECKING:
    import ibis.expr.types as ir

Aid = Literal["PKH", "BPNT", "SEMBAKO", "BST", "BPUM", "BLT_DD", "BSU"]


class Params(Strict):
    aids: list[Aid] = Field(
        min_length=1, title="Bantuan", json_schema_extra={"choices": "aids"}
    )


def test(facts: ir.Table, params: Params, at: At) -> ir.BooleanValue:
    return ~stands_in(facts.aids, facts.aids_known, params.aids)


CRITERION = Criterion(
    name="not_receiving_aid",
    label="Tidak menerima bantuan lain",
    params=Params,
    test=test,
    passed="Tidak tercatat menerima bantuan yang disebut kebijakan ini.",
    failed="Tercatat sudah menerima bantuan lain yang disebut kebijakan ini.",
    unknown="Belum ada daftar yang menyebut apakah menerima bantuan itu.",
    missing="daftar penerima bantuan (PKH, BPNT, dan lainnya)",
    office="Dinas Sosial",
    why="Sebagian daerah tidak memberi bantuan dua kali kepada orang yang sama.",
)
