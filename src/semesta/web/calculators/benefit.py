"""The form that asks what happened, to whom, and how contributions were paid."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from semesta.web import formats
from semesta.web.calculators import choices
from semesta.web.calculators.asking import forget, need, offer
from semesta.web.calculators.fields import (
    DayField,
    MonthField,
    PercentField,
    RadioField,
    RupiahField,
    first_year,
)

ROWS, SHOWN_ROWS = 4, 2
OLDEST_CHILD = 60
_AT_WORK = ("penghasilan", "hari", "darat", "laut", "udara")
_PARTLY = ("persen_cacat", "persen_fungsi")
_RANGES = {
    "mulai": _("Bulan pertama yang dibayar"),
    "akhir": _("Bulan terakhir yang dibayar"),
    "mulai_lain": _("Bulan pertama masa itu"),
    "akhir_lain": _("Bulan terakhir masa itu"),
}
_PAIRS = [("mulai", "akhir"), ("mulai_lain", "akhir_lain")]


class BenefitForm(forms.Form):
    """What happened, and how contributions were paid. Sent by POST: it holds dates."""

    use_required_attribute = False

    peristiwa = RadioField(label=_("Apa yang terjadi?"), told=choices.EVENTS)
    persen_cacat = PercentField(
        label=_("Berapa persen cacatnya?"),
        help_text=_("Menurut surat dokter. Misalnya 30"),
    )
    persen_fungsi = PercentField(
        label=_("Berapa persen fungsinya berkurang?"),
        help_text=_("Hanya bila bagian badannya masih ada tetapi fungsinya berkurang."),
    )
    hari = forms.IntegerField(
        label=_("Berapa hari tidak dapat bekerja?"),
        required=False,
        min_value=0,
        max_value=3660,
        widget=forms.TextInput({"inputmode": "numeric", "class": "number"}),
        help_text=_("Menurut surat dokter, dihitung sejak kecelakaan."),
        error_messages={"invalid": _("Tulis banyaknya hari dengan angka saja.")},
    )
    darat = RupiahField(label=_("Angkutan darat, sungai, atau danau"), required=False)
    laut = RupiahField(label=_("Angkutan laut"), required=False)
    udara = RupiahField(label=_("Angkutan udara"), required=False)
    kerja = RadioField(label=_("Bagaimana cara bekerjanya?"), told=choices.WORK)
    penghasilan = RupiahField(
        label=_("Penghasilan atau upah sebulan"),
        required=False,
        help_text=_("Seperti yang didaftarkan. Misalnya 1.500.000"),
    )
    iuran = RadioField(label=_("Apakah iurannya dibayar?"), told=choices.PAYING)

    def __init__(self, *args: Any, today: date, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["tanggal"] = DayField(
            label=_("Kapan terjadinya?"),
            today=today,
            earliest=first_year(),
            help_text=_("Bila hanya ingin tahu, isi tanggal hari ini."),
        )
        for name, label in _RANGES.items():
            self.fields[name] = MonthField(
                label=label, last=today.year + 1, required=False
            )
        self.children = [
            ChildForm(self.data if self.is_bound else None, number=n, today=today)
            for n in range(1, ROWS + 1)
        ]

    @property
    def event(self) -> str:
        return str(self.cleaned_data.get("peristiwa", ""))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self._forget_unasked()
        if self.event not in ("", "death"):
            why = _("Isi penghasilan; santunannya dihitung dari situ.")
            need(self, "penghasilan", why)
        if self.event == "partial_disability":
            need(self, "persen_cacat", _("Isi persen cacat menurut surat dokter."))
        if self.event == "work_accident":
            need(self, "hari", _("Isi banyaknya hari; 0 bila langsung dapat bekerja."))
        if data.get("iuran") == "ya":
            self._check_range("mulai", "akhir", needed=True)
            self._check_range("mulai_lain", "akhir_lain", needed=False)
        if self.event in choices.WITH_CHILDREN:
            broken = [child for child in self.children if not child.is_valid()]
            if broken:
                self.add_error(None, _("Ada isian anak yang belum lengkap."))
        return data

    def _forget_unasked(self) -> None:
        if self.event == "death":
            forget(self, _AT_WORK)
        if self.event != "partial_disability":
            forget(self, _PARTLY)
        if self.cleaned_data.get("iuran") != "ya":
            forget(self, [name for pair in _PAIRS for name in pair])

    def _check_range(self, first: str, last: str, *, needed: bool) -> None:
        if self.errors.keys() & {first, last}:
            return
        start, end = self.cleaned_data[first], self.cleaned_data[last]
        if needed or start or end:
            for name in (first, last):
                need(self, name, _("Pilih bulan dan tahunnya."))
        if start and end and end < start:
            self.add_error(
                last,
                _("Bulan terakhir mendahului bulan pertama. Periksa tahunnya."),
            )

    @property
    def more_children(self) -> bool:
        """Whether anything stands in the rows that are folded away at first."""
        rows = self.children[SHOWN_ROWS:] if self.is_bound else []
        return any(child.errors or child.filled for child in rows)

    def told(self) -> list[tuple[str, str]]:
        """The answers in words, for the page that answers."""
        data, words = self.cleaned_data, self._words
        told = [
            (_("Peristiwa"), words("peristiwa")),
            (_("Tanggal"), formats.day(data["tanggal"])),
            (_("Pekerjaan"), words("kerja")),
        ]
        if self.event != "death":
            told.append((_("Penghasilan"), formats.rupiah(data["penghasilan"])))
        ranges = [
            f"{data[first].in_words()} – {data[last].in_words()}"
            for first, last in _PAIRS
            if data["iuran"] == "ya" and data[first]
        ]
        told.append((_("Iuran"), "; ".join(ranges) or words("iuran")))
        return [(str(label), str(text)) for label, text in told]

    def _words(self, name: str) -> str:
        """The label of what was chosen."""
        offered = dict(self.fields[name].choices)  # type: ignore[attr-defined]
        return str(offered[self.cleaned_data[name]])

    def given(self) -> dict[str, Any]:
        """The case of law that these answers make."""
        data = self.cleaned_data
        with_children = self.event in choices.WITH_CHILDREN
        return {
            "event": {
                "kind": self.event,
                "on": data["tanggal"],
                **(self._accident() if self.event != "death" else {}),
            },
            "member": {
                "segment": choices.SEGMENTS[data["kerja"]],
                "monthly_income": data["penghasilan"],
                "paid": self._paid(),
            },
            "children": [
                child.given()
                for child in self.children
                if with_children and child.filled
            ],
        }

    def _accident(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "disability_percent": data["persen_cacat"],
            "function_loss_percent": data["persen_fungsi"],
            "days_unable": data["hari"],
            "transport": {
                "land": data["darat"] or 0,
                "sea": data["laut"] or 0,
                "air": data["udara"] or 0,
            },
        }

    def _paid(self) -> list[dict[str, str]] | None:
        data = self.cleaned_data
        if data["iuran"] == "entah":
            return None
        if data["iuran"] == "tidak":
            return []
        return [
            {"from": str(data[first]), "until": str(data[last] + 1)}
            for first, last in _PAIRS
            if data[first]
        ]


class ChildForm(forms.Form):
    """One child; a row left blank is no child."""

    use_required_attribute = False

    sekolah = forms.ChoiceField(label=_("Sekolah sekarang"), required=False)
    menikah = forms.BooleanField(label=_("Sudah menikah"), required=False)
    bekerja = forms.BooleanField(label=_("Sudah bekerja"), required=False)

    def __init__(self, data: Any, *, number: int, today: date) -> None:
        super().__init__(data, prefix=f"anak{number}")
        self.number = number
        oldest = today.year - OLDEST_CHILD
        lahir = DayField(
            label=_("Tanggal lahir"), today=today, earliest=oldest, required=False
        )
        self.fields = {"lahir": lahir, **self.fields}
        offer(self.fields["sekolah"], choices.classes(today))

    @property
    def filled(self) -> bool:
        """Whether anything was written in this row."""
        return any(self.cleaned_data.values())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors or not any(data.values()):
            return data
        blank = _("Isi juga ini, atau kosongkan seluruh isian anak ini.")
        for name in ("lahir", "sekolah"):
            need(self, name, blank)
        return data

    def given(self) -> dict[str, Any]:
        """The child as the law asks for it."""
        data = self.cleaned_data
        level, _colon, year = data["sekolah"].partition(":")
        return {
            "id": str(self.number),
            "born_on": data["lahir"],
            "level": level,
            "year_of_level": int(year) if year else None,
            "married": data["menikah"],
            "works": data["bekerja"],
        }
