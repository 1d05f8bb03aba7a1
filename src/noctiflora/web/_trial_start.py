"""Starting a trial: what is fixed, the helper's passphrase, and the order drawn and sealed."""

import datetime as dt

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from noctiflora.actions import StartRequest, TrialDesign, running_trial, start_trial
from noctiflora.core import Outcome
from noctiflora.plan import Door
from noctiflora.trial import Plan
from noctiflora.web._form import Filled, Form
from noctiflora.web._jobs import Job
from noctiflora.web._page import go, page
from noctiflora.web._state import State, state_of
from noctiflora.web._trial_design import choices, design_of
from noctiflora.web._trial_gate import option_stop, safety_stop
from noctiflora.web._trial_words import reworded
from noctiflora.web._words import say as _

router = APIRouter(include_in_schema=False)
SHORTEST_PASSPHRASE = 8
LONGEST_PASSPHRASE = 1000
FURTHEST_DAYS = 60
UNITS = ("CFU/day", "cells/day", "g/day", "mg/day")


@router.get("/trial/start/{key}")
def ask(request: Request, key: str, design: int = 0) -> Response:
    """Show what would be fixed, and ask for dose, first night and the helper's passphrase."""
    state = state_of(request)
    found = design_of(state, key)
    stop = _stop(request, state, found)
    if stop is not None:
        return stop
    form = Filled({"design": [str(design)], "first_night": [(state.today() + dt.timedelta(days=1)).isoformat()]})
    return _asked(request, state, key, found, form)


def _stop(request: Request, state: State, found: TrialDesign) -> Response | None:
    """Return the page that stands in the way of a start, or None."""
    if running_trial(state.store) is not None:
        return go("/trial", said="under-way")
    stop = safety_stop(request, start=True)
    if stop is not None:
        return stop
    option = next((o for part in choices(state) for o in part if o.key == found.option.key), found.option)
    return None if option.door is Door.OPEN else option_stop(request, option.name, option.door_reason)


def _asked(
    request: Request, state: State, key: str, found: TrialDesign, form: Filled, *, status: int = 200
) -> Response:
    plan = plan_of(found, form)
    outcome = found.request.outcome
    return page(
        request,
        "trial_start.html",
        status=status,
        place="trial",
        key=key,
        found=found,
        plan=plan,
        form=form,
        errors=tuple(form.errors),
        units=UNITS,
        secondaries=[(f"also_{o.value}", o.label.capitalize()) for o in Outcome if o is not outcome],
        ticked=[f"also_{o.value}" for o in Outcome if form.text(f"also_{o.value}") == "1"],
        earliest=state.today() + dt.timedelta(days=1),
        latest=state.today() + dt.timedelta(days=FURTHEST_DAYS),
    )


def plan_of(found: TrialDesign, form: Filled) -> Plan:
    """Return the design that was chosen, by its place in the list; the best one where none was."""
    text = form.text("design")
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else -1
    every = [t.plan for t in found.designs.frontier]
    return every[number] if 0 <= number < len(every) else found.designs.best.plan


@router.post("/trial/start/{key}")
def start(request: Request, key: str, form: Form) -> Response:
    """Fix the plan and seal the order in the background, or show the form again."""
    state = state_of(request)
    found = design_of(state, key)
    stop = _stop(request, state, found)
    if stop is not None:
        return stop
    asked = read_start(form, found, today=state.today())
    secret = _passphrase(form) if found.designs.blinded else None
    if form.errors or asked is None:
        form.values.pop("passphrase", None)
        form.values.pop("again", None)
        return _asked(request, state, key, found, form, status=422)
    today = state.today()

    def work(job: Job) -> object:
        job.tell(_("Finding the threshold that keeps false alarms rare, then drawing the order"))
        with reworded():
            start_trial(state.store, asked, secret, today=today)
        return None

    job = state.jobs.start(_("Starting your trial"), work, result_path="/trial/kit?said=started")
    return go(f"/jobs/{job.key}")


def _passphrase(form: Filled) -> str:
    """Return the helper's passphrase; what is typed is used as it stands, spaces too."""
    first, second = (form.values.get(name, [""])[-1][:LONGEST_PASSPHRASE] for name in ("passphrase", "again"))
    if len(first.strip()) < SHORTEST_PASSPHRASE:
        form.wrong("passphrase", _("The helper’s passphrase needs 8 characters or more; four words are good."))
    elif first != second:
        form.wrong("again", _("The two differ. Helper, type the same passphrase twice."))
    return first


def read_start(form: Filled, found: TrialDesign, *, today: dt.date) -> StartRequest | None:
    """Return what the person decided; notes on the form what is wrong with it."""
    plan = plan_of(found, form)
    value, unit = form.number("dose"), form.text("unit")[:40]
    if value is None or not value > 0:
        form.wrong("dose", _("Write how much one full day’s dose is, such as 1e10 or 5."))
    if not unit:
        form.wrong("unit", _("Write the unit as it stands on the package, such as CFU/day."))
    first = _date(form.text("first_night"))
    earliest, latest = today + dt.timedelta(days=1), today + dt.timedelta(days=FURTHEST_DAYS)
    if first is None or not earliest <= first <= latest:
        form.wrong("first_night", _("Choose a date from tomorrow to 60 days ahead."))
    if form.errors or value is None or first is None:
        return None
    return StartRequest(
        option_key=found.option.key,
        dose_value=value,
        dose_unit=unit,
        outcome=found.request.outcome,
        instrument=found.request.instrument,
        useful=float(found.designs.useful),
        pairs=plan.pairs,
        on_nights=plan.on,
        off_nights=plan.off,
        n_looks=plan.n_looks,
        first_night=first,
        secondaries=tuple(o for o in Outcome if o is not found.request.outcome and form.text(f"also_{o.value}") == "1"),
    )


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
