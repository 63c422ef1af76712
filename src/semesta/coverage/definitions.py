"""Measures as data: each is one YAML file that says what is counted against what."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

Segment = Literal["ALL", "PU", "BPU", "JAKON"]
SEGMENT_LABELS: dict[str, str] = {
    "ALL": "Semua segmen",
    "PU": "Penerima upah (PU)",
    "BPU": "Bukan penerima upah (BPU)",
    "JAKON": "Jasa konstruksi",
}
# Of these nobody has sent data: their figures are unknown, not 0.
WITHOUT_DATA = ("JAKON",)
UNITS: dict[str, str] = {
    "ALL": "pekerja",
    "PU": "pekerja penerima upah",
    "BPU": "pekerja bukan penerima upah",
    "JAKON": "pekerja jasa konstruksi",
}

# Ages between which a person counts as a potential worker: from, and up to before.
WORKING_AGE = (15, 65)
_POTENTIAL = (
    "Penduduk dalam registri yang berdomisili di wilayah ini, masih hidup, berusia 15 "
    "sampai 64 tahun, bukan ASN, TNI, Polri, atau pejabat negara, dan bekerja: menurut "
    "daftar yang diterima ia bekerja, atau ia masih terlindungi sebagai penerima upah."
)
_WAGE = (
    "termasuk penerima upah bila masih terlindungi sebagai peserta PU, atau bila "
    "pekerjaannya menurut daftar berada dalam hubungan kerja (karyawan, honorer, guru, "
    "tenaga kesehatan, satpam)"
)
# What stands under each division line, exactly as shown.
DENOMINATOR_TEXTS: dict[str, dict[str, str]] = {
    "workers": {
        "ALL": _POTENTIAL,
        "PU": f"{_POTENTIAL} Seseorang {_WAGE}.",
        "BPU": f"{_POTENTIAL} Semua selain penerima upah; seseorang {_WAGE}.",
    },
    "vulnerable_workers": {
        "ALL": f"{_POTENTIAL} Hanya yang bukan penerima upah dan keluarganya termasuk "
        f"desil 1 sampai {{max_decile}}; seseorang {_WAGE}.",
    },
    "published": {"ALL": "Potensi pekerja sebagaimana diumumkan: {source}."},
}
NO_DATA_TEXT = "Belum ada data jasa konstruksi yang diterima."


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Numerator(_Strict):
    """Who is counted. `months` and `count` are for `who: months`."""

    who: Literal["active", "protected", "months"]
    text: str
    months: int = 0
    count: Literal["membership", "tenure"] = "membership"
    within_denominator: bool = False


class Denominator(_Strict):
    """Against whom. `max_decile` is for `vulnerable_workers`."""

    who: Literal["workers", "vulnerable_workers", "published"]
    max_decile: int = 0

    def text(self, segment: str) -> str:
        """The definition of the denominator of one segment, as shown."""
        if segment in WITHOUT_DATA:
            return NO_DATA_TEXT
        texts = DENOMINATOR_TEXTS[self.who]
        words = texts.get(segment, texts["ALL"])
        return words.replace("{max_decile}", str(self.max_decile))


class Definition(_Strict):
    """One measure. `phrase` completes "12 dari 34 pekerja di … ⟨phrase⟩"."""

    id: str = Field(pattern=r"[a-z0-9_]+")
    order: int
    title: str
    numerator: Numerator
    denominator: Denominator
    segments: tuple[Segment, ...]
    areas: Literal["all", "region"] = "all"
    unit: str = ""
    phrase: str
    citation: str
    cap: str
    note: str = ""

    def unit_of(self, segment: str) -> str:
        """What is counted, e.g. `pekerja penerima upah`."""
        return self.unit or UNITS[segment]

    def as_words(self) -> dict[str, Any]:
        """What a run keeps of the definition, to show its figures with."""
        return {
            "order": self.order,
            "title": self.title,
            "phrase": self.phrase,
            "numerator": self.numerator.text,
            "denominator": {
                each: self.denominator.text(each) for each in self.segments
            },
            "unit": {each: self.unit_of(each) for each in self.segments},
            "citation": self.citation,
            "cap": self.cap,
            "note": self.note,
        }


@cache
def definitions() -> tuple[Definition, ...]:
    """All measures, in the order in which they are shown."""
    folder = files("semesta.coverage") / "definitions"
    texts = [
        file.read_text("utf-8")
        for file in folder.iterdir()
        if file.name.endswith(".yaml")
    ]
    found = [Definition.model_validate(yaml.safe_load(text)) for text in texts]
    return tuple(sorted(found, key=lambda each: each.order))
