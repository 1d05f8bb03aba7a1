"""The choice of model people whose nights lie nearest to one person's."""

from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from noctiflora.axis._ensemble import Begun, begin, follow
from noctiflora.axis._lanes import Lanes
from noctiflora.axis._population import COMPLAINT, Draw, Drawn, Population, Shape, draw_person, with_timing
from noctiflora.axis._schedule import Schedule
from noctiflora.core import RangeError

CANDIDATES = 128
MOST_MEMBERS = 64
_WIDE = with_timing(
    Population(
        name="anyone",
        draws=MappingProxyType(
            {
                **COMPLAINT.draws,
                "A0": Draw(shape=Shape.NORMAL, middle=0.3, spread=0.4, low=-0.5, high=1.5),
                "tw": Draw(shape=Shape.LOG_NORMAL, middle=18.2, spread=0.15, low=14.1, high=26.4),
            }
        ),
        stress=COMPLAINT.stress,
        bed_h=COMPLAINT.bed_h,
    )
)
"""People with and without a complaint, wide enough to meet most nights; all spreads assumed."""
_SCALE = {"tst_min": 30.0, "sol_min": 10.0, "waso_min": 20.0}
"""Distances that count as one, minutes: about what a usual night differs from the next (assumed)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnNights:
    """Means of a person's own nights, minutes; None where not known."""

    tst_min: float | None = None
    sol_min: float | None = None
    waso_min: float | None = None

    def __post_init__(self) -> None:
        for name in _SCALE:
            value = getattr(self, name)
            if value is not None and not 0 <= value <= 1440:
                raise RangeError("must be 0 to 1440 min", where=f"OwnNights.{name}", found=str(value))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fitted:
    """Model people for one person.

    Parameters
    ----------
    begun : Begun
        The chosen ones at the end of their burn-in.
    modelled : OwnNights
        Mean of their baseline nights, to be shown beside the person's own.
    matched : bool
        Whether anything of the person's nights was known to choose by.
    """

    begun: Begun
    modelled: OwnNights
    matched: bool


def fit_people(
    schedule: Schedule,
    own: OwnNights,
    *,
    stress: float | None = None,
    members: int = 16,
    candidates: int = CANDIDATES,
    seed: int = 0,
) -> Fitted:
    """Choose the model people whose baseline nights lie nearest to a person's own.

    Drawn people live by the person's schedule; the nearest are kept (rejection, the simplest
    approximate Bayesian computation). What nights cannot tell apart stays spread among them.

    Parameters
    ----------
    schedule : Schedule
        The person's hours in bed, meals and light.
    own : OwnNights
        Means of the person's nights; without any the first drawn people are kept.
    stress : float, optional
        0 to 1 where the person told it, else it is drawn.
    members : int
        How many are kept, 1 to 64; 16 run at the price of one.
    candidates : int
        How many are drawn, `members` to 512.
    seed : int
        Of the draws.

    Returns
    -------
    Fitted

    Raises
    ------
    RangeError
        If a number is out of range.

    Examples
    --------
    >>> found = fit_people(Schedule(), OwnNights(tst_min=380.0), members=4, candidates=16)
    >>> len(found.begun.people), found.matched
    (4, True)
    """
    if not 1 <= members <= MOST_MEMBERS or candidates < members:
        raise RangeError(f"a fit keeps 1 to {MOST_MEMBERS} of those drawn", where="members", found=str(members))
    wanted = {name: value for name in _SCALE if (value := getattr(own, name)) is not None}
    drawn = [_draw(schedule, stress, seed, i) for i in range(candidates if wanted else members)]
    begun = begin(drawn)
    nights = follow(begun, {"now": [()] * len(drawn)}, weeks=1, figures=tuple(_SCALE)).baseline
    means = {name: values.mean(axis=1) for name, values in nights.items()}
    if wanted:
        nearest = np.sort(np.argsort(_distance(means, wanted), kind="stable")[:members])
        begun = begin([drawn[i] for i in nearest])
        means = {name: values[nearest] for name, values in means.items()}
    modelled = OwnNights(**{name: float(np.nanmean(values)) for name, values in means.items()})
    return Fitted(begun=begun, modelled=modelled, matched=bool(wanted))


def _draw(schedule: Schedule, stress: float | None, seed: int, index: int) -> Drawn:
    one = draw_person(_WIDE, seed=seed, index=index)
    return Drawn(values=one.values, stress=one.stress if stress is None else stress, schedule=schedule)


def _distance(means: dict[str, Lanes], wanted: dict[str, float]) -> Lanes:
    """Return the distance of each drawn person, those who left the range last."""
    squares = [((means[name] - value) / _SCALE[name]) ** 2 for name, value in wanted.items()]
    return np.asarray(np.nan_to_num(np.sum(squares, axis=0), nan=np.inf), dtype=np.float64)
