"""What an employer and a wage earner (PU) owe for one month, programme by programme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from semesta.kernel import Month, Rupiah, UserError
from semesta.law.answer import Answer, Line, PaidBy, in_words, needs, percent_of
from semesta.law.book import Found, Law, Overrides, Reading, law_at
from semesta.law.contribution.bpu import check_amount
from semesta.law.employer.duty import programmes_of
from semesta.law.known import check_known

WAGE = "upah sebulan"
WAGE_CAP = "batas upah JP (belum diumumkan) untuk"
RISK_CLASS = "tingkat risiko usaha (kelas JKK 1–5)"


@dataclass(frozen=True)
class Employment:
    """What the contribution of one wage earner hangs on. None: nobody has said.

    `size` (mikro, kecil, menengah, besar) names the programmes; blank means all of
    them. `industry` is a key of `pu.relief.labour_intensive`, blank for any other;
    `active_workers` and `jkk_paid_up` are asked only for those. `jkp` False when the
    worker does not meet the conditions of `pu.jkp.condition`.
    """

    monthly_wage: int | None = None
    jkk_class: int | None = None
    size: str = ""
    jkp: bool = True
    industry: str = ""
    active_workers: int | None = None
    jkk_paid_up: bool | None = None


def monthly_wage_of(
    month: Month,
    *,
    daily: int | None = None,
    earnings: Sequence[int] = (),
    weather: bool = False,
) -> Rupiah:
    """The monthly wage of who is paid by the day or by the piece. Whole rupiah.

    Daily wage × 25, or the average of the last 3 months (12 where the work depends on
    the weather). PP 44/2015 art. 19(3)–(5). UserError when months are missing.
    """
    law = law_at(month.first_day)
    if daily is not None:
        check_amount(daily)
        return Rupiah(daily * law.get("pu.wage_days").value)
    count = law.get("pu.wage_average").value["weather" if weather else "months"]
    if len(earnings) < count:
        raise UserError(
            "law.earnings",
            f"Perlu penghasilan {count} bulan terakhir.",
            f"Yang diterima: {len(earnings)} bulan.",
            "Isi penghasilan setiap bulan, dari yang terlama.",
        )
    return percent_of(Decimal(sum(earnings[-count:])) / count, 100)


def pu_monthly(month: Month, job: Employment, *, switches: Overrides = None) -> Answer:
    """One month of one wage earner: lines of JKK, JKM, JHT, JP and JKP.

    Each line says who pays it (employer, worker, government); JHT and JP have one line
    each for employer and worker. JKP's line is the government's part: what comes out
    of JKK and JKM is already in those lines. A programme for which a fact is missing
    has no line, and the fact is named. PP 44/2015 arts. 16–19, PP 45/2015 arts. 28–29,
    PP 46/2015 art. 16, PP 37/2021 and PP 6/2025 art. 11, PP 7/2025.
    """
    reading = Reading.of(switches)
    law = law_at(month.first_day, reading)
    law.get("pu.jkk.rate")
    if job.monthly_wage is None:
        return needs(WAGE, *_needed_for_jkk(law, job), switches_used=reading.used)
    check_amount(job.monthly_wage)
    wage = Rupiah(job.monthly_wage)
    lines: list[Line] = []
    missing: list[str] = []
    for programme in programmes_of(law, job.size):
        if needed := _NEEDED.get(programme, _nothing)(law, job):
            missing += needed
        else:
            lines += _PARTS[programme](law, wage, job)
    if job.jkp and may_join_jkp(law, job.size):
        lines += _jkp(law, wage)
    answer = Answer(tuple(lines), "", tuple(missing), reading.used)
    return replace(answer, sentence=_sentence(answer, month, job.size))


def _sentence(answer: Answer, month: Month, size: str) -> str:
    paid = answer.by_payer
    parts = [f"{paid.get('employer', Rupiah(0))} dibayar pemberi kerja"]
    if "worker" in paid:
        parts.append(f"{paid['worker']} dipotong dari upah pekerja")
    if "government" in paid:
        parts.append(f"{paid['government']} dibayar pemerintah")
    sentence = f"Iuran untuk {month.in_words()}: {', '.join(parts)}."
    if not size:
        sentence += " Dihitung untuk usaha menengah atau besar."
    if answer.unknown:
        sentence += f" Belum lengkap; diperlukan: {', '.join(answer.unknown)}."
    return sentence


def _needed_for_jkk(law: Law, job: Employment) -> list[str]:
    known = [] if job.jkk_class is not None else [RISK_CLASS]
    return known + _missing_for_relief(law, job)


def _needed_for_jp(law: Law, job: Employment) -> list[str]:
    known = law.find("pu.jp.wage_cap") is not None
    return [] if known else [f"{WAGE_CAP} {Month.of(law.on).in_words()}"]


def _nothing(law: Law, job: Employment) -> list[str]:
    return []


_NEEDED = {"JKK": _needed_for_jkk, "JP": _needed_for_jp}


def _jkk(law: Law, wage: Rupiah, job: Employment) -> Iterator[Line]:
    table = law.get("pu.jkk.rate")
    rates = {row["class"]: row["percent"] for row in table.value}
    check_known(job.jkk_class, rates, code="law.jkk_class", what="Kelas JKK")
    percent = rates[job.jkk_class]
    amount = percent_of(wage, percent)
    words = f"{in_words(percent)} × upah {wage} = {amount}"
    reliefs = [_covid(law, "JKK"), _labour_intensive(law, job)]
    yield _relieved("contribution.jkk", amount, table.law, words, reliefs)


def _jkm(law: Law, wage: Rupiah, job: Employment) -> Iterator[Line]:
    rate = law.get("pu.jkm.rate")
    amount = percent_of(wage, rate.value)
    words = f"{in_words(rate.value)} × upah {wage} = {amount}"
    yield _relieved("contribution.jkm", amount, rate.law, words, [_covid(law, "JKM")])


def _jht(law: Law, wage: Rupiah, job: Employment) -> Iterator[Line]:
    rate = law.get("pu.jht.rate")
    yield _share("contribution.jht", wage, rate, "employer", f"upah {wage}")
    yield _share("contribution.jht", wage, rate, "worker", f"upah {wage}")


def _jp(law: Law, wage: Rupiah, job: Employment) -> Iterator[Line]:
    rate, cap = law.get("pu.jp.rate"), law.get("pu.jp.wage_cap")
    base = Rupiah(min(wage, cap.value))
    words = f"upah {base}" + (" (batas tertinggi)" if base < wage else "")
    yield _share("contribution.jp", base, rate, "employer", words)
    yield _share("contribution.jp", base, rate, "worker", words)


_PARTS = {"JKK": _jkk, "JKM": _jkm, "JHT": _jht, "JP": _jp}


def _share(code: str, base: Rupiah, rate: Found, paid_by: PaidBy, words: str) -> Line:
    percent = rate.value[paid_by]
    amount = percent_of(base, percent)
    explanation = f"{in_words(percent)} × {words} = {amount}"
    return Line(code, amount, rate.law, explanation, paid_by=paid_by)


def may_join_jkp(law: Law, size: str) -> bool:
    """Whether an employer of this size joins all that JKP asks for (PP 6/2025 art. 4)."""
    condition = law.find("pu.jkp.condition")
    if condition is None:
        return False
    asked = condition.value["programmes"][size or "besar"]
    return set(asked) <= set(programmes_of(law, size))


def _jkp(law: Law, wage: Rupiah) -> Iterator[Line]:
    """The government's part; the rest is taken out of JKK (and JKM until 2025)."""
    rate, cap = law.find("pu.jkp.rate"), law.find("pu.jkp.wage_cap")
    if rate is None or cap is None:
        return
    base = Rupiah(min(wage, cap.value))
    government = rate.value["government"]
    amount = percent_of(base, government)
    taken = [
        f"{in_words(rate.value[key])} dari iuran {programme} di atas "
        f"({percent_of(base, rate.value[key])})"
        for key, programme in (("from_jkk", "JKK"), ("from_jkm", "JKM"))
        if rate.value[key]
    ]
    words = (
        f"{in_words(government)} × upah {base} = {amount}. Selebihnya diambil tanpa "
        f"tambahan: {' dan '.join(taken)}. Hanya bagi yang memenuhi syarat JKP"
    )
    yield Line("contribution.jkp", amount, rate.law, words, paid_by="government")


def _relieved(
    code: str, amount: Rupiah, law: str, words: str, reliefs: Sequence[Found | None]
) -> Line:
    for relief in reliefs:
        if relief is not None:
            percent = relief.value["percent_due"]
            amount = percent_of(amount, percent)
            words += f"; dibayar {in_words(percent)} = {amount}"
            law = f"{law}; {relief.law}"
    return Line(code, amount, law, words, paid_by="employer")


def _covid(law: Law, programme: str) -> Found | None:
    found = law.find("pu.relief.covid")
    return found if found and programme in found.value["programmes"] else None


def _missing_for_relief(law: Law, job: Employment) -> list[str]:
    """What must be known of a labour-intensive employer; one failed condition decides."""
    found = law.find("pu.relief.labour_intensive")
    if found is None or job.industry not in found.value["industries"]:
        return []
    workers, paid_up = job.active_workers, job.jkk_paid_up
    too_few = workers is not None and workers < found.value["workers"]
    if too_few or paid_up is False:
        return []
    missing = [] if workers is not None else ["banyaknya pekerja aktif"]
    if paid_up is None:
        until = Month.parse(found.value["paid_up_to"]).in_words()
        missing.append(f"apakah iuran JKK lunas sampai {until}")
    return missing


def _labour_intensive(law: Law, job: Employment) -> Found | None:
    """The relief of PP 7/2025 where its three conditions are met."""
    found = law.find("pu.relief.labour_intensive")
    if found is None or job.industry not in found.value["industries"]:
        return None
    enough = (job.active_workers or 0) >= found.value["workers"]
    return found if enough and job.jkk_paid_up else None


def net_rates(month: Month, jkk_class: int) -> dict[str, Any]:
    """What is left of the JKK and JKM rates after recomposition for JKP, in percent.

    Bookkeeping only; empty before JKP existed. PP 37/2021 art. 11(5), PP 6/2025.
    """
    law = law_at(month.first_day)
    jkp = law.find("pu.jkp.rate")
    if jkp is None:
        return {}
    table = {row["class"]: row["percent"] for row in law.get("pu.jkk.rate").value}
    return {
        "JKK": table[jkk_class] - jkp.value["from_jkk"],
        "JKM": law.get("pu.jkm.rate").value - jkp.value["from_jkm"],
    }
