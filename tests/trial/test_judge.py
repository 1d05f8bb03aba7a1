"""The verdict: its word, its sentence, and what it does when an engine gives up."""

from dataclasses import replace

import numpy as np
import pytest

from noctiflora.core import DesignError, Normal, RangeError
from noctiflora.trial import LEVELS, Marginal, Posterior, Prior, Priors, Series, Status, Word, conclude, of_100, verdict
from noctiflora.trial._season_known import BELIEVED
from tests.trial.worlds import PRIORS, periods

FAST = {"log_tau_on": Prior(mean=0.0, sd=0.3), "log_tau_off": Prior(mean=0.0, sd=0.3)}


def trial(effect: float, *, n: int = 112, sigma: float = 4.0, seed: int = 1) -> Series:
    dose = periods(n, 14)
    return Series(
        nights=np.arange(1, n + 1),
        y=85 + effect * dose + sigma * np.random.default_rng(seed).normal(size=n),
        dose=dose,
    )


def priors(**changes: object) -> Priors:
    told = {
        "theta": PRIORS.theta,
        "weight": 0.8,
        "vague_sd": 4.3,
        "hyper": {**PRIORS.hyper, **FAST},
        "useful": 2.0,
        **changes,
    }
    return Priors(**told)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("effect", "useful", "word", "says"),
    [
        (5.0, 2.0, Word.HELPS, "asked for"),
        (-5.0, 2.0, Word.STOP, "makes sleep worse"),
        (0.0, 3.0, Word.DOES_NOT_HELP, "you called worth it is less than"),
        (3.0, 9.0, Word.DOES_NOT_HELP, "It does something, but less than you called worth it"),
        (1.2, 1.0, Word.CANNOT_TELL, "not ruled out"),
    ],
)
def test_each_word_is_reached_from_nights(effect: float, useful: float, word: Word, says: str) -> None:
    found = verdict(trial(effect), priors(useful=useful), threshold=0.95, unit="points")
    assert found.word is word
    assert says in found.reason
    assert "points, probably between" in found.reason
    assert "(90 of 100)" in found.reason
    assert "%" not in found.reason
    assert found.threshold == 0.95
    for chance in (
        found.p_benefit_evidence, found.p_useful_evidence, found.p_benefit_sceptical, found.p_benefit_vague,
    ):  # fmt: skip
        assert chance is not None
        assert 0 <= chance <= 1


def test_direction_is_that_of_the_outcome() -> None:
    """Minutes awake that fall are a benefit, and the sentence speaks of the benefit."""
    series = trial(-5.0)
    fewer = priors(higher_is_better=False, theta=(Normal(weight=1.0, mean=-1.0, sd=2.0),))
    found = verdict(series, fewer, threshold=0.95, unit="min")
    assert found.word is Word.HELPS
    assert "benefit at full exposure is about 4." in found.reason or "about 5" in found.reason


def test_a_safety_rule_stops_whatever_the_nights_say() -> None:
    found = verdict(trial(5.0), priors(), threshold=0.95, safety_stop="marked bloating for 7 nights.")
    assert found.word is Word.STOP
    assert found.reason.startswith("A safety rule fired: marked bloating for 7 nights;")


def record(p_benefit: float, p_useful: float, status: Status = Status.CONVERGED, useful: float = 2.0) -> Posterior:
    size = Marginal(mean=1.0, sd=1.0, q=dict.fromkeys(LEVELS, 1.0))
    return Posterior(
        status=status, theta=size, theta_mixture=((1.0, 1.0, 1.0),), params={}, p_benefit=p_benefit, p_useful=p_useful,
        p_harm=1 - p_benefit, useful=useful, higher_is_better=True, engine="", ess=1.0, pareto_k=0.0, seconds=0.0,
        n_nights=1, n_missing=0,
    )  # fmt: skip


@pytest.mark.parametrize("which", [0, 1])
def test_no_word_where_an_engine_did_not_converge(which: int) -> None:
    found = [record(0.99, 0.9), record(0.99, 0.9), record(0.99, 0.9)]
    found[which] = replace(found[which], status=Status.NOT_CONVERGED)
    told = conclude(*found, threshold=0.95)
    assert told.word is None
    assert "did not settle" in told.reason
    assert (told.p_benefit_evidence is None) == (which == 0)
    assert (told.p_benefit_sceptical is None) == (which == 1)
    assert conclude(*found, threshold=0.95, safety_stop="rash").word is Word.STOP


def test_the_vague_prior_is_shown_but_decides_nothing() -> None:
    told = conclude(record(0.99, 0.9), record(0.99, 0.9), record(0.1, 0.0, Status.NOT_CONVERGED), threshold=0.95)
    assert told.word is Word.HELPS
    assert told.p_benefit_vague is None


def test_a_benefit_that_only_others_trials_carry_is_told_as_such() -> None:
    told = conclude(record(0.97, 0.5), record(0.8, 0.3), record(0.8, 0.3), threshold=0.95)
    assert told.word is Word.CANNOT_TELL
    assert "your own nights alone leave 80 of 100, below the 90 of 100" in told.reason


def test_a_chance_is_never_told_as_certain() -> None:
    assert (
        "more than 99 of 100" in conclude(record(1.0, 1.0), record(1.0, 1.0), record(1.0, 1.0), threshold=0.95).reason
    )
    assert "less than 1 of 100" in conclude(record(1.0, 0.0), record(1.0, 0.0), record(1.0, 0.0), threshold=0.95).reason


@pytest.mark.parametrize("bad", [{"threshold": 0.5}, {"threshold": 1.01}, {"threshold": float("nan")}])
def test_an_impossible_threshold_is_refused(bad: dict[str, float]) -> None:
    with pytest.raises(RangeError, match="threshold"):
        verdict(trial(1.0), priors(), **bad)


def test_a_verdict_needs_the_useful_amount() -> None:
    with pytest.raises(RangeError, match="worth it"):
        verdict(trial(1.0), priors(useful=0.0), threshold=0.95)


@pytest.mark.parametrize(
    ("chance", "told"),
    [
        (0.02, "2 of 100"),
        (0.315, "32 of 100"),
        (0.9, "90 of 100"),
        (0.951, "95.1 of 100"),
        (0.995, "more than 99 of 100"),
    ],
)
def test_a_chance_is_told_as_so_many_of_100(chance: float, told: str) -> None:
    assert of_100(chance) == told


def test_one_switch_cannot_tell_however_large_the_change() -> None:
    half = periods(84, 42)
    y = 85 + 12 * half + np.random.default_rng(2).normal(size=84)
    found = verdict(Series(nights=np.arange(1, 85), y=y, dose=half), priors(), threshold=0.95)
    assert found.word is Word.CANNOT_TELL
    assert "before-and-after" in found.reason


def test_one_arm_is_refused() -> None:
    with pytest.raises(DesignError, match="one arm only"):
        verdict(Series(nights=[1, 2, 3], y=[80.0, 81.0, 82.0], dose=[1, 1, 1]), priors(), threshold=0.95)


def test_knowing_the_treatment_has_its_price_in_the_sentence() -> None:
    """Fast kinetics look like belief: the price is high. Slow ones are told apart by their slowness."""
    known = priors(known=Prior(mean=1.0, sd=1.0))
    fast = verdict(trial(3.0), known, threshold=0.95, unit="points")
    assert fast.cost_of_knowing is not None
    assert fast.cost_of_knowing > 1.2
    assert f"makes the range {fast.cost_of_knowing:.1f} times as wide" in fast.reason
    column = replace(trial(3.0), covariates={BELIEVED: (trial(3.0).dose > 0).astype(float)})
    same = replace(priors(), coefficients={BELIEVED: Prior(mean=1.0, sd=1.0)})
    assert verdict(column, same, threshold=0.95).cost_of_knowing == pytest.approx(fast.cost_of_knowing, rel=0.02)
    slow = replace(known, hyper=PRIORS.hyper)
    assert verdict(trial(3.0), priors(), threshold=0.95).cost_of_knowing is None
    later = verdict(trial(3.0), slow, threshold=0.95).cost_of_knowing
    assert later is not None
    assert later < fast.cost_of_knowing


def test_a_transform_reaches_the_verdict() -> None:
    series = trial(-5.0)
    minutes = replace(series, y=series.y - 50)
    told = priors(higher_is_better=False, theta=(Normal(weight=1.0, mean=-1.0, sd=2.0),), transform="log")
    assert verdict(minutes, told, threshold=0.95, unit="min").word is Word.HELPS


def hidden(effect: float, share: float, *, with_product: bool) -> Series:
    """Return a trial of which a share of the nights is missing in one arm, the worst ones first."""
    told = trial(effect)
    arm = np.flatnonzero(told.dose == with_product)
    y = told.y.copy()
    y[arm[np.argsort(y[arm])[: int(share * arm.size)]]] = np.nan
    return replace(told, y=y)


def test_help_that_rests_on_missing_nights_is_withheld() -> None:
    whole, partly = trial(0.0), hidden(0.0, 0.4, with_product=True)
    assert verdict(whole, priors(useful=0.5), threshold=0.95).word is not Word.HELPS
    found = verdict(partly, priors(useful=0.5), threshold=0.95)
    assert found.p_benefit_evidence is not None
    assert found.p_benefit_evidence > 0.95
    assert found.word is Word.CANNOT_TELL
    assert found.missing is not None
    assert found.missing.overturns
    assert (
        "22 of 56 nights with the product are missing, without it 0 of 56: had the 22 too many been bad" in found.reason
    )


def test_help_that_bears_the_missing_nights_stands() -> None:
    strong = verdict(hidden(6.0, 0.1, with_product=True), priors(), threshold=0.95)
    assert strong.word is Word.HELPS
    assert strong.missing is not None
    assert strong.missing.excess == 5
    # nights missing without the product hide no harm of it
    other = verdict(hidden(6.0, 0.3, with_product=False), priors(), threshold=0.95)
    assert other.word is Word.HELPS
    assert other.missing is not None
    assert other.missing.excess == 0
    assert other.missing.tipping is None
    assert verdict(hidden(0.0, 0.1, with_product=True), priors(useful=3.0), threshold=0.95).missing is None


def test_the_tipping_point_lies_where_help_ends() -> None:
    tips = [
        verdict(hidden(effect, 0.4, with_product=True), priors(useful=0.5), threshold=0.95).missing
        for effect in (0.0, 1.0, 2.0, 6.0)
    ]
    points = [np.inf if tip is None or tip.tipping is None else tip.tipping for tip in tips]
    assert points == sorted(points)
    assert points[0] < points[-1]
