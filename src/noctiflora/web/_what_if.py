"""What if: sliders over the model of gut, body clock and sleep; every answer is hypothesis."""

import threading
from dataclasses import dataclass, replace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from noctiflora.actions import (
    NightSeries,
    WhatIfAnswer,
    WhatIfPerson,
    WhatIfSliders,
    gather_evidence,
    what_if_answer,
    what_if_person,
)
from noctiflora.axis import EVENING_LUX, Evening
from noctiflora.core import RangeError
from noctiflora.evidence import load_options
from noctiflora.report.chart import (
    ChangeRow,
    Figure,
    OneNight,
    Range,
    WeekCourse,
    axis_weeks,
    axis_weeks_figure,
    between,
    changes_figure,
    one_night_figure,
)
from noctiflora.web._form import Filled, Form
from noctiflora.web._page import page
from noctiflora.web._state import State, state_of
from noctiflora.web._trial_words import plainly
from noctiflora.web._words import say as _

router = APIRouter(include_in_schema=False)
NOON = 12.0
WEEKS = 8
MINUTES = ("tst_min", "sol_min", "waso_min")
LIGHTS = (Evening.DIM, Evening.TYPICAL, Evening.BRIGHT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slider:
    """One slider: where it stands, what it is now, and its ends in words."""

    key: str
    label: str
    low: float
    high: float
    step: float
    value: float
    now: float
    ends: tuple[str, str]
    kind: str

    @property
    def words(self) -> str:
        """The value, and what it is now."""
        return (self.same_words if self.value == self.now else self.moved_words).replace(
            "{}", said(self.kind, self.value)
        )

    @property
    def same_words(self) -> str:
        """What is said where it stands as now; the value goes where the braces are."""
        return _("%(value)s, as now", value="{}")

    @property
    def moved_words(self) -> str:
        """What is said where it was moved; the value goes where the braces are."""
        return _("%(value)s, now %(now)s", value="{}", now=said(self.kind, self.now))


def said(kind: str, value: float) -> str:
    """Return a slider's value in words.

    Examples
    --------
    >>> said("clock", 25.5), said("grams", 5.0), said("weeks", 1.0)
    ('01:30', '5 g', '1 week')
    """
    if kind == "clock":
        minutes = round(60 * value) % 1440
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    if kind == "light":
        return (_("dim"), _("typical"), _("bright"))[int(value)]
    if kind == "grams":
        return _("none") if not value else _("%(n)s g", n=f"{value:g}")
    return _("1 week") if value == 1 else _("%(n)s weeks", n=f"{value:g}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What the page shows of an answer; `trouble` where there is none."""

    found: WhatIfAnswer | None = None
    trouble: str = ""
    figures: tuple[Figure | None, ...] = ()
    votes: tuple[tuple[str, str, str, str], ...] = ()


@router.get("/what-if")
def what_if(request: Request) -> Response:
    """Show the sliders as the person lives now."""
    return _shown(request, Filled({}), ask=False)


@router.post("/what-if")
def show(request: Request, form: Form) -> Response:
    """Show the answer with the sliders, without script."""
    return _shown(request, form, ask=True)


@router.post("/what-if/answer")
def answer(request: Request, form: Form) -> Response:
    """Return the answer alone, for the page's script."""
    state = state_of(request)
    try:
        person = _person(state, form)
    except RangeError as error:
        return page(request, "what_if_answer.html", status=422, told=_Told(trouble=plainly(error)))
    return page(request, "what_if_answer.html", told=_told(state, form, person))


def _shown(request: Request, form: Filled, *, ask: bool) -> Response:
    state = state_of(request)
    try:
        person = _person(state, form)
    except RangeError:
        return page(request, "what_if_closed.html", place="what-if")
    _warm(request, person)
    told = _told(state, form, person) if ask else _Told()
    strains = [(o.evidence_key, o.name) for o in load_options() if o.evidence_key and "(" not in o.evidence_key]
    return page(
        request,
        "what_if.html",
        place="what-if",
        sliders=sliders(person, form),
        person=person,
        asked=ask,
        form=form,
        errors=tuple(form.errors),
        strains=strains,
        strain=form.text("strain"),
        dinner_now=said("clock", person.dinner_h),
        light_now=str(_light(person.evening_lux)),
        lights=[(str(k), said("light", k)) for k in range(len(LIGHTS))],
        told=told,
    )


def _person(state: State, form: Filled) -> WhatIfPerson:
    """Return the person of the store, with the dinner and the evening light that the form tells."""
    dinner, light = form.clock("dinner_now"), form.choice("light_now", ("0", "1", "2"))
    found = what_if_person(state.store, today=state.today())
    if dinner is not None and not 12 <= dinner < 24:
        form.wrong("dinner_now", _("Write a time between 12:00 and 23:59."))
        dinner = None
    found = found if dinner is None else replace(found, dinner_h=dinner)
    return replace(found, evening_lux=EVENING_LUX[LIGHTS[int(light)]]) if light else found


def _light(lux: float) -> int:
    return min(range(len(LIGHTS)), key=lambda k: abs(EVENING_LUX[LIGHTS[k]] - lux))


def sliders(person: WhatIfPerson, form: Filled) -> tuple[Slider, ...]:
    """Return the sliders: where the form has them, else as now."""
    bed = round(4 * (person.bed_h if person.bed_h > NOON else person.bed_h + 24)) / 4
    rows = (
        ("bed", _("Lights out"), min(20.0, bed), max(28.0, bed), 0.25, bed, "clock"),
        ("dinner", _("Dinner"), 17.0, 23.0, 0.25, round(4 * person.dinner_h) / 4, "clock"),
        ("light", _("Light in the evening"), 0, 2, 1, _light(person.evening_lux), "light"),
        ("fibre", _("Prebiotic fibre a day, added"), 0, 40, 1, 0, "grams"),
        ("weeks", _("For how long"), 1, 26, 1, WEEKS, "weeks"),
    )
    made = []
    for key, label, low, high, step, now, kind in rows:
        given = form.number(key)
        value = float(now) if given is None else min(max(given, low), high)
        ends = (said(kind, low), said(kind, high))
        made.append(
            Slider(key=key, label=label, low=low, high=high, step=step, value=value, now=now, ends=ends, kind=kind)
        )
    return tuple(made)


def read_sliders(person: WhatIfPerson, form: Filled) -> WhatIfSliders:
    """Return what is changed; a slider that stands as now changes nothing."""
    found = {s.key: s for s in sliders(person, form)}
    moved = {key: s.value for key, s in found.items() if s.value != s.now}
    strain = form.choice("strain", ("", *(o.evidence_key for o in load_options() if o.evidence_key)))
    return WhatIfSliders(
        bed_h=moved.get("bed"),
        dinner_h=moved.get("dinner"),
        evening_lux=EVENING_LUX[LIGHTS[int(moved["light"])]] if "light" in moved else None,
        strain=strain or None,
        prebiotic_g=moved.get("fibre", 0.0),
        weeks=int(found["weeks"].value),
    )


def _told(state: State, form: Filled, person: WhatIfPerson) -> _Told:
    asked = read_sliders(person, form)
    try:
        evidence = gather_evidence(state.store) if asked.strain else None
        found = what_if_answer(person, asked, evidence=evidence)
    except RangeError as error:
        return _Told(trouble=plainly(error))
    if found is None:
        trouble = _("Half of the model runs left the range that a body can have, so nothing is told. Change less.")
        return _Told(trouble=trouble)
    return _Told(
        found=found,
        figures=(_changes(found), _night(found, person, asked), _weeks(found)),
        votes=tuple(_vote(s, found.runs) for s in found.series if s.good),
    )


def _of(found: WhatIfAnswer, key: str) -> NightSeries:
    return next(s for s in found.series if s.key == key)


def _last(values: tuple[float, ...]) -> float:
    """Return the mean of the last week."""
    return sum(values[-7:]) / len(values[-7:])


def _changes(found: WhatIfAnswer) -> Figure:
    rows = []
    for key in MINUTES:
        s = _of(found, key)
        ends = sorted(s.good * _last(v) for v in (s.change.low, s.change.high))
        middle = Range(middle=s.good * _last(s.change.middle), low=ends[0], high=ends[1])
        rows.append(
            ChangeRow(name=s.name, change=middle, words=between(_last(s.now.middle), _last(s.then.middle), s.unit))
        )
    mark = _of(found, "dlmo_h")
    ends = sorted(-60 * _last(v) for v in (mark.change.low, mark.change.high))
    moved = Range(middle=-60 * _last(mark.change.middle), low=ends[0], high=ends[1])
    clocks = (said("clock", _last(mark.now.middle)), said("clock", _last(mark.then.middle)))
    words = _("%(a)s, as now", a=clocks[0]) if clocks[0] == clocks[1] else _("%(a)s to %(b)s", a=clocks[0], b=clocks[1])
    rows.append(ChangeRow(name=_("Evening body clock"), change=moved, words=words))
    return changes_figure(rows, weeks=found.weeks)


def _night(found: WhatIfAnswer, person: WhatIfPerson, asked: WhatIfSliders) -> Figure:
    sol, waso, mark = _of(found, "sol_min"), _of(found, "waso_min"), _of(found, "dlmo_h")
    rise = (person.rise_h - NOON) % 24
    made = []
    for name, bed_h, pick in ((_("Now"), person.bed_h, "now"), (_("What if"), asked.bed_h or person.bed_h, "then")):
        bed = (bed_h - NOON) % 24
        band = sol.now if pick == "now" else sol.then
        awake = waso.now if pick == "now" else waso.then
        evening = mark.now if pick == "now" else mark.then
        onset = bed + _last(band.middle) / 60
        made.append(
            OneNight(
                name=name,
                bed=bed,
                rise=rise,
                onset=onset,
                offset=rise,
                onset_low=bed + _last(band.low) / 60,
                onset_high=bed + _last(band.high) / 60,
                awake=_last(awake.middle),
                mark=(_last(evening.middle) - NOON) % 24,
            )
        )
    return one_night_figure(made[0], made[1])


def _weeks(found: WhatIfAnswer) -> Figure | None:
    if found.weeks < 2:
        return None
    courses = []
    for key in MINUTES:
        s = _of(found, key)
        low, middle, high = (
            tuple(sum(v[7 * k : 7 * k + 7]) / 7 for k in range(found.weeks))
            for v in (s.change.low, s.change.middle, s.change.high)
        )
        courses.append(WeekCourse(name=s.name, unit=_("min a night"), low=low, middle=middle, high=high))
    caption = _("Difference from no change, minutes a night; up is more of what the panel names. Hypothesis.")
    return axis_weeks_figure(axis_weeks(courses), change=_("the what-if"), caption=caption)


def _vote(found: NightSeries, runs: int) -> tuple[str, str, str, str]:
    better, worse = round(found.better * runs), round(found.worse * runs)
    return (found.name, str(better), str(worse), str(runs - better - worse))


def _warm(request: Request, person: WhatIfPerson) -> None:
    """Fit the model to the person in the background, once, so that the first moved slider answers at once."""
    if getattr(request.app.state, "what_if_warm", None) == person:
        return
    request.app.state.what_if_warm = person
    threading.Thread(target=_fit, args=(person,), name="what-if", daemon=True).start()


def _fit(person: WhatIfPerson) -> None:
    what_if_answer(person, WhatIfSliders(weeks=WEEKS))
