"""The range of a gain holds what it says, whichever direction is better."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.core import Normal, Predictive, RangeError
from noctiflora.plan._gain import gain

PARTS = st.lists(st.tuples(st.floats(0.1, 1), st.floats(-20, 20), st.floats(0.05, 10)), min_size=1, max_size=4)


def effect(parts, *, up: bool = True) -> Predictive:
    total = sum(w for w, _, _ in parts)
    return Predictive(
        subject="x",
        outcome="efficiency",
        unit="points",
        higher_is_better=up,
        parts=tuple(Normal(weight=w / total, mean=m, sd=s) for w, m, s in parts),
        sources=(),
    )


def test_one_normal_has_its_known_range() -> None:
    found = gain(effect([(1.0, 2.0, 3.0)]))
    assert (found.low, found.high) == pytest.approx((2 - 1.6448536 * 3, 2 + 1.6448536 * 3), abs=1e-6)


@settings(max_examples=40)
@given(PARTS, st.floats(0.05, 0.99), st.booleans())
def test_as_much_lies_above_as_below(parts, level: float, up: bool) -> None:
    one = effect(parts, up=up)
    found = gain(one, level=level)
    assert one.p_better_than(found.low) == pytest.approx(1 - (1 - level) / 2, abs=1e-6)
    assert one.p_better_than(found.high) == pytest.approx((1 - level) / 2, abs=1e-6)
    assert found.middle == pytest.approx(one.mean if up else -one.mean)
    assert found.low <= found.high


@settings(max_examples=20)
@given(PARTS)
def test_turning_the_scale_round_changes_nothing(parts) -> None:
    there = gain(effect(parts))
    back = gain(effect([(w, -m, s) for w, m, s in parts], up=False))
    assert (there.low, there.middle, there.high) == pytest.approx((back.low, back.middle, back.high), abs=1e-6)


@pytest.mark.parametrize("level", [0.0, 1.0, -1.0])
def test_a_level_that_is_none_is_refused(level: float) -> None:
    with pytest.raises(RangeError):
        gain(effect([(1.0, 0.0, 1.0)]), level=level)
