"""What a member outside an employment relation (BPU) owes for one month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from semesta.kernel import Month, Rupiah, UserError
from semesta.law.answer import Answer, Line, in_words, needs, percent_of, sum_of
from semesta.law.book import Found, Law, Overrides, Reading, law_at
from semesta.law.known import check_known

SECTORS = ("transport", "other")
SECTOR = "sektor pekerjaan (transportasi atau bukan)"
PAYER = "pembayar iuran"
_RELIEF = {"transport": "bpu.relief.transport", "other": "bpu.relief.other"}


@dataclass(frozen=True)
class Bracket:
    """An income bracket: its number and the base of contribution and JKK cash."""

    number: int
    base: Rupiah
    law: str


def bpu_bracket(
    month: Month, *, monthly_income: int, switches: Overrides = None
) -> Bracket:
    """The bracket of a monthly income. PP 44/2015 art. 20, Annex II.

    The official ranges leave Rp1,000 between brackets; incomes there belong below.
    """
    check_amount(monthly_income)
    table = law_at(month.first_day, Reading.of(switches)).get("bpu.jkk.bracket")
    row = max(
        (row for row in table.value if row["from"] <= monthly_income),
        key=lambda row: row["from"],
    )
    return Bracket(row["number"], Rupiah(row["base"]), table.law)


def check_amount(amount: int) -> None:
    """UserError `law.income` for an income, wage or contract value below zero."""
    if amount < 0:
        raise UserError(
            "law.income",
            "Penghasilan, upah, atau nilai kontrak tidak boleh kurang dari nol.",
            f"Yang diterima: {amount}.",
            "Isi jumlahnya dalam rupiah, tanpa titik.",
        )


def bpu_monthly(
    month: Month,
    *,
    monthly_income: int | None,
    payer: str,
    sector: str = "other",
    jht: bool = False,
    is_employer: bool = False,
    switches: Overrides = None,
) -> Answer:
    """JKK and JKM for one month: lines `contribution.jkk` and `contribution.jkm`.

    With `jht` also `contribution.jht`, which no relief lowers. `payer` is a code of
    `bpu.payers`, `sector` `transport` or `other`; blank means not known, which matters
    only in months with a relief. PP 44/2015 art. 20, PP 46/2015 art. 18, PP 49/2020,
    PP 50/2025. UserError for an unknown payer or sector, or a month before 1 July 2015.
    """
    reading = Reading.of(switches)
    law = law_at(month.first_day, reading)
    rate, jkm = law.get("bpu.jkk.rate"), law.get("bpu.jkm.amount")
    _check_words(law, payer, sector)
    missing = [] if monthly_income is not None else ["penghasilan sebulan"]
    missing += _missing_for_relief(law, payer, sector)
    if missing or monthly_income is None:
        return needs(*missing, switches_used=reading.used)
    bracket = bpu_bracket(month, monthly_income=monthly_income, switches=reading)
    relief = _relief(law, payer, sector)
    formula = (
        f"{in_words(rate.value)} × dasar upah {bracket.base} "
        f"(golongan {bracket.number})"
    )
    lines = [
        _line("contribution.jkk", percent_of(bracket.base, rate.value), rate.law,
              formula, relief),
        _line("contribution.jkm", Rupiah(jkm.value), jkm.law,
              "jumlah tetap sebulan", relief),
    ]  # fmt: skip
    if _joins_jht(law, jht=jht, is_employer=is_employer):
        lines.append(_jht_line(law, bracket))
    return Answer(tuple(lines), _sentence(lines, month, relief), (), reading.used)


def _sentence(lines: list[Line], month: Month, relief: _Relief | None) -> str:
    names = "JKK, JKM, dan JHT" if lines[2:] else "JKK dan JKM"
    sentence = f"Iuran {names} untuk {month.in_words()} adalah {sum_of(lines)}."
    return f"{sentence} {relief.note}" if relief and relief.note else sentence


def _joins_jht(law: Law, *, jht: bool, is_employer: bool) -> bool:
    """Whether JHT is paid: by choice, or because an employer must (a switch)."""
    if jht or not is_employer:
        return jht
    return law.reading.pick("bpu_employer_jht") == "mandatory"


def _jht_line(law: Law, bracket: Bracket) -> Line:
    rate = law.get("bpu.jht.rate")
    amount = percent_of(bracket.base, rate.value)
    words = f"{in_words(rate.value)} × dasar upah {bracket.base} = {amount}"
    return Line("contribution.jht", amount, rate.law, words, paid_by="contributor")


def bpu_minimum(
    month: Month, *, payer: str, sector: str = "other", switches: Overrides = None
) -> Answer:
    """JKK and JKM for one month in the lowest bracket: what a city plans with."""
    return bpu_monthly(
        month, monthly_income=0, payer=payer, sector=sector, switches=switches
    )


def sector_of(
    occupation: str, month: Month, *, switches: Overrides = None
) -> tuple[str, tuple[str, ...]]:
    """The relief's sector of an occupation code, and the switches this depends on.

    Blank in, blank out: an unknown occupation has an unknown sector.
    """
    reading = Reading.of(switches)
    jobs = law_at(month.first_day, reading).find("bpu.relief.transport_jobs")
    if not occupation:
        return "", ()
    if jobs is None or occupation not in jobs.value["helpers"]:
        drives = jobs is not None and occupation in jobs.value["drivers"]
        return ("transport" if drives else "other"), ()
    helps = reading.pick("relief_transport_jobs") == "drivers_and_helpers"
    return ("transport" if helps else "other"), reading.used


@dataclass(frozen=True)
class _Relief:
    """How a relief treats one payer: `percent` to pay, or a note why it is not."""

    percent: Any
    law: str
    note: str


def _check_words(law: Law, payer: str, sector: str) -> None:
    payers = law.get("bpu.payers").value
    check_known(payer, ("", *payers), code="law.payer", what="Pembayar")
    check_known(sector, ("", *SECTORS), code="law.sector", what="Sektor")


def _missing_for_relief(law: Law, payer: str, sector: str) -> list[str]:
    """The facts without which the month's relief cannot be told."""
    sectors = (sector,) if sector else SECTORS
    if payer:
        reliefs = [_relief(law, payer, each) for each in sectors]
        return [SECTOR] if len({each and each.percent for each in reliefs}) > 1 else []
    found = [law.find(_RELIEF[each]) for each in sectors]
    differ = len({str(each and each.value) for each in found}) > 1
    missing = [SECTOR] if differ else []
    return [*missing, PAYER] if any(map(_depends_on_payer, found)) else missing


def _depends_on_payer(found: Found | None) -> bool:
    return found is not None and bool(found.value["excluded_payers"])


def _relief(law: Law, payer: str, sector: str) -> _Relief | None:
    """The relief of the month for this payer; None when there is none at all."""
    found = law.find(_RELIEF[sector or "other"])
    if found is None:
        return None
    short = found.law.split(" Pasal ")[0]
    whole = _Relief(None, "", f"Keringanan {short} tidak berlaku bagi pembayar ini.")
    if payer in found.value["excluded_payers"]:
        return whole
    for switch, payers in found.value["switched_payers"].items():
        if payer in payers and law.reading.pick(switch) == "full":
            return whole
    percent = found.value["percent_due"]
    note = f"Dibayar {in_words(percent)} dari iuran biasa menurut {short}."
    return _Relief(percent, found.law, note)


def _line(
    code: str, amount: Rupiah, law: str, formula: str, relief: _Relief | None
) -> Line:
    words, due = f"{formula} = {amount}", amount
    if relief is not None and relief.percent is not None:
        due = percent_of(amount, relief.percent)
        words += f"; dibayar {in_words(relief.percent)} = {due}"
        law = f"{law}; {relief.law}"
    return Line(code, due, law, words, paid_by="contributor")
