"""Forms of the field: one answer, a round, a decision between two answers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from semesta.intake.words import occupations
from semesta.planning.models import Plan
from semesta.verification.incomes import income_bands
from semesta.verification.reasons import REASONS
from semesta.verification.said import CONFIRM, CORRECT, LONGEST_TEXT, REFUSE, Said

VERDICTS = (
    (CONFIRM, _("Benar")),
    (CORRECT, _("Ada yang berubah")),
    (REFUSE, _("Ditolak")),
)
DAYS_OPEN = 30


def day_field(label: Any, **terms: Any) -> forms.DateField:
    """A day, chosen with the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **terms)


class AnswerForm(forms.Form):
    """What is said of one person. What fits together is checked by the stage."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    given_at = forms.DateTimeField(widget=forms.HiddenInput, required=False)
    verdict = forms.ChoiceField(
        label=_("Hasil"), choices=VERDICTS, widget=forms.RadioSelect
    )
    occupation = forms.ChoiceField(label=_("Pekerjaan"), required=False)
    income = forms.TypedChoiceField(
        label=_("Penghasilan sebulan"), required=False, coerce=int, empty_value=None
    )
    phone = forms.CharField(
        label=_("Nomor HP"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    address = forms.CharField(label=_("Alamat baru"), required=False, max_length=200)
    rt = forms.RegexField(r"^\d{1,3}$", label=_("RT baru"), required=False)
    rw = forms.RegexField(r"^\d{1,3}$", label=_("RW baru"), required=False)
    reason = forms.ChoiceField(label=_("Alasan ditolak"), required=False)
    died_on = day_field(_("Tanggal meninggal, bila tahu"), required=False)
    reason_text = forms.CharField(
        label=_("Keterangan"), required=False, max_length=LONGEST_TEXT
    )
    photo = forms.FileField(
        label=_("Foto (boleh kosong)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unchanged = [("", _("Tidak berubah"))]
        self.fields["occupation"].choices = [*unchanged, *occupations().items()]  # type: ignore[attr-defined]
        bands = [(str(band.base), band.words) for band in income_bands(on)]
        self.fields["income"].choices = [*unchanged, *bands]  # type: ignore[attr-defined]
        reasons = [(reason.code, reason.title) for reason in REASONS.values()]
        self.fields["reason"].choices = [("", _("Pilih alasan")), *reasons]  # type: ignore[attr-defined]

    def changed(self) -> list[forms.BoundField]:
        """The fields of a correction."""
        return [self[name] for name in ("occupation", "income", "address", "rt", "rw")]

    def why(self) -> list[forms.BoundField]:
        """The fields of a refusal."""
        return [self[name] for name in ("reason", "died_on", "reason_text")]

    def said(self) -> Said:
        """The answer, not yet made whole; of a part that is not shown nothing counts."""
        given = dict(self.cleaned_data)
        for name in ("key", "given_at", "photo"):
            given.pop(name)
        if given["verdict"] == CONFIRM:
            given = {"verdict": CONFIRM, "phone": given["phone"]}
        for name in ("rt", "rw"):
            if given.get(name):
                given[name] = given[name].zfill(3)
        return Said(**given)


class RoundForm(forms.Form):
    """Whom to ask about, until when, by how many."""

    plan = forms.ModelChoiceField(
        label=_("Rencana"),
        queryset=Plan.objects.order_by("-pk"),
        empty_label=None,
        help_text=_("Semua yang terpilih dalam rencana ini ditanyakan."),
    )
    due_on = day_field(_("Batas waktu"))
    waiting = forms.IntegerField(
        label=_("Ditambah dari daftar tunggu"),
        min_value=0,
        max_value=100_000,
        initial=0,
        help_text=_("Orang; pengganti sudah diperiksa bila ada yang ditolak."),
    )
    needed = forms.TypedChoiceField(
        label=_("Petugas per orang"),
        coerce=int,
        choices=((1, _("Satu petugas")), (2, _("Dua petugas berbeda"))),
    )
    fresh_days = forms.IntegerField(
        label=_("Tidak ditanya lagi bila diperiksa dalam … hari"),
        min_value=0,
        max_value=730,
        initial=90,
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].initial = on + timedelta(days=DAYS_OPEN)
