"""How often a benefit is claimed where there is none, on noise as modelled and on noise that is not.

Run from the repository root: ``python bench/trial_errors.py [TRIALS]``. Prints the table of
`docs/explanation/method.md`: the share of made-up trials with P(theta > 0) > 0.95, the share of those
that bear the check on missing nights as a verdict asks for it, and how often the 90 of 100 range holds
the truth. Two further rows have a true effect, one of them with a late onset
that the kinetics of the model do not know.
"""

import math
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

import numpy as np  # noqa: E402  (threads are set before)

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from noctiflora.core import Normal  # noqa: E402
from noctiflora.trial import LEVELS, Noise, Prior, Priors, Series, exposure  # noqa: E402
from noctiflora.trial._effect import Effect, effect  # noqa: E402
from noctiflora.trial._frame import fill, frame  # noqa: E402
from noctiflora.trial._importance import draw_hyper  # noqa: E402
from noctiflora.trial._marginals import effect_marginal  # noqa: E402
from noctiflora.trial._missing_nights import BAD, as_bad, missing_nights  # noqa: E402
from noctiflora.trial._null import WORLDS  # noqa: E402
from tests.trial.worlds import PRIORS, periods  # noqa: E402

TRIALS = 1000
LEVEL, SIGMA, EFFECT = 85.0, 4.3, 3.0
LATE = 14
"""Nights of each period before a late effect begins to build up."""
ANALYSIS = Priors(
    coefficients={"mu": Prior(mean=LEVEL, sd=15.0), "trend": Prior(mean=0.0, sd=2.0)},
    theta=(Normal(weight=1.0, mean=1.0, sd=2.0),), weight=0.8, vague_sd=SIGMA, hyper=PRIORS.hyper, useful=2.0,
)  # fmt: skip
Draw = Callable[[np.random.Generator, np.ndarray], np.ndarray]


def noise(rng: np.random.Generator, missing: float = 0.07) -> Noise:
    """A person as the priors expect one."""
    phi = float(np.tanh(rng.normal(0.35, 0.45)))
    return Noise(sigma=SIGMA, phi=phi, white=float(1 / (1 + np.exp(-rng.normal(0, 1.5)))), missing=missing)


def world(name: str) -> Draw:
    def draw(rng: np.random.Generator, dose: np.ndarray) -> np.ndarray:
        person = noise(rng)
        y = LEVEL + WORLDS[name](rng, dose, person)
        y[rng.random(dose.size) < person.missing] = np.nan
        return y

    return draw


def hidden(*, with_product: bool) -> Draw:
    """Bad nights are left out: half of those more than one SD below the level."""

    def draw(rng: np.random.Generator, dose: np.ndarray) -> np.ndarray:
        y = LEVEL + WORLDS["as modelled"](rng, dose, noise(rng))
        bad = (y < LEVEL - SIGMA) & ((dose > 0) if with_product else True)
        y[bad & (rng.random(dose.size) < 0.5)] = np.nan
        return y

    return draw


def helped(*, late: int) -> Draw:
    def draw(rng: np.random.Generator, dose: np.ndarray) -> np.ndarray:
        on = np.cumsum(dose > 0) - np.maximum.accumulate(np.where(dose > 0, 0, np.cumsum(dose > 0)))
        tau_on, tau_off = np.exp(rng.normal(math.log(14), 0.5)), np.exp(rng.normal(math.log(10), 0.6))
        e = exposure(dose * (on > late), float(tau_on), float(tau_off))
        return world("as modelled")(rng, dose) + EFFECT * e

    return draw


ROWS: dict[str, tuple[Draw, float]] = {
    "null, as modelled": (world("as modelled"), 0.0),
    "null, AR(2)": (world("ar2"), 0.0),
    "null, step change": (world("step"), 0.0),
    "null, unequal variances": (world("unequal"), 0.0),
    "null, bad nights missing": (hidden(with_product=False), 0.0),
    "null, bad nights missing with product only": (hidden(with_product=True), 0.0),
    "effect of 3, as modelled": (helped(late=0), EFFECT),
    f"effect of 3, onset {LATE} nights late": (helped(late=LATE), EFFECT),
}


def found_of(series: Series) -> Effect:
    full, _ = fill(series, ANALYSIS)
    data = frame(series, full)
    return effect(draw_hyper(data), data.theta)


def claims_benefit(found: Effect) -> bool:
    return found.p_above(0.0, higher_is_better=True) > 0.95


@dataclass(frozen=True, kw_only=True)
class Rates:
    """Shares of claims without and with the check on missing nights, of ranges that hold the truth, and the mean."""

    claims: float
    borne: float
    held: float
    mean: float


def run(draw: Draw, truth: float, nights: int, length: int, trials: int, seed: int) -> Rates:
    rng = np.random.default_rng(seed)
    dose = periods(nights, length)
    claims = borne = held = total = 0.0
    for _ in range(trials):
        series = Series(nights=np.arange(1, nights + 1), y=draw(rng, dose), dose=dose)
        found = found_of(series)
        told = effect_marginal(found)
        if claims_benefit(found):
            claims += 1
            worse = as_bad(series, BAD, higher_is_better=True) if missing_nights(series).uneven else series
            borne += claims_benefit(found_of(worse))
        held += told.q[LEVELS[1]] <= truth <= told.q[LEVELS[5]]
        total += told.mean
    return Rates(claims=claims / trials, borne=borne / trials, held=held / trials, mean=total / trials)


def main() -> None:
    trials = int(sys.argv[1]) if len(sys.argv) > 1 else TRIALS
    designs = ((84, 14), (168, 28))
    print(f"{trials} made-up trials for each cell; error of a share of 0.05: {math.sqrt(0.05 * 0.95 / trials):.3f}")
    heads = [f"{n} nights, periods of {length}: P > .95, borne, range holds, mean" for n, length in designs]
    print(f"| world | {' | '.join(heads)} |\n|---|---|---|")
    for k, (name, (draw, truth)) in enumerate(ROWS.items()):
        cells = [run(draw, truth, n, length, trials, 100 + k) for n, length in designs]
        rows = (f"{c.claims:.3f}, {c.borne:.3f}, {c.held:.3f}, {c.mean:+.2f}" for c in cells)
        print(f"| {name} | {' | '.join(rows)} |", flush=True)


if __name__ == "__main__":
    main()
