"""A virtual trial in one person, night by night, with the truth beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from noctiflora.axis._cases import BASELINE_NIGHTS, Case, burn_in, run_cases
from noctiflora.axis._intervention import Intervention
from noctiflora.axis._lanes import Lanes
from noctiflora.axis._person import Person
from noctiflora.axis._schedule import Schedule
from noctiflora.axis._simulate import check_run, stream_keys
from noctiflora.core import Outcome, RangeError

FIGURE_OF = {
    Outcome.EFFICIENCY: "se_pct",
    Outcome.LATENCY: "sol_min",
    Outcome.WASO: "waso_min",
    Outcome.TOTAL_SLEEP: "tst_min",
}
"""The simulated figure of each nightly outcome; ratings are not simulated."""
STEADY_DAYS = 84
"""Days after which an effect counts as full: twelve weeks, three times the longest fast constant."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class VirtualSeries:
    """One person's nights under a sequence of doses, with the effect that made them.

    Parameters
    ----------
    outcome : Outcome
        What y is.
    night : array (nights,)
        1, 2, ...
    y : array (nights,)
        Sampled nights, plus measurement noise if asked for.
    dose : array (nights,)
        Share of the full dose taken before that night, 0 or 1.
    truth : float
        Effect at full exposure: mean course after 12 weeks on minus off, in the outcome's unit.
    mean : array (nights,)
        The mean course under the same doses.
    """

    outcome: Outcome
    night: Lanes
    y: Lanes
    dose: Lanes
    truth: float
    mean: Lanes

    def csv(self) -> str:
        """Return the series as ``night,y,dose`` lines, as the analysis of a personal trial reads it."""
        rows = [f"{int(n)},{y:.3f},{d:g}" for n, y, d in zip(self.night, self.y, self.dose, strict=True)]
        return "\n".join(["night,y,dose", *rows]) + "\n"


def virtual_n_of_1(
    interventions: Sequence[Intervention],
    *,
    doses: Sequence[int],
    person: Person | None = None,
    schedule: Schedule | None = None,
    outcome: Outcome = Outcome.EFFICIENCY,
    seed: int = 0,
    noise_sd: float = 0.0,
) -> VirtualSeries:
    """Simulate a personal trial.

    Parameters
    ----------
    interventions : sequence of Intervention
        The preparation at full dose; its days are set by `doses`.
    doses : sequence of 0 or 1
        One for each day, 2 to 364.
    person, schedule
        As in `simulate`.
    outcome : Outcome
        Efficiency, latency, WASO or total sleep.
    seed : int
        Of the nights.
    noise_sd : float
        SD of measurement error, outcome's unit.

    Returns
    -------
    VirtualSeries

    Raises
    ------
    RangeError
        If doses are not 0 or 1, too few or too many, or the outcome is not simulated.
    """
    if outcome not in FIGURE_OF:
        raise RangeError("this outcome is not simulated", where="outcome", found=str(outcome))
    if not 2 <= len(doses) <= 364 or any(d not in (0, 1) for d in doses):
        raise RangeError("doses are 0 or 1, one for each of 2 to 364 days", where="doses", found=f"{len(doses)} given")
    who, plan = person or Person(), schedule or Schedule()
    courses = tuple(
        replace(i, start_day=float(a), end_day=float(b)) for a, b in _stretches(doses) for i in interventions
    )
    trial = Case(values=who.values, schedule=plan, interventions=courses)
    check_run(trial, weeks=1, seed=seed)
    always = tuple(replace(i, start_day=0.0, end_day=float(STEADY_DAYS + 7)) for i in interventions)
    steady = [trial, replace(trial, interventions=always), replace(trial, interventions=())]
    name, days = FIGURE_OF[outcome], max(len(doses), STEADY_DAYS + 7)
    start = burn_in(steady)
    mean = run_cases(steady, days=days, start=start).figures[name][:, BASELINE_NIGHTS:]
    keys = stream_keys(seed, [0, 0, 0])
    drawn = run_cases(steady, days=len(doses), start=start, keys=keys).figures[name][0, BASELINE_NIGHTS:]
    late = mean[:, STEADY_DAYS : STEADY_DAYS + 7].mean(axis=1)
    noise = np.random.Generator(np.random.Philox(key=[seed, 2**33])).standard_normal(len(doses))
    return VirtualSeries(
        outcome=outcome,
        night=np.arange(1, len(doses) + 1, dtype=np.float64),
        y=drawn[: len(doses)] + noise_sd * noise,
        dose=np.array(doses, dtype=np.float64),
        truth=float(late[1] - late[2]),
        mean=mean[0, : len(doses)],
    )


def _stretches(doses: Sequence[int]) -> list[tuple[int, int]]:
    """Return first and last-but-one day of each stretch of doses.

    Examples
    --------
    >>> _stretches([0, 1, 1, 0, 1])
    [(1, 3), (4, 5)]
    """
    edges = np.flatnonzero(np.diff([0, *doses, 0]))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]
