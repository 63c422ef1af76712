"""Filters that write figures in Indonesian form, and the components drawn from data."""

from __future__ import annotations

from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.http import QueryDict
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from semesta.intake import queries
from semesta.intake.fates import SUPERSEDED
from semesta.kernel import Month
from semesta.kernel.identity import mask
from semesta.warehouse.lake import file_sha256
from semesta.web import bars, formats, words
from semesta.web.law import library, links
from semesta.web.people.months import Line

register = template.Library()

for filter_ in (
    formats.number,
    formats.percent,
    formats.rupiah,
    formats.short_rupiah,
    formats.day,
    formats.short_day,
    formats.month,
    formats.file_size,
):
    register.filter(filter_.__name__, filter_)

register.filter("fraction", formats.decimal)
register.filter("masked", mask)
register.filter("waits_for_meaning", queries.waits_for_meaning)
register.filter("meter", bars.meter)
register.filter("cited", links.cited)
register.filter("instrument", links.instrument_link)
register.filter("plain_note", library.plain_note)

for word_filter in (
    words.breach,
    words.occupation,
    words.payer,
    words.role,
    words.supplier,
):
    register.filter(word_filter.__name__, word_filter)


@register.filter("words")
def split_words(text: str) -> list[str]:
    """`"a b"|words` → a list to loop over."""
    return text.split()


@register.filter
def called(name: str) -> str:
    """A name as one writes it: lists in capitals become `Deswita Tanjung`."""
    return name.title() if name.isupper() else name


@register.filter
def told(line: Any) -> str:
    """What an amount is for, without repeating the amount that stands beside it."""
    get = line.get if isinstance(line, dict) else partial(getattr, line)
    return str(get("explanation")).removesuffix(f": {formats.rupiah(get('amount'))}")


@register.filter
def place(code: str) -> str:
    """A place's name by its Kemendagri code; a dash when there is none."""
    return settings.WORKSPACE.region.area_name(code) if code else formats.NOTHING


@register.filter
def orblank(value: object) -> object:
    """The value, or a dash where nothing is known."""
    return formats.NOTHING if value in (None, "") else value


@register.filter
def of(known: Any, key: str) -> Any:
    """What a mapping says about a key; blank when it says nothing."""
    return known.get(key, "") if known else ""


@register.filter
def origin(row_id: str) -> str:
    """The delivery a row id names."""
    return row_id.split(":")[0]


@register.filter
def line_of(row_id: str) -> str:
    """The line of its sheet a row id names."""
    return row_id.rsplit(":", 1)[-1]


@register.simple_tag
def asset(path: str) -> str:
    """The address of a static file, with a mark that changes when the file does."""
    return f"{static(path)}?v={_mark_of(path)}"


@cache
def _mark_of(path: str) -> str:
    found = find(path)
    return file_sha256(Path(found))[:8] if isinstance(found, str) else ""


@register.simple_tag
def months(start: date, until: date) -> str:
    """A half-open range of months in words: `Januari–Juni 2026`."""
    return formats.month_range(start, until)


@register.simple_tag
def months_count(start: date, until: date) -> str:
    """How many months a half-open range has: `6 bulan`."""
    return f"{Month.of(until) - Month.of(start)} bulan"


@register.inclusion_tag("parts/fates.html")
def fates(counts: Any, small: bool = False) -> dict[str, object]:
    """The stacked bar of what became of rows; `counts` has the four fates, and the
    superseded rows where there are any."""
    of = counts if isinstance(counts, dict) else vars(counts)
    parts = [
        (fate, label, of[fate])
        for fate, label in words.FATES.items()
        if fate != SUPERSEDED or of.get(fate)
    ]
    cut = bars.slices(parts)
    told = ", ".join(f"{formats.number(p.count)} {p.label}" for p in cut if p.count)
    return {"slices": cut, "small": small, "told": told}


@register.simple_tag
def badge(tone: str, text: str) -> SafeString:
    """A word with a tone (`good`, `wait`, `bad`, `info`, `plain`) and its mark."""
    return format_html('<span class="badge badge-{}">{}</span>', tone, text)


@register.simple_tag
def fate_badge(fate: str) -> SafeString:
    """What became of one row, as a badge."""
    return badge(words.FATE_TONES[fate], words.FATES[fate])


@register.simple_tag
def month_boxes(line: Line) -> SafeString:
    """The twelve boxes of one year of the months grid, as table cells."""
    # Drawn here and not in the template: a long life has hundreds of them.
    return format_html_join(
        "",
        '<td><span class="m m-{}" title="{}"><span aria-hidden="true">{}</span>'
        '<span class="visually-hidden">{}</span></span></td>',
        ((box.tone, box.label, box.letter, box.label) for box in line.boxes),
    )


@register.inclusion_tag("parts/pager.html", takes_context=True)
def pager(context: template.Context, page: Any, unit: str) -> dict[str, object]:
    """Links to the neighbouring pages, keeping the other parameters of the address."""
    query: QueryDict = context["request"].GET.copy()
    query.pop("halaman", None)
    kept = query.urlencode()
    return {
        "page": page,
        "unit": unit,
        "prefix": f"?{kept}&halaman=" if kept else "?halaman=",
    }
