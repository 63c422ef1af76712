"""Form fields of a criterion's or key's parameters: made from the model, read from a form.

What a field asks is the parameter's title; how it is asked follows from its type.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Union, get_args, get_origin

from django.http import QueryDict
from pydantic.fields import FieldInfo

from semesta.eligibility.criteria.any_of import Alternative
from semesta.eligibility.listed import AIDS
from semesta.intake.words import find_occupation, occupations
from semesta.law.schema import Strict

# Words of choices that are not a catalogue of their own.
WORDS = {
    "national": "nasional",
    "province": "provinsi",
    "city": "kabupaten atau kota",
    "p3ke": "P3KE",
    "population": "jumlah penduduk",
    "workers": "jumlah pekerja",
    "equal": "sama rata",
    "kelurahan": "kelurahan",
    "kecamatan": "kecamatan",
    "highest": "tertinggi dahulu",
    "lowest": "terendah dahulu",
}
HINTS = {
    "lines": "Satu nama setiap baris.",
    "codes": "Satu pekerjaan setiap baris; yang paling atas paling didahulukan.",
    "pairs": "Satu wilayah setiap baris: kode wilayah = rupiah sebulan.",
    "groups": "Satu kelompok setiap baris: nama kelompok = pekerjaan, pekerjaan.",
}
ROWS = {"lines": 4, "codes": 9, "pairs": 4, "groups": 8}


@dataclass(frozen=True)
class Input:
    """One field as the page draws it. `options`: value, label, whether it is chosen."""

    name: str
    label: str
    kind: str
    value: Any
    options: Sequence[tuple[str, str, bool]] = ()
    hint: str = ""
    errors: Sequence[str] = ()
    rows: int = 4

    @property
    def chosen(self) -> int:
        """How many options are chosen."""
        return sum(chosen for _, _, chosen in self.options)


def kind_of(name: str, info: FieldInfo) -> str:
    """How a parameter is asked: number, check, select, choices, lines, …"""
    kind: Any = info.annotation
    if get_origin(kind) in (Union, types.UnionType):
        kind = next(part for part in get_args(kind) if part is not type(None))
    if isinstance(info.json_schema_extra, dict) and "choices" in info.json_schema_extra:
        return "choices"
    if kind is bool:
        return "check"
    if kind is int:
        return "number"
    if get_origin(kind) is Literal:
        return "select"
    if get_origin(kind) is dict:
        return "pairs" if get_args(kind)[1] is int else "groups"
    if get_origin(kind) is list:
        if get_args(kind)[0] is Alternative:
            return "either"
        return "codes" if name == "occupations" else "lines"
    return "text"


def inputs_of(
    params: type[Strict],
    given: Mapping[str, Any],
    prefix: str,
    errors: Mapping[str, Sequence[str]],
) -> list[Input]:
    """The fields of a parameter model, filled with `given`; alternatives are left out."""
    return [
        one_input(name, info, given.get(name), prefix, errors)
        for name, info in params.model_fields.items()
        if kind_of(name, info) != "either"
    ]


def one_input(
    name: str,
    info: FieldInfo,
    value: Any,
    prefix: str,
    errors: Mapping[str, Sequence[str]],
) -> Input:
    """One field called `prefix-name`; without a value it shows the default."""
    if value is None and not info.is_required():
        value = info.get_default(call_default_factory=True)
    kind, key = kind_of(name, info), f"{prefix}-{name}"
    return Input(
        name=key,
        label=info.title or name,
        kind=kind,
        value=_shown(kind, value),
        options=list(_options(kind, info, value)),
        hint=HINTS.get(kind, ""),
        errors=errors.get(key, ()),
        rows=ROWS.get(kind, 4),
    )


def _options(kind: str, info: FieldInfo, value: Any) -> Iterator[tuple[str, str, bool]]:
    if kind == "select":
        for option in get_args(info.annotation):
            yield str(option), WORDS.get(str(option), str(option)), option == value
    if kind == "choices":
        for code, label in choices_of(info).items():
            yield code, label, code in (value or ())


def choices_of(info: FieldInfo) -> Mapping[str, str]:
    """Code → words of a parameter that takes some of a catalogue."""
    extra = info.json_schema_extra
    named = extra["choices"] if isinstance(extra, dict) else ""
    return AIDS if named == "aids" else occupations()


def _shown(kind: str, value: Any) -> Any:
    if value is None:
        return ""
    if kind == "lines":
        return "\n".join(value)
    if kind == "codes":
        return "\n".join(occupations().get(code, code) for code in value)
    if kind == "pairs":
        return "\n".join(f"{key} = {number}" for key, number in value.items())
    if kind == "groups":
        return "\n".join(
            f"{key} = {', '.join(occupations().get(code, code) for code in codes)}"
            for key, codes in value.items()
        )
    return value


def read_params(params: type[Strict], form: QueryDict, prefix: str) -> dict[str, Any]:
    """What a form says about the parameters called `prefix-…`; blanks are left out."""
    found: dict[str, Any] = {}
    for name, info in params.model_fields.items():
        kind = kind_of(name, info)
        if kind != "either":
            value = _read(kind, form, f"{prefix}-{name}")
            if value not in ("", [], {}):
                found[name] = value
    return found


def _read(kind: str, form: QueryDict, key: str) -> Any:
    if kind == "check":
        return key in form
    if kind == "choices":
        return form.getlist(key)
    text = str(form.get(key, "")).strip()
    if kind == "number":
        return whole(text)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if kind == "lines":
        return lines
    if kind == "codes":
        return [code_of(line) for line in lines]
    if kind == "pairs":
        return {key: whole(value) for key, value in map(_pair, lines)}
    if kind == "groups":
        return {
            key: [code_of(part) for part in value.split(",") if part.strip()]
            for key, value in map(_pair, lines)
        }
    return text


def whole(text: str) -> int | str:
    """`2.000.000` → 2000000; what is no number stays as written, to be pointed at."""
    digits = text.replace(".", "").replace(" ", "").removeprefix("Rp")
    return int(digits) if digits.isdigit() else text


def _pair(line: str) -> tuple[str, str]:
    key, _, value = line.partition("=")
    return key.strip(), value.strip()


def code_of(text: str) -> str:
    """The code of an occupation named by code or title; else the text, to be refused."""
    text = text.strip()
    by_title = {title.lower(): code for code, title in occupations().items()}
    return by_title.get(text.lower()) or find_occupation(text) or text
