"""The safety questions: how they stand, and one group of them a page."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from noctiflora.actions import answer_gates, current_scores, open_questions, review_gates, running_trial
from noctiflora.core import NotFound
from noctiflora.evidence import QuestionPage, SafetyAction, SafetyPhase, SafetyRule, load_safety
from noctiflora.intake import QUESTIONNAIRES
from noctiflora.plan import BEFORE, Answer, GateReport, GateState, Reply
from noctiflora.report import scope_states
from noctiflora.web._form import Form
from noctiflora.web._page import go, page
from noctiflora.web._state import State, state_of
from noctiflora.web._words import say as _

router = APIRouter(include_in_schema=False)

REPLIES = {"yes": Reply.YES, "no": Reply.NO, "not-sure": Reply.NOT_SURE}
CLINICIAN = frozenset(
    {
        SafetyAction.CLINICIAN_FIRST,
        SafetyAction.CLINICIAN_URGENT,
        SafetyAction.CLINICIAN_PROMPT,
        SafetyAction.CLINICIAN_ADVISED,
    }
)
CLOSING = frozenset({SafetyAction.BLOCK, SafetyAction.BLOCK_PART})
CRISIS = "crisis"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Questions that stand on one page.

    Parameters
    ----------
    key : str
        As in the page's path.
    name : str
        Heading.
    rules : tuple of SafetyRule
        The questions.
    n_open : int
        How many are still to be answered.
    """

    key: str
    name: str
    rules: tuple[SafetyRule, ...]
    n_open: int


def groups_of(state: State) -> tuple[Group, ...]:
    """Return the groups in the order in which they are asked; those during a trial only while one runs."""
    phases = (*BEFORE, SafetyPhase.DURING) if running_trial(state.store) is not None else BEFORE
    due = {
        (group.phase, group.page): len(group.rules)
        for group in open_questions(state.store, today=state.today(), phases=phases)
    }
    rules = load_safety()
    found = []
    for phase in phases:
        for here in QuestionPage:
            members = tuple(r for r in rules if r.phase is phase and r.page is here)
            if members:
                key = here.value.replace(",", "").replace(" ", "-")
                late = phase is SafetyPhase.BEFORE_TRIAL
                name = here.value[:1].upper() + here.value[1:]
                found.append(
                    Group(
                        key=f"{key}-before-a-trial" if late else key,
                        name=_("%(name)s, before a trial", name=name) if late else name,
                        rules=members,
                        n_open=due.get((phase, here), 0),
                    )
                )
    return tuple(found)


def help_page(request: Request, gates: GateReport) -> Response | None:
    """Return the page on which help replaces everything else, or None where nothing calls for it."""
    if not gates.crisis:
        return None
    urgent = tuple(s for s in gates.states if s.urgency == CRISIS and s.message)
    by_score = any(s.answered is None for s in urgent)
    return page(request, "help.html", place="safety", states=urgent, by_score=by_score)


@router.get("/safety")
def overview(request: Request) -> Response:
    """Show how the safety questions stand and what they leave open."""
    state = state_of(request)
    gates = review_gates(state.store, today=state.today())
    stop = help_page(request, gates)
    if stop is not None:
        return stop
    groups = groups_of(state)
    asked = {rule.gate_id for group in groups for rule in group.rules}
    return page(
        request,
        "safety.html",
        place="safety",
        groups=groups,
        following=next((g for g in groups if g.n_open), None),
        n=len(asked),
        n_open=sum(g.n_open for g in groups),
        gates=gates,
        scopes=scope_states(gates),
        fired=tuple(s for s in gates.states if s.message and s.reply in (Reply.YES, Reply.NOT_SURE)),
        questionnaires=QUESTIONNAIRES,
    )


@router.get("/safety/questions/{key}")
def ask(request: Request, key: str) -> Response:
    """Show one group of questions."""
    state = state_of(request)
    return _asked(request, state, _group(state, key))


@router.post("/safety/questions/{key}")
def answer(request: Request, key: str, form: Form) -> Response:
    """Keep the answers of one group, then show help, the next open group, or how all stands."""
    state = state_of(request)
    group = _group(state, key)
    given = []
    for rule in group.rules:
        word = form.choice(rule.gate_id, REPLIES)
        if word:
            agreed = is_clinician(rule) and word != "no" and form.text(f"{rule.gate_id}-agreed") == "1"
            given.append(Answer(gate_id=rule.gate_id, reply=REPLIES[word], date=state.today(), clinician_agreed=agreed))
    if form.errors:
        return _asked(request, state, group, errors=tuple(form.errors), status=422, shown=form.values)
    answer_gates(state.store, given)
    if review_gates(state.store, today=state.today()).crisis:
        return go("/safety")
    groups = groups_of(state)
    at = next(k for k, g in enumerate(groups) if g.key == key)
    following = next((g for g in (*groups[at + 1 :], *groups[:at]) if g.n_open), None)
    if following is None:
        return go("/safety", said="done" if not groups[at].n_open else "saved")
    return go(f"/safety/questions/{following.key}", said="saved")


def _group(state: State, key: str) -> Group:
    found = next((g for g in groups_of(state) if g.key == key), None)
    if found is None:
        raise NotFound("there is no such group of safety questions", do="see the list of all groups under /safety")
    return found


def _asked(
    request: Request,
    state: State,
    group: Group,
    *,
    errors: tuple[object, ...] = (),
    status: int = 200,
    shown: dict[str, list[str]] | None = None,
) -> Response:
    gates = review_gates(state.store, today=state.today())
    states = {s.gate_id: s for s in gates.states}
    groups = groups_of(state)
    at = next(k for k, g in enumerate(groups) if g.key == group.key)
    agreed = {a.gate_id: a.clinician_agreed for a in sorted(state.store.answers.history(), key=lambda a: a.date)}
    sent = {} if shown is None else {name: values[-1] for name, values in shown.items()}
    scores = current_scores(state.store, today=state.today())
    return page(
        request,
        "safety_group.html",
        status=status,
        place="safety",
        errors=errors,
        group=group,
        number=at + 1,
        of=len(groups),
        before=groups[at - 1].key if at else "",
        n=sum(len(g.rules) for g in groups),
        n_open=sum(g.n_open for g in groups),
        reviewed=gates.reviewed_by_clinician,
        asked=[_question(rule, states[rule.gate_id], agreed.get(rule.gate_id, False), sent) for rule in group.rules],
        told_by_score=frozenset(r.gate_id for r in group.rules if r.score is not None and r.score.name in scores),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question as its page shows it."""

    rule: SafetyRule
    value: str
    agreed: bool
    word: str
    kind: str
    crisis: bool
    clinician: bool


def _question(rule: SafetyRule, state: GateState, agreed: bool, sent: dict[str, str]) -> Question:
    words = {reply: word for word, reply in REPLIES.items()}
    # Only what the person answered is filled in; what a score stands for is said beside it.
    own = words.get(state.reply, "") if state.reply is not None and state.answered is not None else ""
    word, kind = rule_word(rule)
    return Question(
        rule=rule,
        value=sent.get(rule.gate_id, own),
        agreed=agreed if not sent else sent.get(f"{rule.gate_id}-agreed") == "1",
        word=word,
        kind=kind,
        crisis=any(e.action is SafetyAction.STOP_CRISIS for e in rule.effects),
        clinician=is_clinician(rule),
    )


def is_clinician(rule: SafetyRule) -> bool:
    """Return whether a clinician's agreement lifts something of a rule."""
    return any(e.action in CLINICIAN for e in rule.effects)


def rule_word(rule: SafetyRule) -> tuple[str, str]:
    """Return what a rule does at most, in one word or two, and the kind of its mark."""
    actions = {e.action for e in rule.effects}
    if SafetyAction.STOP_CRISIS in actions:
        return _("Stop, help now"), "bad"
    if actions & {SafetyAction.STOP_SEEK_CARE, SafetyAction.STOP_BLOCK}:
        return _("Stop"), "bad"
    if actions & CLOSING:
        return _("Not for you now"), "bad"
    if actions & CLINICIAN:
        return _("See a clinician first"), ""
    return (_("Mind this"), "") if SafetyAction.WARN in actions else (_("Good to know"), "")
