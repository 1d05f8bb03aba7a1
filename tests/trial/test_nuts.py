"""The engine against long NUTS chains on five frozen series.

The golden file comes from `tests/oracles/trial_nuts.py`, which shares no line with the engine. What
this does not cover: errors in the model's equations themselves, which both write down alike.
Tolerances: a mean within 0.05 sd, an sd within 5 %, quantiles within 0.1 sd of the chains, whose own
errors (about 8,000 independent draws) are 0.011 sd, 0.8 % and 0.03 sd in the outer quantiles. The
effect and all coefficients meet them with the 512 points of the first answer; the five nuisance
parameters come from the points themselves and meet them with 8,192, and with 512 but for their
thin tails: 10 % of the sd, 0.4 sd in the outer quantiles, beyond which a dozen points lie.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from noctiflora.trial import LEVELS, Marginal, Posterior, Status, _importance, parse_priors, parse_series, posterior
from noctiflora.trial._priors import HYPER

FOLDER = Path(__file__).parents[1] / "oracles" / "trial"
GOLDEN = json.loads((FOLDER / "nuts.json").read_text(encoding="utf-8"))
CASES = GOLDEN["cases"]
PAIRS = [(case, name) for case, params in CASES.items() for name in params]


EFFECTS = [(case, name) for case, name in PAIRS if name not in HYPER]
NUISANCES = [(case, name) for case, name in PAIRS if name in HYPER]
POINTS = 4096
"""Points of each half in the long answer."""


@cache
def answer(case: str) -> Posterior:
    series = parse_series((FOLDER / f"{case}.csv").read_text(encoding="utf-8"), where=f"{case}.csv")
    priors = json.loads((FOLDER / f"{case}.json").read_text(encoding="utf-8"))
    return posterior(series, parse_priors(priors, where=f"{case}.json"))


@cache
def long_answer(case: str) -> Posterior:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_importance, "POINTS", POINTS)
        return answer.__wrapped__(case)


def check(found: Marginal, golden: dict[str, Any], *, sd: float = 0.05, outer: float = 0.1) -> None:
    assert found.mean == pytest.approx(golden["mean"], abs=0.05 * golden["sd"])
    assert found.sd == pytest.approx(golden["sd"], rel=sd)
    for level in LEVELS:
        allowed = 0.1 if 0.2 < level < 0.8 else outer
        assert found.q[level] == pytest.approx(golden["q"][str(level)], abs=allowed * golden["sd"]), level


@pytest.mark.parametrize(("case", "name"), EFFECTS)
def test_the_effect_and_all_coefficients_agree(case: str, name: str) -> None:
    check(answer(case).params[name], CASES[case][name])


@pytest.mark.parametrize(("case", "name"), NUISANCES)
def test_the_nuisance_parameters_agree_but_for_their_thin_tails(case: str, name: str) -> None:
    check(answer(case).params[name], CASES[case][name], sd=0.1, outer=0.4)


@pytest.mark.parametrize(("case", "name"), PAIRS)
def test_with_more_points_everything_agrees(case: str, name: str) -> None:
    check(long_answer(case).params[name], CASES[case][name])


@pytest.mark.parametrize("case", CASES)
def test_the_chains_can_be_trusted_and_the_engine_passes_its_gate(case: str) -> None:
    assert all(param["r_hat"] < 1.01 and param["n_eff"] > 4000 for param in CASES[case].values())
    assert answer(case).status is Status.CONVERGED
    assert set(answer(case).params) == set(CASES[case])
