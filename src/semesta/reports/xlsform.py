"""A verification round as an XLSForm for ODK and Kobo, and its people as a CSV beside it.

The person is chosen by a code without personal data; name and address come from the CSV
that stays on the telephone. What comes back has the questions' names, which the list
`field_form` knows.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date

from semesta.reports.field_form import Visit
from semesta.warehouse.workbook import Column, Sheet, harmless, write_workbook

TASKS = "tugas"
CHANGED = "${hasil} = 'berubah'"
REFUSED = "${hasil} = 'tolak'"
VERDICTS = {
    "benar": "Benar, tidak ada yang berubah",
    "berubah": "Ada yang berubah",
    "tolak": "Ditolak",
}
_LOOK = "pulldata('tugas', '{column}', 'kode', ${{kode_tugas}})"
# type, name, label, relevant, required, calculation
_SURVEY = (
    ("start", "start", "", "", "", ""),
    ("today", "tanggal_pemeriksaan", "", "", "", ""),
    ("text", "petugas_lapangan", "Nama akun Anda", "", "yes", ""),
    ("text", "kode_tugas", "Kode orang (halaman dan nomor)", "", "yes", ""),
    ("calculate", "nama", "", "", "", _LOOK.format(column="nama")),
    ("calculate", "alamat_tercatat", "", "", "", _LOOK.format(column="alamat")),
    ("note", "siapa", "${nama}, ${alamat_tercatat}", "", "", ""),
    ("select_one hasil", "hasil", "Bagaimana keadaannya?", "", "yes", ""),
    ("select_one alasan", "alasan", "Mengapa ditolak?", REFUSED, "yes", ""),
    ("date", "tanggal_meninggal", "Tanggal meninggal, bila diketahui",
     "${alasan} = 'meninggal'", "", ""),
    ("select_one pekerjaan", "pekerjaan", "Pekerjaan sekarang", CHANGED, "", ""),
    ("integer", "penghasilan", "Penghasilan sebulan (rupiah)", CHANGED, "", ""),
    ("text", "no_hp", "Nomor HP", CHANGED, "", ""),
    ("text", "alamat_baru", "Alamat sekarang", CHANGED, "", ""),
    ("text", "rt_baru", "RT", CHANGED, "", ""),
    ("text", "rw_baru", "RW", CHANGED, "", ""),
    ("text", "keterangan", "Keterangan lain", "", "", ""),
)  # fmt: skip


def xlsform(
    *,
    title: str,
    form_id: str,
    occupations: Mapping[str, str],
    reasons: Mapping[str, str],
    made_on: date,
) -> bytes:
    """The form as a workbook: survey, choices, settings. The same gives the same bytes."""
    names = ("type", "name", "label", "relevant", "required", "calculation")
    choices = [
        *(["hasil", code, label] for code, label in VERDICTS.items()),
        *(["alasan", code, label] for code, label in reasons.items()),
        *(["pekerjaan", code, label] for code, label in occupations.items()),
    ]
    return write_workbook(
        [
            Sheet("survey", [Column(n, 22) for n in names], [list(r) for r in _SURVEY]),
            Sheet(
                "choices", [Column(n, 24) for n in ("list_name", "name", "label")],
                choices,
            ),
            Sheet(
                "settings",
                [Column(n, 24) for n in ("form_title", "form_id", "version",
                                         "default_language")],
                [[title, form_id, made_on.strftime("%Y%m%d"), "Bahasa Indonesia (id)"]],
            ),
        ],
        title=title,
        made_on=made_on,
    )  # fmt: skip


def tasks_csv(visits: Iterable[Visit]) -> str:
    """The people of a form, one line each; to be put beside it as `tugas.csv`."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["kode", "nama", "alamat", "rt", "rw"])
    for one in visits:
        code = f"{one.page_code}-{one.line}"
        row = (code, one.name, one.address, one.rt, one.rw)
        writer.writerow([harmless(text) for text in row])
    return out.getvalue()
