"""The expression against the slow function for a whole city's worth of people."""

from __future__ import annotations

from datetime import date

import pytest
from tests.property.test_standing import from_engine, from_function
from tests.support.paid_ranges import some_ranges


@pytest.mark.slow
def test_a_hundred_thousand_people() -> None:
    ranges, on = some_ranges(100_000), date(2026, 1, 31)
    assert from_engine(ranges, on) == from_function(ranges, on)
