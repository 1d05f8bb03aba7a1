"""The table of the model text's section 2, simulated by the designer: shared by its small and its full test."""

from dataclasses import dataclass, replace

import numpy as np

from noctiflora.core import Normal
from noctiflora.trial import Noise, Prior, Priors
from noctiflora.trial._defaults import HYPER_PRIORS
from noctiflora.trial._design_noise import known_noise
from noctiflora.trial._design_people import draw_people
from noctiflora.trial._design_plan import Plan
from noctiflora.trial._design_trials import Setting, pilot, run_group

SIGMA = 4.3
NOISE = Noise(sigma=SIGMA, phi=0.34, white=0.5, missing=0.07)
SLOW = Priors(
    coefficients={"mu": Prior(mean=85.0, sd=15.0), "trend": Prior(mean=0.0, sd=2.0)},
    theta=(Normal(weight=1.0, mean=1.0, sd=2.0),),
    weight=1.0,
    vague_sd=SIGMA,
    hyper={**HYPER_PRIORS, "log_sigma": Prior(mean=float(np.log(SIGMA)), sd=0.5)},
    useful=2.0,
)
FAST = replace(
    SLOW, hyper={**SLOW.hyper, "log_tau_on": Prior(mean=0.0, sd=0.5), "log_tau_off": Prior(mean=0.0, sd=0.6)}
)


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell: nights, nights of a period, kinetics, and what the text gives for theta = 3 and for theta = 0."""

    nights: int
    period: int
    fast: bool
    verdict: float
    null: float


CELLS = tuple(
    Cell(nights=n, period=p, fast=fast, verdict=v, null=z)
    for n, p, fast, v, z in (
        (84, 42, True, 0.36, 0.02),
        (84, 21, True, 0.77, 0.03),
        (84, 14, True, 0.77, 0.03),
        (84, 7, True, 0.76, 0.04),
        (168, 42, True, 0.96, 0.04),
        (168, 28, True, 0.95, 0.06),
        (168, 21, True, 0.98, 0.04),
        (84, 42, False, 0.14, 0.01),
        (84, 21, False, 0.24, 0.03),
        (84, 14, False, 0.11, 0.01),
        (84, 7, False, 0.03, 0.01),
        (168, 42, False, 0.71, 0.07),
        (168, 28, False, 0.69, 0.04),
        (168, 21, False, 0.47, 0.04),
    )
)


def simulated(cell: Cell, n: int = 200, theta: float = 3.0) -> tuple[float, float]:
    """Return how often P(theta > 0) > .95, with the effect and without."""
    priors = FAST if cell.fast else SLOW
    plan = Plan(on=cell.period, off=cell.period, pairs=cell.nights // (2 * cell.period))
    people = draw_people(5, priors, known_noise(NOISE), n=n, n_nights=cell.nights)
    on, off = (1.0, 1.0) if cell.fast else (14.0, 10.0)
    people = replace(people, theta=np.full(n, theta), tau_on=np.full(n, on), tau_off=np.full(n, off), trend=np.zeros(n))
    setting = Setting(priors=priors, people=people)
    cloud = pilot(setting, plan)
    found = np.concatenate([run_group(setting, plan, g, cloud, plan.ends)[0] for g in range(people.n_groups)], axis=2)
    with_it, without = (found[-1, :, :, 0] > 0.95).mean(axis=1).tolist()
    return with_it, without
