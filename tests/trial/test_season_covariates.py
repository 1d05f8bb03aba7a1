"""Circumstances enter by a rule on how often they were logged, which never sees an outcome or a dose."""

import numpy as np
import pytest

from noctiflora.trial import choose_circumstances

SEEN = np.ones(20, dtype=bool)
YES = np.tile([1.0, 0.0], 10)


def test_a_gap_bears_the_mean_of_the_others() -> None:
    values = YES.copy()
    values[[0, 2]] = np.nan
    found = choose_circumstances({"alcohol": values}, SEEN)
    assert found.filled == {"alcohol": 2}
    assert found.used["alcohol"][[0, 2]] == pytest.approx([8 / 18] * 2)
    assert found.used["alcohol"][3:].tolist() == YES[3:].tolist()
    assert not found.left_out


@pytest.mark.parametrize(
    ("values", "why"),
    [
        (np.full(20, np.nan), "never logged"),
        (np.r_[YES[:9], np.full(11, np.nan)], "logged on 9 of 20 nights, and half of them are needed"),
        (np.r_[1.0, 1.0, np.zeros(18)], "the same on all but 2 nights, and 3 either way are needed"),
        (np.ones(20), "the same on all but 0 nights, and 3 either way are needed"),
    ],
)
def test_what_tells_nothing_is_left_out_with_its_reason(values: np.ndarray, why: str) -> None:
    assert choose_circumstances({"travel": values}, SEEN).left_out == {"travel": why}


def test_only_nights_with_an_outcome_count() -> None:
    seen = np.arange(20) >= 10
    first_half = np.r_[YES[:10], np.full(10, np.nan)]
    assert choose_circumstances({"illness": first_half}, seen).left_out == {"illness": "never logged"}
    assert "illness" in choose_circumstances({"illness": YES}, seen).used
