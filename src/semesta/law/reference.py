"""The law as reference pages (Markdown): parameters, switches, glossary."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from semesta.kernel import Rupiah
from semesta.law.answer import in_words
from semesta.law.book import law_book
from semesta.law.schema import CONFIDENCE_IN_WORDS, DatedValue, Parameter

_HEAD = "<!-- Dibuat dari kode; jangan disunting. -->\n\n"
_UNITS = {"months": "bulan", "days": "hari", "years": "tahun"}


def parameters_markdown() -> str:
    """Every parameter with its history, source and confidence."""
    book = law_book()
    parts = [
        _HEAD + "# Parameter hukum\n",
        "Nilai berlaku dari `dari` sampai sehari sebelum `sampai`. Keyakinan:\n",
        *(f"- **{code}**: {words}" for code, words in CONFIDENCE_IN_WORDS.items()),
        "",
    ]
    parts += [_parameter(parameter) for parameter in book.parameters.values()]
    return "\n".join(parts).rstrip() + "\n"


def _parameter(parameter: Parameter) -> str:
    lines = [f"## `{parameter.key}`\n", f"{parameter.label}.\n"]
    if parameter.description:
        lines.append(f"{parameter.description}\n")
    if parameter.switches:
        named = ", ".join(f"`{switch}`" for switch in parameter.switches)
        lines.append(f"Bergantung pada pilihan hukum {named}.\n")
    lines.append("| dari | sampai | nilai | dasar hukum | keyakinan | diperiksa |")
    lines.append("|---|---|---|---|---|---|")
    notes = []
    for value in parameter.values:
        lines.append(_row(parameter, value))
        if value.note:
            notes.append(f"- {value.from_}: {value.note}")
        if value.from_switch:
            notes.append(
                f"- {value.from_}: hari mulainya bergantung pada pilihan hukum "
                f"`{value.from_switch}`."
            )
    return "\n".join([*lines, "", *notes, ""] if notes else [*lines, ""])


def _row(parameter: Parameter, value: DatedValue) -> str:
    cells = (
        value.from_.isoformat(),
        value.until.isoformat() if value.until else "–",
        show_value(parameter.unit, value.value),
        law_book().cite(value),
        value.confidence,
        value.last_checked.isoformat(),
    )
    return f"| {' | '.join(cells)} |"


def show_value(unit: str, value: Any) -> str:
    """A value as people read it, on one line."""
    if unit == "rupiah":
        return str(Rupiah(value))
    if unit == "percent":
        return in_words(value)
    if unit == "flag":
        return "ya" if value else "tidak"
    if unit in _UNITS:
        return f"{value} {_UNITS[unit]}"
    if unit == "day":
        later = value["months_later"]
        when = f"{later} bulan sesudahnya" if later else "bulan itu juga"
        return f"tanggal {value['day']}, {when}"
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_plain(item)}" for key, item in value.items())
    if isinstance(value, list):
        joint = "<br>" if value and isinstance(value[0], dict) else ", "
        return joint.join(_plain(item) for item in value)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return f"{value:,}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return "–" if value is None else str(value)


def instruments_markdown() -> str:
    """Every law and regulation cited, with how many values rest on it."""
    book = law_book()
    resting = [value.law for p in book.parameters.values() for value in p.values]
    lines = [
        _HEAD + "# Peraturan\n",
        "| peraturan | tentang | mulai | keadaan | keyakinan | dikutip | catatan |",
        "|---|---|---|---|---|---|---|",
    ]
    for item in book.instruments.values():
        changes = ", ".join(book.instruments[law].short for law in item.amends)
        cells = (
            f"**{item.short}**",
            item.title + (f" (mengubah {changes})" if changes else ""),
            item.since or "–",
            item.status,
            item.confidence,
            f"{resting.count(item.id)}×",
            item.note or "–",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def switches_markdown() -> str:
    """Every uncertain rule: question, readings, default, who can settle it."""
    book = law_book()
    parts = [
        _HEAD + "# Pilihan hukum\n",
        "Hal yang belum pasti hukumnya. Jawaban yang bergantung padanya menyebutnya.\n",
    ]
    for switch in book.switches.values():
        laws = ", ".join(book.instruments[law].short for law in switch.law) or "–"
        parts += [
            f"## `{switch.id}`\n",
            f"{switch.question}\n",
            *(
                f"- `{option.id}`{' (baku)' if option.id == switch.default else ''}: "
                f"{option.means}"
                for option in switch.options
            ),
            "",
            f"Mengapa baku demikian: {switch.why_default}  ",
            f"Akibatnya: {switch.consequence}  ",
            f"Yang dapat memastikan: {switch.settled_by}  ",
            f"Peraturan: {laws}\n",
        ]
    return "\n".join(parts).rstrip() + "\n"


def glossary_markdown() -> str:
    """The words of the field, in alphabetical order."""
    terms = sorted(law_book().terms.values(), key=lambda term: term.term.lower())
    lines = [_HEAD + "# Istilah\n", "| istilah | arti | dasar hukum |", "|---|---|---|"]
    for term in terms:
        name = f"**{term.term}**" + (f"<br>{term.long}" if term.long else "")
        also = f" Juga ditulis: {', '.join(term.also)}." if term.also else ""
        lines.append(f"| {name} | {term.means}{also} | {term.law or '–'} |")
    return "\n".join(lines) + "\n"
