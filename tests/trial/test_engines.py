"""The posterior as a whole: limits, symmetries, odd data, the record it returns."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.core import Normal
from noctiflora.trial import LEVELS, Posterior, Prior, Priors, Series, Status, posterior
from noctiflora.trial._frame import fill
from noctiflora.trial._priors import HYPER
from tests.trial.worlds import PRIORS, drawn, periods

FAST = {"log_tau_on": Prior(mean=-8, sd=0), "log_tau_off": Prior(mean=-8, sd=0)}
WHITE = {"atanh_phi": Prior(mean=0, sd=0), "logit_r": Prior(mean=30, sd=0)}


def is_sound(found: Posterior) -> None:
    for marginal in found.params.values():
        values = [marginal.mean, marginal.sd, *marginal.q.values()]
        assert np.isfinite(values).all()
        assert tuple(marginal.q) == LEVELS
        assert np.all(np.diff(list(marginal.q.values())) >= 0)
    for chance in (found.p_benefit, found.p_useful, found.p_harm, found.ess):
        assert 0 <= chance <= 1
    assert found.p_benefit + found.p_harm == pytest.approx(1)
    assert found.p_useful <= found.p_benefit + 1e-12
    assert sum(weight for weight, _, _ in found.theta_mixture) == pytest.approx(1)
    assert isinstance(found.status, Status)


def test_known_noise_and_instant_kinetics_is_conjugate_regression() -> None:
    rng = np.random.default_rng(1)
    dose = periods(40, 5)
    y = 80 + 2 * dose + rng.normal(size=40) * 3
    priors = Priors(
        coefficients={"mu": Prior(mean=75, sd=10), "trend": Prior(mean=0, sd=0)},
        theta=(Normal(weight=1.0, mean=1.0, sd=2.0),),
        hyper={**FAST, **WHITE, "log_sigma": Prior(mean=np.log(3), sd=0)},
    )
    found = posterior(Series(nights=np.arange(1, 41), y=y, dose=dose), priors)
    design = np.column_stack([np.ones(40), dose])
    precision = np.diag([1 / 100, 1 / 4])
    cov = np.linalg.inv(design.T @ design / 9 + precision)
    mean = cov @ (design.T @ y / 9 + precision @ [75, 1])
    assert [found.params["mu"].mean, found.theta.mean] == pytest.approx(mean, rel=1e-9)
    assert [found.params["mu"].sd, found.theta.sd] == pytest.approx(np.sqrt(np.diag(cov)), rel=1e-9)
    assert found.params["trend"].sd == 0


def test_instant_kinetics_is_generalised_least_squares() -> None:
    """Known autocorrelation, wide priors: the estimate is that of GLS on the dose itself."""
    rng = np.random.default_rng(2)
    n, phi, sigma = 60, 0.6, 2.0
    dose = periods(n, 6)
    cov = sigma**2 * phi ** np.abs(np.subtract.outer(np.arange(n), np.arange(n))).astype(float)
    y = 50 + 3 * dose + np.linalg.cholesky(cov) @ rng.normal(size=n)
    known = {"atanh_phi": np.arctanh(phi), "log_sigma": np.log(sigma), "logit_r": -30.0}
    priors = Priors(
        coefficients={"mu": Prior(mean=0, sd=1e6), "trend": Prior(mean=0, sd=0)},
        theta=(Normal(weight=1.0, mean=0.0, sd=1e6),),
        hyper={**FAST, **{name: Prior(mean=value, sd=0) for name, value in known.items()}},
    )
    found = posterior(Series(nights=np.arange(1, n + 1), y=y, dose=dose), priors)
    design = np.column_stack([np.ones(n), dose])
    gls = np.linalg.inv(design.T @ np.linalg.solve(cov, design))
    estimate = gls @ design.T @ np.linalg.solve(cov, y)
    assert found.theta.mean == pytest.approx(estimate[1], abs=1e-6)
    assert found.theta.sd == pytest.approx(np.sqrt(gls[1, 1]), rel=1e-6)


@pytest.mark.parametrize("why", ["no outcome", "no dose"])
def test_nothing_learnt_about_theta_leaves_its_prior(why: str) -> None:
    series, _ = drawn(np.random.default_rng(3))
    if why == "no outcome":
        series = replace(series, y=np.full(series.nights.size, np.nan))
    else:
        series = replace(series, dose=np.zeros(series.nights.size))
    found = posterior(series, PRIORS)
    mean = sum(w * m for w, m, _ in PRIORS.parts)
    sd = np.sqrt(sum(w * (s**2 + m**2) for w, m, s in PRIORS.parts) - mean**2)
    assert (found.theta.mean, found.theta.sd) == pytest.approx((mean, sd), rel=1e-9)
    assert found.status is Status.CONVERGED
    is_sound(found)


def test_no_outcome_leaves_every_prior() -> None:
    series, _ = drawn(np.random.default_rng(4))
    found = posterior(replace(series, y=np.full(series.nights.size, np.nan)), PRIORS)
    for name, prior in {**PRIORS.coefficients, **PRIORS.hyper}.items():
        # coefficients are exact; hyperparameters carry the Monte-Carlo error of the points
        loose = name in HYPER
        assert found.params[name].mean == pytest.approx(prior.mean, abs=(0.05 if loose else 1e-9) * prior.sd)
        assert found.params[name].sd == pytest.approx(prior.sd, rel=0.05 if loose else 1e-9)
    assert found.n_missing == found.n_nights == series.n_nights


def test_a_mirrored_outcome_has_the_mirrored_answer() -> None:
    series, _ = drawn(np.random.default_rng(5))
    flipped = replace(series, y=-series.y)
    mirror = replace(
        PRIORS,
        coefficients={k: Prior(mean=-v.mean, sd=v.sd) for k, v in PRIORS.coefficients.items()},
        theta=tuple(Normal(weight=p.weight, mean=-p.mean, sd=p.sd) for p in PRIORS.theta or ()),
        higher_is_better=False,
    )
    one, two = posterior(series, PRIORS), posterior(flipped, mirror)
    assert two.theta.mean == pytest.approx(-one.theta.mean, abs=1e-8)
    assert two.p_benefit == pytest.approx(one.p_benefit, abs=1e-9)
    assert two.p_useful == pytest.approx(one.p_useful, abs=1e-9)


@settings(max_examples=10)
@given(st.floats(1e-3, 1e6), st.floats(-1e6, 1e6))
def test_another_unit_gives_the_same_answer_in_that_unit(scale: float, shift: float) -> None:
    """With all defaults taken from the nights, shift and scale of the outcome change nothing else."""
    series, _ = drawn(np.random.default_rng(6))
    one = posterior(series, Priors())
    two = posterior(replace(series, y=shift + scale * series.y), Priors())
    rounding = 1e-9 * (1 + abs(shift) / scale)
    assert two.theta.mean / scale == pytest.approx(one.theta.mean, rel=1e-6, abs=10 * rounding)
    assert two.theta.sd / scale == pytest.approx(one.theta.sd, rel=1e-5)
    assert two.p_benefit == pytest.approx(one.p_benefit, abs=1e-5 + 10 * rounding)


ODD = {
    "one night": ([1], [88.0], [1.0]),
    "one night unseen": ([1], [np.nan], [1.0]),
    "two nights": ([1, 2], [88.0, 70.0], [0.0, 1.0]),
    "constant": (list(range(1, 31)), [88.0] * 30, [0.0, 1.0] * 15),
    "always on": (list(range(1, 31)), list(np.random.default_rng(7).normal(80, 5, 30)), [1.0] * 30),
    "always off": (list(range(1, 31)), list(np.random.default_rng(8).normal(80, 5, 30)), [0.0] * 30),
    "huge": (list(range(1, 31)), list(1e12 * np.random.default_rng(9).uniform(-1, 1, 30)), [0.0, 1.0] * 15),
    "tiny": (list(range(1, 31)), list(1e-9 * np.random.default_rng(9).uniform(-1, 1, 30)), [0.0, 1.0] * 15),
    "an outlier": (list(range(1, 31)), [80.0, 81.0] * 14 + [82.0, 1e9], [0.0, 1.0] * 15),
    "one far night": ([1, 3000], [80.0, 85.0], [0.0, 1.0]),
    "a straight line": (list(range(1, 31)), [float(i) for i in range(30)], [0.0] * 15 + [1.0] * 15),
    "the dose itself": (list(range(1, 31)), [0.0, 1.0] * 15, [0.0, 1.0] * 15),
}


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("priors", [Priors(), Priors(hyper={**FAST})], ids=["defaults", "fast"])
def test_odd_data_gives_numbers_and_a_status(name: str, priors: Priors) -> None:
    nights, y, dose = ODD[name]
    is_sound(posterior(Series(nights=nights, y=y, dose=dose), priors))  # type: ignore[arg-type]


def test_odd_data_under_sharp_priors_that_do_not_fit() -> None:
    """Nights a thousand sds from their prior: numbers and a status, never a NaN."""
    for name, (nights, y, dose) in ODD.items():
        series = Series(nights=nights, y=y, dose=dose)  # type: ignore[arg-type]
        sharp = replace(PRIORS, coefficients={"mu": Prior(mean=85, sd=0.1)})
        found = posterior(series, sharp)
        assert np.isfinite(found.theta.mean), name
        is_sound(found)


@settings(max_examples=30)
@given(
    st.integers(0, 10_000),
    st.integers(1, 40),
    st.floats(-9, 12),
    st.lists(
        st.tuples(st.floats(-100, 100) | st.floats(-3, 3), st.just(0.0) | st.floats(1e-9, 10)), min_size=5, max_size=5
    ),
    st.tuples(st.floats(-1e12, 1e12), st.floats(1e-6, 1e12)),
)
def test_any_priors_give_numbers_and_a_status(
    seed: int, n: int, log_size: float, hyper: list[tuple[float, float]], effect: tuple[float, float]
) -> None:
    rng = np.random.default_rng(seed)
    y = np.clip(10**log_size * rng.normal(size=n), -1e12, 1e12)
    y[rng.random(n) < 0.2] = np.nan
    priors = Priors(
        coefficients={"mu": Prior(mean=0.0, sd=10**log_size), "trend": Prior(mean=0.0, sd=1.0)},
        theta=(Normal(weight=1.0, mean=effect[0], sd=effect[1]),),
        vague_sd=1.0,
        hyper={name: Prior(mean=mean, sd=sd) for name, (mean, sd) in zip(HYPER, hyper, strict=True)},
    )
    is_sound(posterior(Series(nights=np.arange(1, n + 1), y=y, dose=rng.random(n)), priors))


def test_the_record_says_how_it_came_about() -> None:
    series, _ = drawn(np.random.default_rng(10), missing=0.0)
    kept = np.r_[0:20, 25:84]
    cut = Series(
        nights=series.nights[kept], y=series.y[kept], dose=series.dose[kept],
        covariates={name: column[kept] for name, column in series.covariates.items()},
    )  # fmt: skip
    found = posterior(cut, PRIORS)
    assert (found.n_nights, found.n_missing) == (84, 5)
    assert found.notes == (
        "5 nights are absent from the calendar: the last dose before each gap is taken to have gone on.",
    )
    assert found.engine.startswith("gauss, importance sampling, ")
    assert list(found.params) == ["mu", "trend", "weekend", "alcohol", "theta", *HYPER]
    assert found.params["theta"] == found.theta
    assert found.useful == PRIORS.useful
    assert len(posterior(cut, Priors()).notes) == 5


def test_the_same_input_gives_the_same_answer() -> None:
    series, _ = drawn(np.random.default_rng(13))
    assert posterior(series, PRIORS) == posterior(series, PRIORS)


def test_the_mixture_for_drawing_has_the_moments_of_the_marginal() -> None:
    series, _ = drawn(np.random.default_rng(14))
    found = posterior(series, PRIORS)
    weight, mean, sd = np.array(found.theta_mixture).T
    assert weight @ mean == pytest.approx(found.theta.mean, abs=1e-9)
    assert np.sqrt(weight @ (sd**2 + mean**2) - (weight @ mean) ** 2) == pytest.approx(found.theta.sd, rel=1e-8)


def test_a_series_filled_in_before_gives_the_same_answer() -> None:
    series, _ = drawn(np.random.default_rng(15))
    assert posterior(series, fill(series, PRIORS)[0]).theta == posterior(series, PRIORS).theta


def test_the_planned_dose_is_analysed_beside_the_one_taken() -> None:
    series, _ = drawn(np.random.default_rng(8))
    planned = series.dose.copy()
    taken = np.where(np.arange(84) % 3 == 0, 0.0, planned)
    found = posterior(replace(series, dose=taken, assigned=planned), PRIORS)
    assert found.assigned == posterior(replace(series, dose=planned), PRIORS)
    assert replace(found, assigned=None) == posterior(replace(series, dose=taken), PRIORS)
