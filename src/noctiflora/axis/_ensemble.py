"""Ensembles: a few people followed night by night under several arms, from one burn-in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from noctiflora.axis._cases import BASELINE_NIGHTS, BURN_IN_DAYS, Outcome, burn_in, chunks, run_cases
from noctiflora.axis._course import LENV, Course
from noctiflora.axis._figures import FIGURES
from noctiflora.axis._intervention import Intervention
from noctiflora.axis._lanes import Flags, Lanes
from noctiflora.axis._model_file import load_model
from noctiflora.axis._night_columns import POINTS
from noctiflora.axis._population import Drawn
from noctiflora.axis._run import Group
from noctiflora.axis._simulate import LONGEST_WEEKS
from noctiflora.core import RangeError

DAY_HOURS = tuple(12.0 + k / 10.0 for k in range(241))
"""Hours of the day that is kept, noon to noon, from the midnight that begins it."""
DAY_LANES = ("Lenv", "Hm", "x3", "pS")
"""What is kept of it: light at the eye, plasma melatonin, relative cortisol, being asleep."""
_MOST = 512
Arm = Sequence[tuple[Intervention, ...]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Begun:
    """People at the end of their burn-in; it may be continued many times."""

    people: tuple[Drawn, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ensemble:
    """Nights of a few people under each arm; everything here is a hypothesis.

    Parameters
    ----------
    arms : tuple of str
        Names of the arms; all people run through each of them.
    baseline : mapping of str to array (people, 7)
        The last seven nights before treatment.
    nights : mapping of str to array (arms, people, 7 * weeks)
        Figures of the treatment nights.
    failed : array (arms, people) of bool
        Who left the physiological range; their figures are NaN.
    day : mapping of str to array (arms, people, 241), or None
        The last whole day, noon to noon each 0.1 h (`DAY_HOURS`): ``Lenv`` effective lux, ``Hm``
        pmol/L, ``x3`` nmol/L, ``pS`` 0 to 1.
    """

    arms: tuple[str, ...]
    baseline: Mapping[str, Lanes]
    nights: Mapping[str, Lanes]
    failed: Flags
    day: Mapping[str, Lanes] | None = None


def begin(people: Sequence[Drawn]) -> Begun:
    """Run people through their burn-in.

    Raises
    ------
    RangeError
        If there are none or more than 512.
    """
    if not 1 <= len(people) <= _MOST:
        raise RangeError(
            f"an ensemble has 1 to {_MOST} people", where="people", found=str(len(people)), do="use a cohort for more"
        )
    groups = tuple(burn_in([people[i].case() for i in which]) for which in chunks(len(people)))
    return Begun(people=tuple(people), groups=groups)


def follow(
    begun: Begun,
    arms: Mapping[str, Arm],
    *,
    weeks: int,
    figures: Sequence[str] = FIGURES,
    day: bool = False,
) -> Ensemble:
    """Follow people under every arm from the end of their burn-in.

    Parameters
    ----------
    begun : Begun
        Who; left unchanged.
    arms : mapping of str to sequence of tuple of Intervention
        For each arm what each person does, so that a potency may differ from person to person.
    weeks : int
        1 to 52.
    figures : sequence of str
        Which of `FIGURES` to keep.
    day : bool
        Also keep the last whole day.

    Returns
    -------
    Ensemble

    Raises
    ------
    RangeError
        If weeks are out of range or an arm does not name what each person does.

    Examples
    --------
    >>> from noctiflora.axis._population import COMPLAINT, draw_person
    >>> begun = begin([draw_person(COMPLAINT, seed=0, index=i) for i in range(2)])
    >>> follow(begun, {"no change": [(), ()]}, weeks=1, figures=("psqi",)).nights["psqi"].shape
    (1, 2, 7)
    """
    n = len(begun.people)
    if not isinstance(weeks, int) or not 1 <= weeks <= LONGEST_WEEKS:
        raise RangeError("a run lasts 1 to 52 weeks", where="weeks", found=str(weeks), do="choose a number inside")
    if not arms or any(len(arm) != n for arm in arms.values()):
        raise RangeError("each arm says what each person does", where="arms", found=", ".join(arms))
    kept = _Kept(
        baseline={f: np.full((n, BASELINE_NIGHTS), np.nan) for f in figures},
        nights={f: np.full((len(arms), n, 7 * weeks), np.nan) for f in figures},
        failed=np.zeros((len(arms), n), dtype=np.bool_),
        day={k: np.full((len(arms), n, len(DAY_HOURS)), np.nan) for k in DAY_LANES} if day else None,
    )
    for which, start in zip(chunks(n), begun.groups, strict=True):
        for at, arm in enumerate(arms.values()):
            cases = [begun.people[i].case(tuple(arm[i])) for i in which]
            out = run_cases(cases, days=7 * weeks, start=start, trace=day, trace_from_day=7 * weeks - 1)
            place = _Place(arm=at, rows=slice(which.start, which.stop), last_day=7 * weeks - 1)
            _keep(out, kept, place)
            if kept.day is not None:
                scale = np.array([case.parameters().get("Fmean", cortisol_mean()) for case in cases])
                _keep_day(out, [case.course(7 * weeks) for case in cases], scale, kept.day, place)
    return Ensemble(
        arms=tuple(arms),
        baseline=MappingProxyType(kept.baseline),
        nights=MappingProxyType(kept.nights),
        failed=kept.failed,
        day=None if kept.day is None else MappingProxyType(kept.day),
    )


@dataclass(slots=True, kw_only=True, eq=False)
class _Kept:
    """Arrays that groups fill, each its own rows."""

    baseline: dict[str, Lanes]
    nights: dict[str, Lanes]
    failed: Flags
    day: dict[str, Lanes] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where one group's run belongs."""

    arm: int
    rows: slice
    last_day: int


def cortisol_mean() -> float:
    """Return the reference mean of cortisol, nmol/L, by which the relative state is scaled."""
    return load_model().parameter_by_name["Fmean"].value


def _keep(out: Outcome, kept: _Kept, place: _Place) -> None:
    bad = out.failed[:, 0] >= 0
    kept.failed[place.arm, place.rows] = bad
    for name, nights in kept.nights.items():
        values = np.where(bad[:, None], np.nan, out.figures[name])
        nights[place.arm, place.rows] = values[:, BASELINE_NIGHTS : BASELINE_NIGHTS + nights.shape[2]]
        if place.arm == 0:
            kept.baseline[name][place.rows] = values[:, :BASELINE_NIGHTS]


def _keep_day(out: Outcome, courses: Sequence[Course], scale: Lanes, day: dict[str, Lanes], place: _Place) -> None:
    """Keep noon to noon of the last day; the trace begins at the midnight before."""
    assert out.trace is not None
    index, part = load_model().state_index, slice(POINTS, POINTS + len(DAY_HOURS))
    for name in ("Hm", "x3", "pS"):
        day[name][place.arm, place.rows] = out.trace[part, index[name]].T
    day["x3"][place.arm, place.rows] *= scale[:, None]
    noon = 2 * (BURN_IN_DAYS + place.last_day) + 1
    for row, course in zip(day["Lenv"][place.arm, place.rows], courses, strict=True):
        laid = [course.tables[b, LENV] for b in course.blocks[noon : noon + 3]]
        row[:] = np.concatenate(laid)[: len(DAY_HOURS)]
