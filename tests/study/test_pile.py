"""People stacked for the compiled pass."""

from dataclasses import replace

import numpy as np
import pytest

from noctiflora.core import RangeError
from noctiflora.study import stack
from tests.study.people import told


def test_people_keep_their_order_and_their_curves() -> None:
    pile = stack([told(1.0, 0.5, n=3), told(2.0, 0.25, n=2)], [1, 0], np.array([[0.5], [-0.5]]))
    assert pile.n_people == 2
    assert pile.start.tolist() == [0, 3, 5]
    assert pile.curves[:, 0].tolist() == [4.0] * 3 + [32.0] * 2
    assert pile.strain.tolist() == [1, 0]
    assert pile.kinetics[0].tolist() == [2.6, 0.5, 2.3, 0.6]
    # only differences between a person's weights tell anything
    assert pile.curves[:, 4].tolist() == [0.0] * 5


def test_nobody_is_an_empty_pile() -> None:
    assert stack([], []).n_people == 0


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(RangeError, match="strain"):
        stack([told(1, 1)], [])
    with pytest.raises(RangeError, match="covariates"):
        stack([told(1, 1)], [0], np.zeros((2, 1)))
    with pytest.raises(RangeError, match="finite"):
        stack([replace(told(1, 1), slope=np.array([np.nan]))], [0])
