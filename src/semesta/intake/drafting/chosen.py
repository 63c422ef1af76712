"""From what a person says about the columns of a list to a supplier's map."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from semesta.intake.drafting.skeletons import EMPLOYER, PERSON, is_name
from semesta.intake.fields import FIELDS, IGNORED, NAMEABLE, inputs_of
from semesta.intake.headers import Header, header_key, says_nothing
from semesta.intake.maps import (
    ConfirmedColumn,
    Extension,
    Subject,
    SupplierMap,
    alternatives,
    is_shipped,
    layout_keys,
)
from semesta.kernel import UserError

_LONGEST_NAME = 30
# What a list of each kind must name, one of it at least.
_MUST_NAME: dict[Subject, tuple[str, ...]] = {
    "person": tuple(name for name in PERSON if name != "family_card"),
    "household": ("family_card",),
    "employer": EMPLOYER,
}
# What it is recognised by, the most telling first.
_KNOWN_BY = _MUST_NAME | {"person": PERSON}
_MOST_REQUIRED = 3
_HEAD = "# Peta kolom yang ditetapkan petugas di halaman Arti kolom.\n"


@dataclass(frozen=True)
class Chosen:
    """What a person says about a list: its name, what a row is about, who answers
    questions, the field of each column ("" = not used), and the fields a row must have."""

    title: str
    subject: Subject
    office: str
    meanings: Sequence[str]
    needed: Sequence[str] = field(default=())


def name_from(title: str) -> str:
    """A map's name from a list's title: `Nelayan DKP (2026)` → `nelayan_dkp_2026`.
    UserError `supplier.name` when no name can be made of it."""
    ascii_ = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    name = "_".join(re.findall(r"[a-z0-9]+", ascii_.lower()))[:_LONGEST_NAME].strip("_")
    name = name if not name[:1].isdigit() else f"daftar_{name}"[:_LONGEST_NAME]
    if not is_name(name):
        raise UserError(
            "supplier.name",
            f"“{title.strip()}” tidak dapat menjadi nama daftar.",
            "Nama daftar memerlukan paling sedikit tiga huruf atau angka.",
            "Tulis nama yang lebih jelas, misalnya: Nelayan Dinas Perikanan.",
        )
    return name


def new_map(chosen: Chosen, headers: Sequence[Header]) -> SupplierMap:
    """The map of an office nobody knew. UserError `supplier.name`, `columns.*`, or
    `supplier.no_identity` when nothing names who a row is about."""
    content = {"name": name_from(chosen.title)} | _told(chosen)
    placed = {"kelurahan", "kelurahan_code", "kelurahan_parts"} & set(chosen.meanings)
    if chosen.subject == "person" and not placed:
        content["area_from"] = "title"
    return _read_as(chosen, headers, content, None)


def changed_map(
    chosen: Chosen, headers: Sequence[Header], base: SupplierMap
) -> SupplierMap:
    """A city's own map, said anew; what it knew of lists with other headers stays.
    UserErrors as `new_map`."""
    return _read_as(chosen, headers, base.model_dump() | _told(chosen), base)


def extended_map(
    chosen: Chosen, headers: Sequence[Header], base: SupplierMap
) -> SupplierMap:
    """A known map that reads this list too; only the meaning of columns is taken from
    what was chosen. UserErrors as `new_map`, `columns.missing` for what it cannot lack."""
    used = set(chosen.meanings)
    lacking = [
        " atau ".join(map(title_of, alternatives(entry)))
        for entry in base.required
        if not used & set(alternatives(entry))
    ]
    if lacking:
        raise _refused(
            "columns.missing", f"{base.title} harus mempunyai: {', '.join(lacking)}."
        )
    return _read_as(chosen, headers, base.model_dump(), base)


def _told(chosen: Chosen) -> dict[str, Any]:
    """What a person says of a list as a whole."""
    _check_identity(chosen)
    known_by = [one for one in _KNOWN_BY[chosen.subject] if one in chosen.meanings]
    return {
        "title": chosen.title.strip(),
        "subject": chosen.subject,
        "office": chosen.office.strip(),
        "required": known_by[:_MOST_REQUIRED],
        "needs": list(dict.fromkeys(map(column_of_field, chosen.needed))),
    }


def _read_as(
    chosen: Chosen,
    headers: Sequence[Header],
    content: dict[str, Any],
    base: SupplierMap | None,
) -> SupplierMap:
    _check_columns(chosen)
    used = {f: headers[n] for n, f in enumerate(chosen.meanings) if f}
    return SupplierMap.model_validate(
        content
        | {
            "fields": _fields(used, headers, base),
            "others": _others(headers, chosen.meanings, base),
            "layouts": _layouts(chosen, headers, base),
        }
    )


def _check_columns(chosen: Chosen) -> None:
    used = [one for one in chosen.meanings if one]
    if unknown := set(used) - NAMEABLE:
        raise _refused(
            "columns.unknown", f"{', '.join(sorted(unknown))} tidak dikenal."
        )
    twice = [name for name, count in Counter(used).items() if count > 1]
    if twice:
        titles = ", ".join(map(title_of, twice))
        raise _refused(
            "columns.twice", f"Dipilih untuk lebih dari satu kolom: {titles}."
        )


def _check_identity(chosen: Chosen) -> None:
    used = set(chosen.meanings)
    if stray := set(chosen.needed) - used:
        titles = ", ".join(map(title_of, sorted(stray)))
        raise _refused("columns.needed", f"Wajib diisi tetapi tidak dipilih: {titles}.")
    if not used & set(_MUST_NAME[chosen.subject]):
        titles = ", ".join(map(title_of, _MUST_NAME[chosen.subject]))
        raise _refused(
            "supplier.no_identity", f"Pilih kolom untuk salah satu dari: {titles}."
        )


def _refused(code: str, why: str) -> UserError:
    return UserError(
        code,
        "Arti kolom belum dapat dipakai.",
        why,
        "Periksa pilihan arti kolom, lalu coba lagi.",
    )


def _fields(
    used: dict[str, Header], headers: Sequence[Header], base: SupplierMap | None
) -> dict[str, list[str]]:
    """Field → headers: those of this list first; a header of it means nothing else.

    To a shipped map headers are only added; this list is read as confirmed anyway.
    """
    known = dict(base.fields) if base else {}
    if base is None or not is_shipped(base.name):
        here = {header_key(header.text) for header in headers}
        known = {
            name: [text for text in texts if header_key(text) not in here]
            for name, texts in known.items()
        }
    for name, header in used.items():
        texts = known.get(name, [])
        key = header_key(header.text)
        new = not says_nothing(key) and key not in map(header_key, texts)
        known[name] = [header.text, *texts] if new else texts
    return known


def _others(
    headers: Sequence[Header], meanings: Sequence[str], base: SupplierMap | None
) -> list[str]:
    """Headers that are not read, and the parts of headers in two lines: by both the
    header row is found again."""
    told: list[str] = []
    for header, meaning in zip(headers, meanings, strict=True):
        told += [] if meaning else [header.text]
        told += header.keys[1:]
    telling = [text for text in told if not says_nothing(header_key(text))]
    return list(dict.fromkeys([*telling, *(base.others if base else [])]))


def _layouts(
    chosen: Chosen, headers: Sequence[Header], base: SupplierMap | None
) -> list[list[ConfirmedColumn]]:
    """The layouts confirmed so far, this one last and once."""
    keys = layout_keys(header.text for header in headers)
    earlier = [
        layout
        for layout in (base.layouts if base else [])
        if layout_keys(column.header for column in layout) != keys
    ]
    confirmed = [
        ConfirmedColumn(header=header.text, field=meaning)
        for header, meaning in zip(headers, chosen.meanings, strict=True)
    ]
    return [*earlier, confirmed]


def title_of(name: str) -> str:
    """A field in plain Indonesian, as the start of a line: `nomor KK` → `Nomor KK`."""
    title = FIELDS[name].title if name in FIELDS else _ELSE[name]
    return title[:1].upper() + title[1:]


_ELSE = {
    "number": "nomor urut",
    "submission": "nomor kiriman formulir",
    "code_province": "kode provinsi (bagian)",
    "code_regency": "kode kabupaten/kota (bagian)",
    "code_district": "kode kecamatan (bagian)",
    "code_kelurahan": "kode kelurahan (bagian)",
}


def column_of_field(name: str) -> str:
    """The standard column a row must have when it must have this field."""
    return FIELDS[name].gives[-1 if name == "born_at_on" else 0]


def field_of_column(column: str, used: Sequence[str]) -> str:
    """The field, among those used, that fills a standard column; blank for none."""
    return next((name for name in inputs_of(column) if name in used), "")


def can_be_needed(name: str) -> bool:
    """Whether a row can be asked to have this field: it must fill a column."""
    return name in FIELDS and name not in IGNORED


def map_text(supplier: SupplierMap) -> str:
    """A map as the YAML text that `parse_map` reads back to the same; of a shipped one
    only what was added."""
    added = Extension.of(supplier) if is_shipped(supplier.name) else None
    if added and added.applied() == supplier:
        content = added.model_dump()
    else:
        content = supplier.model_dump(exclude_defaults=True)
        content |= {"fields": supplier.fields, "required": supplier.required}
    return _HEAD + yaml.safe_dump(
        content, allow_unicode=True, sort_keys=False, width=100
    )
