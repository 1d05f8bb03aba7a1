"""The threshold of "helps" for a chosen design, by many trials without effect, in worlds that fit the model or not."""

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np

from noctiflora.core import DesignError, RangeError
from noctiflora.trial._arrays import Floats
from noctiflora.trial._design_noise import NoiseBelief
from noctiflora.trial._design_people import PER_GROUP, People, draw_people
from noctiflora.trial._design_plan import Plan
from noctiflora.trial._design_race import groups_of
from noctiflora.trial._design_score import NEVER, least_threshold, null_scores
from noctiflora.trial._design_trials import Setting
from noctiflora.trial._design_triples import pilot_of, run_group_of
from noctiflora.trial._null import WORLDS, Noise
from noctiflora.trial._priors import Prior, Priors
from noctiflora.trial._threshold import ERROR, ERROR_MISSPECIFIED, Rate, Threshold

AS_MODELLED = "as modelled"
SEED = 20240306


def design_threshold(
    plan: Plan,
    priors: Priors,
    noise: NoiseBelief,
    *,
    worlds: Sequence[str] = ("ar2", "step", "unequal"),
    n: int = 2000,
    known: Prior | None = None,
    second: Priors | None = None,
    workers: int = 1,
) -> Threshold:
    """Return the threshold of "helps" for a chosen design.

    The same rule as `threshold` (at most 5 % of trials without effect end in "helps" at any
    planned look, at most 7 % in worlds that the model does not know), by the quicker analysis of
    the designer, with the person's noise as uncertain as it is, over the orders that may be drawn.

    Parameters
    ----------
    plan : Plan
        The design with its looks.
    priors : Priors
        As for `design`.
    noise : NoiseBelief
        From `learn_noise`.
    worlds : sequence of str
        Further worlds, out of ``ar2``, ``step``, ``unequal``.
    n : int
        Simulated trials of each world, rounded up to whole groups of 25; at least 100.
    known : Prior or None
        What knowing the arm does by itself, where the person knows it.
    second : Priors or None
        Of a second product; then 5 % is the chance that either is said to help where neither does.
    workers : int
        Threads; the answer does not depend on them.

    Raises
    ------
    RangeError
        If a world is not known or `n` too small.
    DesignError
        If no threshold keeps false alarms rare enough.
    """
    for world in worlds:
        if world not in WORLDS:
            raise RangeError(f"worlds are {', '.join(WORLDS)}", where="design_threshold, worlds", found=world)
    if n < 100:
        raise RangeError("fewer than 100 simulated trials tell nothing", where="design_threshold, n", found=str(n))
    n = groups_of(n)
    people = draw_people(SEED, priors, noise, n=n, n_nights=plan.n_nights, known=known, second=second)
    scores = {}
    for i, world in enumerate((AS_MODELLED, *worlds)):
        there = people if world == AS_MODELLED else _elsewhere(people, noise, plan, world, SEED + i)
        setting = Setting(priors=priors, people=there, known=known, null_only=True, second=second)
        scores[world] = _scores(setting, plan, workers)
    allowed = {world: ERROR if world == AS_MODELLED else ERROR_MISSPECIFIED for world in scores}
    c = max(least_threshold(scores[world], allowed[world]) for world in scores)
    if c >= NEVER:
        raise DesignError(
            "no threshold keeps false alarms rare enough", where=plan.label, do="plan more periods or longer ones"
        )
    margin = 1.96 * math.sqrt(ERROR * (1 - ERROR) / n)
    low, high = (least_threshold(scores[AS_MODELLED], ERROR + side) for side in (margin, -margin))
    rates = {world: _rate(found, c) for world, found in scores.items()}
    return Threshold(c=c, low=min(low, c), high=max(min(high, 1.0), c), rates=rates, n=n)


def _scores(setting: Setting, plan: Plan, workers: int) -> Floats:
    cloud = pilot_of(setting, plan)
    with ThreadPoolExecutor(max_workers=workers) as pool:
        found = list(
            pool.map(lambda g: run_group_of(setting, plan, g, cloud, plan.ends), range(setting.people.n_groups))
        )
    return np.concatenate([null_scores(chances[:, 0]) for chances in found])


def _elsewhere(people: People, noise: NoiseBelief, plan: Plan, world: str, seed: int) -> People:
    """Return the same people with nights from another world."""
    rng = np.random.default_rng(seed)
    z = noise.draw(rng.random(people.n))
    paths = np.empty((people.n, plan.n_nights))
    for i, (atanh_phi, log_sigma, logit_r) in enumerate(z.tolist()):
        own = Noise(
            sigma=math.exp(log_sigma), phi=math.tanh(atanh_phi), white=float(1 / (1 + np.exp(-logit_r)))
        )  # fmt: skip
        paths[i] = WORLDS[world](rng, _taken(people, plan, i // PER_GROUP), own)
    return replace(people, noise=paths)


def _taken(people: People, plan: Plan, g: int) -> Floats:
    """Return whether anything is taken before each night, (n_nights,)."""
    if people.second is None:
        return plan.dose(people.coins[g, : plan.pairs])
    return np.asarray(plan.doses(people.second.orders[g, : plan.pairs]).sum(axis=0))


def _rate(scores: Floats, c: float) -> Rate:
    rate = float(np.mean(scores >= c))
    return Rate(rate=rate, error=math.sqrt(rate * (1 - rate) / scores.size))
