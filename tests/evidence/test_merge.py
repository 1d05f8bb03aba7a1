"""Merging the parts of a mixture: moments kept, chances hardly moved, nothing done where nothing is asked."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr

from noctiflora.core import Instrument, Normal, Outcome, RangeError
from noctiflora.evidence import _transfer as transfer_file
from noctiflora.evidence import load, pool, predictive
from noctiflora.evidence._merge import merge

PARTS = st.lists(
    st.builds(Normal, weight=st.floats(0.01, 1.0), mean=st.floats(-5, 5), sd=st.floats(0.05, 5)),
    min_size=1,
    max_size=25,
)


def moments(parts: tuple[Normal, ...] | list[Normal]) -> tuple[float, float, float]:
    weight = sum(p.weight for p in parts)
    mean = sum(p.weight * p.mean for p in parts) / weight
    return weight, mean, math.sqrt(sum(p.weight * (p.sd**2 + p.mean**2) for p in parts) / weight - mean**2)


@given(PARTS, st.integers(1, 10))
def test_weight_mean_and_spread_are_kept(parts: list[Normal], most: int) -> None:
    found = merge(parts, most)
    assert len(found) == min(most, len(parts))
    assert moments(found) == pytest.approx(moments(parts), rel=1e-9, abs=1e-6)


def test_enough_parts_are_left_as_they_are() -> None:
    parts = [Normal(weight=0.5, mean=float(k), sd=1.0) for k in range(3)]
    assert merge(parts, 3) == tuple(parts)


def test_none_cannot_be_kept() -> None:
    with pytest.raises(RangeError):
        merge([Normal(weight=1.0, mean=0.0, sd=1.0)], 0)


@pytest.mark.parametrize("outcome", [Outcome.EFFICIENCY, Outcome.LATENCY, Outcome.RATING])
def test_the_chance_of_any_amount_hardly_moves(outcome: Outcome, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bound is the one stated beside the numbers of parts; the unmerged mixture is the oracle."""
    few = predictive(load(), "CP2305", outcome, Instrument.DIARY)
    monkeypatch.setattr(transfer_file, "PARTS_SMD", 10_000)
    monkeypatch.setattr(transfer_file, "PARTS", 10_000)
    many = predictive(load(), "CP2305", outcome, Instrument.DIARY)
    assert len(few.parts) <= 24 < len(many.parts)
    amounts = np.linspace(many.mean - 5 * many.sd, many.mean + 5 * many.sd, 500)

    def below(parts: tuple[Normal, ...]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return sum(p.weight * ndtr((amounts - p.mean) / p.sd) for p in parts)

    assert np.max(np.abs(below(few.parts) - below(many.parts))) < 0.002
    assert (few.mean, few.sd) == pytest.approx((many.mean, many.sd))
    assert len(pool(load()).untested.effect.parts) > 8
