"""The Gibbs engine against long NUTS chains on three frozen series: heavy tails, ratings 0 to 10 and 1 to 5.

The golden file comes from `tests/oracles/trial_nuts_latent.py`, which samples the path, all
coefficients and the cutpoints, and shares neither a line nor an augmentation with the engine.
Tolerances as for the Gaussian engine; the engine's own error (1,500 independent draws or more) is at
most 0.026 sd for a mean and 0.06 sd for an outer quantile, that of the chains half of it.
"""

import json
from functools import cache
from pathlib import Path

import pytest

from noctiflora.trial import Posterior, Status, parse_priors, parse_series, posterior
from tests.trial.test_nuts import check

FOLDER = Path(__file__).parents[1] / "oracles" / "trial_latent"
CASES = json.loads((FOLDER / "nuts.json").read_text(encoding="utf-8"))["cases"]
PAIRS = [(case, name) for case, params in CASES.items() for name in params]


@cache
def answer(case: str) -> Posterior:
    series = parse_series((FOLDER / f"{case}.csv").read_text(encoding="utf-8"), where=f"{case}.csv")
    priors = json.loads((FOLDER / f"{case}.json").read_text(encoding="utf-8"))
    return posterior(series, parse_priors(priors, where=f"{case}.json"))


@pytest.mark.parametrize(("case", "name"), PAIRS)
def test_every_parameter_agrees(case: str, name: str) -> None:
    check(answer(case).params[name], CASES[case][name])


@pytest.mark.parametrize(("case", "errors"), [("heavy", "t4"), ("ratings", "ordinal"), ("fives", "ordinal")])
def test_the_chains_can_be_trusted_and_the_engine_is_named(case: str, errors: str) -> None:
    assert all(param["r_hat"] < 1.01 and param["n_eff"] > 4000 for param in CASES[case].values())
    assert answer(case).status is Status.CONVERGED
    assert answer(case).engine.startswith(f"{errors}, collapsed Gibbs sampling, 4 chains of 6000 sweeps")
    assert set(answer(case).params) == set(CASES[case])
