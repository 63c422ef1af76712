"""Forms about accounts."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from semesta.access.models import Role
from semesta.kernel import Region


class AccountForm(forms.Form):
    """An account's role and area; its name and password when it is new."""

    username = forms.RegexField(
        label=_("Nama pengguna"),
        regex=r"^[a-z0-9._-]+$",
        max_length=40,
        help_text=_("Huruf kecil, angka, titik, garis. Misalnya: lurah.ganting"),
        error_messages={
            "invalid": _("Hanya huruf kecil, angka, titik, dan garis, tanpa spasi.")
        },
    )
    full_name = forms.CharField(label=_("Nama yang ditampilkan"), max_length=120)
    role = forms.ChoiceField(label=_("Peran"), choices=Role.choices)
    area = forms.ChoiceField(
        label=_("Wilayah tugas"),
        required=False,
        help_text=_("Akun kelurahan hanya melihat wilayah ini."),
    )
    password = forms.CharField(
        label=_("Kata sandi awal"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Paling sedikit delapan karakter. Pemilik akun menggantinya."),
    )

    def __init__(self, *args: object, region: Region, new: bool, **kw: object) -> None:
        super().__init__(*args, **kw)  # type: ignore[arg-type]
        self.fields["area"].choices = area_choices(region)  # type: ignore[attr-defined]
        if not new:
            del self.fields["username"]
            self.fields["password"].required = False
            self.fields["password"].label = _("Kata sandi baru")
            self.fields["password"].help_text = _("Kosongkan bila tidak diganti.")


def area_choices(region: Region) -> list[tuple[str, str]]:
    """The whole region, each district, each kelurahan."""
    choices = [("", f"{region.name} (seluruhnya)")]
    for code, name in region.districts.items():
        choices.append((code, f"Kecamatan {name}"))
        choices += [
            (place.code, f"Kelurahan {place.name}")
            for place in region.places
            if place.district == code
        ]
    return choices
