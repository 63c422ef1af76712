"""The form that sends a file."""

from __future__ import annotations

from pathlib import PurePath

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

LARGEST = 200 * 1024 * 1024
READABLE = (".xlsx", ".xls", ".ods", ".csv", ".txt", ".tsv", ".pdf", ".html", ".xml")


class SendForm(forms.Form):
    """One file as the office has it."""

    file = forms.FileField(
        label=_("Berkas"),
        help_text=_(
            "Excel, LibreOffice, CSV, atau PDF berisi tabel. Paling besar 200 MB."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(READABLE)}),
        error_messages={
            "required": _("Pilih satu berkas dahulu."),
            "empty": _("Berkas ini kosong. Simpan ulang dari Excel lalu kirim lagi."),
        },
    )

    ask = forms.BooleanField(
        label=_("Daftar baru: saya tentukan dahulu arti kolomnya"),
        required=False,
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if PurePath(file.name or "").suffix.lower() not in READABLE:
            raise forms.ValidationError(
                _(
                    "Jenis berkas ini tidak dapat dibaca sebagai tabel. "
                    "Kirim berkas Excel aslinya (.xlsx), CSV, atau PDF yang berisi tabel."
                )
            )
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(
                _("Berkas lebih dari 200 MB. Bagi menjadi beberapa berkas.")
            )
        return file
