"""Exports of field forms (KoboToolbox, ODK): headers are paths, `group/question`.

A question is known by its last part. A select-multiple question has one column with all
answers (`kerja/pekerjaan`) and one of 0 and 1 per choice (`kerja/pekerjaan/ojek`); the
latter name choices, not things of the person: `dokumen/kk` is no KK number.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from semesta.intake.cells import bare_column
from semesta.intake.headers import Header, header_key, header_of

# Columns that the servers add; two of them make a table a form's export.
_KOBO = frozenset(
    ("_id", "_uuid", "_submission_time", "_index", "_parent_index", "__version__",
     "_submission__id", "_submission__uuid")
)  # fmt: skip
_ODK = frozenset(
    ("key", "submissiondate", "submitterid", "instanceid", "meta-instanceid",
     "formversion", "parent_key")
)  # fmt: skip
_FEW = 2
_TICKS = pa.array(["0", "1", "true", "false", ""])


def is_form_export(texts: Sequence[str]) -> bool:
    """Whether these headers are those of a form's export."""
    return _separator(texts) != ""


def headers_of(texts: Sequence[str]) -> list[Header]:
    """One Header per text; in a form's export the question's name is its fullest key,
    and the column of one choice has no key at all."""
    separator = _separator(texts)
    if not separator:
        return [header_of(text) for text in texts]
    names = {text.strip().lower() for text in texts}
    return [_question(text, separator, names) for text in texts]


def without_ticks(
    headers: Sequence[Header], columns: Sequence[pa.Array]
) -> list[Header]:
    """The headers, those of choices without keys where the export has no column with all
    answers: two or more columns of one group that hold nothing but 0 and 1."""
    if not is_form_export([header.text for header in headers]):
        return list(headers)
    ticked: dict[str, list[int]] = {}
    for place, (header, column) in enumerate(zip(headers, columns, strict=True)):
        parent = header.text.rpartition("/")[0]
        if parent and _only_ticks(column):
            ticked.setdefault(parent, []).append(place)
    choices = {p for places in ticked.values() if len(places) >= _FEW for p in places}
    return [
        Header(header.text, ()) if place in choices else header
        for place, header in enumerate(headers)
    ]


def _separator(texts: Sequence[str]) -> str:
    """What stands between group and question: `/` (Kobo), `-` (ODK), "" for no form."""
    names = {text.strip().lower() for text in texts if text}
    if len(names & _KOBO) >= _FEW:
        return "/"
    return "-" if len(names & _ODK) >= _FEW else ""


def _question(text: str, separator: str, names: set[str]) -> Header:
    above = text.rpartition("/")[0].strip().lower()
    if above and above in names:
        return Header(" ".join(text.split()), ())
    last = header_of(text.rpartition(separator)[2])
    keys = dict.fromkeys((*last.keys, header_key(text)))
    return Header(" ".join(text.split()), tuple(key for key in keys if key))


def _only_ticks(column: pa.Array) -> bool:
    texts = pc.utf8_lower(pc.utf8_trim_whitespace(bare_column(column)))
    return bool(pc.all(pc.is_in(texts, value_set=_TICKS)).as_py())
