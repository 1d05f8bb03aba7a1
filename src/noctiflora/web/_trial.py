"""The trial's own page: how it stands, what comes next, and never an effect before the lock."""

import datetime as dt

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from noctiflora.actions import KeptTrial, TrialDay, TrialStatus, kept_trials, running_trial, trial_days, trial_status
from noctiflora.actions import TrialState as Season
from noctiflora.report.chart import Figure, NightKind, Stretch, rings_figure
from noctiflora.trial import Arm, EntryKind
from noctiflora.web._page import day, page
from noctiflora.web._state import State, state_of
from noctiflora.web._trial_words import without_commands
from noctiflora.web._words import say as _

router = APIRouter(include_in_schema=False)


@router.get("/trial")
def trial(request: Request) -> Response:
    """Show how the trial stands, or that there is none."""
    state = state_of(request)
    every = kept_trials(state.store)
    if not every:
        return page(request, "trial_none.html", place="trial")
    under_way = running_trial(state.store)
    if under_way is None:
        return page(
            request, "trial_over.html", place="trial", kept=every[-1], lost=_lost(every[-1]), old=len(every) - 1
        )
    if under_way.record.state is not Season.RUNNING:
        return page(request, "trial_ended.html", place="trial", kept=under_way, order=order_rows(under_way))
    return _running(request, state, under_way)


def _lost(kept: KeptTrial) -> bool:
    return kept.record.state is Season.KEY_LOST


def _running(request: Request, state: State, kept: KeptTrial) -> Response:
    today = state.today()
    found = trial_status(state.store, now=state.now(), today=today)
    days = trial_days(state.store, today=today)
    plan = kept.record.plan
    values = {
        "found": found,
        "safety": tuple(without_commands(line) for line in found.safety),
        "plan": plan,
        "rings": rings(kept, days, today),
        "nexts": nexts(kept, found, today),
        "silent": tuple(d for d in days if d.passed and d.date < today and not d.recorded and not d.reason),
        "over": today >= plan.last_night,
        "begun": today >= plan.first_night,
        "looks": len(found.looks_made),
        "order": order_rows(kept),
        "effects": tuple(e for e in kept.record.entries if e.kind is EntryKind.ADVERSE),
    }
    return page(request, "trial.html", status=403 if found.crisis else 200, place="trial", **values)


def order_rows(kept: KeptTrial) -> tuple[tuple[str, str, str], ...]:
    """Return bottle, dates and content where the person knows the order; empty while it is sealed.

    Examples
    --------
    Rows read like ``("Part 1", "Monday 4 November to Sunday 10 November", "with it")``.
    """
    record, plan = kept.record, kept.record.plan
    if record.order is None:
        return ()
    names = plan.codes if plan.blinded else tuple(_("Part %(n)s", n=k + 1) for k in range(plan.n_bottles))
    words = {Arm.PRODUCT: _("with it"), Arm.COMPARATOR: _("look-alike") if plan.blinded else _("without it")}
    rows = []
    for name, arm, end in zip(names, record.order.arms, plan.ends, strict=True):
        first = plan.date_of(end - plan.bottle_nights + 1)
        dates = _("%(first)s to %(last)s", first=day(first), last=day(plan.date_of(end)))
        rows.append((name, dates, words.get(arm, "")))
    return tuple(rows)


def rings(kept: KeptTrial, days: tuple[TrialDay, ...], today: dt.date) -> Figure:
    """Return the calendar of nights by bottle; it is drawn from the log and the calendar alone."""
    plan = kept.record.plan
    names = plan.codes if plan.blinded else tuple(_("Part %(n)s", n=k + 1) for k in range(plan.n_bottles))
    stretches = []
    for k, name in enumerate(names):
        own = [d for d in days if d.bottle == k]
        kinds = tuple(_kind(d, today) for d in own)
        stretches.append(Stretch(name=name, first=own[0].date, nights=kinds))
    return rings_figure(stretches, name=_("Bottle") if plan.blinded else _("Part"))


def _kind(found: TrialDay, today: dt.date) -> NightKind:
    if not found.passed:
        return NightKind.TO_COME
    if not found.recorded:
        return NightKind.NOW if found.date == today else NightKind.MISSING
    taken = not found.due or (found.dose is not None and found.dose >= 0.5)
    return NightKind.TAKEN if taken else NightKind.NOT_TAKEN


def nexts(kept: KeptTrial, found: TrialStatus, today: dt.date) -> tuple[tuple[str, str], ...]:
    """Return what comes next as pairs of date and words."""
    plan = kept.record.plan
    rows: list[tuple[str, str]] = []
    if found.bottle and today >= plan.first_night - dt.timedelta(days=1):
        tonight = _("One dose from bottle %(code)s, in the evening", code=found.bottle) if plan.blinded else ""
        rows.append((_("Tonight"), tonight or _tonight_known(kept, today)))
    elif today < plan.first_night:
        evening = plan.first_night - dt.timedelta(days=1)
        rows.append((day(evening), _("The first dose, in the evening; the morning after is night 1")))
    if found.bottle_changes is not None:
        words = _("The next bottle begins; we ask what you think the last one held") if plan.blinded else ""
        evening = found.bottle_changes - dt.timedelta(days=1)
        rows.append((day(evening), words or _("The next part begins")))
    for look in plan.looks:
        if plan.date_of(look) > today:
            rows.append((day(plan.date_of(look)), _("A planned look, with your helper")))
            break
    words = _("The last night; then the seal is opened and the verdict written")
    rows.append((day(plan.last_night, year=True), words if plan.blinded else _("The last night; then the verdict")))
    return tuple(rows)


def _tonight_known(kept: KeptTrial, today: dt.date) -> str:
    plan, order = kept.record.plan, kept.record.order
    assert order is not None
    tonight = min((today - plan.first_night).days + 2, plan.n_nights)
    return _("With it") if order.arms[plan.bottle_of(tonight)] is Arm.PRODUCT else _("Without it")
