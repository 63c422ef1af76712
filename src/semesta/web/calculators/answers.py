"""What the law answered, arranged for reading. Adds no figure of its own but sums. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from semesta.kernel import Month, Rupiah
from semesta.law.book import law_at, law_book
from semesta.law.membership import STATUS_IN_WORDS
from semesta.law.schema import Switch
from semesta.web.bars import Slice, slices
from semesta.web.calculators.choices import DIED, class_name

PAYERS = {
    "contributor": "Pembayar iuran",
    "employer": "Pemberi kerja",
    "worker": "Dipotong dari upah pekerja",
    "government": "Pemerintah",
    "insurer": "BPJS Ketenagakerjaan",
}
PAYER_TONES = {"worker": "wait", "government": "info"}


@dataclass(frozen=True)
class Amount:
    """One line: what it is, how it is reckoned, by which article; `key` is its entry
    among the figures of the law, if it has one."""

    name: str
    key: str
    detail: str
    law: str
    amount: int


@dataclass(frozen=True)
class Heap:
    """Lines that come from the same payer at the same time, with their sum."""

    title: str
    after_arrears: bool
    amounts: tuple[Amount, ...]

    @property
    def total(self) -> int:
        return sum(one.amount for one in self.amounts)


@dataclass(frozen=True)
class Level:
    """School years of one level in a row."""

    name: str
    years: int
    first: str
    last: str
    yearly: int
    total: int


@dataclass(frozen=True)
class SchoolYear:
    """`2026/2027`, the class in words, and the money."""

    year: str
    name: str
    amount: int


@dataclass(frozen=True)
class Pupil:
    """One child: whether it receives, why, and what year by year."""

    number: str
    answer: str
    why: str
    total: int | None
    levels: tuple[Level, ...]
    years: tuple[SchoolYear, ...]


@dataclass(frozen=True)
class Uncertain:
    """An open question the answer hangs on, and how it was read."""

    switch: Switch
    read_as: str


def amounts(lines: Iterable[Mapping[str, Any]]) -> tuple[Amount, ...]:
    """Lines of an answer, named and without repeating their amount in words."""
    return tuple(_amount(line) for line in lines)


def _amount(line: Mapping[str, Any]) -> Amount:
    name, money = str(line["label"]), Rupiah(line["amount"])
    parameter = law_book().parameters.get(line["code"])
    key, label = (parameter.key, parameter.label) if parameter else ("", name)
    detail = str(line["explanation"])
    detail = detail.replace(f": {money}", "").removesuffix(f" = {money}")
    detail = "" if detail == label else detail.removeprefix(label).removeprefix(", ")
    if line["payable"] != "now":
        # The heap it lies in says so.
        detail = detail.removesuffix("sesudah tunggakan dilunasi").removesuffix(", ")
    return Amount(name, key, detail, line["law"], int(line["amount"]))


def heaps(answer: Mapping[str, Any]) -> list[Heap]:
    """The lines of a benefit by who pays and when, what comes first first."""

    def place(line: Mapping[str, Any]) -> tuple[bool, str]:
        return line["payable"] != "now", line["paid_by"]

    ordered = sorted(answer["lines"], key=place)
    return [
        Heap(PAYERS.get(payer, payer), later, amounts(lines))
        for (later, payer), lines in groupby(ordered, key=place)
    ]


def shares(by_payer: Mapping[str, int]) -> list[Slice]:
    """Who pays which part of a contribution, as a bar."""
    return slices(
        (PAYER_TONES.get(payer, "good"), PAYERS.get(payer, payer), amount)
        for payer, amount in by_payer.items()
    )


def pupils(answer: Mapping[str, Any], on: date) -> list[Pupil]:
    """The scholarship child by child."""
    return [
        Pupil(
            number=str(child["child"]),
            answer=child["answer"],
            why=child["why"],
            total=child["total"],
            levels=_levels(years, on),
            years=tuple(_school_year(year, on) for year in years),
        )
        for child in answer["children"]
        for years in [_years_of(answer, child["child"])]
    ]


def _years_of(answer: Mapping[str, Any], child: str) -> list[Mapping[str, Any]]:
    return [year for year in answer["scholarship"] if year["child"] == child]


def _levels(years: list[Mapping[str, Any]], on: date) -> tuple[Level, ...]:
    levels = []
    for (level, yearly), inside in groupby(years, lambda y: (y["level"], y["amount"])):
        each = list(inside)
        name = _level_name(level, on)
        first, last = _year(each[0]), _year(each[-1])
        levels.append(
            Level(name, len(each), first, last, int(yearly), int(yearly) * len(each))
        )
    return tuple(levels)


def _level_name(level: str, on: date) -> str:
    found = law_at(on).find("scholarship.levels")
    rows = found.value if found else []
    return next((r["name"] for r in rows if r["level"] == level), "Beasiswa sekaligus")


def _school_year(year: Mapping[str, Any], on: date) -> SchoolYear:
    name = class_name(year["level"], year["year_of_level"]) or _level_name(
        year["level"], on
    )
    return SchoolYear(_year(year), name, int(year["amount"]))


def _year(year: Mapping[str, Any]) -> str:
    begins = date.fromisoformat(year["starts_on"]).year
    return f"{begins}/{begins + 1}"


def uncertain(answer: Mapping[str, Any]) -> list[Uncertain]:
    """The open questions that decided something, each with the option taken."""
    readings = answer.get("readings", {})
    found = []
    for id_ in answer["switches_used"]:
        switch = law_book().switches[id_]
        taken = readings.get(id_, switch.default)
        means = next(one.means for one in switch.options if one.id == taken)
        found.append(Uncertain(switch, means))
    return found


def otherwise(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What would change the answer, with whether it does; nothing while it is unknown."""
    if answer["unknown"]:
        return []
    same = ("total", "payable_now", "scholarship_total")
    return [
        {
            **one,
            "differs": any(one.get(k, answer.get(k)) != answer.get(k) for k in same),
        }
        for one in answer["what_if"]
    ]


def deadlines(answer: Mapping[str, Any], today: date) -> list[dict[str, Any]]:
    """Who must do what by when; `late` where the last day has gone by."""
    found = []
    for one in answer["deadlines"]:
        last = date.fromisoformat(one["last_day"]) if one["last_day"] else None
        found.append({**one, "last_day": last, "late": bool(last and last < today)})
    return found


def papers(answer: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """Papers to bring, by what they are for."""
    by_aim: dict[str, list[str]] = {}
    for one in answer["documents"]:
        by_aim.setdefault(one["for"], []).append(one["name"])
    return list(by_aim.items())


def tone(answer: Mapping[str, Any]) -> str:
    """`good` when money comes, `wait` when some must wait or facts are missing."""
    if answer["unknown"]:
        return "wait"
    if not answer["total"]:
        return "bad"
    return "good" if answer["payable_now"] == answer["total"] else "wait"


def told_of(answer: Mapping[str, Any]) -> list[tuple[str, str]]:
    """How the law sees the member on the day, for the list of what was reckoned with."""
    status = STATUS_IN_WORDS.get(answer["status"])
    months = answer["tenure_months"]
    told = [("Kepesertaan saat itu", status.capitalize())] if status else []
    return told + ([("Masa iur", f"{months} bulan")] if months else [])


def benefit_page(
    answer: Mapping[str, Any], event: Mapping[str, Any], today: date
) -> dict[str, Any]:
    """Everything the page of a benefit shows."""
    children = pupils(answer, event["on"])
    return {
        "tone": tone(answer),
        "died": event["kind"] in DIED,
        "total": answer["total"],
        "now": answer["payable_now"],
        "later": answer["total"] - answer["payable_now"],
        "sentence": answer["sentence"],
        "unknown": answer["unknown"],
        "heaps": heaps(answer),
        "in_kind": answer["in_kind"],
        "pupils": children,
        "receiving": sum(1 for child in children if child.total),
        "scholarship": answer["scholarship_total"],
        "scholarship_after_arrears": answer["scholarship_payable"] == "after_arrears",
        "scholarship_right": answer["scholarship_right"],
        "scholarship_why": answer["scholarship_why"],
        "scholarship_law": answer["scholarship_law"],
        "heirs": answer["heirs"],
        "papers": papers(answer),
        "deadlines": deadlines(answer, today),
        "uncertain": uncertain(answer),
        "otherwise": otherwise(answer),
        "version": answer["law_version"],
    }


def contribution_page(
    answer: Mapping[str, Any], month: Month, segment: str
) -> dict[str, Any]:
    """Everything the page of a contribution shows."""
    due = answer["due_on"]
    return {
        "total": answer["total"],
        "month": month,
        "whole_project": segment == "JAKON",
        "sentence": answer["sentence"],
        "unknown": answer["unknown"],
        "lines": [
            (PAYERS.get(line["paid_by"], line["paid_by"]), _amount(line))
            for line in answer["lines"]
        ],
        "by_payer": answer["by_payer"],
        "shares": shares(answer["by_payer"]) if len(answer["by_payer"]) > 1 else [],
        "due_on": date.fromisoformat(due) if due else None,
        "uncertain": uncertain(answer),
        "otherwise": otherwise(answer),
        "version": answer["law_version"],
    }
