"""Questionnaires that may be asked here, and scores one already has."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from noctiflora.actions import answer_questionnaire, current_scores, keep_scores, review_gates
from noctiflora.core import InputError, NotFound
from noctiflora.evidence import load
from noctiflora.intake import QUESTIONNAIRES, SCORES, Questionnaire, band, load_questionnaire
from noctiflora.web._form import Filled, Form
from noctiflora.web._page import go, page
from noctiflora.web._safety import help_page
from noctiflora.web._state import State, state_of
from noctiflora.web._words import say as _

router = APIRouter(include_in_schema=False)
HIDDEN = "phq9_item9"
"""Asked as a safety question; its number is entered with the whole questionnaire only."""


@router.get("/safety/scores")
def scores(request: Request) -> Response:
    """Show the scores that count now, and the form for those from elsewhere."""
    return _listed(request, state_of(request), Filled({}))


@router.post("/safety/scores")
def enter(request: Request, form: Form) -> Response:
    """Keep scores from elsewhere."""
    state = state_of(request)
    values = {key: value for key in SCORES if (value := form.number(key)) is not None}
    for key, value in values.items():
        rule = SCORES[key]
        if not rule.low <= value <= rule.high or value != int(value):
            told = _(
                "%(name)s is a whole number from %(low)g to %(high)g.", name=rule.name, low=rule.low, high=rule.high
            )
            form.wrong(key, told)
    if not values and not form.errors:
        form.wrong("", _("No score was filled in."))
    if form.errors:
        return _listed(request, state, form, status=422)
    try:
        keep_scores(state.store, values, date=state.today(), today=state.today())
    except InputError as error:
        form.refuse("", error)
        return _listed(request, state, form, status=422)
    return _after(state)


@router.get("/safety/questionnaires/{key}")
def ask(request: Request, key: str) -> Response:
    """Show one questionnaire."""
    return _asked(request, _questionnaire(key), Filled({}))


@router.post("/safety/questionnaires/{key}")
def answer(request: Request, key: str, form: Form) -> Response:
    """Score one questionnaire; only the score is kept."""
    state, asked = state_of(request), _questionnaire(key)
    known = [str(n) for n in range(len(asked.choices))]
    given = [form.choice(f"item{n}", known) for n in range(1, len(asked.items) + 1)]
    if form.errors:
        return _asked(request, asked, form, status=422)
    scored = answer_questionnaire(
        state.store, key, [int(word) if word else None for word in given], today=state.today()
    )
    if scored.total is None and not scored.crisis:
        for n, word in enumerate(given, start=1):
            if not word:
                form.wrong(f"item{n}", _("Question %(n)s is not answered; a score needs it.", n=n))
        return _asked(request, asked, form, status=422)
    return _after(state)


def _after(state: State) -> Response:
    crisis = review_gates(state.store, today=state.today()).crisis
    return go("/safety") if crisis else go("/safety/scores", said="saved")


def _questionnaire(key: str) -> Questionnaire:
    if key not in QUESTIONNAIRES:
        raise NotFound("this questionnaire is not asked here", do="its score can be entered under /safety/scores")
    return load_questionnaire(key)


def _asked(request: Request, asked: Questionnaire, form: Filled, *, status: int = 200) -> Response:
    options = [(str(n), words) for n, words in enumerate(asked.choices)]
    values = {"asked": asked, "options": options, "form": form, "errors": tuple(form.errors)}
    return page(request, "questionnaire.html", status=status, place="safety", **values)


def _listed(request: Request, state: State, form: Filled, *, status: int = 200) -> Response:
    gates = review_gates(state.store, today=state.today())
    stop = help_page(request, gates)
    if stop is not None:
        return stop
    known = current_scores(state.store, today=state.today())
    licences = {row.q_id: row.licence_status for row in load().questionnaires}
    rows = []
    for key, rule in SCORES.items():
        if key == HIDDEN:
            continue
        score = known.get(key)
        found = band(key, score.value) if score else None
        licence = "" if key in QUESTIONNAIRES else licences.get(rule.q_id, "")
        rows.append({"key": key, "rule": rule, "score": score, "band": found, "licence": licence})
    return page(
        request,
        "scores.html",
        status=status,
        place="safety",
        rows=rows,
        form=form,
        errors=tuple(form.errors),
        questionnaires=[load_questionnaire(key) for key in QUESTIONNAIRES],
    )
