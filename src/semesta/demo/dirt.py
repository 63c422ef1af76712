"""What goes wrong between a person and a row of a list, at stated rates.

Every function changes columns of text in place for a random part of the rows and
returns the stains, so that the truth folder can say which row carries which damage.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from semesta.demo import misspelling
from semesta.demo.dirt_rates import DirtRates

Stain = tuple[np.ndarray, str]  # rows, kind of damage
DUMMY_NIKS = (
    "0000000000000000",
    "1374010101900001",
    "1111111111111111",
    "1374000000000000",
)


@dataclass
class NameExtras:
    """Titles of the same rows, for offices that glue them to the name."""

    haji: np.ndarray
    degree: np.ndarray
    gelar: np.ndarray


def _draw_group(
    rng: np.random.Generator, count: int, rates: dict[str, float]
) -> list[Stain]:
    """Rows of each damage of a group; a row gets at most one."""
    draw = rng.random(count)
    edges = np.cumsum([0.0, *rates.values()])
    return [
        (np.flatnonzero((draw >= low) & (draw < high)), kind)
        for kind, low, high in zip(rates, edges[:-1], edges[1:], strict=True)
    ]


def soil_niks(
    rng: np.random.Generator,
    rates: DirtRates,
    niks: np.ndarray,
    spouse: np.ndarray | None = None,
) -> list[Stain]:
    """Damage NIKs in place. `spouse`: NIK of husband or wife per row, '' = none.

    Rows of `nik_number` are only named: the workbook writer makes them numeric cells.
    """
    stains = []
    for rows, kind in _draw_group(rng, len(niks), rates.group("nik_")):
        if kind == "nik_husband":
            rows = rows[spouse[rows] != ""] if spouse is not None else rows[:0]
            niks[rows] = spouse[rows] if spouse is not None else ""
        elif kind in _NIK_DAMAGE:
            damage = _NIK_DAMAGE[kind]
            niks[rows] = [
                damage(nik, place)
                for nik, place in zip(
                    niks[rows], rng.integers(0, 1 << 30, len(rows)), strict=True
                )
            ]
        stains.append((rows, kind))
    return stains


def one_digit(nik: str, draw: int) -> str:
    """Another digit at one place."""
    place = draw % len(nik)
    digit = (int(nik[place]) + 1 + draw // 16 % 9) % 10
    return f"{nik[:place]}{digit}{nik[place + 1 :]}"


def _swapped(nik: str, draw: int) -> str:
    places = [i for i in range(len(nik) - 1) if nik[i] != nik[i + 1]]
    i = places[draw % len(places)]
    return f"{nik[:i]}{nik[i + 1]}{nik[i]}{nik[i + 2 :]}"


def _letter_o(nik: str, draw: int) -> str:
    zeros = [i for i, digit in enumerate(nik) if digit == "0"]
    i = zeros[draw % len(zeros)]
    return f"{nik[:i]}O{nik[i + 1 :]}"


def _spaced(nik: str, draw: int) -> str:
    mark = (" ", ".", " ", "-")[draw % 4]
    if draw // 4 % 2:
        return mark.join((nik[:6], nik[6:12], nik[12:]))
    return (
        f"{nik} " if mark == "-" else mark.join(nik[i : i + 4] for i in range(0, 16, 4))
    )


_NIK_DAMAGE: dict[str, Callable[[str, int], str]] = {
    "nik_one_digit": one_digit,
    "nik_swapped": _swapped,
    "nik_blank": lambda nik, draw: "",
    "nik_letter_o": _letter_o,
    "nik_spaced": _spaced,
    "nik_dummy": lambda nik, draw: DUMMY_NIKS[draw % len(DUMMY_NIKS)],
    "nik_float": lambda nik, draw: f"{nik}.0",
    "nik_short": lambda nik, draw: nik[: draw % 16] + nik[draw % 16 + 1 :],
}


def soil_names(
    rng: np.random.Generator,
    rates: DirtRates,
    names: np.ndarray,
    extras: NameExtras | None = None,
) -> list[Stain]:
    """Respell upper-case names in place and glue titles to them."""
    group = {k: v for k, v in rates.group("name_").items() if k not in _GLUED}
    stains = []
    for rows, kind in _draw_group(rng, len(names), group):
        draws = rng.integers(0, 1 << 30, len(rows)).tolist()
        before = names[rows]
        names[rows] = [
            misspelling.NAME_DAMAGE[kind](n, d)
            for n, d in zip(before, draws, strict=True)
        ]
        stains.append((rows[names[rows] != before], kind))
    if extras is not None:
        stains.append(
            (
                _glue(
                    rng, rates.name_gelar, names, extras.gelar, misspelling.with_gelar
                ),
                "name_gelar",
            )
        )
        for titles, glue in (
            (extras.degree, misspelling.with_degree),
            (extras.haji, misspelling.with_haji),
        ):
            stains.append(
                (_glue(rng, rates.name_titled, names, titles, glue), "name_titled")
            )
    return stains


_GLUED = ("name_titled", "name_gelar")


def _glue(
    rng: np.random.Generator,
    rate: float,
    names: np.ndarray,
    titles: np.ndarray,
    glue: Callable[[str, str, float], str],
) -> np.ndarray:
    rows = np.flatnonzero((titles != "") & (rng.random(len(names)) < rate))
    draws = rng.random(len(rows)).tolist()
    names[rows] = [
        glue(n, t, d) for n, t, d in zip(names[rows], titles[rows], draws, strict=True)
    ]
    return rows


def soil_days(
    rng: np.random.Generator, rates: DirtRates, days: np.ndarray
) -> list[Stain]:
    """Damage birth dates (datetime64[D]) in place."""
    stains = []
    for rows, kind in _draw_group(rng, len(days), rates.group("date_")):
        if kind == "date_blank":
            days[rows] = np.datetime64("NaT")
        elif kind == "date_swapped":
            months = days[rows].astype("datetime64[M]")
            day = (days[rows] - months).astype(np.int64) + 1
            month = months.astype(np.int64) % 12 + 1
            rows, day, month = (
                part[(day <= 12) & (day != month)] for part in (rows, day, month)
            )
            year = days[rows].astype("datetime64[Y]").astype("datetime64[M]")
            days[rows] = (year + (day - 1)).astype("datetime64[D]") + (month - 1)
        elif kind == "date_new_year":
            days[rows] = days[rows].astype("datetime64[Y]").astype("datetime64[D]")
        else:
            shift = rng.choice(np.array([-10, -1, 1, 10, 365, -365, 3652]), len(rows))
            days[rows] = days[rows] + shift
        stains.append((rows, kind))
    return stains


def blank(
    rng: np.random.Generator, rate: float, column: np.ndarray, kind: str
) -> Stain:
    """Empty a part of a column in place."""
    rows = np.flatnonzero((rng.random(len(column)) < rate) & (column != ""))
    column[rows] = ""
    return rows, kind


def soil_cards(
    rng: np.random.Generator, rates: DirtRates, cards: np.ndarray
) -> list[Stain]:
    """Damage family card numbers in place."""
    stains = []
    for rows, kind in _draw_group(rng, len(cards), rates.group("card_")):
        draws = rng.integers(0, 1 << 30, len(rows))
        cards[rows] = (
            ""
            if kind == "card_blank"
            else [
                one_digit(card, draw)
                for card, draw in zip(cards[rows], draws, strict=True)
            ]
        )
        stains.append((rows, kind))
    return stains


def soil_kelurahan(rng: np.random.Generator, rate: float, column: np.ndarray) -> Stain:
    """Spell names of kelurahan in other ways, in place."""
    rows = np.flatnonzero(rng.random(len(column)) < rate)
    draws = rng.integers(0, 1 << 30, len(rows)).tolist()
    column[rows] = [
        _other_place(n, d) for n, d in zip(column[rows], draws, strict=True)
    ]
    return rows, "kelurahan_variant"


_LOCAL = {
    "KOTO KATIK": "KOTO KATIAK",
    "BALAI-BALAI": "BALAI - BALAI",
    "EKOR LUBUK": "EKOR LUBUAK",
    "GUGUK MALINTANG": "GUGUAK MALINTANG",
    "TANAH PAK LAMBIK": "TANAH PAKLAMBIK",
}


def _other_place(name: str, draw: int) -> str:
    kind = draw % 5
    if kind == 0 and name.upper() in _LOCAL:
        return _LOCAL[name.upper()]
    if kind == 1:
        return f"Kel. {name}"
    if kind == 2:
        return f"{name} "
    if kind == 3:
        return name.lower()
    return name.replace(" ", "  ") if " " in name else name.title()
