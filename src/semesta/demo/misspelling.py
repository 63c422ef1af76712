"""How names get written otherwise: old spellings, slips, stuck titles.

Every function takes a name in capitals and a random draw and returns the written name.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from semesta.demo.places import words


def with_gelar(name: str, gelar: str, draw: float) -> str:
    gelar = gelar.upper()
    return f"{name} {gelar.replace('.', '')}" if draw < 0.3 else f"{name} {gelar}"


def with_degree(name: str, degree: str, draw: float) -> str:
    if draw < 0.12:
        return f"{name}.{degree.upper()}"
    return f"{name}, {degree}" if draw < 0.8 else f"{name} {degree}"


def with_haji(name: str, title: str, draw: float) -> str:
    if draw < 0.2:
        return f"{name}.{title.upper().rstrip('.')}"
    return f"{title.upper()} {name}" if draw < 0.8 else f"{title} {name}"


@cache
def _spellings() -> dict[str, list[str]]:
    return {
        word.upper(): others.upper().split()
        for word, others in words("names")["spelling"].items()
    }


def variant(name: str, draw: int) -> str:
    parts = name.split(" ")
    for turn in range(len(parts)):
        place = (draw + turn) % len(parts)
        others = _spellings().get(parts[place])
        if others:
            parts[place] = others[draw // 8 % len(others)]
            return " ".join(parts)
    return _sound(name, draw)


_SOUNDS = (
    ("Y", "I"), ("F", "V"), ("U", "OE"), ("J", "DJ"), ("SY", "S"), ("KH", "H"),
    ("Z", "S"), ("I", "Y"), ("Q", "K"), ("DH", "D"), ("NN", "N"), ("RR", "R"),
)  # fmt: skip


def _sound(name: str, draw: int) -> str:
    for turn in range(len(_SOUNDS)):
        old, new = _SOUNDS[(draw + turn) % len(_SOUNDS)]
        place = name.find(old, 1)
        if place > 0:
            return name[:place] + new + name[place + len(old) :]
    return name


def typo(name: str, draw: int) -> str:
    if len(name) < 2:
        return name
    place = 1 + draw % max(len(name) - 2, 1)
    letter = name[place]
    if letter == " ":
        return name
    kind = draw // 64 % 3
    if kind == 0:
        return name[:place] + letter + name[place:]
    if kind == 1:
        return name[:place] + name[place + 1 :]
    other = "AEIOURNSTLM"[draw // 256 % 11]
    return name[:place] + other + name[place + 1 :]


def dropped(name: str, draw: int) -> str:
    parts = name.split(" ")
    if len(parts) == 1:
        return name
    if draw % 3 == 0:
        return " ".join([*parts[:-1], parts[-1][0] + "."])
    if draw % 3 == 1 and len(parts) > 2:
        return " ".join([parts[0], *parts[2:]])
    return " ".join(parts[:-1])


NAME_DAMAGE: dict[str, Callable[[str, int], str]] = {
    "name_variant": variant,
    "name_typo": typo,
    "name_dropped": dropped,
    "name_joined": lambda name, draw: name.replace(" ", "", 1),
}
