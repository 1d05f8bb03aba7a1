"""Potency of a preparation from a pooled effect, through a virtual parallel trial."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from noctiflora.axis._cohort import cohort
from noctiflora.axis._intervention import Intervention, Kind
from noctiflora.axis._placebo import Placebo
from noctiflora.axis._population import COMPLAINT, Population
from noctiflora.axis._psqi import RESPONDENT_SD
from noctiflora.axis._strain import Strain
from noctiflora.core import ModelError, Predictive, RangeError, Source

PROBES: Mapping[Kind, tuple[float, ...]] = {
    Kind.LIVE_STRAIN: (-0.15, 0.1, 0.3),
    Kind.HEAT_KILLED: (-0.15, 0.1, 0.3),
    Kind.PHGG: (2.0, 10.0, 30.0),
    Kind.RESISTANT_STARCH: (2.0, 10.0, 30.0),
}
"""Where the response is evaluated: potency, or grams of fermentable fibre per day."""
LEVERS = {Kind.LIVE_STRAIN: "vX", Kind.HEAT_KILLED: "vK", Kind.PHGG: "fibre_g_d", Kind.RESISTANT_STARCH: "fibre_g_d"}
_LIMITS = {"vX": (-0.3, 0.9), "vK": (-0.3, 0.9), "fibre_g_d": (0.0, 60.0)}
POINTS_UNITS = ("points", "PSQI points")
SD_UNITS = ("SD", "SMD")


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """How strongly a preparation must act for the model to show the pooled effect.

    Parameters
    ----------
    subject : str
        Preparation, or "population" where it has no estimate of its own.
    lever : str
        ``vX``, ``vK`` or ``fibre_g_d``.
    value : float
        Calibrated value of the lever.
    interval : (float, float)
        95 % interval, from that of the pooled effect; never show `value` without it.
    at_bound : bool
        Whether value or interval was cut at the plausible range.
    target, target_interval : float, (float, float)
        The effect aimed at, PSQI points, negative is better.
    weeks : int
        Trial length.
    baseline_mean, baseline_sd : float
        PSQI of the virtual cohort, respondents' noise included in the SD.
    course : tuple of float
        Mean difference at each week at `value`; rests on assumed time constants.
    placebo_change : tuple of float
        The placebo arm's change at each week.
    response : tuple of (lever, difference)
        The evaluations.
    sources : tuple of Source
        What the pooled effect and the placebo term rest on.
    """

    subject: str
    lever: str
    value: float
    interval: tuple[float, float]
    at_bound: bool
    target: float
    target_interval: tuple[float, float]
    weeks: int
    baseline_mean: float
    baseline_sd: float
    course: tuple[float, ...]
    placebo_change: tuple[float, ...]
    response: tuple[tuple[float, float], ...]
    sources: tuple[Source, ...]

    def strain(self) -> Strain:
        """Return the preparation with its potency and interval.

        Raises
        ------
        RangeError
            If what was calibrated is a fibre.
        """
        if self.lever == "fibre_g_d":
            raise RangeError("a fibre is not a strain", where="Calibration.strain", found=self.subject)
        return Strain(name=self.subject, potency=self.value, live=self.lever == "vX", potency_interval=self.interval)


def calibrate(
    effect: Predictive,
    *,
    kind: Kind = Kind.LIVE_STRAIN,
    population: Population = COMPLAINT,
    people: int = 150,
    weeks: int = 8,
    seed: int = 0,
    placebo: Placebo | None = None,
    threads: int = 1,
) -> Calibration:
    """Find the potency with which a virtual parallel trial shows the pooled effect.

    The same people run with and without the preparation; the response is smooth and nearly
    linear, so a curve through zero and three evaluations is solved for the target and for
    the ends of its interval.

    Parameters
    ----------
    effect : Predictive
        Pooled effect on the PSQI: unit "points" or "SD"; lower is better.
    kind : Kind
        LIVE_STRAIN, HEAT_KILLED, PHGG or RESISTANT_STARCH.
    population : Population
        Of the virtual trial.
    people : int
        In the virtual trial.
    weeks : int
        The trials' median duration.
    seed : int
        Of the people.
    placebo : Placebo, optional
        The placebo arm's own change; it is in both arms and cancels in the difference.
    threads : int
        1 to 64.

    Returns
    -------
    Calibration

    Raises
    ------
    RangeError
        If the effect is not on the PSQI, or the kind has no lever.
    ModelError
        If the model does not respond to the lever.
    """
    if kind not in LEVERS:
        raise RangeError("this kind has no potency", where="kind", found=str(kind), do=f"use {', '.join(LEVERS)}")
    lever, probes = LEVERS[kind], PROBES[kind]
    arms = {"placebo": (), **{str(p): (_course(kind, p, weeks),) for p in probes}}
    run = cohort(people, weeks=weeks, population=population, arms=arms, seed=seed, figures=("psqi",), threads=threads)
    score = run.weekly["psqi"]
    ok = ~run.failed.any(axis=0)
    difference = (score[1:, ok] - score[:1, ok]).mean(axis=1)
    baseline = run.baseline["psqi"][ok]
    sd = math.hypot(float(baseline.std(ddof=1)), RESPONDENT_SD)
    target = _in_points(effect, sd)
    curve = _curve(probes, difference[:, -1])
    bounds = _LIMITS[lever]
    value, cut = _solve(curve, target[1], bounds)
    (one, cut_one), (two, cut_two) = (_solve(curve, t, bounds) for t in (target[0], target[2]))
    shares = np.array([[p, p * p, p**3] for p in probes])
    course = np.linalg.solve(shares, difference).T @ np.array([value, value**2, value**3])
    drift = (score[0, ok] - baseline[:, None]).mean(axis=0)
    term = placebo.at(7.0 * np.arange(1.0, weeks + 1.0, dtype=np.float64)) if placebo else np.zeros(weeks)
    return Calibration(
        subject=effect.subject,
        lever=lever,
        value=value,
        interval=(min(one, two), max(one, two)),
        at_bound=cut or cut_one or cut_two,
        target=target[1],
        target_interval=(target[0], target[2]),
        weeks=weeks,
        baseline_mean=float(baseline.mean()),
        baseline_sd=sd,
        course=tuple(float(x) for x in course),
        placebo_change=tuple(float(x) for x in drift + term),
        response=tuple(zip(probes, (float(d) for d in difference[:, -1]), strict=True)),
        sources=(*effect.sources, *((placebo.source,) if placebo else ())),
    )


def _course(kind: Kind, lever: float, weeks: int) -> Intervention:
    if kind in (Kind.PHGG, Kind.RESISTANT_STARCH):
        return Intervention(kind=kind, dose=lever, start_day=0, end_day=7.0 * weeks)
    strain = Strain(potency=lever, live=kind is Kind.LIVE_STRAIN)
    return Intervention(kind=kind, dose=1.0, start_day=0, end_day=7.0 * weeks, strain=strain)


def _in_points(effect: Predictive, sd: float) -> tuple[float, float, float]:
    """Return low, middle and high of the effect in points of PSQI, negative better."""
    if "psqi" not in effect.outcome.lower():
        raise RangeError("potency is calibrated on the PSQI", where="effect.outcome", found=effect.outcome)
    if effect.unit not in (*POINTS_UNITS, *SD_UNITS):
        raise RangeError("unknown unit of the effect", where="effect.unit", found=effect.unit, do="use points or SD")
    scale = (sd if effect.unit in SD_UNITS else 1.0) * (-1.0 if effect.higher_is_better else 1.0)
    ends = [scale * quantile(effect, p) for p in (0.025, 0.975)]
    return min(ends), scale * effect.mean, max(ends)


def quantile(effect: Predictive, p: float) -> float:
    """Return a quantile of a mixture of normals, by bisection."""
    low = min(n.mean - 12 * n.sd for n in effect.parts)
    high = max(n.mean + 12 * n.sd for n in effect.parts)
    for _ in range(80):
        middle = 0.5 * (low + high)
        below = sum(n.weight * 0.5 * math.erfc((n.mean - middle) / (n.sd * math.sqrt(2))) for n in effect.parts)
        low, high = (middle, high) if below < p else (low, middle)
    return 0.5 * (low + high)


def _curve(probes: Sequence[float], response: Sequence[float]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return a, b, c of a x + b x^2 + c x^3 through the evaluations."""
    matrix = np.array([[x, x * x, x**3] for x in probes])
    found: np.ndarray[tuple[int], np.dtype[np.float64]] = np.linalg.solve(matrix, np.array(response))
    if not np.all(np.isfinite(found)) or abs(found[0]) < 1e-6:
        raise ModelError(
            "the model does not respond to this preparation",
            where="calibrate",
            found=f"{[round(float(r), 4) for r in response]}",
            do="check the population and the length of the trial",
        )
    return found


def _solve(
    curve: np.ndarray[tuple[int], np.dtype[np.float64]], target: float, bounds: tuple[float, float]
) -> tuple[float, bool]:
    """Return where the curve meets the target within the bounds, and whether a bound was taken."""
    x = np.linspace(bounds[0], bounds[1], 4001)
    gap = curve[0] * x + curve[1] * x**2 + curve[2] * x**3 - target
    change = np.flatnonzero(np.sign(gap[:-1]) != np.sign(gap[1:]))
    if change.size == 0:
        best = int(np.argmin(np.abs(gap)))
        return float(x[best]), True
    near = change[np.argmin(np.abs(x[change]))]
    share = gap[near] / (gap[near] - gap[near + 1])
    return float(x[near] + share * (x[near + 1] - x[near])), False
