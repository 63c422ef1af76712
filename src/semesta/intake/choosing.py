"""Whose file is this? The map that explains a file's headers best, or a clear question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from semesta.intake.drafting.evidence import Sample, sixteen_digits
from semesta.intake.headerrows import Known
from semesta.intake.headers import header_key, match_columns, says_nothing
from semesta.intake.maps import (
    SupplierMap,
    alternatives,
    is_shipped,
    known_headers,
    supplier_maps,
)
from semesta.intake.tables import Table
from semesta.kernel import UserError

_HINT = 0.3
_SHEET = 0.2
_PROOF = 0.5
_CONFIRMED = 1.0
_MUCH = 0.6
_ENOUGH, _UNLIKE = 5, 0.7
_CLEAR = 0.08  # a winner must lead by this much


@dataclass(frozen=True)
class Mapped:
    """A table and where a supplier's fields stand in it (field → position)."""

    table: Table
    columns: dict[str, int]
    missing: list[str]

    @property
    def fits(self) -> bool:
        return not self.missing


def map_table(table: Table, supplier: SupplierMap) -> Mapped:
    """Match a table's headers with a supplier's fields, or take them as confirmed."""
    columns = supplier.confirmed(table.headers)
    if columns is None:
        columns = match_columns(table.headers, supplier.aliases)
    return Mapped(table, columns, _lacking(supplier.required, columns))


def _lacking(
    entries: Sequence[str | list[str]], columns: Mapping[str, int]
) -> list[str]:
    """The entries of which no alternative is among the columns, as a person reads them."""
    return [
        " atau ".join(alternatives(entry))
        for entry in entries
        if not any(name in columns for name in alternatives(entry))
    ]


def known_words() -> Known:
    """Header words of all suppliers, and which of them name a person or number."""
    return Known(
        keys=known_headers(),
        identity_keys=_keys_of("nik", "family_card", "kpj", "npp", "nib", "asn_nip"),
        name_keys=_keys_of("name", "employer_name"),
        number_keys=_keys_of("number"),
    )


def _keys_of(*fields: str) -> frozenset[str]:
    return frozenset(
        key
        for one in supplier_maps().values()
        for field in fields
        for key in one.aliases.get(field, ())
    )


def choose_supplier(tables: Sequence[Table], filename: str) -> SupplierMap:
    """The supplier whose map explains the tables best.

    UserError `supplier.unclear` when none fits or two fit alike.
    """
    scores = []
    for supplier in supplier_maps().values():
        score = max(
            (_score(table, supplier, filename) for table in tables), default=0.0
        )
        if score:
            scores.append((score, supplier.name))
    scores.sort(reverse=True)
    if not scores:
        raise _unclear("Kolom-kolomnya tidak cocok dengan pengirim mana pun.")
    if len(scores) > 1 and scores[0][0] - scores[1][0] < _CLEAR:
        names = [supplier_maps()[name].title for _, name in scores[:2]]
        raise _unclear(f"Isinya cocok dengan {names[0]} maupun {names[1]}.")
    return supplier_maps()[scores[0][1]]


def _unclear(why: str) -> UserError:
    return UserError(
        "supplier.unclear",
        "Berkas ini tidak dapat dikenali berasal dari mana.",
        why,
        "Tentukan arti kolomnya, atau sebutkan pengirimnya.",
    )


def _score(table: Table, supplier: SupplierMap, filename: str) -> float:
    """Share of the headers the map explains, plus what name and title say."""
    mapped = map_table(table, supplier)
    if not mapped.fits or not table.rows or not _is_alike(mapped, supplier):
        return 0.0
    score = _explained(mapped)
    if supplier.confirmed(table.headers) is not None:
        score += _CONFIRMED
    texts = [filename, table.sheet, *table.titles]
    if any(_speaks(hint, text) for hint in supplier.hints for text in texts):
        score += _HINT
    if table.sheet in supplier.sheets:
        score += _SHEET
    if supplier.proves and not _lacking(supplier.proves, mapped.columns):
        score += _PROOF
    return score


def _explained(mapped: Mapped) -> float:
    """The share of a table's headers that a map gives a meaning."""
    named = sum(1 for header in mapped.table.headers if header.keys)
    return len(mapped.columns) / max(named, 1)


def _is_alike(mapped: Mapped, supplier: SupplierMap) -> bool:
    """Whether a table may be this supplier's at all. A city's own map was confirmed for
    some layouts and may require little: other lists must be much like those."""
    if supplier.confirmed(mapped.table.headers) is not None:
        return _numbers_agree(mapped)
    if not supplier.layouts or is_shipped(supplier.name):
        return True
    return _explained(mapped) >= _MUCH


def _numbers_agree(mapped: Mapped) -> bool:
    """Whether NIK and KK numbers stand where a confirmed layout has them. Asked only of
    columns whose header says nothing: another office's `Kolom3` may hold the other."""
    numbers = [name for name in ("nik", "family_card") if name in mapped.columns]
    for name in numbers:
        place = mapped.columns[name]
        if not says_nothing(header_key(mapped.table.headers[place].text)):
            continue
        sample = Sample.of(mapped.table.cells[place])
        found = sixteen_digits(sample, numbers=len(numbers))
        other = found and (found.family_card if name == "nik" else found.nik)
        if len(sample.cells) >= _ENOUGH and (found is None or (other or 0) > _UNLIKE):
            return False
    return True


def _speaks(hint: str, text: str) -> bool:
    """Whether the words of a hint stand in a text, one after the other."""
    return f" {_words(hint)} " in f" {_words(text)} "


def _words(text: str) -> str:
    return " ".join(re.findall(r"[a-z]+", text.lower()))


def fitting(tables: Iterable[Table], supplier: SupplierMap) -> list[Mapped]:
    """The tables that are this supplier's, mapped. UserError `columns.missing` with the
    columns that are not there when no table is."""
    mapped = [map_table(table, supplier) for table in tables]
    fits = [one for one in mapped if one.fits]
    if fits:
        return fits
    if not mapped:
        raise no_table()
    best = min(mapped, key=lambda one: len(one.missing))
    found = [header.text for header in best.table.headers if header.text][:20]
    raise UserError(
        "columns.missing",
        f"Kolom wajib untuk {supplier.title} tidak ada.",
        f"Yang tidak ditemukan: {', '.join(best.missing)}. "
        f"Judul kolom yang terbaca: {', '.join(found)}.",
        "Periksa judul kolom, atau pilih pengirim yang benar.",
    )


def no_table() -> UserError:
    return UserError(
        "table.none",
        "Tidak ada tabel yang dikenali di berkas ini.",
        "Tidak ditemukan baris judul kolom seperti NIK atau Nama di 30 baris pertama.",
        "Tentukan arti kolomnya; bila daftar tidak mempunyai baris judul kolom, tambahkan "
        "dahulu lalu kirim lagi.",
    )
