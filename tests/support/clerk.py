"""The day on which test files are taken in."""

from datetime import date

AS_OF = date(2026, 1, 31)
