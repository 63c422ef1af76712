"""Load what pages need but nobody has asked for yet: once in each server process.

The law, the criteria, the word lists and the pages themselves are read at first use,
which takes a second or two; so the first visitors need not wait for them.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.urls import get_resolver

from semesta.eligibility.criteria import catalogue
from semesta.intake.maps import supplier_maps
from semesta.intake.words import occupations
from semesta.law.book import law_book
from semesta.web.clock import today
from semesta.web.law.search import find


class Command(BaseCommand):
    help = "Memuat aturan dan daftar kata sebelum halaman pertama diminta."

    def handle(self, *args: Any, **options: Any) -> None:
        for load in (law_book, catalogue, supplier_maps, occupations):
            load()
        find("iuran", today())
        assert get_resolver().url_patterns
