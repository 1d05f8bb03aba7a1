"""A made-up data set of a study with its truth, in the documented form."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.random import Generator, Philox

from noctiflora.core import RangeError
from noctiflora.study._dataset import PEOPLE
from noctiflora.study._pile import Floats
from noctiflora.study._settings import NAME, SCHEMA

NIGHTS = 84
PERIOD = 14
PER_PARTITION = 250
MOST_PEOPLE = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What a data set is made with; effects in points of sleep efficiency (all assumed, for an example).

    Parameters
    ----------
    mean : float
        Mean effect over people.
    omega : float
        Spread between people.
    sigma, phi, white : float
        Night-to-night SD, autocorrelation of its slow part, and share of white noise.
    log_tau_on, log_tau_off : (mean, sd)
        Time constants between people, log nights.
    missing : float
        Share of nights without an outcome.
    """

    mean: float = 1.5
    omega: float = 1.5
    sigma: float = 4.3
    phi: float = 0.35
    white: float = 0.5
    log_tau_on: tuple[float, float] = (2.639, 0.4)
    log_tau_off: tuple[float, float] = (2.303, 0.48)
    missing: float = 0.07


def sample(out: Path, *, people: int, seed: int, truth: Truth | None = None) -> Path:
    """Write a data set of made-up people; the same seed gives the same files.

    Each person has random numbers of their own, by number, so a larger data set begins with the people of
    a smaller one.

    Parameters
    ----------
    out : Path
        Folder to make; must not hold a data set yet.
    people : int
        How many, 1 to 2,000,000.
    seed : int
        0 or above.
    truth : Truth, optional
        What to make them with.

    Raises
    ------
    RangeError
        If a number is out of range, or the folder is taken.
    """
    if not 1 <= people <= MOST_PEOPLE or seed < 0:
        raise RangeError(
            "people are 1 to 2,000,000 and a seed is 0 or above",
            where="study sample",
            found=f"{people}, {seed}",
            do="correct it",
        )
    if (out / NAME).exists() or (out / PEOPLE).exists():
        raise RangeError("there already is a data set here", where=str(out), do="name another folder")
    made = Truth() if truth is None else truth
    (out / PEOPLE).mkdir(parents=True)
    thetas: list[pl.DataFrame] = []
    for first in range(0, people, PER_PARTITION):
        last = min(first + PER_PARTITION, people)
        group = [_person(number, seed, made) for number in range(first, last)]
        pl.concat([nights for nights, _ in group]).write_parquet(
            out / PEOPLE / f"part-{first // PER_PARTITION:05d}.parquet"
        )
        names = [_name(number) for number in range(first, last)]
        thetas.append(pl.DataFrame({"person": names, "theta": [theta for _, theta in group]}))
    pl.concat(thetas).write_parquet(out / "truth.parquet")
    said = {
        "schema": SCHEMA,
        "outcome": "efficiency",
        "useful": 2.0,
        "within_sd": made.sigma,
        "truth": {"mean": made.mean, "omega_person": made.omega, "seed": seed, "people": people},
    }
    (out / NAME).write_text(json.dumps(said, indent=1), encoding="utf-8")
    return out


def _name(number: int) -> str:
    return f"p{number:07d}"


def _chance(number: int, seed: int) -> Generator:
    return Generator(Philox(key=seed, counter=[0, 0, 0, number]))


def _person(number: int, seed: int, truth: Truth) -> tuple[pl.DataFrame, float]:
    rng = _chance(number, seed)
    theta = float(truth.mean + truth.omega * rng.standard_normal())
    on, off = (float(np.exp(m + s * rng.standard_normal())) for m, s in (truth.log_tau_on, truth.log_tau_off))
    dose = _dose(rng)
    level = 82.0 + 3.0 * rng.standard_normal()
    y = level + theta * _exposure(dose, on, off) + _noise(rng, truth)
    seen = rng.random(NIGHTS) >= truth.missing
    table = pl.DataFrame(
        {
            "person": [_name(number)] * NIGHTS,
            "strain": ["example"] * NIGHTS,
            "night": np.arange(1, NIGHTS + 1),
            "y": pl.Series(np.round(y, 2)).set(pl.Series(~seen), None),
            "dose": dose,
        }
    )
    return table, theta


def _dose(rng: Generator) -> Floats:
    """Return doses of pairs of periods, their order drawn inside each pair."""
    pairs = NIGHTS // (2 * PERIOD)
    first = rng.integers(0, 2, pairs)
    return np.concatenate([np.repeat([float(f), 1.0 - f], PERIOD) for f in first])


def _exposure(dose: Floats, on: float, off: float) -> Floats:
    k_on, k_off = -np.expm1(-1.0 / on), -np.expm1(-1.0 / off)
    out, e = np.empty(dose.size), 0.0
    for t, d in enumerate(dose):
        e += k_on * d * (1.0 - e) - k_off * (1.0 - d) * e
        out[t] = e
    return out


def _noise(rng: Generator, truth: Truth) -> Floats:
    slow = truth.sigma * np.sqrt(1.0 - truth.white)
    steps = rng.standard_normal(NIGHTS) * slow * np.sqrt(1.0 - truth.phi**2)
    steps[0] = slow * rng.standard_normal()
    for t in range(1, NIGHTS):
        steps[t] += truth.phi * steps[t - 1]
    return np.asarray(steps + truth.sigma * np.sqrt(truth.white) * rng.standard_normal(NIGHTS))
