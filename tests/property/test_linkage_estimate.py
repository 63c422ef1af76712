"""The interval holds what it promises, whatever the city; a sample is shared out fairly."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from semesta.linkage.measuring.estimate import Looked, by_threshold, estimate
from semesta.linkage.measuring.strata import Stratum, allocate

# (pairs, share of true pairs) of joined strata, of strata left apart, and how many of
# each are looked at: a clean city, a bad one, one with rare errors in small samples.
CITIES = {
    "clean": (
        [(340_000, 0.998), (8_000, 0.997), (1_500, 0.97), (600, 0.8)],
        [(900, 0.15), (4_000, 0.02), (9_000, 0.001)],
        [60, 20, 20, 40, 30, 15, 15],
    ),
    "bad": (
        [(34_000, 0.95), (8_000, 0.9), (1_500, 0.8), (600, 0.7)],
        [(900, 0.3), (4_000, 0.1), (9_000, 0.05)],
        [60, 20, 20, 40, 30, 15, 15],
    ),
    "small": (
        [(90, 0.9), (40, 0.8), (12, 0.5)],
        [(30, 0.3), (200, 0.1), (60, 0.02)],
        [45, 20, 12, 15, 30, 30],
    ),
}
REPEATS = 300


@pytest.mark.parametrize("city", CITIES)
def test_the_interval_holds_the_truth_in_95_of_100_samples(city: str) -> None:
    joined, apart, looked_at = CITIES[city]
    dice = np.random.default_rng(2026)
    strata = [
        (n, round(n * p), i < len(joined)) for i, (n, p) in enumerate(joined + apart)
    ]
    right = sum(true for _, true, is_joined in strata if is_joined)
    missed = sum(true for _, true, is_joined in strata if not is_joined)
    truth = (right / sum(n for n, _ in joined), right / (right + missed))
    held = [0, 0]
    for _ in range(REPEATS):
        sample = [
            Looked(
                str(i),
                is_joined,
                0.0,
                n,
                k,
                int(dice.hypergeometric(true, n - true, k)),
            )
            for i, ((n, true, is_joined), k) in enumerate(
                zip(strata, looked_at, strict=True)
            )
        ]
        found = estimate(sample)
        for place, interval in enumerate((found.precision, found.recall)):
            assert interval is not None
            assert 0 <= interval.low <= interval.value <= interval.high <= 1
            held[place] += interval.low - 1e-12 <= truth[place] <= interval.high + 1e-12
    for count in held:
        assert count / REPEATS >= 0.925
    # An interval that never misses would be wider than it says.
    assert min(held) < REPEATS


STRATA = st.lists(
    st.tuples(
        st.integers(0, 400), st.sampled_from([None, -6.0, 0.0, 6.0]), st.booleans()
    ),
    max_size=9,
).map(
    lambda found: [
        Stratum(f"s{i}", joined, low, pairs)
        for i, (pairs, low, joined) in enumerate(found)
    ]
)


@given(STRATA, st.integers(0, 900))
def test_a_sample_is_as_large_as_asked_and_no_stratum_is_overdrawn(
    strata: list[Stratum], total: int
) -> None:
    given_ = allocate(strata, total)
    sizes = {s.code: s.pairs for s in strata if s.pairs}
    assert given_.keys() == sizes.keys()
    assert sum(given_.values()) == min(total, sum(sizes.values()))
    assert all(0 <= count <= sizes[code] for code, count in given_.items())
    if total >= 8 * len(sizes):
        assert all(count >= min(8, sizes[code]) for code, count in given_.items())


@given(STRATA, st.integers(0, 300), st.integers(0, 300))
def test_a_larger_sample_looks_no_less_at_any_stratum(
    strata: list[Stratum], total: int, more: int
) -> None:
    least = 8 * len([s for s in strata if s.pairs])
    small, large = (
        allocate(strata, least + total),
        allocate(strata, least + total + more),
    )
    assert all(large[code] >= count for code, count in small.items())


@given(
    st.lists(
        st.tuples(
            st.booleans(),
            st.sampled_from([None, -3.0, 0.0, 3.0]),
            st.integers(1, 50),
            st.integers(0, 50),
            st.integers(0, 50),
        ),
        max_size=8,
    )
)
def test_whatever_was_found_the_figures_are_shares(
    found: list[tuple[bool, float | None, int, int, int]],
) -> None:
    strata = [
        Looked(str(i), joined, low, pairs, min(n, pairs), min(same, n, pairs))
        for i, (joined, low, pairs, n, same) in enumerate(found)
    ]
    told = estimate(strata)
    for interval in (told.precision, told.recall):
        if interval:
            assert 0 <= interval.low <= interval.value <= interval.high <= 1
    for at in by_threshold(strata):
        assert all(0 <= share <= 1 for share in at[1:])
