"""Invented cases that show what the calculators answer before anything is asked. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from semesta.kernel import Month

TRADER = "pedagang-kecil"


def contribution_example(today: date) -> dict[str, str]:
    """A trader who pays for herself this month."""
    return {
        "kerja": "mandiri",
        "pekerjaan": TRADER,
        "penghasilan": "1500000",
        "pembayar": "SELF",
        "bulan": str(Month.of(today)),
    }


def benefit_example(today: date) -> dict[str, str]:
    """A farmer paid for during three and a half years dies of an illness; the widow has
    two children at school."""
    died = today - timedelta(days=14)
    last = Month.of(died)
    first = last + -42
    return {
        "peristiwa": "death",
        **_day("tanggal", died),
        "kerja": "mandiri",
        "penghasilan": "1500000",
        "iuran": "ya",
        "mulai_0": str(first.month),
        "mulai_1": str(first.year),
        "akhir_0": str(last.month),
        "akhir_1": str(last.year),
        **_day("anak1-lahir", date(died.year - 13, 4, 2)),
        "anak1-sekolah": "smp:1",
        **_day("anak2-lahir", date(died.year - 8, 9, 17)),
        "anak2-sekolah": "tk_sd:4",
    }


def _day(name: str, day: date) -> dict[str, str]:
    parts = (day.day, day.month, day.year)
    return {f"{name}_{n}": str(part) for n, part in enumerate(parts)}
