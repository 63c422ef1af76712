"""Citations as links to the instrument on the page of the law. Pure but for addresses."""

from __future__ import annotations

import re
from functools import cache

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from semesta.law.book import law_book


def instrument_link(id_: str) -> SafeString:
    """The short name of an instrument, linked to its line on the page of the law."""
    # Its number stays on the line of its kind: `PP 44/2015` is not torn in two.
    kind, _blank, number = law_book().instruments[id_].short.rpartition(" ")
    short = f"{kind}\u00a0{number}" if kind else number
    return format_html('<a href="{}">{}</a>', _address(id_), short)


def cited(text: str) -> SafeString:
    """A citation in which every known instrument is a link."""

    def link(match: re.Match[str]) -> str:
        return str(instrument_link(_ids()[match[0]]))

    # The text is escaped and the links are made by format_html.
    return mark_safe(_pattern().sub(link, escape(text)))


def _address(id_: str) -> str:
    return f"{reverse('law')}?bagian=peraturan#{id_}"


@cache
def _ids() -> dict[str, str]:
    return {str(escape(one.short)): one.id for one in law_book().instruments.values()}


@cache
def _pattern() -> re.Pattern[str]:
    # The longest name first; a number is not cut in two (`PP 7/2021`, `PP 7/20211`).
    names = sorted(_ids(), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})(?!\d)")
