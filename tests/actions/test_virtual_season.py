"""A virtual season: balanced inside pairs, the same for the same seed, refused where no pair fits."""

import pytest

from noctiflora.actions import virtual_season
from noctiflora.axis import parse_intervention
from noctiflora.core import Outcome, RangeError
from noctiflora.trial import parse_series

STRAIN = [parse_intervention("live-strain:1")]


def season(seed: int = 1) -> str:
    return virtual_season(STRAIN, days=56, period=14, outcome=Outcome.EFFICIENCY, seed=seed)


def test_each_pair_has_both_arms() -> None:
    dose = parse_series(season(), where="virtual").dose
    for start in (0, 28):
        assert sorted([dose[start], dose[start + 14]]) == [0.0, 1.0]
        assert len(set(dose[start : start + 14])) == 1


def test_the_seed_decides() -> None:
    assert season(1) == season(1)
    assert season(1) != season(2)


@pytest.mark.parametrize("period", [0, 29])
def test_a_period_that_does_not_fit_is_refused(period: int) -> None:
    with pytest.raises(RangeError, match="--period"):
        virtual_season(STRAIN, days=56, period=period, outcome=Outcome.EFFICIENCY, seed=1)
