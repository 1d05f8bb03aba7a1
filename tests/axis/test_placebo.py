"""The placebo term: starts at nothing, ends at its full change, carries its source."""

import math

import numpy as np
import pytest

from noctiflora.axis._placebo import Placebo
from noctiflora.core import RangeError, Source

HERE = Source(ref="assumed", note="test")


def test_course() -> None:
    term = Placebo(change=-1.5, time_days=10.0, source=HERE)
    assert term.at(np.array([0.0, 10.0, 1000.0])) == pytest.approx([0.0, -1.5 * (1 - math.exp(-1)), -1.5])


@pytest.mark.parametrize("wrong", [{"change": math.nan}, {"change": -30.0}, {"time_days": 0.0}])
def test_refusals(wrong: dict[str, float]) -> None:
    with pytest.raises(RangeError):
        Placebo(**({"change": -1.0, "time_days": 5.0, "source": HERE} | wrong))  # type: ignore[arg-type]
