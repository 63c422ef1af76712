"""How often a public page may be asked from one address."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest

from semesta.kernel import NotPossible

MINUTE = 60


def check_pace(request: HttpRequest, page: str, *, most: int) -> None:
    """NotPossible `pace` when an address asks for a page more than `most` times in a
    minute: nobody should be able to try codes one after the other."""
    key = f"pace:{page}:{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, MINUTE)
    try:
        asked = cache.incr(key)
    except ValueError:  # the minute ended in between
        return
    if asked > most:
        raise NotPossible(
            "pace",
            "Terlalu banyak pertanyaan dalam satu menit.",
            f"Halaman ini menjawab paling banyak {most} pertanyaan per menit.",
            "Tunggu satu menit, lalu coba lagi.",
        )
