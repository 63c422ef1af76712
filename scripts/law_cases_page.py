"""The cases of the law as a page a lawyer can read: article, reason, question, answer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from semesta.law.document import Document

FOLDER = Path(__file__).parents[1] / "tests" / "spec" / "law"
INTRODUCTION = (
    "Setiap baris diuji setiap kali kode berubah. `until` tidak termasuk; jumlah "
    "dalam rupiah. ★ = kasus emas buku aturan.\n"
)
TITLES = {
    "benefit": "Manfaat",
    "contribution": "Iuran",
    "coverage": "Cakupan",
    "employer": "Pemberi kerja",
    "identity": "Identitas",
    "membership": "Kepesertaan",
}


def law_cases_markdown() -> str:
    """Every case of `tests/spec/law`, by topic; each is a test that runs."""
    parts = [
        "# Kasus hukum\n",
        INTRODUCTION,
    ]
    count = 0
    for folder, title in TITLES.items():
        for file in sorted((FOLDER / folder).glob("*.yaml")):
            cases = Document(file.read_text("utf-8"), file.name).data
            count += len(cases)
            parts.append(f"## {title}: {file.stem.replace('_', ' ')}\n")
            parts.append("| hukum | mengapa | diketahui | jawabannya |")
            parts.append("|---|---|---|---|")
            parts += [_row(case) for case in cases]
            parts.append("")
    parts.insert(2, f"Seluruhnya {count} kasus.\n")
    return "\n".join(parts).rstrip() + "\n"


def _row(case: dict[str, Any]) -> str:
    star = "★ " if "gold" in case else ""
    ask = f"`{case['ask']}` " if "ask" in case else ""
    cells = [
        case["law"],
        f"{star}{case['why']}",
        f"{ask}`{_flow(case['given'])}`",
        f"`{_flow(case['expect'])}`",
    ]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _flow(value: Any) -> str:
    """A value on one line, as the case file writes it."""
    if isinstance(value, dict):
        inside = ", ".join(f"{key}: {_flow(item)}" for key, item in value.items())
        return f"{{{inside}}}"
    if isinstance(value, list):
        return f"[{', '.join(_flow(item) for item in value)}]"
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, int) and abs(value) >= 10_000:
        return f"{value:,}".replace(",", ".")
    if isinstance(value, Decimal):
        return str(value).replace(".", ",")
    return value.isoformat() if isinstance(value, date) else str(value)
