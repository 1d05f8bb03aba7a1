"""A table of studies refuses what cannot be pooled."""

import numpy as np
import pytest

from noctiflora.core import NotPoolable, RangeError
from noctiflora.evidence.meta import Studies


def test_arrays_are_copied_and_cannot_be_changed() -> None:
    y = np.array([0.1, 0.2])
    studies = Studies(labels=("a", "b"), y=y, v=np.array([1.0, 1.0]), measure="m")
    y[0] = 9
    assert studies.y[0] == 0.1
    with pytest.raises(ValueError, match="read-only"):
        studies.y[0] = 1


def test_one_study_is_none() -> None:
    with pytest.raises(NotPoolable, match="two studies"):
        Studies(labels=("a",), y=np.array([0.1]), v=np.array([1.0]), measure="m")


@pytest.mark.parametrize(
    ("labels", "y", "v", "says"),
    [
        (("a", "a"), [0.1, 0.2], [1.0, 1.0], "twice"),
        (("a", "b"), [0.1, 0.2], [1.0, 0.0], "above zero"),
        (("a", "b"), [0.1, np.inf], [1.0, 1.0], "finite"),
        (("a", "b"), [0.1], [1.0, 1.0], "one effect"),
    ],
)
def test_impossible_studies(labels: tuple[str, ...], y: list[float], v: list[float], says: str) -> None:
    with pytest.raises(RangeError, match=says):
        Studies(labels=labels, y=np.array(y), v=np.array(v), measure="m")


@pytest.mark.parametrize(("y", "v"), [([1e200, -1e200], [1.0, 1.0]), ([0.1, 0.2], [1e-300, 1.0])])
def test_numbers_that_cannot_be_computed_with_are_refused(y: list[float], v: list[float]) -> None:
    with pytest.raises(RangeError, match="study a"):
        Studies(labels=("a", "b"), y=np.array(y), v=np.array(v), measure="any")
