"""The nightly outcome of a made-up person through run-in and trial, by the model of the personal trial."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from noctiflora.sample._records import Course
from noctiflora.sample._traits import value
from noctiflora.trial import Arm, Period, Schedule, draw, exposure

Array = npt.NDArray[np.float64]

SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outcomes:
    """One value for each night, in order: doses (0 to 1), exposure (0 to 1), efficiency (points).

    `capsule` is whether a capsule of whatever kind was taken, had there been one.
    """

    capsule: npt.NDArray[np.bool_]
    assigned: Array
    taken: Array
    exposure: Array
    efficiency: Array


def draw_course(
    rng: np.random.Generator,
    *,
    n_nights: int,
    run_in_nights: int,
    period_nights: int,
    n_pairs: int,
    theta: float | None,
) -> Course:
    """Draw who the person is: the true effect, its kinetics and the order of the periods.

    As many whole pairs as fit after the run-in are planned, at most `n_pairs`. Every number is
    drawn even where `theta` is given, so that the rest of the person does not depend on it.
    """
    drawn = rng.normal(value("theta_mean"), value("theta_sd"))
    tau_on = value("tau_on") * np.exp(0.5 * rng.standard_normal())
    tau_off = value("tau_off") * np.exp(0.6 * rng.standard_normal())
    pairs = min(n_pairs, (n_nights - run_in_nights) // (2 * period_nights))
    if pairs >= 1:
        schedule = draw(rng, pairs, nights_per_period=period_nights, run_in_nights=run_in_nights)
    else:
        schedule = Schedule(periods=(Period(arm=Arm.RUN_IN, first=1, nights=n_nights),))
    true_theta = float(drawn if theta is None else theta)
    return Course(
        schedule=schedule,
        theta=true_theta,
        theta_rating=true_theta * value("rating_slope"),
        tau_on=float(tau_on),
        tau_off=float(tau_off),
        mean=value("efficiency_mean"),
        sd=value("efficiency_sd"),
        phi=value("phi"),
        white_share=value("white_share"),
        weekend=value("weekend"),
        trend=value("trend"),
    )


def live(course: Course, weekday: npt.NDArray[np.int64], rng: np.random.Generator) -> Outcomes:
    """Return doses, exposure and diary efficiency of every night.

    Parameters
    ----------
    course : Course
        The true numbers.
    weekday : array of int, shape (n,)
        Day of the week of each night's date, Monday 0.
    rng : Generator
        Source of chance.
    """
    n = len(weekday)
    planned = course.schedule.dose
    assigned = np.zeros(n)
    assigned[: len(planned)] = planned
    capsule = rng.random(n) >= value("dose_missed")
    taken = assigned * capsule
    exposed = exposure(taken, course.tau_on, course.tau_off)
    night = np.arange(1, n + 1)
    fixed = (
        course.mean
        + course.trend * (night - night.mean()) / 28
        + course.weekend * is_weekend(weekday)
        + course.theta * exposed
    )
    noise = _noise(rng, n, sd=course.sd, phi=course.phi, white_share=course.white_share)
    return Outcomes(
        capsule=capsule, assigned=assigned, taken=taken, exposure=exposed, efficiency=np.clip(fixed + noise, 35, 98)
    )


def is_weekend(weekday: npt.NDArray[np.int64]) -> Array:
    """Return 1 for nights that end on a Saturday or Sunday, else 0."""
    return (weekday >= SATURDAY).astype(np.float64)


def _noise(rng: np.random.Generator, n: int, *, sd: float, phi: float, white_share: float) -> Array:
    shocks, white = rng.standard_normal(n), rng.standard_normal(n)
    slow = np.empty(n)
    u = 0.0
    for t in range(n):
        u = shocks[t] if t == 0 else phi * u + np.sqrt(1 - phi**2) * shocks[t]
        slow[t] = u
    return np.asarray(sd * (np.sqrt(1 - white_share) * slow + np.sqrt(white_share) * white))
