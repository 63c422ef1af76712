"""Numbers and dates in Indonesian words, as official letters write them."""

from __future__ import annotations

import re
from datetime import date

from num2words import num2words

from semesta.kernel import Month
from semesta.kernel.month import NAMES


def in_words(number: int) -> str:
    """`7227` → `tujuh ribu dua ratus dua puluh tujuh` (terbilang)."""
    if number < 0:
        return f"minus {in_words(-number)}"
    # The library's currency form is wrong in Indonesian; its cardinals are right.
    return re.sub(r"\s+", " ", num2words(int(number), lang="id")).strip()


def rupiah_in_words(amount: int) -> str:
    """`1000000` → `satu juta rupiah`."""
    return f"{in_words(amount)} rupiah"


def counted(number: int) -> str:
    """`7.227 (tujuh ribu dua ratus dua puluh tujuh)`."""
    return f"{thousands(number)} ({in_words(number)})"


def thousands(number: int) -> str:
    """`7227` → `7.227`."""
    return f"{number:,}".replace(",", ".")


def long_date(day: date) -> str:
    """`2 Januari 2026`."""
    return f"{day.day} {NAMES[day.month - 1]} {day.year}"


def date_in_words(day: date) -> str:
    """`tanggal dua bulan Januari tahun dua ribu dua puluh enam`."""
    return (
        f"tanggal {in_words(day.day)} bulan {NAMES[day.month - 1]} "
        f"tahun {in_words(day.year)}"
    )


def months_in_words(first: Month, until: Month) -> str:
    """A half-open range as people read it: `Januari 2026 sampai dengan Juni 2026`."""
    last = until + -1
    if last == first:
        return first.in_words()
    return f"{first.in_words()} sampai dengan {last.in_words()}"


def in_full(short: str, title: str) -> str:
    """`UU 40/2004` and its title → `Undang-Undang Nomor 40 Tahun 2004 tentang …`."""
    written = re.fullmatch(r"(\D+?) (\w+)/(\d{4})", short)
    if not written or written[1] not in KINDS_OF_LAW:
        return f"{short} tentang {title}"
    kind = KINDS_OF_LAW[written[1]]
    return f"{kind} Nomor {written[2]} Tahun {written[3]} tentang {title}"


KINDS_OF_LAW = {
    "UU": "Undang-Undang",
    "PP": "Peraturan Pemerintah",
    "Perpres": "Peraturan Presiden",
    "Permenaker": "Peraturan Menteri Ketenagakerjaan",
    "Permendagri": "Peraturan Menteri Dalam Negeri",
    "Inpres": "Instruksi Presiden",
}
