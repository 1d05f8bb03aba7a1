"""The what-if panel: what changes would do if the model is right, beside what trials found."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from noctiflora.core import Source
from noctiflora.report._words import hours, number, signed
from noctiflora.report.chart import (
    DayLane,
    Figure,
    Range,
    RangeRow,
    WeekCourse,
    axis_day,
    axis_day_figure,
    axis_ranges,
    axis_ranges_figure,
    axis_weeks,
    axis_weeks_figure,
)

_UNMOVED_MIN = 3.0
"""A shift of the body clock below this is called none: half the model's step of six minutes."""
_POINTS = "Points of the Pittsburgh Sleep Quality Index (0 to 21) gained"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A difference from no change in the last week, over all model runs.

    Parameters
    ----------
    range : Range
        Middle run, and the values below which 5 and 95 of 100 runs lie; better = positive.
    better, worse : int
        Runs that differ by more than what is called the same.
    same_within : float
        What is called the same.
    """

    range: Range
    better: int
    worse: int
    same_within: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfRow:
    """One change of the what-if.

    Parameters
    ----------
    name, detail : str
        Short name, and what exactly the model was told.
    sleep, gain : Change
        Minutes asleep a night; PSQI points gained.
    clock_min : float
        Shift of the evening rise of melatonin, minutes, later is positive; the middle run.
    trials : str
        What trials say of the same.
    trials_gain : Range or None
        Their mean effect over people, PSQI points gained, 95 of 100; None where not known.
    sources : tuple of Source
        Of the trials' part and of the model's inputs.
    """

    name: str
    detail: str
    sleep: Change
    gain: Change
    clock_min: float
    trials: str
    trials_gain: Range | None = None
    sources: tuple[Source, ...] = ()

    @property
    def clock(self) -> str:
        """The shift of the body clock in words."""
        if abs(self.clock_min) < _UNMOVED_MIN:
            return "body clock unmoved"
        size = hours(abs(self.clock_min)) if abs(self.clock_min) >= 60 else f"{number(abs(self.clock_min), 0)} min"
        return f"body clock {size} {'later' if self.clock_min > 0 else 'earlier'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """What the model of gut, clock, hormones and sleep says; every number in it is hypothesis.

    Parameters
    ----------
    weeks : int
        After which differences are read.
    runs, left_out : int
        Model runs that count, and runs that left the range of a body.
    people : str
        Who was drawn, one sentence.
    rows : tuple of WhatIfRow
        In a fixed order, no ranking.
    hours : tuple of float
        Of the drawn day, 12 to 36.
    lanes : tuple of DayLane
        Of that day.
    day_change, day_caption : str
        What it compares, and whose day it is.
    courses : tuple of WeekCourse
        Weekly differences of one change.
    course_change : str
        Of which.
    potency : str
        How strongly that change acts in the model and where this comes from, in sentences.
    n_hypotheses : int
        Couplings without human dose-response that are switched on.
    seed : int
        Of the drawn people.
    """

    weeks: int
    runs: int
    left_out: int
    people: str
    rows: tuple[WhatIfRow, ...]
    hours: tuple[float, ...]
    lanes: tuple[DayLane, ...]
    day_change: str
    day_caption: str
    courses: tuple[WeekCourse, ...]
    course_change: str
    potency: str
    n_hypotheses: int
    seed: int


def what_if_figures(found: WhatIf | None) -> dict[str, Figure | None]:
    """Return the charts of the panel by name."""
    if found is None:
        return {"what_if": None, "axis_day": None, "axis_weeks": None}
    ranges = axis_ranges([RangeRow(name=r.name, model=r.gain.range, trials=r.trials_gain) for r in found.rows])
    return {
        "what_if": axis_ranges_figure(
            ranges, caption=f"{_POINTS} against no change after {found.weeks} weeks; right is better.", unit=_POINTS
        ),
        "axis_day": axis_day_figure(
            axis_day(found.hours, found.lanes), change=found.day_change, caption=found.day_caption
        ),
        "axis_weeks": axis_weeks_figure(
            axis_weeks(found.courses),
            change=found.course_change,
            caption=f"Difference from no change; up is more of what the panel names. {_units(found.courses)}",
        ),
    }


def _units(courses: Iterable[WeekCourse]) -> str:
    return "; ".join(f"{c.name}: {c.unit}" for c in courses) + "."


def said(change: Change, unit: str, *, digits: int) -> str:
    """Return a difference with its range.

    Examples
    --------
    >>> said(Change(range=Range(middle=7, low=-34, high=44), better=41, worse=18, same_within=1), "min", digits=0)
    '+7 min (−34 to +44)'
    """
    r = change.range
    return f"{signed(r.middle, digits)} {unit} ({signed(r.low, digits)} to {signed(r.high, digits)})"


def votes(row: WhatIfRow, runs: int) -> str:
    """Return how many runs sleep longer and how many shorter; the rest hardly differ."""
    same = runs - row.sleep.better - row.sleep.worse
    within = number(row.sleep.same_within, 0)
    rest = f", {same} within {within} min" if same else ""
    return f"{row.sleep.better} of {runs} runs sleep longer, {row.sleep.worse} shorter{rest}"


def what_if_dict(found: WhatIf, cited: Callable[[Iterable[Source]], list[int]]) -> dict[str, object]:
    """Return the panel as plain data; `cited` numbers sources.

    Returns
    -------
    dict
        ``label`` says that all of it is hypothesis; gains are better = positive.
    """
    return {
        "label": "hypothesis",
        "sets_effect_sizes": False,
        "weeks": found.weeks,
        "runs": found.runs,
        "left_out": found.left_out,
        "people": found.people,
        "seed": found.seed,
        "n_hypotheses": found.n_hypotheses,
        "potency": found.potency,
        "rows": [
            {
                "name": row.name,
                "detail": row.detail,
                "sleep_min": _change(row.sleep),
                "psqi_gain": _change(row.gain),
                "clock_shift_min": row.clock_min,
                "trials": row.trials,
                "trials_psqi_gain": None if row.trials_gain is None else _range(row.trials_gain),
                "sources": cited(row.sources),
            }
            for row in found.rows
        ],
        "course": {
            "change": found.course_change,
            "panels": [
                {"name": c.name, "unit": c.unit, "q05": list(c.low), "q50": list(c.middle), "q95": list(c.high)}
                for c in found.courses
            ],
        },
    }


def _range(found: Range) -> dict[str, object]:
    return {"middle": found.middle, "low": found.low, "high": found.high}


def _change(found: Change) -> dict[str, object]:
    return {**_range(found.range), "better": found.better, "worse": found.worse}
