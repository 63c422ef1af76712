"""What the values of a column say about its meaning, whatever its header says.

Each witness gives a field and the share of the column's filled values that speak for it.
Only the first rows are looked at, and none of them is kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

import pyarrow as pa

from semesta.intake import identity, money, names, phones
from semesta.intake.cells import DATE, NUMBER, bare, mark_of, plain
from semesta.intake.dates import date_reader
from semesta.intake.words import find_occupation, vocabulary, word_key
from semesta.kernel import Region
from semesta.kernel.identity import WOMEN_ADD_TO_DAY

MOST = 500
_MANY_NAMES = 40
_OLDEST, _YOUNGEST = 110, 5
# Family cards with numbers are of this century; few workers are born in it.
_ISSUED_UNTIL = 30
_ENOUGH_FOR_A_WOMAN = 8
_DAY_SHAPE = re.compile(
    r"\d{1,2}[-/. ](?:\d{1,2}|[A-Za-z]{3,9})[-/. ]\d{2,4}(?: .*)?|\d{4}-\d{2}-\d{2}.*|"
    r"(?:19|20)\d{6}"
)
_PLACE_AND_DAY = re.compile(
    r"[A-Za-z .'()]{3,40}[,/]\s*\d{1,2}[-/. ](?:\d{1,2}|[A-Za-z]{3,9})[-/. ]\d{2,4}"
)
_ADDRESS = re.compile(r"\b(?:JL|JLN|JALAN|GANG|GG|RT|RW|DUSUN|JORONG|NO)\b", re.I)
_RT_RW = re.compile(r"\d{1,3}\s*/\s*\d{1,3}")
_MONEY = re.compile(r"(?:rp|idr)\b|\b(?:jt|juta|rb|ribu)\b|\d{1,3}(?:[.,]\d{3})+", re.I)
_FIRM = re.compile(
    r"(?:PT|CV|UD|FA|KOPERASI|TOKO|WARUNG|KEDAI|KIOS|RM|RUMAH MAKAN|BENGKEL|SALON|APOTEK|"
    r"YAYASAN|USAHA)\b", re.I,
)  # fmt: skip
_NAME_SHAPE = re.compile(r"[A-Za-z][A-Za-z'.,\- ]{2,60}")


@dataclass(frozen=True)
class Sample:
    """The first cells of one column, marks and all. `rows`: blanks too, so that columns
    can be laid side by side; `cells`: the filled ones."""

    rows: tuple[str, ...]
    cells: tuple[str, ...]

    @classmethod
    def of(cls, column: pa.Array) -> Sample:
        rows = tuple(cell or "" for cell in column.slice(0, MOST).to_pylist())
        return cls(rows, tuple(cell for cell in rows if plain(cell)))

    @cached_property
    def texts(self) -> list[str]:
        return [plain(cell) for cell in self.cells]

    @cached_property
    def _often(self) -> Counter[str]:
        return Counter(self.cells)

    def share(self, holds: Callable[[str], bool]) -> float:
        """Share of the filled values for which something holds; 0 for none."""
        met = sum(often for cell, often in self._often.items() if holds(cell))
        return met / len(self.cells) if self.cells else 0.0

    @property
    def variety(self) -> float:
        """How many of the values differ, as a share."""
        return len(set(self.texts)) / len(self.cells) if self.cells else 0.0


def witness(sample: Sample, region: Region, as_of: date) -> dict[str, float]:
    """Field → how strongly (0 to 1) the values speak for it. NIK and KK are told apart
    by `sixteen_digits`, which sees all columns."""
    if not sample.cells:
        return {}
    texts = sample.share
    said = {
        "number": _running(sample),
        "born_on": _births(sample, as_of),
        "born_at_on": texts(lambda cell: bool(_PLACE_AND_DAY.match(plain(cell)))),
        "sex": _words(sample, "sex"),
        "relation": _words(sample, "relation"),
        "marital_status": _words(sample, "marital_status"),
        "phone": texts(_is_phone),
        "asn_nip": texts(lambda cell: identity.clean_nip(cell).value is not None),
        "income": texts(_is_money),
        "kelurahan": texts(lambda cell: region.find_place(plain(cell)) is not None),
        "rt_rw": texts(lambda cell: bool(_RT_RW.fullmatch(plain(cell)))),
        "address": texts(lambda cell: bool(_ADDRESS.search(plain(cell)))),
        "occupation": _occupations(sample),
        "employer_name": texts(lambda cell: bool(_FIRM.match(plain(cell)))),
        "name": _names(sample, region),
    }
    return {field: share for field, share in said.items() if share >= 0.5}


def days_of(sample: Sample, as_of: date) -> tuple[date | None, ...]:
    """The day in each row, read as a birth date; None where there is none."""
    reader = date_reader(as_of=as_of, of_birth=True)
    return tuple(
        reader.clean(cell).value
        if mark_of(cell) == DATE or _DAY_SHAPE.fullmatch(plain(cell))
        else None
        for cell in sample.rows
    )


def _births(sample: Sample, as_of: date) -> float:
    """Share of days on which somebody now alive may have been born, children aside."""
    days = [day for day in days_of(sample, as_of) if day]
    ages = [as_of.year - day.year for day in days]
    return sum(1 for age in ages if _YOUNGEST <= age <= _OLDEST) / len(sample.cells)


def _running(sample: Sample) -> float:
    """A column that counts 1, 2, 3 …"""
    texts = [text.removesuffix(".0").rstrip(".") for text in sample.texts]
    if not all(text.isascii() and text.isdigit() and len(text) < 8 for text in texts):
        return 0.0
    numbers = [int(text) for text in texts]
    if len(numbers) < 2 or numbers[0] > 1:
        return 0.0
    steps = sum(1 for a, b in pairwise(numbers) if b - a == 1)
    return steps / (len(numbers) - 1)


def _words(sample: Sample, kind: str) -> float:
    """Words of one kind; bare numbers are codes of anything and say nothing."""
    known = vocabulary(kind)

    def is_word(cell: str) -> bool:
        key = word_key(plain(cell))
        return not key.isdigit() and key in known

    longest = max(map(len, sample.texts))
    if kind != "sex" and longest == 1:
        return 0.0
    return sample.share(is_word)


def _is_phone(cell: str) -> bool:
    digits = phones.clean_phone(cell).value
    return digits is not None and digits.startswith("08") and 10 <= len(digits) <= 13


def _is_money(cell: str) -> bool:
    amount = money.clean_rupiah(cell).value
    if amount is None or not 10_000 <= amount < 10**10:
        return False
    written = bool(_MONEY.search(plain(cell)))
    return written or (amount % 1000 == 0 and mark_of(cell) in (NUMBER, ""))


def _occupations(sample: Sample) -> float:
    def is_work(cell: str) -> bool:
        text = plain(cell)
        return len(text) > 3 and find_occupation(text) is not None

    return (
        sample.share(is_work) if sample.variety < 0.9 or len(sample.cells) < 5 else 0.0
    )


def _names(sample: Sample, region: Region) -> float:
    """Words that differ from row to row (or are many: a list may name a person several
    times) and are no places and no works."""
    if sample.variety < 0.6 and len(set(sample.texts)) < _MANY_NAMES:
        return 0.0

    def is_name(cell: str) -> bool:
        text = plain(cell)
        return (
            mark_of(cell) == ""
            and bool(_NAME_SHAPE.fullmatch(text))
            and names.clean_name(cell).value is not None
            and len(text.split()) <= 6
            and find_occupation(text) is None
            and region.find_place(text) is None
        )

    return sample.share(is_name)


# ── NIK and KK ────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Sixteen:
    """A column of 16-digit numbers: `nik` and `family_card` as likely as 0 to 1."""

    nik: float
    family_card: float


def sixteen_digits(
    sample: Sample, births: Sequence[Sequence[date | None]] = (), numbers: int = 1
) -> Sixteen | None:
    """How much a column looks like NIK and like KK numbers; None when it holds neither.

    `births`: the days of the table's date columns, row by row. `numbers`: how many
    columns of 16 digits the table has. A NIK holds its owner's birth date (a woman's day
    plus 40); a KK number holds the day it was issued, in this century, and stands in
    several rows.
    """
    digits = [sixteen(cell) for cell in sample.rows]
    found = [each for each in digits if each]
    shaped = len(found) / len(sample.cells) if sample.cells else 0.0
    if shaped < 0.6:
        return None
    women = sum(1 for each in found if int(each[6:8]) > WOMEN_ADD_TO_DAY) / len(found)
    match = max((agreement(digits, days) for days in births), default=0.0)
    repeats = 1 - len(set(found)) / len(found)
    lean = 0.35 * min(1.0, women * 3) + 0.6 * match - 0.5 * min(1.0, repeats * 2)
    if births and match < 0.2 and not women:
        lean -= 0.25
    if sum(1 for each in found if int(each[10:12]) <= _ISSUED_UNTIL) > 0.8 * len(found):
        lean -= 0.35 * (1 - match)
    if not women and not births and len(found) >= _ENOUGH_FOR_A_WOMAN:
        lean -= 0.2
    if numbers == 1 and repeats < 0.2:
        lean += 0.3  # alone in a list of persons, it is theirs
    nik = max(0.0, min(1.0, 0.55 + lean))
    return Sixteen(shaped * nik, shaped * (1 - nik))


def sixteen(cell: str) -> str:
    """The sixteen digits of a cell that hold a possible date, or "".

    A numeric cell has lost its last digit and still tells what the column is.
    """
    text = identity.clean_nik(cell).value or ""
    if not text and mark_of(cell) == NUMBER:
        text = bare(cell) if len(bare(cell)) == 16 and bare(cell).isdigit() else ""
    return text if text and _born(text) else ""


def _born(digits: str) -> tuple[int, int, int] | None:
    """Day, month and two-digit year inside; None when there is no such day."""
    day, month, year = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
    day = day - WOMEN_ADD_TO_DAY if day > WOMEN_ADD_TO_DAY else day
    return (day, month, year) if 1 <= day <= 31 and 1 <= month <= 12 else None


def agreement(digits: Sequence[str], days: Sequence[date | None]) -> float:
    """Share of the rows with both in which the number holds the day."""
    pairs = [(n, d) for n, d in zip(digits, days, strict=True) if n and d]
    met = sum(1 for n, d in pairs if _born(n) == (d.day, d.month, d.year % 100))
    return met / len(pairs) if pairs else 0.0
