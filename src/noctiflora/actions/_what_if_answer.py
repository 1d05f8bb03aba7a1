"""Answers one what-if for the sliders of a page: night by night, with ranges, against now."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from noctiflora.actions._what_if import dose_of, draw_potencies, potency_of, potency_words
from noctiflora.actions._what_if_day import hypotheses
from noctiflora.actions._what_if_person import WhatIfPerson
from noctiflora.axis import Calibration, Ensemble, Fitted, Intervention, Kind, fit_people, follow
from noctiflora.core import RangeError
from noctiflora.evidence import Evidence, load

MEMBERS = 16
"""Model people of one answer; sixteen run at the price of one."""
MOST_PREBIOTIC_G = 40.0
TAG = "hypothesis"
_POTENCY_RANGE = (-0.3, 0.9)
_BAND = (0.05, 0.5, 0.95)
Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfSliders:
    """What is changed; None or 0 leaves it as now.

    Parameters
    ----------
    bed_h : float or None
        Lights out every night, clock hour 0 to 24; rising stays.
    dinner_h : float or None
        Clock hour, 12 to 24.
    evening_lux : float or None
        Effective lux of the evening, 0 to 500; not the reading of a meter.
    strain : str or None
        A product by any of its names; what is told of its size comes from the trials pooled for it.
    prebiotic_g : float
        Partly hydrolysed guar gum or the like, 0 to 40 g a day.
    weeks : int
        1 to 52.
    """

    bed_h: float | None = None
    dinner_h: float | None = None
    evening_lux: float | None = None
    strain: str | None = None
    prebiotic_g: float = 0.0
    weeks: int = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Middle run of each night, and what 5 and 95 of 100 runs lie below."""

    low: tuple[float, ...]
    middle: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NightSeries:
    """One figure night by night, now and in the what-if.

    Parameters
    ----------
    key, name, unit : str
        Of the figure.
    good : int
        1 where more is better, -1 where less is, 0 where neither.
    now, then, change : Band
        Levels without and with the change, and their difference run by run.
    better, worse : float
        Share of the runs, 0 to 1, that are better and worse in the last week by more than
        `same_within`; both 0 where neither direction is good.
    same_within : float
        Differences called none.
    tag : str
        "hypothesis", always.
    """

    key: str
    name: str
    unit: str
    good: int
    now: Band
    then: Band
    change: Band
    better: float
    worse: float
    same_within: float
    tag: str = TAG


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfAnswer:
    """What the model says of one what-if; every number in it is hypothesis.

    Parameters
    ----------
    weeks : int
        Length; the nights are `7 * weeks`.
    runs, left_out : int
        Model people that count, and those who left the range of a body.
    series : tuple of NightSeries
        Minutes asleep first.
    person : str
        Who was run, one sentence.
    potency : str or None
        How strongly the strain acts and where this comes from.
    hypotheses : tuple of str
        Couplings without human dose-response on which all of it rests, each with its meaning.
    """

    weeks: int
    runs: int
    left_out: int
    series: tuple[NightSeries, ...]
    person: str
    potency: str | None
    hypotheses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Figure:
    key: str
    name: str
    unit: str
    good: int
    same: float


_SHOWN = (
    _Figure(key="tst_min", name="Asleep", unit="min", good=1, same=1.0),
    _Figure(key="sol_min", name="To fall asleep", unit="min", good=-1, same=1.0),
    _Figure(key="waso_min", name="Awake in the night", unit="min", good=-1, same=1.0),
    _Figure(key="se_pct", name="Sleep efficiency", unit="%", good=1, same=0.5),
    _Figure(key="psqi", name="Sleep score (PSQI)", unit="points", good=-1, same=0.1),
    _Figure(key="dlmo_h", name="Evening rise of melatonin", unit="h", good=0, same=0.05),
)
"""What is told; the differences called none are far below what a diary resolves (assumed)."""


def what_if_answer(
    person: WhatIfPerson,
    sliders: WhatIfSliders,
    *,
    evidence: Evidence | None = None,
    members: int = MEMBERS,
    seed: int = 0,
) -> WhatIfAnswer | None:
    """Return what the model says of one change for people whose nights lie nearest to one person's.

    The fit of a person, that person's nights as now and the potency of a strain are kept, so that
    a moved slider costs one run of `members` people. Nothing of the answer enters an option, a
    prior or a verdict.

    Parameters
    ----------
    person : WhatIfPerson
        From `what_if_person`, or told.
    sliders : WhatIfSliders
        What is changed.
    evidence : Evidence, optional
        What a strain's potency is set by, as from `gather_evidence`; by default the packaged tables.
    members : int
        Model people, 1 to 64; 16 run at the price of one.
    seed : int
        The same seed gives the same answer.

    Returns
    -------
    WhatIfAnswer or None
        None if half of the runs leave the range that a body can have.

    Raises
    ------
    RangeError
        If a slider is out of range, dinner is before lunch, or no product has that name.

    Examples
    --------
    >>> found = what_if_answer(WhatIfPerson(), WhatIfSliders(dinner_h=17.5, weeks=1), members=2)
    >>> len(found.series[0].change.middle), found.series[0].tag
    (7, 'hypothesis')
    """
    fitted = _fitted(person, members, seed)
    potency = None if sliders.strain is None else potency_of(sliders.strain, evidence or load(), seed)
    arms = _arms(sliders, potency, members, seed)
    then = follow(fitted.begun, {"then": arms}, weeks=sliders.weeks, figures=tuple(f.key for f in _SHOWN))
    now = _now(person, members, seed, sliders.weeks)
    kept = np.asarray(~(now.failed[0] | then.failed[0]), dtype=np.bool_)
    if 2 * int(kept.sum()) <= members:
        return None
    return WhatIfAnswer(
        weeks=sliders.weeks,
        runs=int(kept.sum()),
        left_out=int((~kept).sum()),
        series=tuple(_series(f, now.nights[f.key][0][kept], then.nights[f.key][0][kept]) for f in _SHOWN),
        person=_person_words(person, fitted),
        potency=None if potency is None else potency_words(potency),
        hypotheses=hypotheses(),
    )


@lru_cache(maxsize=16)
def _fitted(person: WhatIfPerson, members: int, seed: int) -> Fitted:
    """Return the model people of one person; kept, because every slider starts from the same ones."""
    return fit_people(person.schedule(), person.own(), stress=person.stress, members=members, seed=seed)


@lru_cache(maxsize=64)
def _now(person: WhatIfPerson, members: int, seed: int, weeks: int) -> Ensemble:
    """Return the nights without a change."""
    figures = tuple(f.key for f in _SHOWN)
    return follow(_fitted(person, members, seed).begun, {"now": [()] * members}, weeks=weeks, figures=figures)


def _arms(
    sliders: WhatIfSliders, potency: Calibration | None, members: int, seed: int
) -> list[tuple[Intervention, ...]]:
    """Return what each member does; only the strain's potency differs between them."""
    if not 0 <= sliders.prebiotic_g <= MOST_PREBIOTIC_G:
        raise RangeError(
            f"a prebiotic is 0 to {MOST_PREBIOTIC_G:g} g a day", where="prebiotic_g", found=str(sliders.prebiotic_g)
        )
    wanted = (
        (Kind.BEDTIME, None if sliders.bed_h is None else round(sliders.bed_h % 24.0, 1)),
        (Kind.DINNER, None if sliders.dinner_h is None else round(sliders.dinner_h, 1)),
        (Kind.EVENING_LIGHT, sliders.evening_lux),
        (Kind.PHGG, sliders.prebiotic_g or None),
    )
    common = tuple(Intervention(kind=kind, dose=dose) for kind, dose in wanted if dose is not None)
    if potency is None:
        return [common] * members
    drawn = draw_potencies(potency, members, seed)
    if potency.lever != "fibre_g_d":
        drawn = np.clip(drawn, *_POTENCY_RANGE)
    return [(*common, dose_of(potency, float(value))) for value in drawn]


def _series(figure: _Figure, now: Values, then: Values) -> NightSeries:
    change = then - now
    last = figure.good * change[:, -7:].mean(axis=1)
    return NightSeries(
        key=figure.key,
        name=figure.name,
        unit=figure.unit,
        good=figure.good,
        now=_band(now),
        then=_band(then),
        change=_band(change),
        better=float((last > figure.same).mean()),
        worse=float((last < -figure.same).mean()),
        same_within=figure.same,
    )


def _band(values: Values) -> Band:
    low, middle, high = (np.quantile(values, _BAND, axis=0) + 0.0).tolist()
    return Band(low=tuple(low), middle=tuple(middle), high=tuple(high))


def _person_words(person: WhatIfPerson, fitted: Fitted) -> str:
    n = len(fitted.begun.people)
    hours = f"{_clock(person.bed_h)} to {_clock(person.rise_h)}"
    if not fitted.matched:
        return f"{n} model people in bed {hours}; nothing is known of your nights, so they are anyone."
    pairs = (
        ("asleep", person.tst_min, fitted.modelled.tst_min),
        ("to fall asleep", person.sol_min, fitted.modelled.sol_min),
        ("awake in the night", person.waso_min, fitted.modelled.waso_min),
    )
    said = "; ".join(f"{name} {own:.0f} min, theirs {model:.0f}" for name, own, model in pairs if own and model)
    return (
        f"{n} model people in bed {hours} as you are, those of many drawn whose nights lie nearest to yours: {said}. "
        "They are not you."
    )


def _clock(hour: float) -> str:
    minutes = round(60 * hour)
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def answer_dict(answer: WhatIfAnswer) -> dict[str, object]:
    """Return an answer as plain data for JSON; levels and changes with low, middle and high of each night."""

    def band(found: Band) -> dict[str, list[float]]:
        rows = {"low": found.low, "middle": found.middle, "high": found.high}
        return {name: [round(v, 3) for v in row] for name, row in rows.items()}

    return {
        "label": TAG,
        "sets_effect_sizes": False,
        "weeks": answer.weeks,
        "runs": answer.runs,
        "left_out": answer.left_out,
        "person": answer.person,
        "potency": answer.potency,
        "hypotheses": list(answer.hypotheses),
        "series": [
            {
                "key": s.key,
                "name": s.name,
                "unit": s.unit,
                "good": s.good,
                "tag": s.tag,
                "now": band(s.now),
                "then": band(s.then),
                "change": band(s.change),
                "better": s.better,
                "worse": s.worse,
                "same_within": s.same_within,
            }
            for s in answer.series
        ],
    }
