"""Designing a trial: what is asked, the search in the background, and what it found."""

import os
from dataclasses import replace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from noctiflora.actions import DesignRequest, TrialDesign, design_trial, list_options, running_trial
from noctiflora.core import Instrument, NotFound, Outcome
from noctiflora.plan import Blinding, Door, Option
from noctiflora.report.chart import Length, endings_figure, endings_said, lengths_figure
from noctiflora.trial import Score, Tried
from noctiflora.web._form import Filled, Form
from noctiflora.web._jobs import Job
from noctiflora.web._page import go, page
from noctiflora.web._state import State, state_of
from noctiflora.web._trial_gate import option_stop, safety_stop
from noctiflora.web._trial_words import reworded
from noctiflora.web._words import say as _

router = APIRouter(include_in_schema=False)
TRIALS = (400, 1000, 2000)
LONGEST_WEEKS, SHORTEST_WEEKS = 520, 1
MOST_LOOKS = 4


def choices(state: State) -> tuple[tuple[Option, ...], tuple[Option, ...]]:
    """Return the options with a size of effect: those open to the person, and those that are not."""
    offered = list_options(state.store, today=state.today()).options
    known = tuple(o for o in offered if o.effect is not None)
    return tuple(o for o in known if o.door is Door.OPEN), tuple(o for o in known if o.door is not Door.OPEN)


@router.get("/trial/design")
def ask(request: Request, option: str = "") -> Response:
    """Ask what would be tried and what would be worth it."""
    stop = safety_stop(request, start=False)
    if stop is not None:
        return stop
    state = state_of(request)
    found, closed = choices(state)
    shut = next((o for o in closed if o.key == option), None)
    if shut is not None:
        return option_stop(request, shut.name, shut.door_reason)
    return _asked(request, state, Filled({"option": [option]}), found=(found, closed))


def _asked(
    request: Request,
    state: State,
    form: Filled,
    *,
    found: tuple[tuple[Option, ...], tuple[Option, ...]],
    status: int = 200,
) -> Response:
    return page(
        request,
        "trial_design.html",
        status=status,
        place="trial",
        form=form,
        errors=tuple(form.errors),
        open_options=found[0],
        closed_options=found[1],
        outcomes=[(o.value, o.label.capitalize()) for o in Outcome],
        instruments=[(i.value, i.value.capitalize()) for i in Instrument],
        under_way=running_trial(state.store) is not None,
        trials=TRIALS,
    )


@router.post("/trial/design")
def search(request: Request, form: Form) -> Response:
    """Start the search, or show the form again."""
    stop = safety_stop(request, start=False)
    if stop is not None:
        return stop
    state = state_of(request)
    found = choices(state)
    shut = next((o for o in found[1] if o.key == form.text("option")), None)
    if shut is not None:
        return option_stop(request, shut.name, shut.door_reason)
    asked = read_request(form, {o.key for o in found[0]})
    if form.errors or asked is None:
        return _asked(request, state, form, found=found, status=422)
    today = state.today()

    def work(job: Job) -> object:
        def tell(share: float) -> None:
            done = round(100 * share)
            words = _("Trying designs on %(n)s simulated people: %(done)s of 100 done", n=asked.trials, done=done)
            job.tell(words, done, 100)

        tell(0.0)
        with reworded():
            return design_trial(
                state.store,
                asked,
                today=today,
                workers=os.cpu_count() or 1,
                progress=tell,
            )

    job = state.jobs.start(_("Designing your trial"), work, result_path="/trial/design/{key}")
    return go(f"/jobs/{job.key}")


def read_request(form: Filled, keys: set[str]) -> DesignRequest | None:
    """Return what a form asks; notes on the form what is wrong with it."""
    option = form.choice("option", keys)
    if not option and not form.errors:
        form.wrong("option", _("Choose what you would try."))
    weeks, capsules, price = form.number("max_weeks"), form.number("max_capsules"), form.number("price")
    useful, least, looks = form.number("useful"), form.number("least"), form.number("looks")
    if useful is not None and useful <= 0:
        form.wrong("useful", _("Write a number above 0, or leave it empty."))
    if weeks is not None and not SHORTEST_WEEKS <= weeks <= LONGEST_WEEKS:
        form.wrong("max_weeks", _("Write 1 to 520 weeks."))
    if capsules is not None and (capsules < 1 or capsules != int(capsules)):
        form.wrong("max_capsules", _("Write a whole number of doses, 1 or more."))
    if price is not None and price < 0:
        form.wrong("price", _("A price is 0 or more."))
    if least is not None and not 0 <= least <= 100:
        form.wrong("least", _("Write a number from 0 to 100."))
    if looks is not None and (looks not in range(MOST_LOOKS + 1)):
        form.wrong("looks", _("Write a whole number from 0 to 4."))
    outcome = form.choice("outcome", [o.value for o in Outcome]) or Outcome.EFFICIENCY.value
    instrument = form.choice("instrument", [i.value for i in Instrument]) or Instrument.DIARY.value
    trials = form.choice("trials", [str(n) for n in TRIALS]) or str(TRIALS[0])
    if form.errors:
        return None
    asked = DesignRequest(
        option_key=option,
        outcome=Outcome(outcome),
        instrument=Instrument(instrument),
        useful=useful,
        max_capsules=None if capsules is None else int(capsules),
        price=price,
        known=form.text("known") == "1",
        run_in=form.text("run_in") or None,
        trials=int(trials),
    )
    if weeks is not None:
        asked = replace(asked, max_weeks=weeks)
    if looks is not None:
        asked = replace(asked, n_looks=tuple(sorted({0, int(looks)})))
    return asked if least is None else replace(asked, least=least / 100)


def design_of(state: State, key: str) -> TrialDesign:
    """Return the design that a job found.

    Raises
    ------
    NotFound
        If the job is not known any more, or was no design.
    """
    found = state.jobs.get(key).result
    if not isinstance(found, TrialDesign):
        raise NotFound("this design is no longer known", do="design the trial again; nothing was started")
    return found


@router.get("/trial/design/{key}")
def show(request: Request, key: str) -> Response:
    """Show the designs on offer, or that none can answer."""
    state = state_of(request)
    found = design_of(state, key)
    designs = found.designs
    accepted = {t.plan for t in designs.accepted}
    rows = tuple(_row(found, k, t, worth=t.plan in accepted) for k, t in enumerate(designs.frontier))
    notable = _notable(found)
    chosen = next((k for k, t in enumerate(designs.frontier) if designs.accepted and t.plan == _best(found).plan), None)
    weekly = designs.naive
    offered = weekly.plan in {t.plan for t in designs.frontier}
    points = tuple(_length(t) for t in (designs.frontier or (designs.best,)))
    return page(
        request,
        "trial_designs.html",
        place="trial",
        key=key,
        found=found,
        rows=tuple(row | {"why": notable[k]} for k, row in enumerate(rows) if k in notable),
        others=tuple(row | {"why": ""} for k, row in enumerate(rows) if k not in notable),
        chosen=chosen,
        best=_row(found, len(rows), designs.best, worth=False) | {"why": ""},
        weekly=None if offered else (weekly.plan.n_nights / 7, round(100 * weekly.score.right)),
        curve=lengths_figure(points, weekly=None if offered else _length(weekly), runs=designs.n, chosen=chosen),
        remedies=tuple(
            _remedy(found, r.change, r.plan.n_nights / 7, r.useful) | _shares(r.score) for r in designs.remedies
        ),
        blindable=found.option.blinding in (Blinding.YES, Blinding.HARD),
        error=round(200 * max(t.score.error for t in (*designs.frontier, designs.best))),
        left=sum(bool(t.left) for t in designs.tried),
    )


def _best(found: TrialDesign) -> Tried:
    """Return the accepted design that tells most."""
    return max(found.designs.accepted, key=lambda t: t.score.right)


def _notable(found: TrialDesign) -> dict[int, str]:
    """Return the few designs shown at once, by place, each with why; the others fold away."""
    frontier, accepted = found.designs.frontier, {t.plan for t in found.designs.accepted}
    worth = [k for k, t in enumerate(frontier) if t.plan in accepted]
    if not worth:
        return {}
    right = {k: frontier[k].score.right for k in worth}
    shortest = min(worth, key=lambda k: (frontier[k].plan.n_nights, -right[k]))
    dense = max(worth, key=lambda k: right[k] / frontier[k].plan.n_nights)
    most = max(worth, key=lambda k: right[k])
    said = {most: _("The most answers."), dense: _("The most answer per night of effort.")}
    said.setdefault(shortest, _("The shortest that is worth it."))
    return dict(sorted(said.items()))


def _length(tried: Tried) -> Length:
    return Length(weeks=tried.plan.n_nights / 7, right=tried.score.right, error=tried.score.error)


def _shares(score: Score) -> dict[str, object]:
    return {"right": round(100 * score.right), "wrong": round(100 * score.wrong)}


def _row(found: TrialDesign, k: int, tried: Tried, *, worth: bool) -> dict[str, object]:
    plan, score = tried.plan, tried.score
    nights = round(score.nights)
    return {
        "n": k,
        "weeks": plan.n_nights / 7,
        "plan": plan,
        # half a minute a morning is what the check-in is made for
        "minutes": round(plan.n_nights / 2),
        "cost": None if found.price is None else found.price * plan.capsules,
        "bar": endings_figure(f"bar-{k}", score.words),
        "said": endings_said(score.words),
        "worth": worth,
        "mean_weeks": round(nights / 7) if round(nights / 7) < round(plan.n_nights / 7) else None,
        **_shares(score),
    }


def _remedy(found: TrialDesign, change: str, weeks: float, useful: float) -> dict[str, object]:
    unit = found.request.outcome.unit
    words = {
        "steadier": _("nights that vary half as much: a steadier outcome"),
        "longer": _("a trial twice as long: %(weeks)s weeks", weeks=f"{weeks:g}"),
        "useful larger": _("twice the useful amount: %(amount)s %(unit)s", amount=f"{useful:g}", unit=unit),
        "useful smaller": _("half the useful amount: %(amount)s %(unit)s", amount=f"{useful:g}", unit=unit),
    }
    return {"words": words.get(change, change)}
