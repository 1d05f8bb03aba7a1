"""The JSON form: exactly the keys of the contract, and nothing that JSON cannot hold."""

import json
from dataclasses import replace

import numpy as np

from noctiflora.trial import Status, posterior, posterior_dict
from noctiflora.trial._priors import HYPER
from tests.trial.worlds import PRIORS, drawn

KEYS = {
    "theta", "params", "p_benefit", "p_useful", "p_harm", "engine", "ess", "pareto_k", "seconds", "n_nights",
    "n_missing",
}  # fmt: skip


def test_the_form_is_that_of_the_contract() -> None:
    found = posterior(drawn(np.random.default_rng(1))[0], PRIORS)
    told = posterior_dict(replace(found, seconds=0.5))
    assert set(told) == KEYS
    back = json.loads(json.dumps(told, allow_nan=False))
    assert set(back["params"]) == {"mu", "trend", "weekend", "alcohol", "theta", *HYPER}
    for marginal in (back["theta"], *back["params"].values()):
        assert set(marginal) == {"mean", "sd", "q"}
        assert list(marginal["q"]) == ["0.025", "0.05", "0.25", "0.5", "0.75", "0.95", "0.975"]
    assert back["seconds"] == 0.5
    assert back["theta"]["mean"] == found.theta.mean
    assert found.status is Status.CONVERGED
