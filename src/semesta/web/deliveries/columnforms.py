"""The form on which a person says what the columns of a list mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from semesta.intake.drafting.chosen import Chosen, can_be_needed, title_of
from semesta.intake.maps import supplier_maps
from semesta.web.calculators.fields import RadioField

NEW, KNOWN = "baru", "dikenal"
SUBJECTS = (
    ("person", _("Satu orang"), _("Misalnya daftar pekerja, peserta, atau warga.")),
    ("household", _("Satu keluarga"), _("Satu baris satu kartu keluarga.")),
    ("employer", _("Satu pemberi kerja"), _("Perusahaan, usaha, atau proyek.")),
)
# The meanings a column may have, in groups as a clerk looks for them.
_GROUPS: tuple[tuple[Any, str], ...] = (
    (_("Orang"), ("nik family_card name titles sex sex_man sex_woman born_on born_at_on "
     "born_at age mother_name phone relation marital_status education alive died_on")),
    (_("Tempat tinggal"), ("address rt_rw rt rw kelurahan kelurahan_code code_province "
     "code_regency code_district code_kelurahan")),
    (_("Pekerjaan"), ("occupation works work_status income wage asn_nip farmer_group "
     "started_on ended_on")),
    (_("Kesejahteraan"), "decile decile_province decile_city decile_p3ke nik_matched"),
    (_("Kepesertaan dan iuran"), ("kpj programmes payer amount months month_from "
     "month_last paid_last arrears_months arrears_amount billing_code registered_on "
     "occurred_on agent_code")),
    (_("Pemberi kerja"), "employer_name npp nib npwp scale workers kbli project_id"),
    (_("Lain-lain"), "number status reason_code reason_text decree_number submission"),
)  # fmt: skip
CHOICES = [
    ("", _("Tidak dipakai")),
    *((group, [(name, title_of(name)) for name in names.split()])
      for group, names in _GROUPS),
]  # fmt: skip


class ColumnsForm(forms.Form):
    """Whose list it is, what a row is about, and per column its meaning and whether a
    row must have it (`arti-0`, `wajib-0`, …)."""

    jenis = RadioField(
        label=_("Ini daftar apa?"),
        told=(
            (NEW, _("Daftar baru"), _("Belum pernah ada; beri nama di bawah.")),
            (KNOWN, _("Daftar yang sudah dikenal"), _("Hanya judul kolomnya lain.")),
        ),
    )
    dikenal = forms.ChoiceField(label=_("Ini daftar dari"), required=False)
    judul = forms.CharField(
        label=_("Nama daftar"),
        max_length=60,
        required=False,
        help_text=_("Misalnya: Nelayan Dinas Perikanan."),
    )
    kantor = forms.CharField(
        label=_("Kantor yang menjawab pertanyaan"),
        max_length=80,
        required=False,
        help_text=_("Misalnya: Dinas Perikanan."),
    )
    baris = RadioField(label=_("Satu baris itu apa?"), told=SUBJECTS, required=False)
    versi = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, headers: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.headers = headers
        known = sorted(supplier_maps().values(), key=lambda one: one.title.lower())
        dikenal: Any = self.fields["dikenal"]
        dikenal.choices = [("", _("Pilih daftar")), *((k.name, k.title) for k in known)]
        for place, header in enumerate(headers):
            self.fields[f"arti-{place}"] = forms.ChoiceField(
                label=_("Arti kolom %s") % header, choices=CHOICES, required=False
            )
            self.fields[f"wajib-{place}"] = forms.BooleanField(
                label=_("Wajib diisi"), required=False
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("jenis") == KNOWN:
            if not given.get("dikenal") and "dikenal" not in self.errors:
                self.add_error("dikenal", _("Pilih daftar yang dikenal."))
            return given
        for name in ("judul", "kantor"):
            if not (given.get(name) or "").strip() and name not in self.errors:
                self.add_error(name, _("Isian ini wajib untuk daftar baru."))
        if not given.get("baris"):
            self.add_error("baris", _("Pilih salah satu."))
        self._check_columns(given)
        return given

    def _check_columns(self, given: dict[str, Any]) -> None:
        """No meaning twice: told beside each of the columns, so that it is found."""
        meanings = [given.get(f"arti-{n}", "") for n in range(len(self.headers))]
        twice = {one for one, count in Counter(meanings).items() if one and count > 1}
        for place, meaning in enumerate(meanings):
            if meaning in twice:
                self.add_error(f"arti-{place}", _("Arti ini dipilih dua kali."))

    @property
    def chosen(self) -> Chosen:
        """What was said, as the stage takes it; for a form that is valid."""
        given = self.cleaned_data
        places = range(len(self.headers))
        meanings = [given[f"arti-{place}"] for place in places]
        return Chosen(
            title=given["judul"] or "",
            subject=given["baris"] or "person",
            office=given["kantor"] or "",
            meanings=meanings,
            needed=[
                meanings[place]
                for place in places
                if given[f"wajib-{place}"] and can_be_needed(meanings[place])
            ],
        )


def said(chosen: Chosen, **more: str) -> dict[str, Any]:
    """The form's first values for what the page proposes."""
    values: dict[str, Any] = {
        "judul": chosen.title,
        "kantor": chosen.office,
        "baris": chosen.subject,
    }
    for place, meaning in enumerate(chosen.meanings):
        values[f"arti-{place}"] = meaning
        values[f"wajib-{place}"] = bool(meaning) and meaning in chosen.needed
    return values | more
