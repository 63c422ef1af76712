"""What a migrant worker (PMI) pays once for a contract abroad. Permenaker 4/2023."""

from __future__ import annotations

from semesta.kernel import Month, Rupiah, UserError
from semesta.law.answer import Answer, Line, needs
from semesta.law.book import Overrides, Reading, law_at


def migrant_contribution(
    month: Month,
    *,
    via_agency: bool | None,
    contract_months: int | None = None,
    jht: int = 0,
    switches: Overrides = None,
) -> Answer:
    """JKK and JKM of one contract: lines contribution.pmi_before (only through an
    agency), contribution.pmi_during, and contribution.jht for a chosen amount.

    Only the contract length that the law file has is answered; others are unknown.
    """
    reading = Reading.of(switches)
    found = law_at(month.first_day, reading).get("pmi.contribution")
    rule = found.value
    missing = (
        [] if via_agency is not None else ["berangkat lewat perusahaan penempatan"]
    )
    if contract_months is None:
        missing.append("lama kontrak (bulan)")
    elif contract_months != rule["contract_months"]:
        missing.append(f"iuran untuk kontrak {contract_months} bulan")
    if missing:
        return needs(*missing)
    lines = []
    if via_agency:
        words = "Sebelum berangkat"
        lines.append(_line("contribution.pmi_before", rule["before"], found.law, words))
    words = f"Selama dan sesudah bekerja, terlindungi {rule['cover_months']} bulan"
    lines.append(_line("contribution.pmi_during", rule["during"], found.law, words))
    if jht:
        _check_jht(jht, rule["jht_least"], rule["jht_most"])
        words = "JHT sukarela sebulan"
        lines.append(_line("contribution.jht", jht, found.law, words))
    total = Answer(tuple(lines)).total
    return Answer(tuple(lines), f"Iuran PMI adalah {total}.", (), reading.used)


def _check_jht(jht: int, least: int, most: int) -> None:
    if not least <= jht <= most:
        raise UserError(
            "law.jht",
            f"JHT {Rupiah(jht)} sebulan di luar batas.",
            f"Batasnya {Rupiah(least)} sampai {Rupiah(most)}.",
            "Pilih jumlah di antara keduanya.",
        )


def _line(code: str, amount: int, law: str, words: str) -> Line:
    explanation = f"{words}: {Rupiah(amount)}"
    return Line(code, Rupiah(amount), law, explanation, paid_by="contributor")
