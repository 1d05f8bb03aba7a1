"""Simulated trials of a design: that the quick analysis says what the engine says."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import ndtr

from noctiflora.core import Normal
from noctiflora.trial import Prior, posterior
from noctiflora.trial import _design_trials as trials
from noctiflora.trial import sceptical as doubting
from noctiflora.trial._design_noise import known_noise, learn_noise
from noctiflora.trial._design_people import PER_GROUP, draw_people
from noctiflora.trial._design_plan import Plan
from noctiflora.trial._design_trials import Setting, as_series, by_engine, drawn_together, pilot, run_group
from tests.trial.design_cells import NOISE, SLOW

MIXED = replace(SLOW, theta=(Normal(weight=0.6, mean=1.0, sd=1.5), Normal(weight=0.4, mean=2.0, sd=3.0)), weight=0.8)
KNOWING = Prior(mean=1.0, sd=1.0)
PLAN = Plan(on=21, off=28, pairs=2, n_looks=1)


def setting(known: Prior | None = None, wide: bool = False, seed: int = 1, **changes: object) -> Setting:
    priors = replace(MIXED, **changes)
    noise = learn_noise(None, priors) if wide else known_noise(NOISE)
    people = draw_people(seed, priors, noise, n=2 * PER_GROUP, n_nights=200, known=known)
    return Setting(priors=priors, people=people, known=known)


def both(of: Setting, plan: Plan, lanes: range) -> tuple[np.ndarray, np.ndarray]:
    """Return the chances by the shared points and by the engine, (looks, lanes, 3)."""
    quick, _ = run_group(of, plan, 0, pilot(of, plan), plan.ends)
    dose, seen = trials._order(of.people, plan, 0)
    y = trials._outcomes(of, 0, dose)
    exact = [[by_engine(of, dose[:end], seen[:end], y[:end, lane]) for lane in lanes] for end in plan.ends]
    return quick.reshape(len(plan.ends), -1, 3)[:, lanes], np.array(exact)


@pytest.mark.parametrize(
    "of",
    [
        setting(),
        setting(wide=True),
        setting(KNOWING),
        setting(higher_is_better=False),
    ],
    ids=["known noise", "noise as wide as the priors", "known treatment", "lower is better"],
)
def test_the_quick_analysis_agrees_with_the_engine(of: Setting) -> None:
    """Chances within the importance error of both: .01 on average, no bias that would move a rate."""
    quick, exact = both(of, PLAN, range(0, 2 * PER_GROUP, 4))
    off = quick - exact
    assert np.abs(off).max() < 0.06
    assert np.sqrt(np.mean(off**2)) < 0.015
    assert np.abs(off.mean(axis=(0, 1))).max() < 0.01
    # near the threshold of "helps" a chance errs by its distance from one
    near = exact[..., 0] > 0.85
    if near.any():
        assert np.abs(off[near][:, 0]).max() < 0.03


def test_hopeless_points_go_to_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A gate that nothing passes sends every series to the engine, whose answer is then the answer."""
    of = setting()
    monkeypatch.setattr(trials, "LEAST_POINTS", 1e9)
    dose, seen = trials._order(of.people, PLAN, 0)
    y = trials._outcomes(of, 0, dose)
    found, sent = run_group(replace(of, null_only=True), PLAN, 0, pilot(of, PLAN), (PLAN.n_nights,))
    assert sent == PER_GROUP
    assert found.shape == (1, 1, PER_GROUP, 3)
    assert found[0, 0, 3] == pytest.approx(by_engine(of, dose, seen, y[:, PER_GROUP + 3]), abs=1e-12)


def test_the_engine_is_the_one_of_the_verdict() -> None:
    """`by_engine` is what `posterior` says of the same nights under both priors."""
    of = setting(KNOWING)
    dose, seen = trials._order(of.people, PLAN, 0)
    y = trials._outcomes(of, 0, dose)[:, 2]
    series, priors = as_series(of, dose, seen, y)
    one, two = posterior(series, priors), posterior(series, doubting(priors))
    # the answer that is shown rests on more points
    assert by_engine(of, dose, seen, y) == pytest.approx([one.p_benefit, one.p_useful, two.p_benefit], abs=0.02)
    assert np.array_equal(np.isnan(series.y), ~seen)


def test_twins_differ_by_the_effect_alone() -> None:
    of = setting(KNOWING)
    dose, _ = trials._order(of.people, PLAN, 1)
    y = trials._outcomes(of, 1, dose)
    gap = y[:, :PER_GROUP] - y[:, PER_GROUP:]
    who = of.people.group(1)
    assert np.all(gap[: np.argmax(dose > 0)] == 0)
    assert np.all(np.sign(gap[-1]) * np.sign(of.people.theta[who]) >= 0)
    assert np.all(np.abs(gap) <= np.abs(of.people.theta[who]) + 1e-12)
    on = dose > 0
    knowing = y[:, PER_GROUP:] - replace_known(of, 1, dose)
    assert knowing[on] == pytest.approx(np.broadcast_to(of.people.known[who], (on.sum(), PER_GROUP)))
    assert np.all(np.abs(knowing[~on]) < 1e-12)


def replace_known(of: Setting, g: int, dose: np.ndarray) -> np.ndarray:
    people = replace(of.people, known=np.zeros(of.people.n))
    return trials._outcomes(Setting(priors=of.priors, people=people), g, dose)[:, PER_GROUP:]


def test_a_mixture_drawn_together_keeps_its_moments() -> None:
    rng = np.random.default_rng(1)
    parts = list(zip(rng.dirichlet(np.ones(25)), rng.normal(1, 1, 25), rng.uniform(0.1, 6, 25), strict=True))
    found = drawn_together(parts, 5)
    assert found.shape == (5, 3)
    rows = np.array(parts)
    for mixture in (found, rows):
        assert mixture[:, 0].sum() == pytest.approx(1)
    mean = rows[:, 0] @ rows[:, 1]
    assert found[:, 0] @ found[:, 1] == pytest.approx(mean)
    assert found[:, 0] @ (found[:, 1] ** 2 + found[:, 2] ** 2) == pytest.approx(
        rows[:, 0] @ (rows[:, 1] ** 2 + rows[:, 2] ** 2)
    )
    assert drawn_together(parts[:3], 5).tolist() == sorted(map(list, parts[:3]), key=lambda r: r[2])


def test_what_is_believed_before_is_believed_on_average_after() -> None:
    """Over people drawn from the analysis's own prior, the mean chance of benefit is the prior one."""
    priors = replace(SLOW, weight=1.0)
    people = draw_people(3, priors, learn_noise(None, priors), n=16 * PER_GROUP, n_nights=112)
    of = Setting(priors=priors, people=people)
    plan = Plan(on=28, off=28, pairs=2)
    cloud = pilot(of, plan)
    found = np.concatenate([run_group(of, plan, g, cloud, plan.ends)[0] for g in range(16)], axis=2)[0, 0]
    # 400 trials: Monte-Carlo error of the mean about .012; three of these
    assert found[:, 0].mean() == pytest.approx(ndtr(0.5), abs=0.036)
    assert found[:, 1].mean() == pytest.approx(ndtr(-0.5), abs=0.036)
