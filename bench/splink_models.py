"""Good plain Splink 5 models of the sets: what a careful user of it would write.

Stock comparisons on the columns that `semesta link` gets too, blocking that finds nearly
all true pairs, term frequencies for names, u by sampling, m by EM. Each was tried until
it reached the best that is known of the set (`linkage_peers.KNOWN_BEST`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import block_on


@dataclass(frozen=True, slots=True)
class PeerModel:
    """`select`: SQL of the cleaned columns; `exact`: rules that hardly err, which find
    the share `exact_recall` of true pairs; `em`: one training per blocking rule."""

    row_id: str
    select: str
    comparisons: Callable[[], list[Any]]
    blocking: list[Any]
    exact: list[Any]
    exact_recall: float
    em: list[Any]


def _text(*columns: str) -> str:
    return ", ".join(f"nullif(lower(trim({name})), '') AS {name}" for name in columns)


def _febrl_comparisons() -> list[Any]:
    return [
        cl.ForenameSurnameComparison(
            "given_name", "surname", forename_surname_concat_col_name="full_name"
        ),
        cl.DamerauLevenshteinAtThresholds("date_of_birth", [1, 2]),
        cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
        cl.ExactMatch("street_number"),
        cl.JaroWinklerAtThresholds("address_1", [0.9, 0.8]),
        cl.JaroWinklerAtThresholds("suburb", [0.9, 0.8]),
        cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]),
    ]


FEBRL = PeerModel(
    row_id="rec_id",
    select=_text(
        "given_name", "surname", "street_number", "address_1", "suburb", "postcode",
        "state", "date_of_birth", "soc_sec_id",
    ) + ", nullif(trim(concat_ws(' ', given_name, surname)), '') AS full_name",
    comparisons=_febrl_comparisons,
    blocking=[
        block_on("soc_sec_id"),
        block_on("date_of_birth"),
        block_on("given_name", "surname"),
        block_on("given_name", "postcode"),
        block_on("surname", "postcode"),
        block_on("street_number", "address_1"),
        block_on("street_number", "postcode"),
        block_on("address_1", "suburb"),
        "l.given_name = r.surname AND l.surname = r.given_name",
    ],
    exact=[block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")],
    exact_recall=0.9,
    em=[block_on("date_of_birth"), block_on("postcode"), block_on("given_name", "surname")],
)  # fmt: skip


def _rl_comparisons() -> list[Any]:
    return [
        cl.JaroWinklerAtThresholds("fname_c1", [0.94, 0.85]).configure(
            term_frequency_adjustments=True
        ),
        cl.JaroWinklerAtThresholds("lname_c1", [0.94, 0.85]).configure(
            term_frequency_adjustments=True
        ),
        cl.ExactMatch("fname_c2"),
        cl.LevenshteinAtThresholds("birth_year", 1),
        cl.ExactMatch("bm"),
        cl.LevenshteinAtThresholds("bd", 1),
    ]


RLDATA = PeerModel(
    row_id="row_id",
    select=_text("fname_c1", "lname_c1", "fname_c2", "lname_c2")
    + ', "by" AS birth_year, bm, bd',
    comparisons=_rl_comparisons,
    blocking=[
        block_on("fname_c1", "lname_c1"),
        block_on("birth_year", "bm", "bd"),
        block_on("fname_c1", "birth_year", "bd"),
        block_on("fname_c1", "bm", "bd"),
        block_on("fname_c1", "birth_year", "bm"),
        block_on("lname_c1", "birth_year", "bd"),
        block_on("lname_c1", "bm", "bd"),
        block_on("lname_c1", "birth_year", "bm"),
    ],
    exact=[
        block_on("fname_c1", "lname_c1", "birth_year"),
        block_on("fname_c1", "lname_c1", "bm", "bd"),
    ],
    exact_recall=0.4,
    em=[block_on("fname_c1", "lname_c1"), block_on("birth_year", "bm", "bd")],
)


def _census_comparisons() -> list[Any]:
    return [
        cl.NameComparison("first_name"),
        cl.NameComparison("last_name"),
        cl.ExactMatch("middle_initial"),
        cl.DamerauLevenshteinAtThresholds("born", [1, 2]),
        cl.ExactMatch("sex"),
        cl.JaroWinklerAtThresholds("address", [0.95, 0.85]),
    ]


CENSUS = PeerModel(
    row_id="row_id",
    select=_text(
        "first_name", "middle_initial", "last_name", "born", "sex",
        "street_number", "street_name", "city",
    ) + ", nullif(lower(concat_ws(' ', street_number, street_name)), '') AS address",
    comparisons=_census_comparisons,
    blocking=[
        block_on("born"),
        block_on("first_name", "last_name"),
        block_on("last_name", "substr(born, 1, 4)"),
        block_on("first_name", "substr(born, 1, 4)"),
        block_on("first_name", "substr(born, 6, 5)"),
        block_on("first_name", "street_number", "street_name"),
        block_on("last_name", "street_number", "street_name"),
    ],
    exact=[block_on("first_name", "last_name", "born")],
    exact_recall=0.8,
    em=[block_on("born"), block_on("first_name", "last_name")],
)  # fmt: skip


def _name() -> Any:
    """The stock name comparison, and the same words in another order."""
    return cl.CustomComparison(
        output_column_name="name",
        comparison_levels=[
            cll.NullLevel("name"),
            cll.ExactMatchLevel("name", term_frequency_adjustments=True),
            cll.ExactMatchLevel("sorted_name"),
            *(cll.JaroWinklerLevel("name", least) for least in (0.94, 0.88, 0.75)),
            cll.ElseLevel(),
        ],
    )


def _home() -> Any:
    """One question about the home: card, street and kelurahan agree in whole families."""
    levels = [
        "family_card_l = family_card_r",
        "address_l = address_r AND kelurahan_l = kelurahan_r",
        "kelurahan_l = kelurahan_r",
    ]
    return cl.CustomComparison(
        output_column_name="home",
        comparison_levels=[
            cll.And(cll.NullLevel("family_card"), cll.NullLevel("kelurahan")),
            *(cll.CustomLevel(sql) for sql in levels),
            cll.ElseLevel(),
        ],
    )


def _heavy_comparisons() -> list[Any]:
    return [
        _name(),
        cl.LevenshteinAtThresholds("nik", [1, 2]),
        cl.DateOfBirthComparison("born_on", input_is_string=False),
        cl.JaroWinklerAtThresholds("mother_name", [0.92, 0.8]),
        _home(),
        cl.ExactMatch("born_at"),
        cl.ExactMatch("sex"),
        cl.ExactMatch("phone"),
    ]


# A title in front, and what case and blanks hide.
NAME = "regexp_replace(lower(trim(name)), '^(h|hj|bpk|ibu|alm|drs)[.]? ', '')"
HEAVY = PeerModel(
    row_id="row_id",
    select=f"{NAME} AS name, split_part({NAME}, ' ', 1) AS first_word, "
    f"split_part({NAME}, ' ', -1) AS last_word, born_on, "
    f"list_aggregate(list_sort(split({NAME}, ' ')), 'string_agg', ' ') AS sorted_name, "
    + _text(
        "address", "mother_name", "nik", "family_card", "sex", "born_at", "kelurahan",
        "phone",
    ),
    comparisons=_heavy_comparisons,
    blocking=[
        block_on("nik"),
        block_on("born_on", "first_word"),
        block_on("born_on", "last_word"),
        block_on("born_on", "kelurahan"),
        block_on("sorted_name", "kelurahan"),
        block_on("sorted_name", "year(born_on)"),
        block_on("family_card", "first_word"),
        block_on("family_card", "born_on"),
        block_on("phone"),
        block_on("address", "kelurahan", "first_word"),
    ],
    exact=[block_on("nik", "first_word"), block_on("name", "born_on", "kelurahan")],
    exact_recall=0.5,
    em=[block_on("nik"), block_on("born_on", "first_word"), block_on("name", "kelurahan")],
)  # fmt: skip

MODELS = {
    "febrl3": FEBRL,
    "febrl4": FEBRL,
    "rldata10000": RLDATA,
    "pseudopeople": CENSUS,
    "heavy": HEAVY,
}
