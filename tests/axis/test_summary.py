"""Nightly figures from made-up steps whose answer is known."""

import math

import numpy as np
import pytest

from noctiflora.axis import _night_columns as c
from noctiflora.axis._summary import HM, KW, PS, UNSLEPT, X3, night_figures

STEPS = 120


def day(asleep_from: float, asleep_to: float) -> tuple[np.ndarray, np.ndarray]:
    """Return a day from noon: asleep between two hours after noon, in bed from 11 to 19 h after noon."""
    at = np.arange(2 * STEPS + 1) / 10
    whole = np.zeros((c.KEPT, 2 * STEPS + 1))
    whole[PS] = np.clip((at - asleep_from) / 0.1, 0, 1) * np.clip((asleep_to - at) / 0.1, 0, 1)
    whole[UNSLEPT] = at < asleep_from
    whole[KW] = 0.5
    whole[X3] = 1 + 0.5 * np.cos(2 * np.pi * (at - 20) / 24)
    whole[HM] = 100 * ((at >= 9) & (at <= 18))
    kept = np.zeros((2, c.KEPT, STEPS + 1, 1))
    kept[0, ..., 0], kept[1, ..., 0] = whole[:, : STEPS + 1], whole[:, STEPS:]
    step = np.arange(2 * STEPS) / 10
    in_bed = ((step >= 11) & (step < 19)).astype(float)
    return kept, in_bed.reshape(2, STEPS, 1)


def figures(kept: np.ndarray, op: np.ndarray) -> np.ndarray:
    out = np.full(c.CLOSING, np.nan)
    night_figures(kept, op, 0, 0, 12.0, out)
    return out


def test_sleep() -> None:
    out = figures(*day(11.5, 19.0))
    assert out[c.TIB] == pytest.approx(8)
    assert out[c.TST] == pytest.approx(7.4)
    assert out[c.SOL] == pytest.approx(0.45)
    assert out[c.ONSET] == pytest.approx(23.55)
    assert out[c.OFFSET] == pytest.approx(30.95)
    assert out[c.AWAKENINGS] == pytest.approx(0.5 * 7.4, abs=1e-6)


def test_hormones() -> None:
    out = figures(*day(11.5, 19.0))
    assert out[c.CORTISOL_PEAK] == pytest.approx(1.5)
    assert out[c.CORTISOL_PEAK_H] == pytest.approx(32)
    assert out[c.CORTISOL_NADIR_H] == pytest.approx(20)
    assert out[c.CORTISOL_MEAN] == pytest.approx(1, abs=1e-3)
    assert out[c.CORTISOL_EVENING] == pytest.approx(1 - 0.5 * math.sin(math.pi / 6) / (math.pi / 6), abs=1e-3)
    assert out[c.MELATONIN_PEAK] == 100
    assert out[c.MELATONIN_LONG] == pytest.approx(9.1, abs=0.05)
    rise = 1 + 0.5 * math.cos(2 * math.pi / 24)
    assert out[c.CAR] == pytest.approx((1 + 0.5 * math.cos(2 * math.pi * 0.5 / 24)) / rise, abs=1e-9)


def test_a_night_without_sleep_or_rising_is_unknown_not_zero() -> None:
    kept, op = day(11.5, 19.0)
    kept[:, PS] = 0
    op[:] = 0
    out = figures(kept, op)
    assert math.isnan(out[c.ONSET])
    assert math.isnan(out[c.OFFSET])
    assert math.isnan(out[c.CAR])
    assert out[c.TST] == 0
