"""The list of a decree: who may stand on it, in which order, and its hash."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date
from io import StringIO

from semesta.kernel import Month, UserError
from semesta.kernel.identity import SIXTEEN_DIGITS

# What a decree may become; the status of a decree changes nowhere else.
TRANSITIONS: dict[str, frozenset[str]] = {
    "issued": frozenset({"sent", "answered"}),
    "sent": frozenset({"answered"}),
    "answered": frozenset(),
}

LONGEST_NUMBER = 60
PROBLEMS = {
    "dead": "sudah meninggal",
    "merged": "sudah digabung dengan catatan orang lain",
    "no_nik": "tanpa NIK enam belas angka",
    "shared_nik": "NIK sama dengan orang lain di daftar ini",
    "listed": "sudah tercantum di SK lain untuk bulan yang sama",
    "no_name": "tanpa nama",
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
    number = " ".join(number.split())
    if not 0 < len(number) <= LONGEST_NUMBER:
        raise UserError(
            "decree.number",
            "Nomor SK kosong atau terlalu panjang.",
            f"Nomor SK terdiri atas 1 sampai {LONGEST_NUMBER} karakter.",
            "Isi nomor seperti yang tercatat di buku agenda.",
        )
    until = first_month + months
    return Head(number, issued_on, payer, str(first_month), str(until), int(cost_each))


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


def find_problems(
    people: Sequence[Listed],
    *,
    dead: Iterable[int] = (),
    merged: Iterable[int] = (),
    listed_elsewhere: Iterable[int] = (),
) -> dict[str, list[int]]:
    """Who may not stand on the decree: problem code → person ids, all of them."""
    found: dict[str, list[int]] = defaultdict(list)
    holders = Counter(person.nik for person in people)
    by_id = {
        "dead": set(dead), "merged": set(merged), "listed": set(listed_elsewhere),
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
        f"{PROBLEMS[code]}: orang nomor {', '.join(map(str, ids))}"
        for code, ids in problems.items()
    ]
    raise UserError(
        "decree.people",
        f"{len(people)} orang tidak dapat ditetapkan.",
        "; ".join(lines) + ".",
        "Nilai ulang kelayakan dan susun rencana baru; penggantinya ikut terpilih.",
    )
