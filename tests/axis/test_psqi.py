"""The score: end values, cut points, direction."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.axis._psqi import psqi


def score(sol: float, tst_h: float, se: float, waso: float, ar: float) -> float:
    one = [np.array([v]) for v in (sol, 60 * tst_h, se, waso, ar)]
    return float(psqi(sol_min=one[0], tst_min=one[1], se_pct=one[2], waso_min=one[3], arousal=one[4])[0])


def test_ends_hold_outside_the_points() -> None:
    assert score(0, 9, 99, 0, -1) == score(7.5, 7.5, 90, 15, 0)
    assert score(500, 1, 10, 500, 9) == score(75, 4.5, 60, 150, 1.5) == 17.5


def test_standard_bounds_lie_half_way() -> None:
    """At 15 min latency the category changes from 0 to 1, so the line passes 0.5."""
    assert score(15, 8, 95, 10, 0) - score(5, 8, 95, 10, 0) == 0.5
    assert score(5, 7, 95, 10, 0) - score(5, 8, 95, 10, 0) == 0.5
    assert score(5, 8, 85, 10, 0) - score(5, 8, 95, 10, 0) == 0.5


@given(st.floats(0, 90), st.floats(3, 9), st.floats(50, 100), st.floats(0, 200), st.floats(-1, 2), st.floats(0, 20))
@settings(max_examples=50, deadline=None)
def test_worse_sleep_never_scores_lower(sol: float, tst: float, se: float, waso: float, ar: float, more: float) -> None:
    here = score(sol, tst, se, waso, ar)
    assert score(sol + more, tst, se, waso + more, ar + more / 20) >= here
    assert score(sol, tst - more / 10, se - more, waso, ar) >= here
