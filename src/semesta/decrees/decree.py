"""The list of a decree: who may stand on it, in which order, and its hash."""

from __future__ import annotations

import csv
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date
from io import StringIO

from semesta.kernel import Month, UserError, day_in_words
from semesta.kernel.identity import SIXTEEN_DIGITS

LONGEST_NUMBER = 60
MOST_NAMED = 20
NUMBER = re.compile(r"(?=.*\d)[0-9A-Za-z][0-9A-Za-z ./()-]*")
# Letters and digits that nobody mixes up when reading them aloud or typing them.
CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 10
PROBLEMS = {
    "dead": "sudah meninggal",
    "merged": "sudah digabung dengan catatan orang lain",
    "no_nik": "tanpa NIK enam belas angka",
    "shared_nik": "NIK sama dengan orang lain di daftar ini",
    "listed": "sudah tercantum di SK lain untuk bulan yang sama",
    "no_name": "tanpa nama",
    "refused": "ditolak pada verifikasi lapangan",
}


@dataclass(frozen=True)
class Listed:
    """One person as printed on a decree. `number` 0 until the list is arranged."""

    person_id: int
    nik: str
    name: str
    born_on: date | None
    address: str
    kelurahan: str
    occupation: str
    occupation_code: str
    number: int = 0


@dataclass(frozen=True)
class Head:
    """What the list belongs to; part of the hash, so a list cannot change decrees."""

    number: str
    issued_on: date
    payer: str
    first_month: str
    until_month: str
    cost_each: int


def head_of(
    number: str,
    issued_on: date,
    *,
    payer: str,
    first_month: Month,
    months: int,
    cost_each: int,
) -> Head:
    """A decree's head, its number without stray blanks. UserError `decree.number`."""
    number = checked_number(number, issued_on)
    until = first_month + months
    return Head(number, issued_on, payer, str(first_month), str(until), int(cost_each))


def checked_number(number: str, issued_on: date) -> str:
    """A decree's number without stray blanks. UserError `decree.number`.

    It holds a digit, and only letters, digits, blanks, dots, slashes, hyphens and
    brackets; a year at its end is the year of its date.
    """
    number = " ".join(number.split())
    year = re.search(r"[/.-](\d{4})$", number)
    if not 0 < len(number) <= LONGEST_NUMBER:
        why = f"Nomor SK terdiri atas 1 sampai {LONGEST_NUMBER} karakter."
    elif not NUMBER.fullmatch(number):
        why = "Nomor SK memuat angka, dan hanya huruf, angka, spasi, . / - ( )."
    elif year and int(year[1]) != issued_on.year:
        why = f"Nomor berakhir dengan {year[1]}, tanggalnya tahun {issued_on.year}."
    else:
        return number
    raise UserError(
        "decree.number",
        "Nomor SK tidak dapat dipakai.",
        why,
        "Isi nomor seperti yang tercatat di buku agenda.",
    )


def check_date(issued_on: date, *, not_before: date, today: date) -> None:
    """UserError `decree.date` for a day before the decisions it rests on, or to come."""
    if not_before <= issued_on <= today:
        return
    raise UserError(
        "decree.date",
        "Tanggal SK tidak dapat dipakai.",
        f"Tanggalnya harus dari {day_in_words(not_before)} (hari penilaian atau SK yang "
        f"diubah) sampai {day_in_words(today)}.",
        "Isi tanggal penandatanganan yang sebenarnya.",
    )


def printed_address(address: str, rt: str, rw: str) -> str:
    """`Jl. Imam Bonjol No. 3 RT 001 RW 002`; leaves out what is unknown."""
    parts = [address, f"RT {rt}" if rt else "", f"RW {rw}" if rw else ""]
    return " ".join(part for part in parts if part)


def arrange(people: Iterable[Listed]) -> list[Listed]:
    """The printed order: by kelurahan code, then name, then NIK; numbered from 1."""
    ordered = sorted(people, key=lambda p: (p.kelurahan, p.name, p.nik, p.person_id))
    return [replace(person, number=n) for n, person in enumerate(ordered, start=1)]


def canonical_csv(head: Head, entries: Sequence[Listed]) -> bytes:
    """Head and list as one text that never varies: UTF-8, LF, fixed columns and order.

    One line for the head, one per entry in order of number.
    """
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(astuple(head))
    for entry in entries:
        born = entry.born_on.isoformat() if entry.born_on else ""
        writer.writerow(
            [
                entry.number, entry.nik, entry.name, born, entry.address,
                entry.kelurahan, entry.occupation,
            ]
        )  # fmt: skip
    return out.getvalue().encode()


def decree_sha256(head: Head, entries: Sequence[Listed]) -> str:
    """The hash that is printed on the decree."""
    return hashlib.sha256(canonical_csv(head, entries)).hexdigest()


def short_code(sha256: str) -> str:
    """The ten letters under which anyone finds a decree: `K7QF2M9XAT`.

    Made from its hash, so it cannot be chosen, and says nothing about the people.
    """
    number = int(sha256[:16], 16)
    letters = []
    for _ in range(CODE_LENGTH):
        number, rest = divmod(number, len(CODE_LETTERS))
        letters.append(CODE_LETTERS[rest])
    return "".join(letters)


def read_code(text: str) -> str:
    """A code as someone typed it: blanks, hyphens and small letters do not matter."""
    return re.sub(r"[^0-9A-Z]", "", text.upper())


def find_problems(
    people: Sequence[Listed],
    *,
    dead: Iterable[int] = (),
    merged: Iterable[int] = (),
    listed_elsewhere: Iterable[int] = (),
    refused: Iterable[int] = (),
) -> dict[str, list[int]]:
    """Who may not stand on the decree: problem code → person ids, all of them."""
    found: dict[str, list[int]] = defaultdict(list)
    holders = Counter(person.nik for person in people)
    by_id = {
        "dead": set(dead), "merged": set(merged), "listed": set(listed_elsewhere),
        "refused": set(refused),
    }  # fmt: skip
    for person in people:
        for code, ids in by_id.items():
            if person.person_id in ids:
                found[code].append(person.person_id)
        if not SIXTEEN_DIGITS.fullmatch(person.nik):
            found["no_nik"].append(person.person_id)
        elif holders[person.nik] > 1:
            found["shared_nik"].append(person.person_id)
        if not person.name:
            found["no_name"].append(person.person_id)
    return dict(found)


def check_may_list(problems: dict[str, list[int]]) -> None:
    """UserError `decree.people` naming every person (by record number) and problem."""
    if not problems:
        return
    people = {person for ids in problems.values() for person in ids}
    lines = [
        f"{PROBLEMS[code]}: {_record_numbers(ids)}" for code, ids in problems.items()
    ]
    raise UserError(
        "decree.people",
        f"{len(people)} orang tidak dapat ditetapkan.",
        "; ".join(lines) + ".",
        "Kembalikan usulan dan perbarui susunannya: penggantinya menurut peringkat "
        "ikut masuk.",
    )


def _record_numbers(ids: Sequence[int]) -> str:
    named = ", ".join(map(str, ids[:MOST_NAMED]))
    more = len(ids) - MOST_NAMED
    return f"orang nomor {named}" + (f" dan {more} lainnya" if more > 0 else "")
