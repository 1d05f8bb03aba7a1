"""The threshold of "helps": that it keeps the error rate it promises."""

import numpy as np
import pytest

from noctiflora.core import Normal, RangeError
from noctiflora.trial import Noise, Priors, Series, threshold, verdict
from noctiflora.trial._frame import fill
from noctiflora.trial._rules import judge
from noctiflora.trial._threshold import ERROR, ERROR_MISSPECIFIED, LOWEST, _least, score
from tests.trial.worlds import PRIORS, drawn, periods

NOISE = Noise(sigma=4.3, phi=0.34, white=0.5, missing=0.07)
DOSE = periods(56, 14)
BARE = Priors(theta=PRIORS.theta, weight=0.8, vague_sd=4.3, hyper=PRIORS.hyper, useful=2.0)


def test_the_smallest_threshold_that_keeps_the_rate() -> None:
    scores = np.array([0.0] * 90 + [0.91, 0.92, 0.93, 0.94, 0.95, 0.96, 0.97, 0.98, 0.99, 0.995])
    c = _least(scores, 0.05)
    assert c == 0.951
    assert np.mean(scores >= c) == 0.05
    assert _least(np.zeros(100), 0.05) == 0.001
    assert _least(np.ones(100), 0.05) == 1.001


def test_the_score_is_the_verdicts_own_rule() -> None:
    """Where the score reaches c the verdict says helps, and only there."""
    rng, c = np.random.default_rng(1), 0.95
    words = set()
    for _ in range(12):
        series, _ = drawn(rng, n=84, length=14)
        full, _ = fill(series, PRIORS)
        told = verdict(series, PRIORS, threshold=c)
        reached = score(series, full)
        words.add(told.word)
        assert told.p_benefit_evidence is not None
        assert told.p_useful_evidence is not None
        assert told.p_benefit_sceptical is not None
        if abs(told.p_benefit_sceptical - 0.9) < 0.01:
            continue  # the sceptical answer over the evidence's points has its own Monte-Carlo error
        word = judge(
            p_benefit=reached or told.p_benefit_evidence,
            p_useful=told.p_useful_evidence,
            p_sceptical=told.p_benefit_sceptical,
            threshold=c,
        )
        assert word is told.word
    assert len(words) > 1


def campaign(n: int, seed: int) -> None:
    """Find c on one set of trials, then count wrong "helps" on a fresh set."""
    one = threshold(np.random.default_rng(seed), DOSE, noise=NOISE, priors=BARE, n=n, worlds=("ar2",))
    two = threshold(np.random.default_rng(seed + 1), DOSE, noise=NOISE, priors=BARE, n=n)
    assert LOWEST <= one.c <= 1
    assert one.low <= one.c <= one.high
    assert one.rates["as modelled"].rate <= ERROR
    assert one.rates["ar2"].rate <= ERROR_MISSPECIFIED
    # four Monte-Carlo standard errors of two independent rates
    fresh = two.rates["as modelled"].rate if two.c <= one.c else ERROR
    assert fresh <= ERROR + 4 * np.sqrt(2 * ERROR * (1 - ERROR) / n)
    assert abs(one.c - two.c) < 0.05 + 2 / np.sqrt(n)


def test_error_rates_keep_their_promise_in_a_small_campaign() -> None:
    campaign(120, seed=2)


@pytest.mark.slow
def test_error_rates_keep_their_promise_in_full() -> None:
    campaign(2000, seed=3)


def test_more_looks_ask_for_no_less() -> None:
    """Common random numbers: the largest score over more looks is never smaller."""
    told = {"noise": NOISE, "priors": BARE, "n": 100}
    final = threshold(np.random.default_rng(4), DOSE, **told)  # type: ignore[arg-type]
    looked = threshold(np.random.default_rng(4), DOSE, looks=(28, 42), **told)  # type: ignore[arg-type]
    assert looked.c >= final.c


def test_the_same_generator_state_gives_the_same_threshold() -> None:
    both = [threshold(np.random.default_rng(5), DOSE[:28], noise=NOISE, priors=BARE, n=100) for _ in range(2)]
    assert both[0] == both[1]


def test_a_score_needs_an_engine_that_converged(monkeypatch: pytest.MonkeyPatch) -> None:
    series = Series(nights=[1, 2], y=[85.0, 95.0], dose=[0, 1])
    full, _ = fill(series, BARE)
    monkeypatch.setattr("noctiflora.trial._importance.LEAST_ESS", 1.1)
    assert score(series, full) == 0.0


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ({"n": 99}, "100"),
        ({"looks": (0,)}, "look"),
        ({"looks": (57,)}, "look"),
        ({"worlds": ("chaos",)}, "worlds are"),
        ({"dose": np.array([0.5])}, "doses"),
        ({"dose": np.array([0.0, 1.5])}, "doses"),
        ({"priors": Priors(theta=(Normal(weight=1.0, mean=0.0, sd=1.0),))}, "useful"),
    ],
)
def test_what_cannot_be_is_refused(bad: dict[str, object], says: str) -> None:
    told = {"dose": DOSE, "noise": NOISE, "priors": BARE, "n": 100, **bad}
    with pytest.raises(RangeError, match=says):
        threshold(np.random.default_rng(1), **told)  # type: ignore[arg-type]
