"""Header texts: one key for all ways to write a header, and columns matched to fields."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

_SHORTEST_BEGINNING = 4
_LAST = 100
_IN_BRACKETS = re.compile(r"[(\[](.*?)[)\]]")
_SAYS_NOTHING = re.compile(r"(?:kolom|column|col|field|unnamed)?\d*|[a-z]")
_WORDS = re.compile(r"[^\W_]+")
# How offices shorten the words of a header.
SHORT_FORMS: Mapping[str, str] = {
    short: word
    for word, shorts in {
        "alamat": "almt", "bulan": "bln", "hubungan": "hub hbg", "jenis": "jns jn",
        "jumlah": "jml jmlh jlh", "kawin": "kwn kwin", "kecamatan": "kec",
        "kelamin": "klmn klmin klm", "keluarga": "klg kelg klrg", "kelurahan": "kel",
        "keterangan": "ket", "lahir": "lhr", "nama": "nm", "nomor": "no nmr nomer",
        "pekerjaan": "pek pekerj pkrjn pkj", "pendidikan": "pddk penddk pendd pddkn",
        "penghasilan": "penghsl pghsl", "perusahaan": "prsh prshn perush",
        "peserta": "pst", "status": "sts stat", "tahun": "thn th", "tanggal": "tgl tg",
        "telepon": "telp tlp tlpn tel telpon", "tempat": "tmp tmpt tpt",
    }.items()
    for short in shorts.split()
}  # fmt: skip


def header_key(text: str) -> str:
    """Letters and digits only: `No. KK`, `NO_KK`, `no kk ` → `nokk`."""
    return "".join(c for c in text.lower() if c.isalnum())


def says_nothing(key: str) -> bool:
    """Whether a header key is a place or a letter only (`kolom3`, `b`): any office's
    list may have it, over anything."""
    return bool(_SAYS_NOTHING.fullmatch(key))


def written_out(text: str) -> str:
    """The key with shortened words written out: `Tmp/Tgl Lhr` → `tempattanggallahir`."""
    words = _WORDS.findall(text.lower())
    return "".join(SHORT_FORMS.get(word, word) for word in words)


class Header(NamedTuple):
    """One column's header: the text to show, and its keys, the fullest first."""

    text: str
    keys: tuple[str, ...]


def header_of(*lines: str) -> Header:
    """The header of a column from its one or two lines, top first.

    `Alamat` over `RT` is understood as `alamatrt`, `rt` and `alamat`, in this order;
    `Tgl Lahir (dd/mm/yyyy)` also without and within its brackets; all of them at last
    with shortened words written out.
    """
    lines = tuple(" ".join(line.split()) for line in lines)
    lines = tuple(dict.fromkeys(line for line in lines if line))
    texts = [" ".join(lines), *reversed(lines)] if len(lines) > 1 else list(lines)
    parts = []
    for text in texts:
        parts += [text, _IN_BRACKETS.sub(" ", text), *_IN_BRACKETS.findall(text)]
    keys = [*map(header_key, parts), *map(written_out, parts)]
    return Header(" ".join(lines), tuple(dict.fromkeys(filter(None, keys))))


def match_columns(
    headers: Sequence[Header], aliases: Mapping[str, Sequence[str]]
) -> dict[str, int]:
    """Field → column. A column serves one field and the other way round.

    Fuller keys of a header go before its parts, so that `Nama Ibu` is not taken for
    `Nama`; among columns with equal claims the alias listed first wins.
    """
    claims = []
    for field, keys in aliases.items():
        rank = {key: place for place, key in enumerate(keys)}
        for column, header in enumerate(headers):
            claims += _claim(header, rank, column, field)
    found: dict[str, int] = {}
    taken: set[int] = set()
    for _, _, column, field in sorted(claims):
        if field not in found and column not in taken:
            found[field] = column
            taken.add(column)
    return found


Claim = tuple[int, int, int, str]


def _claim(
    header: Header, rank: Mapping[str, int], column: int, field: str
) -> list[Claim]:
    """How well a column answers to a field: by depth of its key, then rank of the alias.

    Failing that, a header that only begins like a known one (`Penghasilan rata-rata`)
    answers after all others, the longest beginning first.
    """
    for depth, key in enumerate(header.keys):
        if key in rank:
            return [(depth, rank[key], column, field)]
    begins = [
        len(alias)
        for alias in rank
        if len(alias) >= _SHORTEST_BEGINNING
        and any(key.startswith(alias) for key in header.keys[:1])
    ]
    return [(_LAST, -max(begins), column, field)] if begins else []
