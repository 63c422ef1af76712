"""Spelling of Indonesian names, one word at a time.

Only *distinct* words come here (some ten thousand in a million rows); everything that is
done per row is SQL. Two forms are made of a word:

* **norm**: what the word means to be. Abbreviations and the commonest variants are mapped
  (`Moh.`, `Mhd` → `muhammad`, `Abd` → `abdul`, `St.` in front → `siti`), old spelling becomes
  new: oe→u, tj→c, dj→j, sj→sy, nj→ny, ch→kh; j→y only when the word shows another sign of
  old spelling (`Noerhajati` → `nurhayati`, but `Jasmani` stays).
* **phonetic key**: for blocking, deliberately loose. On top of norm: ie→i, ae→ai; kh→h, gh→g;
  sy, sh, ts→s; dh→d; dz, z→j; y→j at the start or between vowels, else i; th→t; ph, f, v→p;
  ny, ng→n; q→k; x→ks; w→u; a final b, d, g is heard as p, t, k, and a final k behind a vowel not
  at all; runs become one letter. The first letter is kept (e=i, o=u), all other vowels and
  h are dropped.

      Djoesoef, Jusuf, Yusup  → JSP          Chairul, Khoirul, Hairul → HRL
      Syafrizal, Sjafrizal    → SPRJL        Fauzi, Fauji, Fauzy      → PJ
      Rahmat, Rachmad         → RMT          Taufiq, Topik, Taufi     → TP

English Soundex and Metaphone are wrong here: c is "ch", h and final k are mute, y is j.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

OLD_SPELLING = (("oe", "u"), ("tj", "c"), ("dj", "j"), ("sj", "sy"), ("nj", "ny"))
OLD_SIGN = re.compile("oe|tj|dj|sj|nj")
SOUNDS = (
    ("kh", "h"), ("ch", "h"), ("gh", "g"), ("sy", "s"), ("sh", "s"), ("ts", "s"),
    ("dh", "d"), ("dz", "z"), ("zh", "z"), ("th", "t"), ("ph", "p"), ("ny", "n"),
    ("ng", "n"), ("q", "k"), ("x", "ks"), ("f", "p"), ("v", "p"), ("w", "u"),
)  # fmt: skip
DEVOICED = {"b": "p", "d": "t", "g": "k"}


@dataclass(frozen=True)
class Words:
    """The word lists of `words.toml`, ready for look-up."""

    titles: frozenset[str]
    degrees: frozenset[str]
    gelar: frozenset[str]
    father: frozenset[str]
    light: frozenset[str]
    first: dict[str, str]
    variants: dict[str, str]


@cache
def words() -> Words:
    """The shipped word lists."""
    table = tomllib.loads((files(__package__) / "words.toml").read_text("utf-8"))
    lists = {
        name: frozenset(table[name].split())
        for name in ("titles", "degrees", "gelar", "father", "light")
    }
    variants = {
        other: word
        for word, text in table["variants"].items()
        for other in text.split()
    }
    return Words(**lists, first=table["first"], variants=variants)


def modern(word: str) -> str:
    """A lower-case word in the spelling of 1972: `noerhajati` → `nurhayati`."""
    if not OLD_SIGN.search(word):
        return word
    # A lone j is old spelling's y; the j of dj, tj, sj, nj is not.
    word = re.sub(r"(?<![dtsn])j", "y", word)
    for old, new in OLD_SPELLING:
        word = word.replace(old, new)
    return re.sub(r"ch", "kh", word)


def norm_word(word: str, *, first: bool) -> str:
    """What a lower-case word of a name means to be; `first`: it begins the name."""
    lists = words()
    if first and word in lists.first:
        return lists.first[word]
    if word in lists.variants:
        return lists.variants[word]
    word = modern(word)
    return lists.variants.get(word, word)


def phonetic_key(word: str) -> str:
    """The loose key of a lower-case word in modern spelling, upper case."""
    word = modern(word)
    for sound, heard in SOUNDS:
        word = word.replace(sound, heard)
    word = re.sub(r"(?<=[aeou])y(?=[aeiou])|^y", "j", word)
    word = word.replace("y", "i").replace("z", "j")
    word = re.sub(r"(.)\1+", r"\1", word)
    if not word:
        return ""
    if len(word) > 1:
        word = word[:-1] + DEVOICED.get(word[-1], word[-1])
    if len(word) > 3:
        word = re.sub(r"(?<=[aeiou])k$", "", word)
    head = {"e": "i", "o": "u"}.get(word[0], word[0])
    return (head + re.sub(r"[aeiouh]", "", word[1:])).upper()


def role_of(word: str, *, first: bool) -> str:
    """`title`, `gelar`, `father`, `light` or `word`, for a word and its place."""
    lists = words()
    if word in lists.titles:
        return "title"
    if not first:
        if word in lists.gelar:
            return "gelar"
        if word in lists.father:
            return "father"
        if word in lists.degrees:
            return "title"
    return "light" if norm_word(word, first=first) in lists.light else "word"


def dictionary(tokens: list[str]) -> dict[str, list]:
    """Columns token, first, norm, key, role: two rows per distinct lower-case token."""
    table: dict[str, list] = {
        name: [] for name in ("token", "first", "norm", "key", "role")
    }
    for token in tokens:
        for first in (True, False):
            norm = norm_word(token, first=first)
            table["token"].append(token)
            table["first"].append(first)
            table["norm"].append(norm)
            table["key"].append(phonetic_key(norm))
            table["role"].append(role_of(token, first=first))
    return table
