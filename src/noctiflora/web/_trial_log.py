"""What the person tells during a trial: unwanted effects, reasons, guesses, doses."""

import datetime as dt

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from noctiflora.actions import ADVICE, LogLine, log_trial, parse_log, trial_days, trial_status
from noctiflora.core import FormatError, InputError
from noctiflora.trial import Entry, EntryKind, Guess, Severity
from noctiflora.web._form import Filled, Form
from noctiflora.web._page import day, go, page
from noctiflora.web._state import State, state_of
from noctiflora.web._trial_kit import the_trial
from noctiflora.web._trial_words import refuse, without_commands
from noctiflora.web._words import say as _

router = APIRouter(include_in_schema=False)
MOST_ROWS = 200
"""Entries of the log shown on one page, the newest first."""


def _severities() -> list[tuple[str, str]]:
    return [
        (Severity.MILD.value, _("Mild: I notice it")),
        (Severity.MODERATE.value, _("Moderate: it bothers me")),
        (Severity.SEVERE.value, _("Severe: it keeps me from what I do")),
    ]


def _kinds() -> dict[EntryKind, str]:
    return {
        EntryKind.DOSE: _("Dose taken"),
        EntryKind.MISSING: _("Not recorded because"),
        EntryKind.ADVERSE: _("Unwanted effect"),
        EntryKind.GUESS: _("Guess"),
        EntryKind.PACKED: _("The helper printed the packing list"),
        EntryKind.LOOK: _("A planned look was made"),
    }


def _nights(state: State) -> list[tuple[str, str]]:
    """Return the nights so far, the newest first, as number and words."""
    plan = the_trial(state).record.plan
    last = min((state.today() - plan.first_night).days + 1, plan.n_nights)
    return [(str(n), _("Night %(n)s, %(date)s", n=n, date=day(plan.date_of(n)))) for n in range(last, 0, -1)]


def _save(form: Filled, state: State, line: LogLine, *, field: str) -> bool:
    """Add one line to the log; notes on the form what the action refused."""
    try:
        log_trial(state.store, [line], now=state.now(), today=state.today(), correct=form.text("correct") == "1")
    except FormatError as error:
        if "already" not in str(error):
            refuse(form, field, error)
        else:
            form.wrong("correct", _("Something else was said of this night before. To change it, tick the box below."))
        return False
    except InputError as error:
        refuse(form, field, error)
        return False
    return True


def _night(form: Filled, state: State) -> int | None:
    found = form.choice("night", [value for value, _words in _nights(state)])
    if not found and not form.errors:
        form.wrong("night", _("Choose the night."))
    return int(found) if found else None


@router.get("/trial/effect")
def effect(request: Request) -> Response:
    """Ask for an unwanted effect."""
    return _effect(request, Filled({}))


def _effect(request: Request, form: Filled, *, status: int = 200) -> Response:
    state = state_of(request)
    nights = _nights(state)
    values = {
        "form": form,
        "errors": tuple(form.errors),
        "nights": nights,
        "severities": _severities(),
        "advice": without_commands(ADVICE),
    }
    return page(request, "trial_effect.html", status=status, place="trial", **values)


@router.post("/trial/effect")
def keep_effect(request: Request, form: Form) -> Response:
    """Keep an unwanted effect."""
    state = state_of(request)
    night, text = _night(form, state), form.text("text")
    severity = form.choice("severity", [s.value for s in Severity])
    if not severity and not any(e.field == "severity" for e in form.errors):
        form.wrong("severity", _("Say how bad it is."))
    if not text:
        form.wrong("text", _("Say in a few words what it is."))
    if not form.errors and _save(form, state, LogLine(night=night, adverse=text, severity=severity), field="text"):
        return go("/trial", said="severe" if severity == Severity.SEVERE else "effect")
    return _effect(request, form, status=422)


@router.get("/trial/missed")
def missed(request: Request) -> Response:
    """List the nights that were not recorded, and ask why."""
    return _missed(request, Filled({}))


def _missed(request: Request, form: Filled, *, status: int = 200) -> Response:
    state = state_of(request)
    days = [d for d in trial_days(state.store, today=state.today()) if d.passed and not d.recorded]
    values = {"form": form, "errors": tuple(form.errors), "days": days}
    return page(request, "trial_missed.html", status=status, place="trial", **values)


@router.post("/trial/missed")
def keep_missed(request: Request, form: Form) -> Response:
    """Keep why nights were not recorded: one text field a night."""
    state = state_of(request)
    days = {d.night: d for d in trial_days(state.store, today=state.today()) if d.passed and not d.recorded}
    told = {n: form.text(f"reason_{n}") for n in days}
    lines = [LogLine(night=n, missing=text) for n, text in told.items() if text and text != days[n].reason]
    for line in lines:
        if len(line.missing or "") > 500:
            form.wrong(f"reason_{line.night}", _("Write at most 500 characters."))
    if not form.errors and lines:
        try:
            log_trial(state.store, lines, now=state.now(), today=state.today(), correct=True)
        except InputError as error:
            refuse(form, "", error)
    return _missed(request, form, status=422) if form.errors else go("/trial", said="saved")


@router.get("/trial/guess")
def guess(request: Request) -> Response:
    """Ask what the bottles that are over held, as the person believes."""
    return _guess(request, Filled({}))


def _guess(request: Request, form: Filled, *, status: int = 200) -> Response:
    state = state_of(request)
    plan = the_trial(state).record.plan
    found = trial_status(state.store, now=state.now(), today=state.today())
    due = [
        (end, plan.codes[plan.bottle_of(end)], day(plan.date_of(end - plan.bottle_nights + 1)), day(plan.date_of(end)))
        for end in found.guess_due
    ]
    answers = [
        (Guess.PRODUCT.value, _("The product")),
        (Guess.COMPARATOR.value, _("The look-alike")),
        (Guess.DO_NOT_KNOW.value, _("I do not know")),
    ]
    values = {"form": form, "errors": tuple(form.errors), "due": due, "answers": answers}
    return page(request, "trial_guess.html", status=status, place="trial", **values)


@router.post("/trial/guess")
def keep_guess(request: Request, form: Form) -> Response:
    """Keep the guesses."""
    state = state_of(request)
    found = trial_status(state.store, now=state.now(), today=state.today())
    lines = []
    for end in found.guess_due:
        said = form.choice(f"guess_{end}", [g.value for g in Guess])
        if said:
            lines.append(LogLine(night=end, guess=said))
    if not form.errors and lines:
        try:
            log_trial(state.store, lines, now=state.now(), today=state.today())
        except InputError as error:
            refuse(form, "", error)
    return _guess(request, form, status=422) if form.errors else go("/trial", said="saved")


@router.get("/trial/log")
def history(request: Request) -> Response:
    """Show every entry of the log, and a form for doses of any night."""
    return _history(request, Filled({}))


def _history(request: Request, form: Filled, *, status: int = 200) -> Response:
    state = state_of(request)
    kept = the_trial(state)
    plan, kinds = kept.record.plan, _kinds()
    rows = [
        (
            day(plan.date_of(e.night)) if e.night else _("the whole trial"),
            kinds.get(e.kind, e.kind.value.capitalize()),
            _said(e),
            _stamp(e.at),
        )
        for e in reversed(kept.record.entries[-MOST_ROWS:])
    ]
    values = {
        "form": form,
        "errors": tuple(form.errors),
        "rows": rows,
        "more": max(0, len(kept.record.entries) - MOST_ROWS),
        "nights": _nights(state),
        "doses": [("1", _("All of it")), ("0.5", _("Half")), ("0", _("None"))],
    }
    return page(request, "trial_log.html", status=status, place="trial", **values)


def _said(entry: Entry) -> str:
    """Return what an entry says in words."""
    if entry.kind is EntryKind.DOSE:
        share = float(entry.value)
        plain = {0.0: _("none"), 0.5: _("half of it"), 1.0: _("all of it")}
        return plain.get(share) or _("%(n)s of 100", n=round(100 * share))
    if entry.kind is EntryKind.ADVERSE:
        return f"{entry.text} ({entry.value})"
    return " ".join(part for part in (entry.value, entry.text) if part)


def _stamp(at: dt.datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


@router.post("/trial/log")
def keep_dose(request: Request, form: Form) -> Response:
    """Keep the dose of one night, or many lines pasted as CSV."""
    state = state_of(request)
    many = form.text("lines")
    if many:
        try:
            lines = parse_log(many, where=_("pasted lines"))
            log_trial(state.store, lines, now=state.now(), today=state.today(), correct=form.text("correct") == "1")
        except InputError as error:
            refuse(form, "lines", error)
        return _history(request, form, status=422) if form.errors else go("/trial/log", said="saved")
    night, dose = _night(form, state), form.choice("dose", ("1", "0.5", "0"))
    if not dose and not any(e.field == "dose" for e in form.errors):
        form.wrong("dose", _("Say how much was taken."))
    if not form.errors and _save(form, state, LogLine(night=night, dose=dose), field="dose"):
        return go("/trial/log", said="saved")
    return _history(request, form, status=422)
