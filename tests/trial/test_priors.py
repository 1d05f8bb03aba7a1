"""What priors take and refuse, and the mixture they make."""

import numpy as np
import pytest

from noctiflora.core import Normal, RangeError
from noctiflora.trial import Prior, Priors


def one(mean: float = 0.0, sd: float = 1.0, weight: float = 1.0) -> Normal:
    return Normal(weight=weight, mean=mean, sd=sd)


def test_the_whole_mixture_keeps_its_weights() -> None:
    priors = Priors(theta=(one(1.0, 2.0, 0.25), one(3.0, 1.0, 0.75)), weight=0.8, vague_sd=5.0)
    assert priors.parts == ((0.2, 1.0, 2.0), (pytest.approx(0.6), 3.0, 1.0), (pytest.approx(0.2), 0.0, 5.0))


@pytest.mark.parametrize(("weight", "left"), [(0.0, (1.0, 0.0, 5.0)), (1.0, (1.0, 1.0, 2.0))])
def test_parts_without_weight_are_left_out(weight: float, left: tuple[float, ...]) -> None:
    assert Priors(theta=(one(1.0, 2.0),), weight=weight, vague_sd=5.0).parts == (left,)


def test_the_informative_spread_is_that_of_the_mixture() -> None:
    rng = np.random.default_rng(1)
    priors = Priors(theta=(one(0.0, 1.0, 0.5), one(4.0, 2.0, 0.5)))
    draws = np.where(rng.random(200_000) < 0.5, rng.normal(0, 1, 200_000), rng.normal(4, 2, 200_000))
    assert priors.informative_sd == pytest.approx(draws.std(), rel=0.01)


def test_mappings_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        Priors().hyper["log_sigma"] = Prior(mean=0, sd=1)  # type: ignore[index]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"coefficients": {"mu": Prior(mean=0, sd=-1)}}, "mu"),
        ({"coefficients": {"mu": Prior(mean=float("nan"), sd=1)}}, "mu"),
        ({"coefficients": {"mu": Prior(mean=0, sd=float("inf"))}}, "mu"),
        ({"hyper": {"phi": Prior(mean=0, sd=1)}}, "atanh_phi"),
        ({"hyper": {"log_sigma": Prior(mean=0, sd=11)}}, "log_sigma"),
        ({"hyper": {"log_sigma": Prior(mean=101, sd=1)}}, "log_sigma"),
        ({"theta": (one(sd=0.0),)}, "could not be learnt"),
        ({"theta": (one(mean=float("nan")),)}, "theta"),
        ({"theta": ()}, "sum to 1"),
        ({"theta": (one(weight=0.5),)}, "sum to 1"),
        ({"weight": 1.1}, "between 0 and 1"),
        ({"weight": float("nan")}, "between 0 and 1"),
        ({"vague_sd": 0.0}, "above 0"),
        ({"errors": "cauchy"}, "possible: gauss, t3"),
        ({"useful": -1.0}, "0 or more"),
        ({"useful": float("nan")}, "0 or more"),
    ],
)
def test_what_cannot_be_is_refused(changes: dict[str, object], says: str) -> None:
    with pytest.raises(RangeError, match=says):
        Priors(**changes)  # type: ignore[arg-type]
