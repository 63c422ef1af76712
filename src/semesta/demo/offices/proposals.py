"""The kelurahan's proposals for 2026, dirtier than any other file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from semesta.demo import dirt, dirt_rates
from semesta.demo.dates import in_words, write_days
from semesta.demo.jobs import column, say
from semesta.demo.names import compose
from semesta.demo.offices.office import InboxFile, extras_of, place_names, spouse_niks
from semesta.demo.offices.proposal_layouts import Layout, layouts
from semesta.demo.offices.sheets import Workbook, as_numbers, counted
from semesta.demo.places import Kelurahan, kelurahan
from semesta.demo.population import Slice
from semesta.demo.proposing import Proposed, propose
from semesta.demo.truth import Truth
from semesta.demo.work import BPU

_WIDTHS = {
    "no": 5, "name": 32, "nik": 20, "card": 20, "ttl": 30, "address": 34, "job": 22,
    "kelurahan": 20, "mother": 26, "income": 16, "phone": 16, "born": 13,
}  # fmt: skip


class Proposals:
    """Sixteen workbooks; one row per proposal, so some people stand twice."""

    def __init__(self, inbox: Path, truth: Truth, seed: int) -> None:
        self._truth = truth
        self._lists = [
            _List(inbox, truth, k, seed + n) for n, k in enumerate(kelurahan())
        ]

    def write(self, part: Slice) -> None:
        proposed = propose(part, part.stream("usulan"))
        for number, one in enumerate(self._lists):
            mine = proposed.kelurahan == number
            one.write(
                part,
                Proposed(
                    *(
                        c[mine]
                        for c in (proposed.person, proposed.kelurahan, proposed.misfit)
                    )
                ),
            )

    def close(self) -> list[InboxFile]:
        return [one.close(number) for number, one in enumerate(self._lists)]


class _List:
    """The workbook of one kelurahan."""

    def __init__(self, inbox: Path, truth: Truth, place: Kelurahan, seed: int) -> None:
        self.place = place
        self.layout = layouts()[place.code]
        self.file = f"usulan/Usulan_{place.name.replace(' ', '_')}.xlsx"
        self._truth = truth
        self._book = Workbook(inbox / self.file, author=f"Kelurahan {place.name}")
        widths = [_WIDTHS.get(key, 9) for key, _ in self.layout.columns]
        self._sheet = self._book.sheet(self.layout.sheet, widths)
        self._rows = 0
        self._income = 0
        signer = np.random.default_rng([seed, int(place.code.replace(".", ""))])
        self._signer = str(compose(signer, np.array([0]), np.array([1972]))[0]).title()
        self._head()

    def _head(self) -> None:
        layout, sheet = self.layout, self._sheet
        names = {
            "place": self.place.name.upper(),
            "district": self.place.kecamatan.upper(),
        }
        if layout.case == "title":
            names = {"place": self.place.name, "district": self.place.kecamatan}
        for title in layout.titles:
            sheet.text({0: title.format(**names)}, sheet.book.title)
        first = layout.header_line - layout.two_lines
        if first - sheet.line >= 2:
            sheet.text({0: f"Tanggal : {in_words(self._made())}"})
        sheet.skip(first - sheet.line)
        headers = [header for _, header in layout.columns]
        if layout.two_lines:
            self._two_line_header(headers)
        else:
            sheet.row(headers, sheet.book.head)
        if layout.numbered_columns:
            sheet.row([f"({n})" for n in range(1, len(headers) + 1)], sheet.book.head)

    def _two_line_header(self, headers: list[str]) -> None:
        sheet, line = self._sheet, self._sheet.line
        tops = [header.partition("|")[0] for header in headers]
        subs = [header.partition("|")[2] for header in headers]
        shown = [
            top if n == 0 or tops[n - 1] != top else "" for n, top in enumerate(tops)
        ]
        sheet.row(shown, sheet.book.head)
        sheet.row(subs, sheet.book.head)
        for column_number, (top, sub) in enumerate(zip(shown, subs, strict=True)):
            if not sub:
                sheet.merge((line, column_number), (line + 1, column_number))
            elif top:
                last = max(n for n, other in enumerate(tops) if other == top)
                sheet.merge((line, column_number), (line, last))

    def _made(self) -> date:
        return date(2025, 12, 8 + int(self.place.code[-1]) + int(self.place.code[7]))

    def write(self, part: Slice, rows: Proposed) -> None:
        if not len(rows.person):
            return
        rng = part.stream(self.file)
        fields, stains = _fields(rng, part, rows, self.layout, self._rows + 1)
        stains = _paste_again(fields, rows, stains)
        first = self._sheet.block([fields[key] for key, _ in self.layout.columns])
        self._rows += len(rows.person)
        self._truth.rows(self.file, self._sheet.name, first, part.person[rows.person])
        stains += [
            (np.flatnonzero(rows.misfit == kind), f"usulan_{kind}")
            for kind in np.unique(rows.misfit.astype(str)).tolist()
            if kind
        ]
        self._truth.stains(self.file, self._sheet.name, first, stains)

    def close(self, number: int) -> InboxFile:
        """The block under the table: blank rows, number of people, signature."""
        sheet = self._sheet
        for number_left in range(self.layout.prepared_rows):
            sheet.row([self._rows + 1 + number_left])
        sheet.skip(self.layout.blank_rows)
        sheet.text({1: "JUMLAH", 2: f"{self._rows} orang"}, sheet.book.bold)
        sheet.skip()
        right = max(len(self.layout.columns) - 3, 2)
        made = self._made()
        for line in (
            f"Padang Panjang, {in_words(made)}",
            f"LURAH {self.place.name.upper()}",
            "",
            "",
            self._signer,
            "NIP. 19720101 199803 1 9" + self.place.code[-2:],
        ):
            sheet.text({right: line} if line else {})
        self._book.close()
        received = date(2025, 12, 22 + number % 6)
        return InboxFile(self.file, "proposal", received, self._rows)


def _paste_again(
    fields: dict[str, list], rows: Proposed, stains: list[dirt.Stain]
) -> list[dirt.Stain]:
    """Rows pasted twice: all cells but the number as in the person's other row.

    Returns the stains as they stand after the pasting.
    """
    pasted = np.flatnonzero(rows.misfit == "copied")
    own = {p: n for n, p in enumerate(rows.person) if rows.misfit[n] != "copied"}
    origin = np.array([own[person] for person in rows.person[pasted]], dtype=int)
    for key, cells in fields.items():
        if key != "no":
            for row, source in zip(pasted, origin, strict=True):
                cells[row] = cells[source]
    return [
        (np.r_[np.setdiff1d(found, pasted), pasted[np.isin(origin, found)]], kind)
        for found, kind in stains
    ]


def _fields(
    rng: np.random.Generator, part: Slice, rows: Proposed, layout: Layout, start: int
) -> tuple[dict[str, list], list[dirt.Stain]]:
    """All fields a list may show, damaged, as columns of cells."""
    people = rows.person
    rates = _rates_for(layout)
    niks, names, days = (
        part.nik[people],
        part.names.name[people],
        part.members.born[people],
    )
    stains = dirt.soil_niks(rng, rates, niks, spouse_niks(part, people))
    numeric = next(found for found, kind in stains if kind == "nik_number")
    stains += dirt.soil_names(rng, rates, names, extras_of(part.names, people))
    keys = {key for key, _ in layout.columns}
    if keys & {"born", "ttl", "age"}:
        stains += dirt.soil_days(rng, rates, days)
    styles = rng.choice(list(layout.dates), len(people), p=list(layout.dates.values()))
    born = write_days(days, styles)
    place, more = _place_fields(rng, part, rows, rates, keys)
    stains += more
    cards, phones = part.card[part.home[people]], part.phone[people]
    mothers = part.names.mother[people]
    if "card" in keys:
        stains += dirt.soil_cards(rng, rates, cards)
    if "phone" in keys:
        stains.append(dirt.blank(rng, rates.phone_blank, phones, "phone_blank"))
    if "mother" in keys:
        stains.append(dirt.blank(rng, rates.mother_blank, mothers, "mother_blank"))
    fields = {
        "no": counted(start, len(people)),
        "name": _cased(names, layout.case),
        "nik": as_numbers(niks, numeric),
        "card": cards.tolist(),
        "born": born,
        "birthplace": _cased(part.birthplace[people], layout.case),
        "ttl": _place_and_day(part.birthplace[people], born, layout.case),
        "age": _ages(days, part.today),
        "phone": phones.tolist(),
        "mother": _cased(mothers, layout.case),
        **_said(rng, part, people, layout),
        **place,
    }
    return fields, stains


def _said(
    rng: np.random.Generator, part: Slice, people: np.ndarray, layout: Layout
) -> dict[str, list]:
    """Sex, work, income and a note, in the words of this list."""
    wrong = rng.random(len(people)) < dirt_rates.KELURAHAN.sex_wrong
    sex = np.array(layout.sex, dtype=object)[part.members.sex[people] ^ wrong]
    lower = rng.random(len(people)) < 0.04
    sex[lower] = [word.lower() for word in sex[lower]]
    replaces = rng.random(len(people)) < 0.12
    return {
        "sex": sex.tolist(),
        "job": _jobs(rng, part, people),
        "income": _incomes(rng, part, people, layout.income),
        "note": np.where(replaces, "Pengganti", "").tolist(),
    }


def _rates_for(layout: Layout) -> dirt_rates.DirtRates:
    rates = dirt_rates.KELURAHAN
    return replace(rates, nik_number=rates.nik_number * layout.numeric_niks)


def _cased(texts: np.ndarray, case: str) -> list[str]:
    return [t.title() for t in texts] if case == "title" else texts.tolist()


def _place_and_day(birthplace: np.ndarray, born: list[Any], case: str) -> list[str]:
    return [
        f"{place}, {day}" if day else place
        for place, day in zip(_cased(birthplace, case), born, strict=True)
    ]


def _ages(days: np.ndarray, today: date) -> list[Any]:
    now = np.datetime64(today, "D")
    return [
        "" if np.isnat(day) else int((now - day).astype(int) / 365.2425) for day in days
    ]


def _jobs(rng: np.random.Generator, part: Slice, people: np.ndarray) -> list[str]:
    """Work as the list calls it; who does not fit is called a worker too."""
    jobs = part.work.job[people].copy()
    other = part.work.segment[people] != BPU
    labourer = np.flatnonzero(column("code") == "BURUH_HARIAN")[0]
    jobs[other & (rng.random(len(people)) < 0.7)] = labourer
    return say(rng, jobs).tolist()


def _incomes(
    rng: np.random.Generator, part: Slice, people: np.ndarray, style: str
) -> list[Any]:
    stated = part.work.income[people] * rng.uniform(0.7, 1.05, len(people))
    amounts = np.maximum(np.round(stated / 100_000).astype(int), 4) * 100_000
    known = rng.random(len(people)) < 0.93
    return [
        _amount(amount, style) if has else ""
        for amount, has in zip(amounts.tolist(), known.tolist(), strict=True)
    ]


def _amount(amount: int, style: str) -> Any:
    if style == "number":
        return amount
    dotted = f"{amount:,}".replace(",", ".")
    if style == "dots":
        return dotted
    if style == "words":
        return f"Rp. {dotted},-"
    if amount < 1_000_000:
        return f"{amount // 1000} rb"
    return f"{amount / 1e6:.1f} jt".replace(".0 ", " ").replace(".", ",")


def _place_fields(
    rng: np.random.Generator,
    part: Slice,
    rows: Proposed,
    rates: dirt_rates.DirtRates,
    keys: set[str],
) -> tuple[dict[str, list], list[dirt.Stain]]:
    people = rows.person
    home = part.home[people]
    addresses = part.homes.address[home]
    places = place_names(part, people, upper=False)
    # A list names its own kelurahan, also for those who in truth live in another.
    places[:] = np.array([k.name for k in kelurahan()], dtype=object)[rows.kelurahan]
    stains = [dirt.blank(rng, rates.address_blank, addresses, "address_blank")]
    if "kelurahan" in keys:
        stains.append(dirt.soil_kelurahan(rng, rates.kelurahan_variant, places))
    rt, rw = part.homes.rt[home], part.homes.rw[home]
    if not keys & {"rt", "rt_rw"}:  # the address has to say it
        shown = [
            f"{a} RT {t:03d} RW {w:03d}".strip()
            for a, t, w in zip(addresses, rt, rw, strict=True)
        ]
    else:
        shown = addresses.tolist()
    return {
        "address": shown,
        "rt": [f"{t:02d}" for t in rt.tolist()],
        "rw": [f"{w:02d}" for w in rw.tolist()],
        "rt_rw": [
            f"{t:03d}/{w:03d}" for t, w in zip(rt.tolist(), rw.tolist(), strict=True)
        ],
        "kelurahan": places.tolist(),
    }, stains
