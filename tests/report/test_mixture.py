import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from noctiflora.core import RangeError
from noctiflora.report._mixture import Mixture, of_posterior, of_predictive, with_vague
from tests.report.made_up import posterior, predictive

part = st.tuples(st.floats(0.05, 1), st.floats(-20, 20), st.floats(0.1, 10))


def test_one_normal_agrees_with_scipy() -> None:
    one = Mixture(parts=((1.0, 1.5, 2.0),))
    levels = [0.01, 0.05, 0.5, 0.9]
    assert np.allclose(one.quantiles(levels), norm(1.5, 2).ppf(levels), atol=1e-9)
    assert np.allclose(one.density([0.0, 3.0]), norm(1.5, 2).pdf([0.0, 3.0]))


@settings(max_examples=30)
@given(st.lists(part, min_size=1, max_size=5), st.floats(0.01, 0.99))
def test_quantiles_undo_the_distribution(parts: list[tuple[float, float, float]], level: float) -> None:
    mixture = Mixture(parts=tuple(parts))
    assert mixture.below(mixture.quantiles([level]))[0] == pytest.approx(level, abs=1e-9)


@settings(max_examples=20)
@given(st.lists(part, min_size=1, max_size=4))
def test_the_curve_holds_everything(parts: list[tuple[float, float, float]]) -> None:
    grid = np.linspace(-150, 150, 30001)
    assert np.trapezoid(Mixture(parts=tuple(parts)).density(grid), grid) == pytest.approx(1, abs=1e-3)


def test_turning_puts_better_to_the_right() -> None:
    lower = Mixture(parts=((1.0, -3.0, 1.0),)).turned(higher_is_better=False)
    assert lower.quantiles([0.5])[0] == pytest.approx(3.0)
    assert of_posterior(posterior(2.0, 1.0, higher=False)).quantiles([0.5])[0] == pytest.approx(2.0)


def test_scaling_scales_quantiles() -> None:
    one = of_predictive(predictive())
    assert np.allclose(one.scaled(3.0).quantiles([0.1, 0.9]), 3 * one.quantiles([0.1, 0.9]))


def test_the_whole_prior_joins_both_parts() -> None:
    informative = Mixture(parts=((1.0, 1.0, 2.0),))
    whole = with_vague(informative, 0.8, 8.0)
    assert whole is not None
    expected = 0.8 * norm(1, 2).pdf(0) + 0.2 * norm(0, 8).pdf(0)
    assert whole.density([0.0])[0] == pytest.approx(expected)
    assert with_vague(informative, 0.8, None) is informative
    alone = with_vague(None, 0.8, 8.0)
    assert alone is not None
    assert alone.parts == ((1.0, 0.0, 8.0),)
    assert with_vague(None, 0.8, None) is None


@pytest.mark.parametrize("parts", [(), ((1.0, 0.0, 0.0),), ((0.0, 0.0, 1.0),), ((1.0, float("nan"), 1.0),)])
def test_what_is_no_mixture_is_refused(parts: tuple[tuple[float, float, float], ...]) -> None:
    with pytest.raises(RangeError):
        Mixture(parts=parts)
