"""Each product is seen from its own place, and the priors go with it."""

import numpy as np
import pytest

from noctiflora.core import Normal, RangeError
from noctiflora.trial import Prior, Priors, Series, turns

DOSES = np.array([[1.0, 0, 0, 1, 0, 0], [0, 1.0, 0, 0, 1, 0]])
SERIES = Series(
    nights=np.arange(1, 7), y=np.arange(6.0), dose=DOSES[0], product="a", others={"b": DOSES[1]}, assigned=DOSES[0]
)
PRIORS = Priors(
    theta=(Normal(weight=1.0, mean=1.0, sd=2.0),), weight=1.0, others={"b": Prior(mean=-1.0, sd=3.0)}, useful=1.0
)


def test_products_change_places_with_their_priors() -> None:
    first, second = turns(SERIES, PRIORS)
    assert (first.series, first.priors) == (SERIES, PRIORS)
    assert second.product == "b"
    assert second.series.dose.tolist() == DOSES[1].tolist()
    assert second.series.others["a"].tolist() == DOSES[0].tolist()
    assert second.series.assigned is None
    assert second.priors.theta == (Normal(weight=1.0, mean=-1.0, sd=3.0),)
    assert dict(second.priors.others) == {"a": Prior(mean=1.0, sd=2.0)}


def test_there_and_back_is_the_same() -> None:
    (_, second) = turns(SERIES, PRIORS)
    (_, back) = turns(second.series, second.priors)
    assert back.series.dose.tolist() == SERIES.dose.tolist()
    assert back.priors.theta == PRIORS.theta
    assert back.priors.others == PRIORS.others


def test_priors_that_are_left_out_stay_left_out() -> None:
    (_, second) = turns(SERIES, Priors())
    assert second.priors.theta is None
    assert not second.priors.others


def test_one_product_is_one_turn_and_one_never_taken_is_refused() -> None:
    alone = Series(nights=[1, 2], y=[1.0, 2.0], dose=[0, 1])
    assert [turn.product for turn in turns(alone, Priors())] == ["dose"]
    never = Series(nights=[1, 2], y=[1.0, 2.0], dose=[0, 1], others={"b": [0, 0]})
    with pytest.raises(RangeError, match="never taken"):
        turns(never, Priors())
