"""The cases of the law as a page a lawyer can read: article, reason, question, answer."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from semesta.kernel import Month, Rupiah, day_in_words
from semesta.law.answer import CODE_IN_WORDS
from semesta.law.document import Document

HERE = Path(__file__).parent
FOLDER = HERE.parent / "tests" / "spec" / "law"
WORDS = Document((HERE / "law_case_words.yaml").read_text("utf-8"), "words").data
INTRODUCTION = (
    "Setiap baris diuji setiap kali kode berubah; berkasnya di `tests/spec/law`. "
    "★ = kasus emas buku aturan.\n"
)
TITLES = {
    "contribution": "Iuran",
    "membership": "Kepesertaan",
    "benefit": "Manfaat",
    "employer": "Pemberi kerja",
    "coverage": "Cakupan",
    "identity": "Identitas",
}
MONTH = re.compile(r"\d{4}-\d{2}")
# From here on a whole number is money; below it counts months, years, classes.
SMALLEST_MONEY = 1_000


def law_cases_markdown() -> str:
    """Every case of `tests/spec/law`, by topic; each is a test that runs."""
    parts, count = [], 0
    for folder, title in TITLES.items():
        for file in sorted((FOLDER / folder).glob("*.yaml")):
            cases = Document(file.read_text("utf-8"), file.name).data
            count += len(cases)
            parts.append(f"## {title}: {file.stem.replace('_', ' ')}\n")
            parts.append("| hukum | mengapa | diketahui | jawabannya |")
            parts.append("|---|---|---|---|")
            parts += [_row(case) for case in cases]
            parts.append("")
    head = ["# Kasus hukum\n", INTRODUCTION, f"Seluruhnya {count} kasus.\n"]
    return "\n".join([*head, *parts]).rstrip() + "\n"


def _row(case: dict[str, Any]) -> str:
    star = "★ " if "gold" in case else ""
    cells = (
        case["law"], f"{star}{case['why']}", _said(case["given"]), _said(case["expect"])
    )  # fmt: skip
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _said(facts: dict[str, Any]) -> str:
    """The facts of a case in words, one after the other."""
    parts = [
        _paid(value) if key == "paid" else f"{_word(key)}: {_value(value)}"
        for key, value in facts.items()
    ]
    return "; ".join(parts)


def _paid(ranges: list[dict[str, Any]] | None) -> str:
    """`dibayar Agustus 2024 – September 2025 (APBD)`; the last month is included."""
    if not ranges:
        return (
            "belum pernah dibayar" if ranges == [] else "bulan dibayar tidak diketahui"
        )
    spans = []
    for row in ranges:
        last = Month.parse(str(row["until"])) + -1
        payer = f" ({_value(row['payer'])})" if row.get("payer") else ""
        spans.append(f"{_value(row['from'])} – {last.in_words()}{payer}")
    return f"dibayar {', '.join(spans)}"


def _word(key: str) -> str:
    return CODE_IN_WORDS.get(key) or WORDS["keys"].get(key, key.replace("_", " "))


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return f"({_said(value)})" if value else "tidak ada"
    if isinstance(value, list):
        return ", ".join(_value(item) for item in value) or "tidak ada"
    if value is None or isinstance(value, bool):
        return {True: "ya", False: "tidak", None: "tidak diketahui"}[value]
    if isinstance(value, int):
        return str(Rupiah(value)) if abs(value) >= SMALLEST_MONEY else str(value)
    if isinstance(value, Decimal):
        return str(value).replace(".", ",")
    if isinstance(value, date):
        return day_in_words(value)
    return _text(str(value))


def _text(value: str) -> str:
    if MONTH.fullmatch(value):
        return Month.parse(value).in_words()
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return day_in_words(date.fromisoformat(value))
    return CODE_IN_WORDS.get(value) or WORDS["values"].get(value, value)
