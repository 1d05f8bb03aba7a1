"""Today: the morning entry and what is next."""

import datetime as dt
from collections import defaultdict
from dataclasses import replace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from noctiflora.actions import KeptTrial, LogLine, TrialState, check_in, list_nights, log_trial
from noctiflora.core import InputError
from noctiflora.intake import ITEMS, doubts
from noctiflora.report.chart import Figure, arc, arc_figure, raster, raster_figure
from noctiflora.sleep import Night
from noctiflora.web._entry import (
    FLAGS,
    MORE,
    Change,
    Entry,
    answer_words,
    changes,
    entry_of,
    prefilled,
    trial_on,
)
from noctiflora.web._entry_words import FLAG_WORDS, item_words
from noctiflora.web._form import Filled, Form
from noctiflora.web._page import go, page
from noctiflora.web._state import State, state_of
from noctiflora.web._warm import warm
from noctiflora.web._words import say as _

router = APIRouter(include_in_schema=False)

MOST_BACK = 13
"""Mornings that can be entered later, counted back from today."""
NOON = 12
SHOWN_NIGHTS = 7


@router.get("/")
def today(request: Request, back: int = 0, start: int = 0) -> Response:
    """Show the morning entry, or the first run's choice where there is nothing yet."""
    state = state_of(request)
    if not start and not back and _nothing(state):
        return page(request, "welcome.html", place="today", zone=state.zone_name)
    return _shown(request, state, _back(back))


@router.post("/today")
def save(request: Request, form: Form) -> Response:
    """Save the entry; one that has changed under the form's feet is shown beside what was sent."""
    state = state_of(request)
    back = _back(int(form.number("back") or 0))
    date = state.today() - dt.timedelta(days=back)
    with state.entering:
        trial = trial_on(state.store, date)
        entry = entry_of(state.store, date, trial)
        found = changes(form, entry)
        if form.errors:
            return _shown(request, state, back, form=form)
        if found and form.text("seen") not in {"", entry.mark}:
            return _conflict(request, form, entry, found, back)
        if not found:
            return go("/", said="nothing")
        try:
            _keep(state, date, trial, found)
        except InputError as error:
            form.refuse("", error)
            return _shown(request, state, back, form=form)
    warm(state)
    return go("/", said="corrected" if entry.there else "saved")


@router.post("/today/skip")
def skip(request: Request, form: Form) -> Response:
    """Note why a night of the trial cannot be told."""
    state = state_of(request)
    date = state.today() - dt.timedelta(days=_back(int(form.number("back") or 0)))
    reason = form.text("reason") or form.text("other")
    if not reason:
        form.wrong("reason", _("Choose a reason, or write one."))
        return page(request, "skip.html", status=422, place="today", errors=form.errors, form=form)
    line = LogLine(date=date, missing=reason)
    try:
        log_trial(state.store, [line], now=state.now(), today=state.today(), correct=True)
    except InputError as error:
        form.refuse("other", error)
        return page(request, "skip.html", status=422, place="today", errors=form.errors, form=form)
    return go("/", said="skipped")


@router.get("/today/skip")
def ask_why(request: Request, back: int = 0) -> Response:
    """Ask why a night of the trial cannot be told."""
    return page(request, "skip.html", place="today", form=Filled({"back": [str(_back(back))]}))


def _back(days: int) -> int:
    return max(0, min(days, MOST_BACK))


def _nothing(state: State) -> bool:
    return state.store.imports.latest() == 0 and not state.store.diary.checkins(
        since=state.today() - dt.timedelta(days=400)
    )


def _keep(state: State, date: dt.date, trial: KeptTrial | None, found: tuple[Change, ...]) -> None:
    """Keep the dose in the trial's log first: it may refuse, and then nothing is kept."""
    dose = next((str(c.after) for c in found if c.item == "dose"), None)
    if dose is not None and trial is not None:
        log_trial(state.store, [LogLine(date=date, dose=dose)], now=state.now(), today=state.today(), correct=True)
    answers = {c.item: None if c.after is None else float(c.after) for c in found if c.item != "dose"}
    check_in(state.store, date, answers, today=state.today(), zone=state.zone_name)


def _conflict(request: Request, form: Filled, entry: Entry, found: tuple[Change, ...], back: int) -> Response:
    rows = [(item_words(c.item), answer_words(c.item, c.before), answer_words(c.item, c.after)) for c in found]
    return page(request, "conflict.html", status=409, place="today", rows=rows, form=form, mark=entry.mark, back=back)


def _shown(request: Request, state: State, back: int, *, form: Filled | None = None) -> Response:
    date = state.today() - dt.timedelta(days=back)
    trial = trial_on(state.store, date)
    entry = entry_of(state.store, date, trial)
    recent = list_nights(state.store, since=date - dt.timedelta(days=SHOWN_NIGHTS - 1)).nights
    last = next((n for n in recent if n.date == date), None)
    shown = prefilled(entry, last) if form is None else {k: v[-1] for k, v in form.values.items()}
    return page(
        request,
        "today.html",
        status=200 if form is None else 422,
        place="today",
        errors=() if form is None else form.errors,
        date=date,
        back=back,
        most_back=MOST_BACK,
        entry=entry,
        shown=defaultdict(str, shown),
        seen=entry.mark if form is None else form.text("seen"),
        night=last,
        figure=_arc(last),
        week=_week(recent),
        trial=None if trial is None else _progress(trial, date, entry),
        asked=trial is not None and trial.record.state is TrialState.RUNNING,
        doubts=doubts(entry.values),
        past_noon=_past_noon(state),
        zone_unknown=state.sample is None and state.zone_name is None,
        flags=[(key, FLAG_WORDS.get(key, ITEMS[key].question)) for key in FLAGS],
        more=[ITEMS[key] for key in MORE],
        more_there=any(shown.get(key) for key in MORE),
    )


def _past_noon(state: State) -> bool:
    return state.sample is None and state.now().astimezone().hour >= NOON


def _arc(night: Night | None) -> Figure | None:
    drawn = None if night is None else arc(night)
    return None if drawn is None else arc_figure(drawn)


def _week(nights: tuple[Night, ...]) -> Figure | None:
    drawn = raster(nights)
    # Beside the form there is room for the narrow drawing only.
    return None if drawn is None else replace(raster_figure(drawn), key="week", broad=None)


def _progress(trial: KeptTrial, date: dt.date, entry: Entry) -> dict[str, object]:
    """Return what may be said of a season on this page: numbers of nights and bottles, and nothing else."""
    plan = trial.record.plan
    night = (date - plan.first_night).days + 1
    tonight = min(night + 1, plan.n_nights)
    over = night + 1 > plan.n_nights or trial.record.state is not TrialState.RUNNING
    end = plan.ends[plan.bottle_of(tonight)]
    return {
        "night": night,
        "n_nights": plan.n_nights,
        "taken_from": plan.codes[plan.bottle_of(night)] if plan.codes else "",
        "bottle": "" if over or not plan.codes else plan.codes[plan.bottle_of(tonight)],
        "lasts_until": plan.date_of(end),
        "last_night": plan.last_night,
        "missing": entry.missing,
    }
