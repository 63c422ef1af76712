"""Form fields for money, days and months as people write them, and explained choices."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from semesta.kernel import Month
from semesta.kernel.month import NAMES
from semesta.law.book import law_book

# No family and no project of a city handles more than this; beyond it, a slip of the key.
MOST = 10**13
_WORDS = {"juta": 10**6, "jt": 10**6, "ribu": 10**3, "rb": 10**3, "k": 10**3}
_MONEY = re.compile(
    r"(?:rp\.?)?\s*([\d.,\s]+?)\s*(juta|jt|ribu|rb|k)?(?:,-|,00)?", re.I
)
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,\s]\d{3})+")
MONTHS = [("", _("Bulan")), *((str(n), name) for n, name in enumerate(NAMES, start=1))]


def read_rupiah(text: str) -> int | None:
    """`1.500.000`, `Rp 1500000`, `1,5 juta` → 1500000; None when it is no amount."""
    match = _MONEY.fullmatch(text.strip())
    if match is None:
        return None
    digits, word = match[1].strip(), (match[2] or "").lower()
    if _THOUSANDS.fullmatch(digits):
        return int(re.sub(r"\D", "", digits)) * _WORDS.get(word, 1)
    if not re.fullmatch(r"\d+(?:[.,]\d+)?", digits) or (
        not word and not digits.isdigit()
    ):
        return None
    amount = Decimal(digits.replace(",", ".")) * _WORDS.get(word, 1)
    return int(amount) if amount == int(amount) else None


class RadioField(forms.ChoiceField):
    """One of a few answers, each with a line that explains it (code, label, hint)."""

    default_error_messages = {"required": _("Pilih salah satu.")}

    def __init__(self, *, told: Iterable[tuple[str, Any, Any]], **kwargs: Any) -> None:
        told = list(told)
        choices = [(code, label) for code, label, _hint in told]
        super().__init__(choices=choices, widget=forms.RadioSelect, **kwargs)
        self.hints = {code: hint for code, _label, hint in told}


class RupiahField(forms.CharField):
    """An amount in rupiah; the value is a whole number, None when left blank."""

    default_error_messages = {
        "amount": _(
            "“%(text)s” tidak terbaca sebagai jumlah uang. Tulis angkanya, misalnya "
            "1.500.000 atau 1,5 juta."
        ),
        "too_much": _("Jumlah ini terlalu besar. Periksa banyaknya angka nol."),
    }

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off", "class": "money"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(max_length=30, **kwargs)

    def clean(self, value: Any) -> int | None:
        text = str(super().clean(value)).strip()
        if not text:
            return None
        amount = read_rupiah(text)
        if amount is None:
            raise forms.ValidationError(
                self.error_messages["amount"], code="amount", params={"text": text}
            )
        if amount > MOST:
            raise forms.ValidationError(self.error_messages["too_much"], "too_much")
        return amount


class PercentField(forms.CharField):
    """A percentage, `30` or `12,5`; the value is an exact decimal, None when blank."""

    default_error_messages = {
        "percent": _("Tulis persennya dengan angka dari 0 sampai 100, misalnya 30."),
    }

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput({"inputmode": "decimal", "class": "number"})
        super().__init__(required=False, max_length=8, widget=widget, **kwargs)

    def clean(self, value: Any) -> Decimal | None:
        text = str(super().clean(value)).strip().removesuffix("%").strip()
        if not text:
            return None
        if re.fullmatch(r"\d{1,3}(?:[.,]\d{1,2})?", text):
            percent = Decimal(text.replace(",", "."))
            if percent <= 100:
                return percent
        raise forms.ValidationError(self.error_messages["percent"], "percent")


def first_year() -> int:
    """The first year for which the law files have rules."""
    return law_book().parameters["bpu.grace_months"].values[0].from_.year


def years(last: int) -> list[tuple[str, Any]]:
    """Choices of years, newest first."""
    return [("", _("Tahun"))] + [
        (str(y), str(y)) for y in range(last, first_year() - 1, -1)
    ]


class Parts(forms.MultiWidget):
    """A few small inputs in a row, each named for those who cannot see the row."""

    template_name = "calculators/parts.html"
    use_fieldset = True

    def decompress(self, value: Any) -> list[Any]:
        return (
            list(value) if isinstance(value, Iterable) else [None] * len(self.widgets)
        )


class MonthField(forms.MultiValueField):
    """A month and a year, both chosen; the value is a `Month`."""

    default_error_messages = {
        "required": _("Pilih bulan dan tahunnya."),
        "incomplete": _("Pilih bulan dan tahunnya; baru satu yang dipilih."),
    }

    def __init__(self, *, last: int, **kwargs: Any) -> None:
        parts = (MONTHS, years(last))
        fields = tuple(forms.ChoiceField(choices=c, required=False) for c in parts)
        widget = Parts(
            [
                forms.Select(choices=MONTHS, attrs={"aria-label": _("Bulan")}),
                forms.Select(choices=parts[1], attrs={"aria-label": _("Tahun")}),
            ]
        )
        super().__init__(fields, widget=widget, require_all_fields=False, **kwargs)

    def compress(self, values: list[str]) -> Month | None:
        if not any(values):
            return None
        if not all(values):
            raise forms.ValidationError(self.error_messages["incomplete"], "incomplete")
        return Month(int(values[1]), int(values[0]))


class DayField(forms.MultiValueField):
    """A day in three parts: day, month by name, year; the value is a `date`."""

    default_error_messages = {
        "required": _("Isi tanggal, bulan, dan tahunnya."),
        "incomplete": _("Isi tanggal, bulan, dan tahunnya; ada yang masih kosong."),
        "no_such_day": _(
            "Tanggal ini tidak ada di kalender. Periksa hari dan bulannya."
        ),
        "future": _("Tanggal ini belum terjadi. Bila hanya ingin tahu, isi hari ini."),
        "too_early": _(
            "Tahunnya terlalu lama. Tulis lengkap empat angka, misalnya 2019."
        ),
    }

    def __init__(self, *, today: date, earliest: int, **kwargs: Any) -> None:
        self.today, self.earliest = today, earliest
        fields = (
            forms.CharField(required=False, max_length=2),
            forms.ChoiceField(choices=MONTHS, required=False),
            forms.CharField(required=False, max_length=4),
        )
        number = {"inputmode": "numeric", "autocomplete": "off"}
        widget = Parts(
            [
                forms.TextInput(
                    {
                        **number,
                        "maxlength": 2,
                        "aria-label": _("Tanggal"),
                        "class": "day",
                    }
                ),
                forms.Select({"aria-label": _("Bulan")}, MONTHS),
                forms.TextInput(
                    {
                        **number,
                        "maxlength": 4,
                        "aria-label": _("Tahun"),
                        "class": "year",
                    }
                ),
            ]
        )
        super().__init__(fields, widget=widget, require_all_fields=False, **kwargs)

    def compress(self, values: list[str]) -> date | None:
        if not any(values):
            return None
        if not all(values):
            self._refuse("incomplete")
        try:
            day = date(int(values[2]), int(values[1]), int(values[0]))
        except ValueError:
            self._refuse("no_such_day")
        if day > self.today:
            self._refuse("future")
        if day.year < self.earliest:
            self._refuse("too_early")
        return day

    def _refuse(self, code: str) -> None:
        raise forms.ValidationError(self.error_messages[code], code)
