"""Forms of the books. Rupiah are typed with or without dots."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from semesta.decrees.models import Decree
from semesta.kernel import Month
from semesta.ledger.payers import PAYERS


class RupiahField(forms.CharField):
    """Whole rupiah: `34.574.400`, `Rp34574400`."""

    def clean(self, value: Any) -> int:
        text = re.sub(r"^(rp)?\s*|[.\s]", "", super().clean(value).lower())
        if not re.fullmatch(r"-?\d{1,15}", text):
            raise forms.ValidationError(_("Tulis jumlahnya dengan angka saja."))
        return int(text)


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class BudgetForm(forms.Form):
    """A payer's sum for a year."""

    year = forms.IntegerField(label=_("Tahun"), min_value=2016, max_value=2100)
    payer = forms.ChoiceField(
        label=_("Pembayar"), choices=[(c, n) for c, n in PAYERS.items() if c != "SELF"]
    )
    name = forms.CharField(label=_("Nama kegiatan"), max_length=120)
    amount = RupiahField(
        label=_("Pagu setahun"),
        help_text=_("Rupiah, seperti di DPA atau surat donatur."),
    )
    instrument = forms.CharField(
        label=_("Dasar"), max_length=200, help_text=_("Misalnya nomor DPA.")
    )


class BillForm(forms.Form):
    """Whose months to bill."""

    decree = forms.ModelChoiceField(
        label=_("Keputusan"), queryset=Decree.objects.none(), empty_label=None
    )
    first_month = forms.RegexField(
        label=_("Bulan pertama"),
        regex=r"^\d{4}-\d{2}$",
        help_text=_("Tahun-bulan, misalnya 2026-07."),
        error_messages={"invalid": _("Tulis seperti 2026-07.")},
    )
    months = forms.IntegerField(label=_("Berapa bulan"), min_value=1, max_value=12)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decree"].queryset = Decree.objects.order_by("-pk")  # type: ignore[attr-defined]

    def clean_first_month(self) -> Month:
        try:
            return Month.parse(self.cleaned_data["first_month"])
        except ValueError as error:
            raise forms.ValidationError(_("Bulan itu tidak ada.")) from error


class PaymentForm(forms.Form):
    """The proof that a bill, or a part of it, was paid."""

    amount = RupiahField(
        label=_("Jumlah dibayar"),
        help_text=_("Boleh sebagian; sisanya tetap tercatat."),
    )
    paid_on = _day(_("Tanggal bayar"))
    reference = forms.CharField(
        label=_("Nomor bukti"), max_length=60, help_text=_("NTPN atau nomor transfer.")
    )


class NoteForm(forms.Form):
    """Why a difference is there."""

    note = forms.CharField(
        label=_("Penjelasan"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Sebabnya, dan apa yang sudah dilakukan."),
    )
