"""The form that asks what one month costs."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from semesta.web.calculators import choices
from semesta.web.calculators.asking import forget, need, offer
from semesta.web.calculators.fields import RadioField, RupiahField

# What is asked of each kind of work.
_ASKED = {
    "mandiri": ("pekerjaan", "penghasilan", "pembayar"),
    "upah": ("upah", "risiko", "skala"),
    "proyek": ("kontrak",),
}


class ContributionForm(forms.Form):
    """What one month costs. No field says who somebody is, so the address may show it."""

    use_required_attribute = False

    kerja = RadioField(
        label=_("Bagaimana Anda bekerja?"), told=[*choices.WORK, choices.PROJECT]
    )
    pekerjaan = forms.ChoiceField(
        label=_("Pekerjaan Anda"),
        required=False,
        help_text=_("Menentukan apakah ada potongan iuran."),
    )
    penghasilan = RupiahField(
        label=_("Penghasilan sebulan"),
        required=False,
        help_text=_("Kira-kira, dalam rupiah. Misalnya 1.500.000"),
    )
    pembayar = forms.ChoiceField(label=_("Siapa yang membayar iuran"), required=False)
    jht = forms.BooleanField(label=_("Tambah tabungan hari tua (JHT)"), required=False)
    upah = RupiahField(
        label=_("Upah sebulan"),
        required=False,
        help_text=_("Upah pokok dan tunjangan tetap, dalam rupiah."),
    )
    risiko = forms.ChoiceField(
        label=_("Tingkat risiko pekerjaan"),
        required=False,
        help_text=_("Tertulis pada pendaftaran perusahaan di BPJS Ketenagakerjaan."),
    )
    skala = forms.ChoiceField(
        label=_("Ukuran usaha pemberi kerja"),
        choices=choices.SIZES,
        required=False,
        help_text=_("Menentukan program yang wajib diikuti."),
    )
    kontrak = RupiahField(
        label=_("Nilai kontrak proyek"),
        required=False,
        help_text=_("Dalam rupiah. Misalnya 180 juta"),
    )
    bulan = forms.ChoiceField(
        label=_("Untuk bulan"),
        error_messages={"invalid_choice": _("Pilih bulan dari daftar.")},
    )

    def __init__(self, *args: Any, today: date, **kw: Any) -> None:
        super().__init__(*args, **kw)
        offer(self.fields["pekerjaan"], choices.occupations())
        offer(self.fields["pembayar"], choices.payers(today))
        offer(self.fields["risiko"], choices.risks(today))
        offer(self.fields["bulan"], choices.months(today))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        work = data.get("kerja", "")
        for other, names in _ASKED.items():
            if other != work:
                forget(self, names)
        for name in _ASKED.get(work, ()):
            need(self, name)
        return data

    def given(self) -> dict[str, Any]:
        """The case of law that these answers make."""
        data = self.cleaned_data
        case = {"segment": choices.SEGMENTS[data["kerja"]], "month": data["bulan"]}
        if data["kerja"] == "mandiri":
            return case | {
                "occupation": data["pekerjaan"],
                "monthly_income": data["penghasilan"],
                "payer": data["pembayar"],
                "jht": data["jht"],
            }
        if data["kerja"] == "upah":
            return case | {
                "monthly_wage": data["upah"],
                "jkk_class": int(data["risiko"]),
                "size": data["skala"],
            }
        return case | {"contract_value": data["kontrak"]}
