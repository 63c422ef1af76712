"""What a budget line must be like."""

from __future__ import annotations

from semesta.kernel import Month, Rupiah, UserError
from semesta.planning.payers import payer_name
from semesta.planning.price import sector_prices

YEARS = range(2016, 2101)


def check_line(*, year: int, payer: str, name: str, amount: int) -> None:
    """UserError `plan.payer`, `budget.year`, `budget.name`, or `budget.amount` when the
    sum does not pay for one person's month at any price of that year."""
    if year not in YEARS:
        raise UserError(
            "budget.year",
            f"Tahun anggaran {year} tidak dapat dipakai.",
            f"Tahun harus antara {YEARS[0]} dan {YEARS[-1]}.",
            "Isi tahun anggaran dengan empat angka.",
        )
    payer_name(payer, Month(year, 1))
    if not name:
        raise UserError(
            "budget.name",
            "Nama anggaran belum diisi.",
            "Nama membedakan dua anggaran dari pembayar yang sama.",
            "Isi misalnya “DPA DPMPTSP 2026”.",
        )
    least = least_price(year, payer)
    if amount < least:
        raise UserError(
            "budget.amount",
            f"Anggaran {Rupiah(amount)} tidak cukup untuk satu orang.",
            f"Satu orang selama satu bulan memerlukan {least}.",
            "Isi jumlahnya dalam rupiah, tanpa titik.",
        )


def least_price(year: int, payer: str) -> Rupiah:
    """The lowest price of one person's month in a year for a payer."""
    prices = sector_prices(Month(year, 1), 12, payer=payer).values()
    return min(month for price in prices for month in price.monthly)
