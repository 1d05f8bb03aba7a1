"""Preparations: their parameters and limits."""

import math

import pytest

from noctiflora.axis._strain import Strain
from noctiflora.core import RangeError


def test_parameters_depend_on_the_kind() -> None:
    assert Strain(potency=0.2, histamine_per_h=0.1).parameters() == {"vX": 0.2, "hX": 0.1, "kX": 0.05}
    assert Strain(potency=0.2, live=False).parameters()["vK"] == 0.2


@pytest.mark.parametrize(
    "wrong", [{"potency": 2.0}, {"histamine_per_h": -0.1}, {"loss_per_h": 0.0}, {"potency": math.nan}]
)
def test_out_of_range_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(RangeError):
        Strain(**wrong)  # type: ignore[arg-type]
