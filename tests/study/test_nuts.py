"""The two stages against one stage: long NUTS chains on forty frozen trials.

The golden file comes from `tests/oracles/study_nuts.py`, which samples population, people, kinetics and
noise together. What this does not cover: errors in the model's equations, which both write down alike.
"""

import csv
import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from noctiflora.study import Belief, Pile, Population, fit_population, likelihood_of, person_effects, stack
from noctiflora.trial import Prior, Priors, Series, contribution

FOLDER = Path(__file__).parents[1] / "oracles" / "study"
GOLDEN = json.loads((FOLDER / "nuts.json").read_text(encoding="utf-8"))["posterior"]
GIVEN = json.loads((FOLDER / "priors.json").read_text(encoding="utf-8"))
BELIEF = Belief(
    strains={"a": tuple(GIVEN["population"]["mean"])},
    covariates={},
    omega_scale=GIVEN["population"]["omega_scale"],
    onset=tuple(GIVEN["hyper"]["log_tau_on"]),
    washout=tuple(GIVEN["hyper"]["log_tau_off"]),
    shared=GIVEN["population"]["shared"],
)
PRIORS = Priors(
    coefficients={name: Prior(mean=m, sd=s) for name, (m, s) in GIVEN["coefficients"].items()},
    hyper={name: Prior(mean=m, sd=s) for name, (m, s) in GIVEN["hyper"].items()},
    vague_sd=GIVEN["vague_sd"],
    useful=GIVEN["useful"],
)


@cache
def pile() -> Pile:
    with (FOLDER / "people.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    people = sorted({int(row["person"]) for row in rows})
    told = []
    for person in people:
        mine = [row for row in rows if int(row["person"]) == person]
        series = Series(
            nights=np.array([int(row["night"]) for row in mine]),
            y=np.array([float(row["y"] or "nan") for row in mine]),
            dose=np.array([float(row["dose"]) for row in mine]),
        )
        told.append(contribution(series, PRIORS))
    return stack(told, [0] * len(told))


@cache
def answer() -> Population:
    return fit_population(likelihood_of(pile(), BELIEF), BELIEF, n_people=pile().n_people)


def test_the_chains_can_be_trusted() -> None:
    assert all(part["r_hat"] < 1.01 and part["n_eff"] > 400 for part in GOLDEN.values())
    assert pile().n_people == len(GOLDEN["theta"]["mean"]) == 40


@pytest.mark.parametrize("name", ["mean", "omega", "log_tau_on", "log_tau_off"])
def test_the_population_agrees(name: str) -> None:
    golden = GOLDEN[name]
    found = {
        "mean": answer().pooled,
        "omega": answer().omega_person,
        "log_tau_on": answer().onset,
        "log_tau_off": answer().washout,
    }[name]
    assert found.mean == pytest.approx(golden["mean"], abs=0.1 * golden["sd"])
    assert found.sd == pytest.approx(golden["sd"], rel=0.1)


def test_every_person_agrees() -> None:
    """The worst of forty means lies within 0.15 sd; nearly all within 0.1."""
    golden = GOLDEN["theta"]
    effects = person_effects(pile(), answer(), BELIEF, useful=GIVEN["useful"])
    away = np.abs(effects[:, 0] - golden["mean"]) / golden["sd"]
    assert np.mean(away < 0.1) >= 0.9
    assert away.max() < 0.15
    assert effects[:, 1] == pytest.approx(np.array(golden["sd"]), rel=0.1)
