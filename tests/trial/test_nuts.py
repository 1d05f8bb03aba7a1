"""The engine against long NUTS chains on five frozen series.

The golden file comes from `tests/oracles/trial_nuts.py`, which shares no line with the engine. What
this does not cover: errors in the model's equations themselves, which both write down alike.
Tolerances: a mean within 0.05 sd, an sd within 5 %, quantiles within 0.1 sd of the chains, whose own
errors (about 8,000 independent draws) are 0.011 sd, 0.8 % and 0.03 sd in the outer quantiles. Every
parameter meets them with the 4,096 points of an answer that is shown; the 512 points of a simulated
trial meet them for the effect and the coefficients.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from noctiflora.trial import LEVELS, Marginal, Posterior, Status, _engines, parse_priors, parse_series, posterior
from noctiflora.trial._importance import FINE_POINTS, POINTS
from noctiflora.trial._priors import HYPER

FOLDER = Path(__file__).parents[1] / "oracles" / "trial"
GOLDEN = json.loads((FOLDER / "nuts.json").read_text(encoding="utf-8"))
CASES = GOLDEN["cases"]
PAIRS = [(case, name) for case, params in CASES.items() for name in params]
EFFECTS = [(case, name) for case, name in PAIRS if name not in HYPER]


@cache
def answer(case: str, points: int = FINE_POINTS) -> Posterior:
    series = parse_series((FOLDER / f"{case}.csv").read_text(encoding="utf-8"), where=f"{case}.csv")
    priors = json.loads((FOLDER / f"{case}.json").read_text(encoding="utf-8"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_engines, "FINE_POINTS", points)
        return posterior(series, parse_priors(priors, where=f"{case}.json"))


def check(found: Marginal, golden: dict[str, Any]) -> None:
    assert found.mean == pytest.approx(golden["mean"], abs=0.05 * golden["sd"])
    assert found.sd == pytest.approx(golden["sd"], rel=0.05)
    for level in LEVELS:
        assert found.q[level] == pytest.approx(golden["q"][str(level)], abs=0.1 * golden["sd"]), level


@pytest.mark.parametrize(("case", "name"), PAIRS)
def test_every_parameter_agrees(case: str, name: str) -> None:
    check(answer(case).params[name], CASES[case][name])


@pytest.mark.parametrize(("case", "name"), EFFECTS)
def test_the_effect_and_the_coefficients_agree_with_the_points_of_a_simulated_trial(case: str, name: str) -> None:
    check(answer(case, POINTS).params[name], CASES[case][name])


@pytest.mark.parametrize("case", CASES)
def test_the_chains_can_be_trusted_and_the_engine_passes_its_gate(case: str) -> None:
    assert all(param["r_hat"] < 1.01 and param["n_eff"] > 4000 for param in CASES[case].values())
    assert answer(case).status is Status.CONVERGED
    assert set(answer(case).params) == set(CASES[case])
