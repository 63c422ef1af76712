"""A new supplier's map as YAML, from what its columns seem to hold.

No value of the sample goes into it: it holds people.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from semesta.intake.drafting.proposing import Proposal
from semesta.intake.drafting.reasons import SURE_WORDS, how_sure
from semesta.intake.fields import FIELDS
from semesta.intake.headers import header_key, says_nothing
from semesta.intake.maps import Subject
from semesta.kernel import UserError

_NAME = re.compile(r"[a-z][a-z0-9_]{2,29}")
_FAIRLY = 0.6
# What a list can be known by, the most telling first.
PERSON = ("nik", "name", "kpj", "asn_nip", "family_card")
EMPLOYER = ("npp", "nib", "employer_name", "npwp", "project_id")
_HEAD = """\
# Peta kolom yang disusun dari contoh berkas. Periksa setiap baris sebelum dipakai:
# persen menyatakan seberapa yakin, dan dari mana (judul kolom, isinya, atau keduanya).
# Yang ragu boleh dihapus; kolom tanpa nama baku ada di bawah sebagai catatan.
"""


def is_name(name: str) -> bool:
    """Whether a map may have this name: it becomes the name of a file."""
    return bool(_NAME.fullmatch(name))


def check_name(name: str) -> None:
    """UserError `supplier.name` for a name no map may have."""
    if not is_name(name):
        raise UserError(
            "supplier.name",
            f"“{name}” tidak dapat menjadi nama pengirim.",
            "Nama pengirim ditulis dengan huruf kecil, angka, dan garis bawah, "
            "3 sampai 30 huruf, dan diawali huruf.",
            "Contoh: nelayan_dkp.",
        )


def skeleton(name: str, proposals: Sequence[Proposal], *, stem: str = "") -> str:
    """The YAML text of a map that reads the list the proposals are of.

    `stem`: the sample's file name, whose words become the hint. UserError
    `supplier.no_identity` when no column seems to name anybody.
    """
    check_name(name)
    found = {one.field: one for one in proposals if one.field}
    subject, known_by = _subject(found)
    words = " ".join(re.findall(r"[a-z]+", stem.lower()))
    lines = [
        f"name: {name}",
        f"title: {_text(name.replace('_', ' ').capitalize())}",
        f"subject: {subject}",
        'office: "Kantor pengirim"  # isi: kantor yang menjawab pertanyaan',
        f"hints: [{_text(words)}]" if len(words) > 3 else "hints: []",
        f"required: [{', '.join(known_by)}]",
        f"needs: [{_needed(found, known_by)}]",
    ]
    if subject == "person" and not found.keys() & {"kelurahan", "kelurahan_code"}:
        lines.append("area_from: title  # kelurahan dari judul daftar")
    lines += ["fields:", *(_field(one) for one in found.values())]
    unknown = [one for one in proposals if not one.field]
    if unknown:
        lines += ["# Belum dikenali: pindahkan ke fields dengan nama kolom bakunya,"]
        lines += ["# lalu hapus dari others.", *map(_unknown, unknown)]
    others = dict.fromkeys(_text(one.header) for one in unknown)
    lines.append(f"others: [{', '.join(others)}]")
    if any(says_nothing(header_key(one.header)) for one in proposals):
        lines += ["# Sebagian judul tidak berarti apa-apa: susunan ini dibaca persis."]
        lines += ["layouts:", *_layout(proposals)]
    return _HEAD + "\n".join(lines) + "\n"


def likely_subject(proposals: Sequence[Proposal]) -> Subject:
    """Whom a list seems to be about; a person where nothing tells."""
    found = {one.field: one for one in proposals if one.field}
    if not found.keys() & {*PERSON, *EMPLOYER}:
        return "person"
    card, name = found.get("family_card"), found.get("name")
    nobody_else = not found.keys() & {"nik", "kpj", "asn_nip"}
    if card and nobody_else and (not name or card.different >= 0.9 * name.different):
        return "household"  # each card stands once
    return _subject(found)[0]


def _subject(found: dict[str, Proposal]) -> tuple[Subject, list[str]]:
    """Whom the list is about, and the fields to know it by (sure ones, two or three)."""

    def sure(names: Sequence[str]) -> list[str]:
        return [n for n in names if n in found and found[n].confidence >= _FAIRLY]

    persons, employers = sure(PERSON), sure(EMPLOYER)
    if employers and not {"nik", "kpj", "asn_nip"} & set(persons):
        return "employer", employers[:2]
    if persons:
        alone = persons[0] == "family_card"
        return ("household" if alone else "person"), persons[:3]
    some = [n for n in (*PERSON, *EMPLOYER) if n in found]
    if not some:
        raise UserError(
            "supplier.no_identity",
            "Contoh ini tidak dapat dijadikan peta kolom.",
            "Tidak ada kolom yang tampak menyebut siapa pun: NIK, nama, KPJ, NIP, nomor "
            "KK, NPP, atau NIB.",
            "Pakai contoh dengan beberapa baris terisi, atau tulis petanya menurut contoh "
            "peta lain.",
        )
    return ("person" if some[0] in PERSON else "employer"), some[:1]


def _needed(found: dict[str, Proposal], known_by: Sequence[str]) -> str:
    return "name" if "name" in found else known_by[0]


def _field(one: Proposal) -> str:
    title = FIELDS[one.field].title if one.field in FIELDS else "nomor urut"
    header = "" if says_nothing(header_key(one.header)) else _text(one.header)
    return (
        f"  {one.field}: [{header}]"
        f"  # {title}: {SURE_WORDS[how_sure(one)]} {one.confidence:.0%} ({one.by})"
    )


def _layout(proposals: Sequence[Proposal]) -> list[str]:
    fields = [f", field: {one.field}" if one.field else "" for one in proposals]
    columns = [
        f"{{header: {_text(one.header)}{field}}}"
        for one, field in zip(proposals, fields, strict=True)
    ]
    first, *rest = columns
    return [f"  - - {first}", *(f"    - {column}" for column in rest)]


def _unknown(one: Proposal) -> str:
    return f"#  ???: [{_text(one.header)}]  # {one.different} isi berbeda"


def _text(text: str) -> str:
    """A text as YAML reads it back, whatever stands in it (header keys are letters and
    digits, so what cannot be printed is not missed)."""
    shown = "".join(c if c.isprintable() else " " for c in text)
    return json.dumps(" ".join(shown.split()), ensure_ascii=False)
