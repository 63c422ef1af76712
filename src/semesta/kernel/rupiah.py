"""Money: whole rupiah, never a float."""

from __future__ import annotations


class Rupiah(int):
    """An amount in whole rupiah. Sums and products with integers stay Rupiah."""

    def __new__(cls, amount: int) -> Rupiah:
        if isinstance(amount, float):
            raise TypeError("money is counted in whole rupiah, not in floats")
        return super().__new__(cls, amount)

    def __add__(self, other: int) -> Rupiah:
        return Rupiah(int(self) + int(other))

    __radd__ = __add__

    def __sub__(self, other: int) -> Rupiah:
        return Rupiah(int(self) - int(other))

    def __mul__(self, times: int) -> Rupiah:
        if isinstance(times, float):
            raise TypeError("money is multiplied by whole numbers only")
        return Rupiah(int(self) * int(times))

    __rmul__ = __mul__

    def __str__(self) -> str:
        """Indonesian form: `Rp1.457.000.000`, `-Rp500`."""
        sign = "-" if self < 0 else ""
        return f"{sign}Rp{abs(int(self)):,}".replace(",", ".")

    def __repr__(self) -> str:
        return f"Rupiah({int(self)})"

    def split(self, parts: int) -> list[Rupiah]:
        """`parts` amounts that sum to the whole; the first ones carry the remainder."""
        share, rest = divmod(int(self), parts)
        return [Rupiah(share + (1 if i < rest else 0)) for i in range(parts)]
