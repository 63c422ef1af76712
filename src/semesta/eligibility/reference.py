"""The catalogue of criteria and ranking keys as a reference page (Markdown)."""

from __future__ import annotations

import inspect

from semesta.eligibility.criteria import catalogue
from semesta.eligibility.criterion import Criterion
from semesta.eligibility.priority import KEYS
from semesta.law.schema import Strict

_ORDER = (
    "Kebijakan menyebut `order: highest` (tertinggi dahulu) atau `lowest` (terendah "
    "dahulu). Nilai yang belum diketahui selalu paling akhir.\n"
)
_HEAD = "<!-- Dibuat dari kode; jangan disunting. -->\n\n"


def criteria_markdown() -> str:
    """Every criterion with its parameters, sentences and office; then the keys."""
    parts = [
        _HEAD + "# Syarat dan urutan\n",
        "Bahan yang dapat dipakai sebuah kebijakan (`policies/<wilayah>/…yaml`).\n",
    ]
    parts += [_criterion(criterion) for criterion in catalogue().values()]
    parts += [
        "## Urutan\n",
        _ORDER,
        "| `by` | urutan | parameter |",
        "|---|---|---|",
    ]
    for key in KEYS.values():
        parameters = ", ".join(f"`{name}`" for name in key.params.model_fields) or "–"
        parts.append(f"| `{key.name}` | {key.label} | {parameters} |")
    return "\n".join(parts).rstrip() + "\n"


def _criterion(criterion: Criterion) -> str:
    lines = [f"## `{criterion.name}`: {criterion.label}\n"]
    if criterion.why:
        lines.append(f"{criterion.why}\n")
    lines += [
        "| bila | yang dikatakan |",
        "|---|---|",
        f"| terpenuhi | {criterion.passed} |",
        f"| tidak terpenuhi | {criterion.failed} |",
        f"| belum diketahui | {criterion.unknown} |",
        "",
        f"Bila belum diketahui perlu: {criterion.missing} ({criterion.office}).  ",
        f"Dasar hukum nasional: {criterion.law or '–'}  ",
        f"Parameter: {_parameters(criterion.params)}\n",
    ]
    return "\n".join(lines)


def _parameters(params: type[Strict]) -> str:
    parts = []
    for name, field in params.model_fields.items():
        kind = inspect.formatannotation(field.annotation)
        default = "wajib" if field.is_required() else f"baku {field.default}"
        parts.append(f"`{name}` ({kind}, {default})")
    return "; ".join(parts) or "–"
