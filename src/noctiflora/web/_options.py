"""Options: what is worth trying, once the safety questions are answered."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from noctiflora.actions import (
    OptionList,
    change_stamp,
    check_option,
    gather_evidence,
    kept_costs,
    list_nights,
    list_options,
    option_chances,
    option_updates,
    remember,
    set_costs,
    veil,
)
from noctiflora.core import InputError, Instrument, NotFound, NotPoolable, Outcome, RangeError
from noctiflora.evidence import SafetyPhase, Share, load_options, load_safety, source_names
from noctiflora.plan import ORDER, Door, Option, Standing
from noctiflora.report import Measure, OptionCard, measure_of, option_cards
from noctiflora.report.chart import Figure, Hundred, hundred, hundred_figure
from noctiflora.web._form import Filled, Form
from noctiflora.web._page import go, page
from noctiflora.web._safety import help_page
from noctiflora.web._slug import slug
from noctiflora.web._state import State, state_of
from noctiflora.web._words import say as _

router = APIRouter(include_in_schema=False)
MOST_USEFUL = 500.0
"""Minutes or points beyond this are slips (assumed; range 100 to 1,000)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Array:
    """One array of a hundred people: its drawing and its counts."""

    figure: Figure
    counts: Hundred


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One option as its card shows it.

    Parameters
    ----------
    card : OptionCard
        The option with its words and interval plot.
    gain, loss : Array or None
        None where no size of effect is known.
    strain : str
        Last part of the path of its strain page; empty where there is none.
    updated : date or None
        When the person last added evidence of it.
    """

    card: OptionCard
    gain: Array | None
    loss: Array | None
    strain: str
    updated: dt.date | None

    @property
    def option(self) -> Option:
        """The option."""
        return self.card.option

    @property
    def designable(self) -> bool:
        """Whether a trial of it can be designed."""
        return self.option.door is Door.OPEN and self.option.effect is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Options under one heading."""

    heading: str
    views: tuple[View, ...]


@router.get("/options")
def options(request: Request) -> Response:
    """Show what is worth trying."""
    return _listed(request, Filled({}))


@router.post("/options")
def measured(request: Request, form: Form) -> Response:
    """Show the same by another measure or another useful amount; nothing is kept."""
    return _listed(request, form)


def _listed(request: Request, form: Filled) -> Response:
    state = state_of(request)
    offered = _offered(state, form)
    stop = help_page(request, offered.gates)
    if stop is not None:
        return stop
    waiting = _waiting(offered)
    measure = _measure(state, offered)
    views = _views(state, offered, measure)
    gains = [v.gain.counts.centre for v in views if v.gain and v.designable]
    if waiting:
        # Before the questions are answered only what no question closes is shown.
        views = tuple(v for v in views if v.option.door is Door.OPEN)
    return page(
        request,
        "options.html",
        status=422 if form.errors else 200,
        place="options",
        errors=tuple(form.errors),
        form=form,
        offered=offered,
        waiting=waiting,
        measure=measure,
        shelves=_shelves(views),
        closed=() if waiting else tuple(o for o in offered.options if o.door is Door.CLOSED),
        gains=(min(gains), max(gains)) if gains else (),
        n_products=sum(v.designable for v in views),
        rule=ORDER,
        outcomes=[(o.value, o.label.capitalize()) for o in Outcome],
        instruments=[(i.value, i.value.capitalize()) for i in Instrument],
    )


@router.get("/options/{key}")
def option(request: Request, key: str) -> Response:
    """Show one option in full."""
    return _one(request, key, Filled({}))


@router.post("/options/{key}/cost")
def cost(request: Request, key: str, form: Form) -> Response:
    """Keep what one option costs a day; an empty field forgets it."""
    _known(key)
    value = form.number("cost")
    if not form.errors:
        try:
            set_costs(state_of(request).store, {key: value})
        except InputError as error:
            form.refuse("cost", error)
    if form.errors:
        return _one(request, key, form)
    return go(f"/options/{key}", said="saved")


def _one(request: Request, key: str, form: Filled) -> Response:
    _known(key)
    state = state_of(request)
    offered = list_options(state.store, today=state.today())
    stop = help_page(request, offered.gates)
    if stop is not None:
        return stop
    measure = _measure(state, offered)
    found = next(o for o in offered.options if o.key == key)
    views = [v for v in _views(state, offered, measure) if v.option.key == key]
    return page(
        request,
        "option.html",
        status=422 if form.errors else 200,
        place="options",
        errors=tuple(form.errors),
        form=form,
        o=found,
        view=views[0] if views and not (_waiting(offered) and found.door is not Door.OPEN) else None,
        waiting=_waiting(offered),
        offered=offered,
        measure=measure,
        sources=tuple(dict.fromkeys((*found.sources, *(found.effect.sources if found.effect else ())))),
        names=source_names(gather_evidence(state.store)),
        cost=kept_costs(state.store).get(key),
    )


def _known(key: str) -> None:
    try:
        check_option(key)
    except RangeError:
        raise NotFound("there is no such option", do="see the list of all under /options") from None


def _offered(state: State, form: Filled) -> OptionList:
    useful = form.number("useful")
    if useful is not None and not 0 < useful <= MOST_USEFUL:
        form.wrong("useful", _("Write a number above 0, or leave it empty."))
    outcome = form.choice("outcome", [o.value for o in Outcome]) or Outcome.EFFICIENCY.value
    instrument = form.choice("instrument", [i.value for i in Instrument]) or Instrument.DIARY.value
    if not form.errors:
        try:
            return list_options(
                state.store,
                today=state.today(),
                outcome=Outcome(outcome),
                instrument=Instrument(instrument),
                useful=useful,
            )
        except NotPoolable as error:
            form.wrong("instrument", f"{str(error)[:1].upper()}{str(error)[1:]}.")
    return list_options(state.store, today=state.today())


def _waiting(offered: OptionList) -> int:
    """Return how many of the questions before options are still open."""
    first = {rule.gate_id for rule in load_safety() if rule.phase is SafetyPhase.BEFORE_OPTIONS}
    return sum(name in first for name in offered.gates.unanswered)


def _measure(state: State, offered: OptionList) -> Measure:
    store, today = state.store, state.today()

    def make() -> Measure:
        over = veil(store, today=today)
        return measure_of(
            offered.outcome, [n for n in list_nights(store).nights if over is None or over.counts(n.date)]
        )

    return remember(store, ("measure", today, offered.outcome), change_stamp(store), make)


def _views(state: State, offered: OptionList, measure: Measure) -> tuple[View, ...]:
    what = ("option views", state.today(), offered.outcome, offered.instrument, offered.useful, measure.tib_min)
    return remember(state.store, what, change_stamp(state.store), lambda: _drawn(state, offered, measure))


def _drawn(state: State, offered: OptionList, measure: Measure) -> tuple[View, ...]:
    chances, updates = option_chances(state.store, offered), option_updates(state.store)
    strains = {entry.key: entry.evidence_key for entry in load_options() if entry.evidence_key}
    views = []
    for k, card in enumerate(option_cards(offered.options, measure, offered.useful)):
        one = card.option
        found = chances.get(one.key) if card.figure else None
        views.append(
            View(
                card=card,
                gain=None if found is None else _array(one, found.gain, number=k),
                loss=None if found is None else _array(one, found.loss, number=k, harm=True),
                strain=slug(strains[one.key]) if one.key in strains else "",
                updated=updates.get(one.key),
            )
        )
    return tuple(views)


def _array(one: Option, share: Share, *, number: int, harm: bool = False) -> Array:
    counts = hundred(share.low, share.centre, share.high)
    told = {"n": counts.centre, "low": counts.low, "high": counts.high, "name": one.name}
    title = (
        _("%(name)s: of 100 people like you, about %(n)s (%(low)s to %(high)s) sleep worse by a useful amount", **told)
        if harm
        else _("%(name)s: of 100 people like you, about %(n)s (%(low)s to %(high)s) gain a useful amount", **told)
    )
    key = f"{'l' if harm else 'g'}{number}"
    return Array(figure=hundred_figure(counts, key=key, title=title, harm=harm), counts=counts)


def _shelves(views: Sequence[View]) -> tuple[Shelf, ...]:
    """Return the options by door and standing, in their order; those of one clinician's word in one shelf."""

    def heading(view: View) -> str:
        if view.option.door is Door.CLINICIAN:
            return _("See a clinician first")
        return _words(view.option.standing)

    return tuple(Shelf(heading=name, views=tuple(members)) for name, members in groupby(views, key=heading))


def _words(standing: Standing) -> str:
    return standing.value[:1].upper() + standing.value[1:]
