"""What the forms offer to choose from: codes of the stages in words of daily life."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from semesta.intake.stored import stored
from semesta.kernel import Month
from semesta.law.book import law_at, law_book
from semesta.web.words import plain

OTHER_WORK = "lainnya"
# Name in the address → the law's segment.
SEGMENTS = {"mandiri": "BPU", "upah": "PU", "proyek": "JAKON"}
WORK = [
    (
        "mandiri",
        _("Bekerja sendiri"),
        _("petani, pedagang, ojek, tukang, buruh harian"),
    ),
    ("upah", _("Bekerja pada pemberi kerja"), _("toko, pabrik, kantor, rumah tangga")),
]
PROJECT = (
    "proyek",
    _("Proyek bangunan"),
    _("pekerja harian dan borongan, sekali untuk satu proyek"),
)
EVENTS = [
    (
        "death",
        _("Meninggal, bukan karena kecelakaan kerja"),
        _("karena sakit, usia, atau sebab lain"),
    ),
    (
        "work_death",
        _("Meninggal karena kecelakaan kerja"),
        _("saat bekerja, atau di jalan pergi dan pulang kerja"),
    ),
    (
        "total_disability",
        _("Cacat total tetap karena kecelakaan kerja"),
        _("tidak dapat bekerja lagi selamanya"),
    ),
    (
        "partial_disability",
        _("Cacat sebagian karena kecelakaan kerja"),
        _("kehilangan bagian badan, atau fungsinya berkurang"),
    ),
    (
        "work_accident",
        _("Kecelakaan kerja tanpa cacat"),
        _("dirawat, atau untuk sementara tidak dapat bekerja"),
    ),
]
PAYING = [
    ("ya", _("Dibayar"), _("sendiri, oleh kota, pemberi kerja, atau siapa pun")),
    ("tidak", _("Tidak pernah dibayar"), ""),
    (
        "entah",
        _("Tidak tahu"),
        _("kelurahan atau BPJS Ketenagakerjaan dapat memeriksanya"),
    ),
]
DIED = ("death", "work_death")
WITH_CHILDREN = ("death", "work_death", "total_disability")
SIZES = [
    ("", _("Pilih ukuran usaha")),
    ("mikro", _("Mikro: warung, usaha rumahan")),
    ("kecil", _("Kecil")),
    ("menengah", _("Menengah")),
    ("besar", _("Besar")),
]
# Where a child is at school: the class in words → level and year of that level.
_CLASSES: dict[str, list[str]] = {
    "tk_sd": ["TK A", "TK B", *(f"SD kelas {n}" for n in range(1, 7))],
    "smp": [f"SMP kelas {n}" for n in range(7, 10)],
    "sma": [f"SMA atau SMK kelas {n}" for n in range(10, 13)],
}


@cache
def occupations() -> list[tuple[str, Any]]:
    """Work outside an employment relation, by its name; the jobs that a relief of the
    law names are all among them."""
    listed = {
        entry["code"]: entry["title"]
        for entry in stored("occupations.yaml")
        if not entry.get("employed") and not entry.get("idle")
    }
    other = listed.pop(OTHER_WORK)
    for dated in law_book().parameters["bpu.relief.transport_jobs"].values:
        for jobs in dated.value.values():
            listed = {job: plain(job) for job in jobs} | listed
    named = sorted(listed.items(), key=lambda item: item[1].lower())
    return [("", _("Pilih pekerjaan")), *named, (OTHER_WORK, f"{other}")]


def payers(on: date) -> list[tuple[str, str]]:
    """Who may pay for a worker outside an employment relation, as the law names them."""
    return list(law_at(on).get("bpu.payers").value.items())


def risks(on: date) -> list[tuple[str, Any]]:
    """The risk classes of work for an employer."""
    rows = law_at(on).get("pu.jkk.rate").value
    return [("", _("Pilih tingkat risiko"))] + [
        (str(r["class"]), r["name"]) for r in rows
    ]


def classes(on: date) -> list[tuple[Any, Any]]:
    """School classes grouped by level; the value is `level:year`."""
    levels = {row["level"]: row for row in law_at(on).get("scholarship.levels").value}
    groups: list[tuple[Any, Any]] = [
        ("", _("Pilih kelas")),
        ("belum:", _("Belum sekolah")),
        ("tidak:", _("Sudah tidak sekolah")),
    ]
    for code, names in _CLASSES.items():
        inside = [(f"{code}:{n}", name) for n, name in enumerate(names, start=1)]
        groups.append((levels[code]["name"], inside))
    college = [
        (f"pt:{n}", f"Kuliah tahun ke-{n}") for n in range(1, levels["pt"]["years"] + 1)
    ]
    return [*groups, (_("Perguruan tinggi"), college)]


def months(on: date) -> list[tuple[str, Any]]:
    """Contribution months to choose from: last year to next year, by year."""
    return [
        (
            str(year),
            [(str(m), m.in_words()) for m in map(Month(year, 1).__add__, range(12))],
        )
        for year in (on.year - 1, on.year, on.year + 1)
    ]


def class_name(level: str, year: int | None) -> str:
    """`smp`, 2 → `SMP kelas 8`; blank for what is no class."""
    if level == "pt" and year:
        return f"Kuliah tahun ke-{year}"
    names = _CLASSES.get(level, [])
    return names[year - 1] if year and year <= len(names) else ""
