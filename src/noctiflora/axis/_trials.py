"""Virtual parallel and crossover trials on made-up people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from noctiflora.axis._cohort import cohort
from noctiflora.axis._intervention import Intervention
from noctiflora.axis._lanes import Flags, Lanes
from noctiflora.axis._placebo import Placebo
from noctiflora.axis._population import COMPLAINT, Population
from noctiflora.axis._psqi import RESPONDENT_SD
from noctiflora.core import RangeError


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class VirtualTrial:
    """A virtual trial as a table and its estimate; the effect in it is a hypothesis.

    Parameters
    ----------
    design : str
        ``parallel`` or ``crossover``.
    week : array (assessments,)
        Weeks from the start at which people were assessed; 0 is baseline.
    score : array (people, assessments)
        PSQI with placebo response and respondents' noise.
    active : array (people, assessments) of bool
        Who was on the preparation.
    difference, se : float
        Estimate: end minus baseline against placebo (parallel), or within people (crossover).
    truth : float
        The same difference without noise.
    """

    design: str
    week: Lanes
    score: Lanes
    active: Flags
    difference: float
    se: float
    truth: float


def parallel_trial(
    interventions: Sequence[Intervention],
    *,
    people: int,
    weeks: int = 8,
    population: Population = COMPLAINT,
    seed: int = 0,
    placebo: Placebo | None = None,
    noise_sd: float = RESPONDENT_SD,
) -> VirtualTrial:
    """Run a virtual parallel trial, one to one.

    Parameters
    ----------
    interventions : sequence of Intervention
        The active arm.
    people : int
        In all, even; people 0, 2, 4 ... are on placebo, 1, 3, 5 ... on the preparation.
    weeks, population, seed
        As in `cohort`.
    placebo : Placebo, optional
        Change shared by both arms.
    noise_sd : float
        SD of one assessment.

    Returns
    -------
    VirtualTrial

    Raises
    ------
    RangeError
        If people are fewer than 4 or odd.
    """
    if people < 4 or people % 2:
        raise RangeError("a parallel trial needs an even number from 4", where="people", found=str(people))
    run = cohort(people, weeks=weeks, population=population, arms=_arms(interventions), seed=seed, figures=("psqi",))
    on = np.arange(people) % 2 == 1
    truth = np.where(on[:, None], run.weekly["psqi"][1], run.weekly["psqi"][0])
    week = np.arange(weeks + 1, dtype=np.float64)
    score = np.column_stack([run.baseline["psqi"], truth]) + _placebo(placebo, week)
    score += _noise(seed, score.shape, noise_sd)
    change = score[:, -1] - score[:, 0]
    parts = (change[on], change[~on])
    se = float(np.sqrt(sum(c.var(ddof=1) / c.size for c in parts)))
    true = float((run.weekly["psqi"][1, :, -1] - run.weekly["psqi"][0, :, -1]).mean())
    return VirtualTrial(
        design="parallel",
        week=week,
        score=score,
        active=np.repeat(on[:, None], weeks + 1, axis=1) & (week > 0),
        difference=float(parts[0].mean() - parts[1].mean()),
        se=se,
        truth=true,
    )


def crossover_trial(
    interventions: Sequence[Intervention],
    *,
    people: int,
    period_weeks: int = 4,
    washout_weeks: int = 4,
    population: Population = COMPLAINT,
    seed: int = 0,
    placebo: Placebo | None = None,
    noise_sd: float = RESPONDENT_SD,
) -> VirtualTrial:
    """Run a virtual two-period crossover; even people take the preparation first.

    Parameters
    ----------
    interventions : sequence of Intervention
        The preparation; its days are replaced by those of the period.
    people : int
        Even, from 4.
    period_weeks, washout_weeks : int
        1 or more, 0 or more.
    population, seed, placebo, noise_sd
        As in `parallel_trial`.

    Returns
    -------
    VirtualTrial
        Assessed at the end of each period; carry-over is left in, as in a real trial.

    Raises
    ------
    RangeError
        If people or weeks are out of range.
    """
    if people < 4 or people % 2 or period_weeks < 1 or washout_weeks < 0:
        raise RangeError(
            "a crossover needs an even number of people from 4 and periods of a week or more",
            where="crossover",
            found=f"{people} people, {period_weeks} + {washout_weeks} weeks",
        )
    length, second = 2 * period_weeks + washout_weeks, 7.0 * (period_weeks + washout_weeks)
    windows = {"first": (0.0, 7.0 * period_weeks), "second": (second, second + 7.0 * period_weeks)}
    arms: dict[str, list[Intervention]] = {
        k: [replace(i, start_day=a, end_day=b) for i in interventions] for k, (a, b) in windows.items()
    }
    run = cohort(
        people, weeks=length, population=population, arms={**arms, "placebo": []}, seed=seed, figures=("psqi",)
    )
    early = np.arange(people) % 2 == 0
    ends = np.array([period_weeks, length])
    psqi = run.weekly["psqi"][:, :, ends - 1]
    truth = np.where(early[:, None], psqi[0], psqi[1])
    score = truth + _placebo(placebo, ends.astype(np.float64)) + _noise(seed, truth.shape, noise_sd)
    active = np.column_stack([early, ~early])
    within = np.where(early, score[:, 0] - score[:, 1], score[:, 1] - score[:, 0])
    half = 0.5 * (within[early].mean() + within[~early].mean())
    se = float(0.5 * np.sqrt(within[early].var(ddof=1) / early.sum() + within[~early].var(ddof=1) / (~early).sum()))
    true = 0.5 * float((psqi[0, :, 0] - psqi[2, :, 0]).mean() + (psqi[1, :, 1] - psqi[2, :, 1]).mean())
    return VirtualTrial(
        design="crossover",
        week=ends.astype(np.float64),
        score=score,
        active=active,
        difference=float(half),
        se=se,
        truth=true,
    )


def _arms(interventions: Sequence[Intervention]) -> Mapping[str, Sequence[Intervention]]:
    return MappingProxyType({"placebo": (), "active": tuple(interventions)})


def _placebo(placebo: Placebo | None, week: Lanes) -> Lanes:
    return placebo.at(7.0 * week) if placebo else np.zeros(len(week))


def _noise(seed: int, shape: tuple[int, ...], sd: float) -> Lanes:
    """Return respondents' noise, each person's from their own stream."""
    rows = [
        np.random.Generator(np.random.Philox(key=[seed, 2**32 + i])).standard_normal(shape[1]) for i in range(shape[0])
    ]
    return sd * np.array(rows)
