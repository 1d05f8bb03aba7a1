"""A whole analysis: prediction intervals as metafor prints them, every method present."""

import numpy as np
import pytest

from noctiflora.evidence.meta import Measure, Method, Studies, analyse
from tests.evidence.meta.tables import table


def test_prediction_intervals() -> None:
    bcg = analyse(table("bcg", Measure.RR))
    assert np.exp(bcg.prediction) == pytest.approx((0.1546, 1.5490), abs=6e-5)
    # metafor's scoring stops at a step of 1e-5 in tau squared, which is 1e-4 of this interval.
    assert analyse(table("raudenbush1985")).prediction == pytest.approx((-0.2036, 0.3711), abs=1.5e-4)


def test_the_interval_by_t_is_wider() -> None:
    found = analyse(table("raudenbush1985"))
    assert found.prediction_t[0] < found.prediction[0] < found.prediction[1] < found.prediction_t[1]


def test_every_method_once_and_the_adjusted_last() -> None:
    found = analyse(table("hine1989"))
    assert [f.method for f in found.fits] == [*Method, Method.REML]
    assert [f.knapp_hartung for f in found.fits] == [False] * len(Method) + [True]
    assert not found.fit(Method.REML).knapp_hartung


def test_two_studies_are_enough() -> None:
    found = analyse(Studies(labels=("a", "b"), y=np.array([0.0, 1.0]), v=np.array([0.1, 0.1]), measure="m"))
    assert found.small_study is None
    assert all(np.isfinite(f.estimate) for f in found.fits)
