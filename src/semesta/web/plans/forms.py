"""The form about a budget line."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from semesta.kernel import Month
from semesta.planning.lines import YEARS
from semesta.planning.models import BudgetLine
from semesta.planning.payers import payer_names


class RupiahField(forms.IntegerField):
    """Whole rupiah, also as people write them: `Rp1.457.000.000`."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value: object) -> int | None:
        text = str(value or "").replace("Rp", "").replace(".", "").strip()
        return super().to_python(text)


class BudgetForm(forms.Form):
    """What a payer sets aside in a year, and the paper that grants it."""

    year = forms.IntegerField(
        label=_("Tahun anggaran"), min_value=YEARS[0], max_value=YEARS[-1]
    )
    payer = forms.ChoiceField(label=_("Pembayar"))
    name = forms.CharField(
        label=_("Nama anggaran"), max_length=120, help_text=_("Misalnya: DPA DPMPTSP")
    )
    amount = RupiahField(
        label=_("Jumlah (rupiah)"),
        min_value=1,
        help_text=_("Boleh dengan titik: 1.457.000.000"),
        error_messages={"invalid": _("Isi angka saja, misalnya 1.457.000.000")},
    )
    instrument = forms.CharField(
        label=_("Dasar"),
        required=False,
        max_length=200,
        help_text=_("Nomor DPA, surat donatur, atau perjanjian; boleh menyusul."),
    )

    def __init__(
        self, *args: object, line: BudgetLine | None = None, **kw: object
    ) -> None:
        super().__init__(*args, **kw)  # type: ignore[arg-type]
        names = payer_names(Month(YEARS[0], 1))
        self.fields["payer"].choices = list(names.items())  # type: ignore[attr-defined]
        if line is not None:
            for fixed in ("year", "payer", "name"):
                self.fields[fixed].disabled = True
