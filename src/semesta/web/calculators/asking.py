"""What both forms need: what can be chosen, questions asked or not asked. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


def offer(field: forms.Field, offered: list[Any]) -> None:
    """Set what can be chosen."""
    field.choices = offered  # type: ignore[attr-defined]


def need(form: forms.Form, name: str, why: Any = "") -> None:
    """A field that must be filled in this case, unless it is wrong already."""
    if name not in form.errors and form.cleaned_data.get(name) in (None, ""):
        form.add_error(name, why or _("Isi ini dahulu supaya dapat dihitung."))


def forget(form: forms.Form, names: Iterable[str]) -> None:
    """Drop what was written into questions that this case does not ask."""
    for name in names:
        form.errors.pop(name, None)
        form.cleaned_data[name] = None
