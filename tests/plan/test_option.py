"""An expected effect that a product's own trials do not bear is shown with its proviso."""

from dataclasses import replace

import pytest

from noctiflora.core import Normal, Predictive, Source
from noctiflora.evidence import load_options
from noctiflora.plan._gate import gate
from noctiflora.plan._option import Standing
from noctiflora.plan._rank import rank

from ._answers import RULES, TODAY, all_no

OPTION = rank(load_options(), gate(RULES, all_no(), today=TODAY), effects={}, useful=2)[0]
EFFECT = Predictive(
    subject="x",
    outcome="efficiency",
    unit="points",
    higher_is_better=True,
    parts=(Normal(weight=1.0, mean=1.0, sd=2.0),),
    sources=(Source(ref="assumed", note="made up for the test, 0 to 5"),),
)


@pytest.mark.parametrize("standing", list(Standing))
def test_the_proviso_stands_beside_borrowed_numbers_only(standing: Standing) -> None:
    borrowed = standing in (Standing.NO_DIFFERENCE, Standing.NO_RESULT)
    assert bool(replace(OPTION, standing=standing, effect=EFFECT).proviso) is borrowed
    assert replace(OPTION, standing=standing, effect=None).proviso == ""


def test_the_new_groups_stand_behind_the_plausible_ones() -> None:
    order = list(Standing)
    assert order.index(Standing.PLAUSIBLE) < order.index(Standing.NO_DIFFERENCE) < order.index(Standing.NO_RESULT)
