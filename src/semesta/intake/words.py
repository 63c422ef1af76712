"""Words with few meanings: sex, family relation, occupation, payer … to our codes."""

from __future__ import annotations

import re
from functools import cache

import pyarrow as pa

from semesta.intake.cells import TRUTH, mark_of, plain
from semesta.intake.cleaning import BLANK, Cleaned, Reader
from semesta.intake.stored import stored

LONGEST = 120
_NUMBERED = re.compile(r"^\(?\d{1,2}\)?\s*[.)\-:]\s*")


def word_key(text: str) -> str:
    """A word reduced to its letters and digits: `Laki - Laki` → `lakilaki`."""
    return "".join(c for c in text.lower() if c.isalnum() or c in "√✓✔")


@cache
def _word_table() -> dict[str, dict[str, list[str]]]:
    return stored("words.yaml")


@cache
def vocabulary(kind: str) -> dict[str, str]:
    """Key of a word → its code, for one kind listed in `words.yaml`."""
    return {
        word_key(str(word)): str(code)
        for code, words in _word_table()[kind].items()
        for word in (code, *words)
    }


def word_reader(kind: str) -> Reader:
    """A reader of one kind of words; an unknown word is `<kind>.unknown` and blank."""
    known = vocabulary(kind)
    code = f"{kind}.unknown"

    def clean(cell: str) -> Cleaned:
        found = _look_up(plain(cell), known)
        if found is None:
            return BLANK if not plain(cell) else Cleaned(None, (code,))
        return Cleaned(found)

    return Reader(clean, (pa.string(),))


def _look_up(text: str, known: dict[str, str]) -> str | None:
    text = text.removesuffix(".0")
    return known.get(word_key(text)) or known.get(word_key(_NUMBERED.sub("", text)))


def truth_reader(kind: str) -> Reader:
    """A reader of words for yes and no (`words.yaml` kind with `yes` and `no`)."""
    words = word_reader(kind)

    def clean(cell: str) -> Cleaned:
        if mark_of(cell) == TRUTH:
            return Cleaned(plain(cell) == "TRUE")
        value, codes = words.clean(cell)
        return Cleaned(None if value is None else value == "yes", codes)

    return Reader(clean, (pa.bool_(),))


def _matched_reader() -> Reader:
    """Whether a list's own check found the NIK at Dukcapil; a No is pointed out."""
    truth = truth_reader("yes_no")

    def clean(cell: str) -> Cleaned:
        value, codes = truth.clean(cell)
        return Cleaned(value, ("nik.not_matched",) if value is False else codes)

    return Reader(clean, (pa.bool_(),))


MATCHED = _matched_reader()


def tick_reader(value: str) -> Reader:
    """A reader of a column that is ticked where `value` holds (`L` under *Jenis
    Kelamin*)."""
    known = vocabulary("mark")

    def clean(cell: str) -> Cleaned:
        return Cleaned(value) if word_key(plain(cell)) in known else BLANK

    return Reader(clean, (pa.string(),))


@cache
def occupations() -> dict[str, str]:
    """Occupation code → its Indonesian title."""
    return {entry["code"]: entry["title"] for entry in _occupation_table()}


@cache
def _occupation_table() -> list[dict]:
    return stored("occupations.yaml")


@cache
def _occupation_words() -> dict[tuple[str, ...], str]:
    """Words of each alias (as a tuple) → code."""
    return {
        _split(str(word)): entry["code"]
        for entry in reversed(_occupation_table())
        for word in (entry["code"], *entry["words"])
    }


def _split(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[a-z0-9]+", text.lower()))


def clean_occupation(cell: str) -> Cleaned:
    """(occupation code, text as written). An unknown one is `lainnya` with
    `occupation.unknown`; the text is kept."""
    text = plain(cell)
    if not text:
        return BLANK
    if len(text) > LONGEST:
        return Cleaned(None, ("text.too_long",))
    written = _NUMBERED.sub("", text)
    code = find_occupation(written)
    if code is None:
        return Cleaned(("lainnya", written.upper()), ("occupation.unknown",))
    return Cleaned((code, written.upper()))


def find_occupation(text: str) -> str | None:
    """The code of the longest known occupation within the text; the first one wins a
    draw, because the main work is named first."""
    words = _split(text)
    known = _occupation_words()
    for length in range(min(len(words), 8), 0, -1):
        for start in range(len(words) - length + 1):
            if code := known.get(words[start : start + length]):
                return code
    return None


OCCUPATION = Reader(clean_occupation, (pa.string(), pa.string()))


def text_reader(*, upper: bool = True, longest: int = LONGEST) -> Reader:
    """A reader of free text: tidy blanks, upper case; too long a text is dropped."""

    def clean(cell: str) -> Cleaned:
        text = plain(cell)
        if not text:
            return BLANK
        if len(text) > longest:
            return Cleaned(None, ("text.too_long",))
        return Cleaned(text.upper() if upper else text)

    return Reader(clean, (pa.string(),))


_PROGRAMMES = ("JKK", "JKM", "JHT", "JP", "JKP")


def clean_programmes(cell: str) -> Cleaned:
    """Programmes in a fixed order: `JKM, JKK` → `JKK+JKM`; packages T and TI likewise."""
    text = plain(cell).upper()
    if not text:
        return BLANK
    package = {"T": "JKK+JKM", "TI": "JKK+JKM+JHT"}.get(text)
    found = package or "+".join(
        p for p in _PROGRAMMES if p in re.findall(r"[A-Z]+", text)
    )
    return Cleaned(found) if found else Cleaned(None, ("programmes.unknown",))


PROGRAMMES = Reader(clean_programmes, (pa.string(),))
