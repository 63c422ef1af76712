"""The measures as a reference page in Markdown, made from their definitions."""

from __future__ import annotations

from semesta.coverage.definitions import SEGMENT_LABELS, Definition, definitions
from semesta.coverage.work import wage_occupations

_HEAD = """<!-- Dibuat dari kode; jangan disunting. -->

# Ukuran cakupan

Setiap angka menyebut pembilang, penyebut, sumber, dan tanggalnya. Yang tidak diketahui
tetap ditulis tidak diketahui, bukan 0.
"""


def measures_markdown() -> str:
    """A page (Indonesian) that lists every measure with what is counted against what."""
    parts = [_HEAD]
    for definition in definitions():
        parts += [*_section(definition), ""]
    parts += [
        "## Pekerjaan dalam hubungan kerja",
        "",
        "Kode pekerjaan yang dihitung sebagai penerima upah: "
        + ", ".join(f"`{code}`" for code in wage_occupations())
        + ".",
        "",
    ]
    return "\n".join(parts)


def _section(definition: Definition) -> list[str]:
    segments = ", ".join(SEGMENT_LABELS[each] for each in definition.segments)
    areas = "wilayah, kecamatan, kelurahan" if definition.areas == "all" else "wilayah"
    lines = [
        f"## {definition.title}",
        "",
        f"- Kode: `{definition.id}`",
        f"- Pembilang: {definition.numerator.text}",
    ]
    said: set[str] = set()
    for segment in definition.segments:
        text = definition.denominator.text(segment).replace(
            "{source}", "sumbernya disebut"
        )
        if text not in said:
            lines.append(f"- Penyebut ({SEGMENT_LABELS[segment]}): {text}")
            said.add(text)
    lines += [
        f"- Segmen: {segments}",
        f"- Rincian: {areas}",
        f"- Dasar: {definition.citation}",
        f"- Batas: {definition.cap}",
    ]
    if definition.note:
        lines.append(f"- Catatan: {definition.note}")
    return lines
