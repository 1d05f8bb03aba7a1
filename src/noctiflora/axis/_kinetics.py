"""The model's time course of an effect, as a named sensitivity scenario for a personal trial."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from noctiflora.axis._cases import BASELINE_NIGHTS, Case, burn_in, run_cases
from noctiflora.axis._intervention import Intervention
from noctiflora.axis._lanes import Flags
from noctiflora.axis._person import Person
from noctiflora.axis._schedule import Day, Schedule
from noctiflora.core import ModelError

ON_DAYS, OFF_DAYS = 84, 56
SCENARIO = "axis time course"
RESTS_ON = (
    "tA: arousal, 10 days (4 to 20)",
    "gland masses, half-lives 20 and 30 days",
    "tAd: adaptation to fibre, 10 days",
)
"""The constants that set the timing; none was measured for this purpose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KineticsScenario:
    """Onset and wash-out as the model has them; never a reason to narrow a trial's prior.

    Parameters
    ----------
    name : str
        Name under which the scenario is shown.
    tau_on_days, tau_off_days : float
        Days to 63 % of the effect at 12 weeks, and to 37 % of it after stopping.
    worst_early : float
        Largest change in the wrong direction during the first four weeks, figure's unit, 0 if none.
    rests_on : tuple of str
        Assumed constants that set the timing.
    """

    name: str
    tau_on_days: float
    tau_off_days: float
    worst_early: float
    rests_on: tuple[str, ...]


def kinetics_scenario(
    interventions: Sequence[Intervention], *, person: Person | None = None, figure: str = "psqi"
) -> KineticsScenario:
    """Return the time course of a preparation in a person with a sleep complaint.

    Parameters
    ----------
    interventions : sequence of Intervention
        The preparation at full dose; its days are set here: 84 on, then off.
    person : Person, optional
        Default: trait arousal 0.45, stress 0.3.
    figure : str
        A nightly figure.

    Returns
    -------
    KineticsScenario

    Raises
    ------
    ModelError
        If there is no effect to time.

    Examples
    --------
    >>> from noctiflora.axis._intervention import Kind
    >>> from noctiflora.axis._strain import Strain
    >>> dose = Intervention(kind=Kind.LIVE_STRAIN, dose=1, strain=Strain(potency=0.1))
    >>> 7 < kinetics_scenario([dose]).tau_on_days < 42
    True
    """
    who = person or Person(values={"A0": 0.45})
    course = tuple(replace(i, start_day=0.0, end_day=float(ON_DAYS)) for i in interventions)
    base = Case(values=who.values, schedule=Schedule(days=(Day(stress=0.3),)))
    cases = [base, replace(base, interventions=course)]
    values = run_cases(cases, days=ON_DAYS + OFF_DAYS, start=burn_in(cases)).figures[figure]
    effect = (values[1] - values[0])[BASELINE_NIGHTS : BASELINE_NIGHTS + ON_DAYS + OFF_DAYS]
    full = float(effect[ON_DAYS - 7 : ON_DAYS].mean())
    if abs(full) < 1e-6:
        raise ModelError("this preparation has no effect to time", where="kinetics_scenario", do="check its potency")
    share = effect / full
    return KineticsScenario(
        name=SCENARIO,
        tau_on_days=_first(share[:ON_DAYS] >= 1.0 - np.exp(-1.0)),
        tau_off_days=_first(share[ON_DAYS:] <= np.exp(-1.0)),
        worst_early=max(0.0, float(np.max(-np.sign(full) * effect[:28]))),
        rests_on=RESTS_ON,
    )


def _first(reached: Flags) -> float:
    """Return the first day on which something holds, or the last day if it never does."""
    days = np.flatnonzero(reached)
    return float(days[0] + 1) if days.size else float(len(reached))
