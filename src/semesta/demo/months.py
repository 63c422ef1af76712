"""What the offices of the invented city report in a month of the programme's year.

Deaths from the kelurahan, moves from Dukcapil, new wage workers and another payer's
months from the insurer, in the layouts of the real lists. Few enough to be read by a
person, and at least one of each kind, so that a small city has a month to work on.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from semesta.demo.dates import in_words
from semesta.demo.offices.death_list import HEADER as DEATHS_HEADER
from semesta.demo.offices.insurer_lists import (
    DECLARED_WAGE,
    EMPLOYEE_HEADER,
    PARTICIPANT_HEADER,
)
from semesta.demo.offices.office import InboxFile
from semesta.demo.offices.sheets import CsvFile, Workbook
from semesta.demo.places import kelurahan
from semesta.kernel import Month

# Of a thousand members in a month: deaths as among people of middle age, the others as
# a small city tells of its lists.
PER_THOUSAND = {"died": 0.7, "moved": 1.5, "hired": 2.0, "twice": 1.5}
DESTINATIONS = (
    "KOTA PADANG", "KOTA BUKITTINGGI", "KABUPATEN TANAH DATAR", "KOTA PEKANBARU",
)  # fmt: skip
MOVES_HEADER = (
    "NO", "NIK", "NO_KK", "NAMA_LGKP", "ALAMAT ASAL", "KELURAHAN ASAL", "TGL PINDAH",
    "DAERAH TUJUAN",
)  # fmt: skip
OTHER_PAYER = "PEMPROV SUMBAR"
PRICE = 16_800


@dataclass(frozen=True)
class Member:
    """One member of the programme as the offices know them."""

    nik: str
    name: str
    born_on: date
    kelurahan: str
    family_card: str
    kpj: str


def known_members(people: Path, niks: Iterable[str]) -> list[Member]:
    """The members with these NIK, from `truth/people.csv`; the dead are left out."""
    wanted = set(niks)
    with people.open(encoding="utf-8", newline="") as file:
        return [
            Member(
                nik=row["nik"],
                name=row["name"],
                born_on=date.fromisoformat(row["born_on"]),
                kelurahan=row["kelurahan"],
                family_card=row["family_card"],
                kpj=row["kpj"] or f"99{int(row['person_id']):09d}",
            )
            for row in csv.DictReader(file)
            if row["nik"] in wanted and row["alive"] == "1"
        ]


def write_month(
    *, members: Sequence[Member], month: Month, out: Path, seed: int
) -> list[InboxFile]:
    """Write the month's lists below `out`; returns them with paths relative to it.

    The same members, month and seed give the same files. Nobody is in two of them.
    """
    dice = random.Random(f"{seed}:{month}")
    left = sorted(members, key=lambda member: member.nik)
    dice.shuffle(left)
    chosen: dict[str, list[Member]] = {}
    for kind, rate in PER_THOUSAND.items():
        count = min(len(left), max(1, round(len(members) * rate / 1_000)))
        chosen[kind] = [left.pop() for _ in range(count)]
    folder, heard = f"bulanan/{month}", (month + 1).first_day - timedelta(days=1)
    writers = (
        (_write_deaths, "died", "deaths", f"Daftar_Kematian_{month}.xlsx"),
        (_write_moves, "moved", "moves", f"Pindah_Keluar_{month}.xlsx"),
        (_write_hired, "hired", "pu_participants", "data_tk_baru.xlsx"),
        (_write_twice, "twice", "bpu_participants", "Peserta_BPU_iuran.csv"),
    )
    files = []
    for write, kind, supplier, name in writers:
        path = f"{folder}/{name}"
        write(chosen[kind], month, out / path, dice)
        files.append(InboxFile(path, supplier, heard, len(chosen[kind])))
    return files


def _day_in(month: Month, dice: random.Random) -> date:
    return month.first_day + timedelta(days=dice.randrange(27))


def _place(code: str) -> str:
    return next(k.name.upper() for k in kelurahan() if k.code == code)


def _write_deaths(
    people: Sequence[Member], month: Month, path: Path, dice: random.Random
) -> None:
    book = Workbook(path, author="Bagian Pemerintahan")
    sheet = book.sheet("KEMATIAN", (6, 20, 32, 18, 34, 20, 26, 18))
    sheet.text({0: "PEMERINTAH KOTA PADANG PANJANG"}, book.title)
    sheet.text(
        {0: f"DAFTAR PENDUDUK MENINGGAL DUNIA {month.in_words().upper()}"}, book.title
    )
    sheet.skip()
    sheet.row(DEATHS_HEADER, book.head)
    for number, one in enumerate(people, start=1):
        day, place = _day_in(month, dice), _place(one.kelurahan)
        paper = f"1374-KM-{day:%d%m%Y}-{dice.randrange(1, 9000):04d}"
        sheet.row(
            (
                str(number),
                one.nik,
                one.name,
                in_words(day),
                "",
                place,
                paper,
                "Keluarga",
            )
        )
    book.close()


def _write_moves(
    people: Sequence[Member], month: Month, path: Path, dice: random.Random
) -> None:
    book = Workbook(path, author="Dinas Kependudukan dan Pencatatan Sipil")
    sheet = book.sheet("PINDAH KELUAR", (6, 20, 20, 32, 34, 20, 14, 28))
    title = f"DAFTAR PENDUDUK PINDAH KELUAR {month.in_words().upper()}"
    sheet.text({0: title}, book.title)
    sheet.skip()
    sheet.row(MOVES_HEADER, book.head)
    for number, one in enumerate(people, start=1):
        day = _day_in(month, dice)
        sheet.row(
            (
                str(number), one.nik, one.family_card, one.name, "",
                _place(one.kelurahan), f"{day:%d-%m-%Y}", dice.choice(DESTINATIONS),
            )
        )  # fmt: skip
    book.close()


def _write_hired(
    people: Sequence[Member], month: Month, path: Path, dice: random.Random
) -> None:
    book = Workbook(path, author="BPJS Ketenagakerjaan")
    sheet = book.sheet("data_tk_baru")
    sheet.row(EMPLOYEE_HEADER, book.head)
    for number, one in enumerate(people, start=1):
        began = f"{month.first_day:%d-%m-%Y}"
        said = {
            "NO_PEGAWAI": f"P{number:05d}",
            "NAMA_LENGKAP": one.name,
            "TGL_LAHIR": f"{one.born_on:%d-%m-%Y}",
            "JENIS_IDENTITAS": "KTP",
            "NOMOR_IDENTITAS": one.nik,
            "JENIS_KELAMIN": "P" if int(one.nik[6:8]) > 40 else "L",
            "SURAT_MENYURAT_KE": "S",
            "TANGGAL_KEPESERTAAN": began,
            "KODE_NEGARA": "ID",
            "UPAH": str(2_500_000 + 50_000 * dice.randrange(20)),
            "LOKASI_PEKERJAAN": "1374",
            "STATUS_PEGAWAI": "KONTRAK",
            "TGL_AWAL_BEKERJA": began,
            "KPJ": one.kpj,
            "NPP": "ZZ000001",
        }
        sheet.row([said.get(header, "") for header in EMPLOYEE_HEADER])
    book.close()


def _write_twice(
    people: Sequence[Member], month: Month, path: Path, dice: random.Random
) -> None:
    file = CsvFile(path, PARTICIPANT_HEADER, delimiter=";", encoding="utf-8")
    blth = f"{month.month:02d}/{month.year}"
    rows = [
        (
            one.nik, one.kpj, one.name, f"{one.born_on:%d-%m-%Y}", "PEDAGANG",
            DECLARED_WAGE, "SG", OTHER_PAYER, "JKK,JKM", blth, blth, 1, PRICE,
        )
        for one in people
    ]  # fmt: skip
    file.write(list(zip(*rows, strict=True)))
    file.close()
