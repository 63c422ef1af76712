"""What a decree says, in words; the template only lays it out.

The wording is an example for the legal office to check, and the document says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from semesta.decrees.changes.change import Leaving
from semesta.decrees.decree import Listed
from semesta.kernel import Month, Region, Rupiah
from semesta.kernel.identity import mask
from semesta.law.book import law_book
from semesta.reports.codes import qr_svg
from semesta.reports.words import (
    counted,
    date_in_words,
    in_full,
    in_words,
    long_date,
    months_in_words,
    rupiah_in_words,
    thousands,
)

DRAFT = "NASKAH CONTOH – susunan kata dan dasar hukumnya diperiksa bagian hukum"
LAWS = (
    "uu-40-2004",
    "uu-24-2011",
    "pp-44-2015",
    "pp-82-2019",
    "pp-49-2023",
    "permenaker-5-2021",
    "permenaker-1-2025",
    "inpres-2-2021",
)
SIGNATORY = "(........................................)"


@dataclass(frozen=True)
class DecreeFacts:
    """A decree as the text needs it; months are half-open, money whole rupiah.

    `code` finds the decree at `check_at`; a changed decree `amends` the number of the
    first one and takes off those in `removed`.
    """

    number: str
    title: str
    issued_on: date
    instrument: str
    decided_on: date
    payer_name: str
    first_month: Month
    until_month: Month
    price: int
    cost_each: int
    people: int
    sha256: str
    code: str
    check_at: str
    amends: str = ""
    removed: tuple[Leaving, ...] = ()

    @property
    def months(self) -> int:
        return self.until_month - self.first_month

    @property
    def cost(self) -> Rupiah:
        return Rupiah(self.cost_each) * self.people


def decree_data(
    facts: DecreeFacts, entries: Sequence[Listed], region: Region, *, masked: bool
) -> dict[str, Any]:
    """All that `templates/decree.typ` prints; `masked` hides the middle of each NIK."""
    head = region.letterhead
    title = head.get("head_title", f"Kepala Daerah {region.name}")
    return {
        "title": f"Keputusan {title} Nomor {facts.number}",
        "draft": DRAFT,
        "government": head.get("government", region.name),
        "office": head.get("office", ""),
        "address": head.get("address", region.province),
        "head_title": title,
        "number": facts.number,
        "about": facts.title,
        "considering": _considering(facts, title),
        "laws": [f"{law};" for law in _laws()] + [f"{facts.instrument}."],
        "deciding": f"Keputusan {title} tentang {facts.title}.",
        "decisions": _decisions(facts),
        "place": region.name.removeprefix("Kota ").removeprefix("Kabupaten "),
        "issued_on": long_date(facts.issued_on),
        "day": [facts.issued_on.year, facts.issued_on.month, facts.issued_on.day],
        "signatory": SIGNATORY,
        "sha256": facts.sha256,
        "code": f"{facts.code[:5]}-{facts.code[5:]}",
        "check_at": facts.check_at,
        "qr": qr_svg(facts.check_at or facts.code),
        "removed": [
            [
                str(one.number),
                one.name,
                mask(one.nik) if masked else one.nik,
                one.reason,
            ]
            for one in facts.removed
        ],
        "people": thousands(facts.people),
        "masked": masked,
        "groups": list(_groups(entries, region, masked=masked)),
    }


def _considering(facts: DecreeFacts, title: str) -> list[str]:
    why = (
        "bahwa pekerja rentan di luar hubungan kerja perlu dilindungi jaminan "
        "kecelakaan kerja dan jaminan kematian, agar keluarganya tidak jatuh miskin "
        "ketika terjadi risiko;"
    )
    how = (
        "bahwa pendataan dan penilaian kelayakan telah dilakukan menurut "
        f"{facts.instrument} per {long_date(facts.decided_on)};"
    )
    therefore = (
        f"bahwa berdasarkan pertimbangan tersebut perlu menetapkan Keputusan {title} "
        f"tentang {facts.title};"
    )
    return [why, how, therefore]


def _laws() -> list[str]:
    instruments = law_book().instruments
    return [in_full(instruments[key].short, instruments[key].title) for key in LAWS]


def _decisions(facts: DecreeFacts) -> list[tuple[str, str]]:
    months = months_in_words(facts.first_month, facts.until_month)
    who = _who_changes(facts) if facts.amends else _who(facts)
    what = (
        f"Iuran dibayarkan untuk {facts.months} ({in_words(facts.months)}) bulan, "
        f"{months}, sebesar {_price(facts)}."
    )
    cost = (
        f"Biaya seluruhnya paling banyak {facts.cost} ({rupiah_in_words(facts.cost)}) "
        f"dibebankan pada {facts.payer_name}."
    )
    change = (
        "Penerima yang meninggal dunia, pindah, tidak lagi bekerja, atau tidak dapat "
        "didaftarkan BPJS Ketenagakerjaan diganti menurut urutan calon dan ditetapkan "
        "dengan keputusan perubahan."
    )
    start = (
        "Keputusan ini mulai berlaku pada tanggal ditetapkan, "
        f"{date_in_words(facts.issued_on)}."
    )
    ordinals = ("KESATU", "KEDUA", "KETIGA", "KEEMPAT", "KELIMA")
    return list(zip(ordinals, (who, what, cost, change, start), strict=True))


def _who(facts: DecreeFacts) -> str:
    return (
        f"Menetapkan {counted(facts.people)} orang pekerja rentan sebagai penerima "
        "bantuan iuran program Jaminan Kecelakaan Kerja dan Jaminan Kematian, dengan "
        "nama dan alamat sebagaimana tercantum dalam Lampiran yang merupakan bagian "
        "tidak terpisahkan dari Keputusan ini."
    )


def _who_changes(facts: DecreeFacts) -> str:
    return (
        f"Mengubah Lampiran Keputusan Nomor {facts.amends}: menambahkan "
        f"{counted(facts.people)} orang pekerja rentan sebagaimana tercantum dalam "
        f"Lampiran, dan mengeluarkan {counted(len(facts.removed))} orang dengan alasan "
        "sebagaimana tercantum pada akhir Lampiran."
    )


def _price(facts: DecreeFacts) -> str:
    if facts.price * facts.months == facts.cost_each:
        each, unit = facts.price, "setiap orang setiap bulan"
    else:
        each, unit = facts.cost_each, "setiap orang untuk seluruh bulan itu"
    return f"{Rupiah(each)} ({rupiah_in_words(each)}) {unit}"


def _groups(
    entries: Sequence[Listed], region: Region, *, masked: bool
) -> Iterator[dict[str, Any]]:
    """One group per kelurahan in the order of the list, with its printed lines."""
    for code, group in groupby(entries, key=lambda entry: entry.kelurahan):
        rows = [
            [
                str(entry.number),
                entry.name,
                mask(entry.nik) if masked else entry.nik,
                entry.address,
                entry.occupation,
            ]
            for entry in group
        ]
        name = region.area_name(code) if code else "tidak diketahui"
        yield {"name": name, "people": thousands(len(rows)), "rows": rows}
