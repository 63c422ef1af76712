"""What a construction project (Jakon) owes for its workers. PP 44/2015 arts. 54–55."""

from __future__ import annotations

from semesta.kernel import Month, Rupiah
from semesta.law.answer import Answer, Line, in_words, needs, percent_of
from semesta.law.book import Law, Overrides, Reading, law_at
from semesta.law.contribution.bpu import check_amount

PROGRAMMES = ("jkk", "jkm")


def construction_contribution(
    month: Month,
    *,
    contract_value: int | None = None,
    monthly_wages: int | None = None,
    switches: Overrides = None,
) -> Answer:
    """JKK and JKM of one project, paid by its employer. Whole rupiah.

    By the wages of a month where they are known, else once by the contract's value in
    cumulative slices. Lines contribution.jkk and contribution.jkm.
    """
    reading = Reading.of(switches)
    law = law_at(month.first_day, reading)
    if monthly_wages is not None:
        check_amount(monthly_wages)
        lines = tuple(_by_wages(law, Rupiah(monthly_wages)))
        when = f"untuk {month.in_words()}"
    elif contract_value is not None:
        check_amount(contract_value)
        lines = tuple(_by_contract(law, contract_value))
        when = "untuk seluruh proyek"
    else:
        return needs("nilai kontrak, atau upah sebulan semua pekerja proyek")
    total = Answer(lines).total
    sentence = f"Iuran JKK dan JKM jasa konstruksi {when} adalah {total}."
    return Answer(lines, sentence, (), reading.used)


def _by_wages(law: Law, wages: Rupiah) -> list[Line]:
    rate = law.get("jakon.wage_rate")
    lines = []
    for programme in PROGRAMMES:
        percent = rate.value[programme]
        amount = percent_of(wages, percent)
        words = f"{in_words(percent)} × upah sebulan {wages} = {amount}"
        lines.append(_line(programme, amount, rate.law, words))
    return lines


def _by_contract(law: Law, value: int) -> list[Line]:
    slices = law.get("jakon.slices")
    tops = [row["above"] for row in slices.value[1:]] + [value]
    lines = []
    for programme in PROGRAMMES:
        amount, parts = Rupiah(0), []
        for row, top in zip(slices.value, tops, strict=True):
            here = Rupiah(max(0, min(value, top) - row["above"]))
            if here:
                amount += percent_of(here, row[programme])
                parts.append(f"{in_words(row[programme])} × {here}")
        words = f"{' + '.join(parts) or 'nilai kontrak nol'} = {amount}"
        lines.append(_line(programme, amount, slices.law, words))
    return lines


def _line(programme: str, amount: Rupiah, law: str, words: str) -> Line:
    return Line(f"contribution.{programme}", amount, law, words, paid_by="employer")
