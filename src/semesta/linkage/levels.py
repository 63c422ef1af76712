"""The comparisons of two records: levels from strong agreement to plain difference.

A level is a SQL condition over columns ending in `_l` and `_r`; the first that holds counts.
A missing value on either side is no evidence (weight 0). Digits are compared with `hamming`
and sorted digits (one wrong or two swapped), never with an edit distance: that is a hundred
times slower in the engine and changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Level:
    """One level; `text` is what an explanation says of it, in Indonesian."""

    code: str
    sql: str
    text: str


@dataclass(frozen=True)
class Comparison:
    """One field compared: `null_sql` says when there is nothing to compare.

    `cost`: 0 for what is only looked at, more for what must be worked out; the dear ones
    are looked at last, for pairs that still have a chance.
    """

    code: str
    label: str
    columns: tuple[str, ...]
    null_sql: str
    levels: tuple[Level, ...]
    cost: int = 0


ELSE = "ELSE"


def _null(*columns: str) -> str:
    return " OR ".join(f"{c}_l IS NULL OR {c}_r IS NULL" for c in columns)


def _one_error(column: str) -> str:
    """One digit wrong, or two exchanged: the digits are sorted for these pairs only."""
    apart = f"hamming({column}_l, {column}_r)"
    left, right = (f"list_sort(string_split({column}_{side}, ''))" for side in "lr")
    return f"({apart} <= 1 OR ({apart} = 2 AND {left} = {right}))"


# Other numbers are rare, so that a real edit distance costs nothing here.
_NUMBER_ERROR = "damerau_levenshtein(other_id_l, other_id_r) <= 1"
_NIK_ERROR = _one_error("nik")
_BORN_ERROR = _one_error("born")
_SUBSET = "(list_has_all(keys_l, keys_r) OR list_has_all(keys_r, keys_l))"


def _alike(least: float) -> str:
    """Names alike, in the order given or in any."""
    return " OR ".join(
        f"jaro_winkler_similarity({name}_l, {name}_r) >= {least}"
        for name in ("name", "ordered")
    )


_SHORTER = "least(len(keys_l), len(keys_r))"
# Births whose day nobody knows are written on these days.
_DEFAULT_DAY = "substr(born_{side}, 1, 4) IN ('0101', '3112', '0107')"
_DEFAULT_EITHER = (
    f"({_DEFAULT_DAY.format(side='l')} OR {_DEFAULT_DAY.format(side='r')})"
)
_SAME_YEAR = "substr(born_l, 5, 4) = substr(born_r, 5, 4)"
_SWAPPED = (
    "(substr(born_l, 1, 2) = substr(born_r, 3, 2) "
    f"AND substr(born_l, 3, 2) = substr(born_r, 1, 2) AND {_SAME_YEAR})"
)
_STREET = "jaro_winkler_similarity(street_l, street_r) >= 0.94"
# A code is equal or it is not; a name may be misspelt.
_KELURAHAN = (
    "(kelurahan_l = kelurahan_r OR (kelurahan_l[1] > '9' AND "
    "jaro_winkler_similarity(kelurahan_l, kelurahan_r) >= 0.92))"
)
_VIA_NIK = "(nik_date_l = born_short_r OR nik_date_r = born_short_l)"

COMPARISONS = (
    Comparison(
        "name",
        "nama",
        ("name", "ordered", "bag", "keys"),
        _null("name"),
        (
            Level("same", "name_l = name_r", "nama sama"),
            Level("same_bag", "bag_l = bag_r", "nama berbunyi sama"),
            Level("subset_2", f"{_SUBSET} AND {_SHORTER} >= 2", "nama lebih pendek"),
            Level("near", _alike(0.94), "nama hampir sama"),
            Level("subset_1", _SUBSET, "hanya satu kata nama yang ada"),
            Level("similar", _alike(0.88), "nama mirip"),
            Level("one_word", "len(list_intersect(keys_l, keys_r)) >= 1", "satu kata nama sama"),
            Level("alike", _alike(0.75), "nama agak mirip"),
            Level("differs", ELSE, "nama berbeda"),
        ),
        cost=3,
    ),
    Comparison(
        "nik",
        "NIK",
        ("nik", "nik_date", "contested"),
        _null("nik"),
        (
            Level("same", "nik_l = nik_r", "NIK sama, tetapi nama dan tanggal lahir tidak"),
            Level(
                "one_error",
                f"{_NIK_ERROR} AND substr(nik_l, 13, 4) = substr(nik_r, 13, 4)",
                "NIK berbeda satu angka",
            ),
            Level("one_error_serial", _NIK_ERROR, "NIK berbeda pada nomor urut"),
            Level("contested", "contested_l OR contested_r", "NIK ini juga dipakai orang lain"),
            Level("same_date", "nik_date_l = nik_date_r", "tanggal di dalam NIK sama"),
            Level("differs", ELSE, "NIK berbeda"),
        ),
        cost=1,
    ),
    Comparison(
        "other_id",
        "nomor lain",
        ("other_id",),
        _null("other_id"),
        (
            Level("same", "other_id_l = other_id_r", "nomor sama"),
            Level("one_error", _NUMBER_ERROR, "nomor berbeda satu huruf atau angka"),
            Level("differs", ELSE, "nomor berbeda"),
        ),
    ),
    Comparison(
        "born",
        "tanggal lahir",
        ("born", "born_short", "nik_date"),
        "(born_l IS NULL AND nik_date_l IS NULL) OR (born_r IS NULL AND nik_date_r IS NULL)"
        " OR (born_l IS NULL AND born_r IS NULL)",
        (
            Level(
                "same_default",
                f"born_l = born_r AND {_DEFAULT_EITHER}",
                "tanggal lahir sama, tetapi hari baku",
            ),
            Level("same", "born_l = born_r", "tanggal lahir sama"),
            Level("via_nik", _VIA_NIK, "tanggal di NIK = tanggal lahir"),
            Level("swapped", _SWAPPED, "hari dan bulan tertukar"),
            Level(
                "year_default",
                f"{_SAME_YEAR} AND {_DEFAULT_EITHER}",
                "tahun sama, hari tidak diketahui",
            ),
            Level("one_error", _BORN_ERROR, "tanggal lahir berbeda satu angka"),
            Level("year", _SAME_YEAR, "hanya tahun lahir sama"),
            Level("differs", ELSE, "tanggal lahir berbeda"),
        ),
        cost=2,
    ),
    Comparison(
        "mother",
        "nama ibu",
        ("mother", "mother_bag", "mother_key"),
        _null("mother"),
        (
            Level("same", "mother_l = mother_r", "nama ibu sama"),
            Level("same_bag", "mother_bag_l = mother_bag_r", "nama ibu berbunyi sama"),
            Level(
                "similar",
                "mother_key_l = mother_key_r "
                "OR jaro_winkler_similarity(mother_l, mother_r) >= 0.88",
                "nama ibu mirip",
            ),
            Level("differs", ELSE, "nama ibu berbeda"),
        ),
    ),
    Comparison(
        "family_card",
        "nomor KK",
        ("family_card",),
        _null("family_card"),
        (
            Level("same", "family_card_l = family_card_r", "KK sama"),
            Level("one_error", "hamming(family_card_l, family_card_r) <= 2", "KK hampir sama"),
            Level("differs", ELSE, "KK berbeda"),
        ),
    ),
    Comparison(
        "place",
        "tempat tinggal",
        ("kelurahan", "street", "rt", "rw", "district"),
        f"({_null('kelurahan')}) AND NOT coalesce({_STREET}, false)",
        (
            Level(
                "same_street",
                f"{_KELURAHAN} AND street_l = street_r",
                "kelurahan dan jalan sama",
            ),
            Level(
                "similar_street",
                f"{_KELURAHAN} AND jaro_winkler_similarity(street_l, street_r) >= 0.9",
                "kelurahan sama, jalan mirip",
            ),
            Level(
                "same_rt",
                f"{_KELURAHAN} AND rt_l = rt_r AND rw_l = rw_r",
                "kelurahan dan RT sama",
            ),
            Level("same_kelurahan", _KELURAHAN, "kelurahan sama"),
            Level(
                "street_only",
                _STREET,
                "jalan sama, kelurahan lain atau tidak diketahui",
            ),
            Level(
                "same_district",
                "district_l = district_r AND district_l <> ''",
                "kecamatan sama",
            ),
            Level("differs", ELSE, "kecamatan berbeda"),
        ),
    ),
    Comparison(
        "house",
        "nomor rumah",
        ("house",),
        _null("house"),
        (
            Level("same", "house_l = house_r", "nomor rumah sama"),
            Level("differs", ELSE, "nomor rumah berbeda"),
        ),
    ),
    Comparison(
        "sex",
        "jenis kelamin",
        ("sex",),
        _null("sex"),
        (
            Level("same", "sex_l = sex_r", "jenis kelamin sama"),
            Level("differs", ELSE, "jenis kelamin berbeda"),
        ),
    ),
    Comparison(
        "birthplace",
        "tempat lahir",
        ("birthplace",),
        _null("birthplace"),
        (
            Level("same", "birthplace_l = birthplace_r", "tempat lahir sama"),
            Level("differs", ELSE, "tempat lahir berbeda"),
        ),
    ),
    Comparison(
        "phone",
        "telepon",
        ("phone",),
        _null("phone"),
        (
            Level("same", "phone_l = phone_r", "telepon sama"),
            Level("differs", ELSE, "telepon berbeda"),
        ),
    ),
    Comparison(
        "kpj",
        "KPJ",
        ("kpj",),
        _null("kpj"),
        (
            Level("same", "kpj_l = kpj_r", "KPJ sama, tetapi nama dan tanggal lahir tidak"),
            Level("differs", ELSE, "KPJ berbeda"),
        ),
    ),
)  # fmt: skip

COLUMNS = tuple(dict.fromkeys(c for comp in COMPARISONS for c in comp.columns))


def side_by_side(left: str, right: str) -> str:
    """A select list of the compared columns of two tables, ending in `_l` and `_r`."""
    return ", ".join(
        f"{side}.{c} AS {c}_{end}"
        for side, end in ((left, "l"), (right, "r"))
        for c in COLUMNS
    )


def level_columns() -> str:
    """A select list over such pairs: for each comparison, under its code, the code of the
    level that holds, null when there is no evidence."""
    return ", ".join(f"{_case_sql(c)} AS {c.code}" for c in COMPARISONS)


def _case_sql(comparison: Comparison) -> str:
    whens = [f"WHEN {comparison.null_sql} THEN NULL"]
    for level in comparison.levels:
        if level.sql == ELSE:
            whens.append(f"ELSE '{level.code}'")
        else:
            whens.append(f"WHEN {level.sql} THEN '{level.code}'")
    return f"CASE {' '.join(whens)} END"
