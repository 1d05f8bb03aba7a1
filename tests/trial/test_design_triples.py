"""Two products against one comparator: the shared points agree with the engine, and limits hold."""

from dataclasses import replace

import numpy as np
import pytest

from noctiflora.core import Normal
from noctiflora.trial import Plan, Prior, Series, posterior, sceptical
from noctiflora.trial._design_noise import known_noise
from noctiflora.trial._design_people import draw_people
from noctiflora.trial._design_trials import Setting
from noctiflora.trial._design_triples import _trials, pilot_of, run_group_of
from noctiflora.trial._products import plain_effect
from tests.trial.design_cells import NOISE, SLOW

PLAN = Plan(on=21, off=21, pairs=3, products=2)
OTHER = replace(SLOW, theta=(Normal(weight=1.0, mean=0.5, sd=1.5),))


def setting(first=SLOW, second=OTHER, known: Prior | None = None) -> Setting:
    people = draw_people(3, first, known_noise(NOISE), n=25, n_nights=PLAN.n_nights, known=known, second=second)
    return Setting(priors=first, people=people, second=second, known=known)


def by_gibbs(made: Setting, lane: int, role: int) -> np.ndarray:
    """Return the chances of one product in one trial from the engine for several products."""
    trials, both = _trials(made, PLAN, 0), (made.priors, made.second)
    mean, sd = plain_effect(both[1 - role])
    priors = replace(both[role], others={"other": Prior(mean=mean, sd=sd)})
    nights = Series(
        nights=np.arange(1, PLAN.n_nights + 1),
        y=np.where(trials.seen, trials.y[:, lane] + SLOW.coefficients["mu"].mean, np.nan),
        dose=trials.doses[role],
        product="this",
        others={"other": trials.doses[1 - role]},
    )
    evidence, doubt = posterior(nights, priors), posterior(nights, sceptical(priors))
    return np.array([evidence.p_benefit, evidence.p_useful, doubt.p_benefit])


def test_the_shared_points_agree_with_the_engine() -> None:
    made = setting()
    chances = run_group_of(made, PLAN, 0, pilot_of(made, PLAN), PLAN.ends)[0]
    # a trial with its effects, and a twin without
    for lane, (twin, at) in {2: (0, 2), 29: (1, 4)}.items():
        for role in range(2):
            told = chances[twin, at, 3 * role : 3 * role + 3]
            # the chains know a chance to about 0.01, the points to 0.02
            assert told == pytest.approx(by_gibbs(made, lane, role), abs=0.05)


def test_products_that_are_alike_have_the_same_chances_when_they_change_places() -> None:
    made = setting(SLOW, SLOW)
    assert made.people.second is not None
    people = made.people
    swap = np.array([2, 3, 0, 1, 5, 4])
    # orders with the two products swapped: 0 AB., 1 A.B, 2 BA., 3 B.A, 4 .AB, 5 .BA
    swapped = replace(people.second, theta=people.theta, tau_on=people.tau_on, tau_off=people.tau_off,
                      orders=swap[people.second.orders])  # fmt: skip
    other = replace(people, theta=people.second.theta, tau_on=people.second.tau_on, tau_off=people.second.tau_off,
                    second=swapped)  # fmt: skip
    cloud = pilot_of(made, PLAN)
    one = run_group_of(made, PLAN, 0, cloud, PLAN.ends)
    two = run_group_of(replace(made, people=other), PLAN, 0, cloud, PLAN.ends)
    assert np.median(np.abs(one[..., :3] - two[..., 3:])) < 0.01
    assert np.max(np.abs(one[..., :3] - two[..., 3:])) < 0.15


def test_the_same_nights_carry_trials_with_a_second_product_and_without() -> None:
    with_it = setting()
    without = draw_people(3, SLOW, known_noise(NOISE), n=25, n_nights=PLAN.n_nights)
    assert np.array_equal(with_it.people.noise, without.noise)
    assert np.array_equal(with_it.people.gap, without.gap)
    assert np.array_equal(with_it.people.theta, without.theta)


def test_twins_have_neither_effect_and_share_everything_else() -> None:
    made = setting()
    trials = _trials(made, PLAN, 0)
    assert trials.doses.sum(axis=1).tolist() == [63.0, 63.0]
    assert np.max(trials.doses.sum(axis=0)) == 1.0
    null = _trials(replace(made, null_only=True), PLAN, 0)
    assert np.array_equal(null.y, trials.y[:, 25:])
    assert not np.array_equal(trials.y[:, :25], trials.y[:, 25:])


def test_a_known_arm_is_learnt_of_less() -> None:
    blind, known = setting(), setting(known=Prior(mean=1.0, sd=1.0))
    open_one = run_group_of(known, PLAN, 0, pilot_of(known, PLAN), PLAN.ends)[-1, 0, :, [0, 3]]
    shut = run_group_of(blind, PLAN, 0, pilot_of(blind, PLAN), PLAN.ends)[-1, 0, :, [0, 3]]
    assert np.mean(np.abs(open_one - 0.5)) < np.mean(np.abs(shut - 0.5))


def test_pairs_go_the_old_way() -> None:
    plan = Plan(on=14, off=14, pairs=2)
    people = draw_people(3, SLOW, known_noise(NOISE), n=25, n_nights=56)
    made = Setting(priors=SLOW, people=people)
    assert run_group_of(made, plan, 0, pilot_of(made, plan), plan.ends).shape == (1, 2, 25, 3)
