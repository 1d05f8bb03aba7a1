"""Planned looks, the lock, and the ways a trial ends early."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from noctiflora.actions import (
    LookWord,
    lock_trial,
    look_trial,
    lose_key,
    needs_passphrase,
    open_trial,
    stop_trial,
    trial_status,
)
from noctiflora.actions import TrialState as Season
from noctiflora.core import DesignError, InputError, NoctifloraError
from noctiflora.web._form import Filled, Form
from noctiflora.web._page import go, page
from noctiflora.web._state import state_of
from noctiflora.web._trial import order_rows
from noctiflora.web._trial_kit import the_trial
from noctiflora.web._trial_words import refuse
from noctiflora.web._words import say as _

router = APIRouter(include_in_schema=False)
WORD = "open"
"""What is typed to open the seal."""


def look_words() -> dict[LookWord, tuple[str, str]]:
    """Return the fixed set of what a look can say, each with what it means."""
    return {
        LookWord.CONTINUE: (_("Go on"), _("Take the next bottle as planned.")),
        LookWord.MAY_STOP: (
            _("You may stop"),
            _("More nights would change little. You may end the trial now, or go on to the last night."),
        ),
        LookWord.SEEK_ADVICE: (
            _("Stop and seek advice"),
            _("Take nothing more from the bottles and speak with someone who looks after your health."),
        ),
    }


def _passphrase(form: Filled) -> str | None:
    return form.values.get("passphrase", [""])[-1] or None


def _wrong_words(form: Filled, error: NoctifloraError, field: str) -> None:
    """Note what an action refused; nothing of a passphrase is shown again."""
    form.values.pop("passphrase", None)
    if isinstance(error, DesignError):
        refuse(form, "", error)
    elif field == "passphrase":
        form.wrong(field, _("This is not the passphrase of this trial, or this computer’s clock was set back."))
    else:
        refuse(form, field, error)


@router.get("/trial/look")
def look(request: Request) -> Response:
    """Ask for the helper's passphrase at a planned look."""
    return _look(request, Filled({}))


def _look(request: Request, form: Filled, *, status: int = 200, word: LookWord | None = None) -> Response:
    state = state_of(request)
    kept = the_trial(state)
    found = trial_status(state.store, now=state.now(), today=state.today())
    values = {
        "form": form,
        "errors": tuple(form.errors),
        "due": found.look_due,
        "coming": [n for n in kept.record.plan.looks if n > found.night],
        "plan": kept.record.plan,
        "sealed": needs_passphrase(state.store),
        "words": look_words(),
        "word": word,
    }
    return page(request, "trial_look.html", status=status, place="trial", **values)


@router.post("/trial/look")
def make_look(request: Request, form: Form) -> Response:
    """Make the look: one word of the fixed set is shown, once, and not kept."""
    state = state_of(request)
    the_trial(state)
    try:
        word = look_trial(state.store, _passphrase(form), now=state.now(), today=state.today())
    except (InputError, DesignError) as error:
        _wrong_words(form, error, "passphrase")
        return _look(request, form, status=422)
    return _look(request, Filled({}), word=word)


@router.get("/trial/open")
def opening(request: Request) -> Response:
    """Ask before the seal is opened early."""
    return _opening(request, Filled({}))


def _opening(request: Request, form: Filled, *, status: int = 200) -> Response:
    kept = the_trial(state_of(request))
    values = {"form": form, "errors": tuple(form.errors), "word": WORD, "order": order_rows(kept), "kept": kept}
    return page(request, "trial_open.html", status=status, place="trial", **values)


@router.post("/trial/open")
def open_now(request: Request, form: Form) -> Response:
    """Open the seal: a reason, one typed word, and the passphrase or what the envelope says."""
    state = state_of(request)
    the_trial(state)
    if not form.text("reason"):
        form.wrong("reason", _("Say in a few words why; it is kept with the trial."))
    if form.text("word").lower() != WORD:
        form.wrong("word", _("Type the word %(word)s to open the seal.", word=WORD))
    envelope = form.text("envelope")
    secret = None if envelope else _passphrase(form)
    if not form.errors and not envelope and secret is None:
        form.wrong("passphrase", _("Give the helper’s passphrase, or copy what the envelope says."))
    if not form.errors:
        try:
            open_trial(
                state.store,
                reason=form.text("reason"),
                passphrase=secret,
                envelope=envelope or None,
                now=state.now(),
                today=state.today(),
            )
        except InputError as error:
            _wrong_words(form, error, "envelope" if envelope else "passphrase")
    return _opening(request, form, status=422) if form.errors else go("/trial", said="opened")


@router.get("/trial/stop")
def stopping(request: Request) -> Response:
    """Ask why the trial shall end."""
    return _stopping(request, Filled({}))


def _stopping(request: Request, form: Filled, *, status: int = 200) -> Response:
    state = state_of(request)
    kept = the_trial(state)
    values = {"form": form, "errors": tuple(form.errors), "sealed": needs_passphrase(state.store), "kept": kept}
    return page(request, "trial_stop.html", status=status, place="trial", **values)


@router.post("/trial/stop")
def stop_now(request: Request, form: Form) -> Response:
    """End the trial early; with the lost key, for good without an answer."""
    state = state_of(request)
    the_trial(state)
    lost = form.text("how") == "lost"
    if lost and form.text("word").lower() != "lost":
        form.wrong("word", _("Type the word %(word)s to end the trial without its order.", word="lost"))
    if not form.errors:
        try:
            if lost:
                lose_key(state.store, now=state.now(), today=state.today())
            else:
                stop_trial(state.store, reason=form.text("reason"), now=state.now(), today=state.today())
        except InputError as error:
            refuse(form, "word" if lost else "reason", error)
    return _stopping(request, form, status=422) if form.errors else go("/trial", said="lost" if lost else "stopped")


@router.get("/trial/lock")
def locking(request: Request) -> Response:
    """Ask for the helper's passphrase after the last night."""
    return _locking(request, Filled({}))


def _locking(request: Request, form: Filled, *, status: int = 200) -> Response:
    state = state_of(request)
    kept = the_trial(state)
    plan = kept.record.plan
    early = kept.record.state is Season.RUNNING and state.today() < plan.last_night
    values = {
        "form": form,
        "errors": tuple(form.errors),
        "sealed": needs_passphrase(state.store),
        "plan": plan,
        "early": early,
    }
    return page(request, "trial_lock.html", status=status, place="trial", **values)


@router.post("/trial/lock")
def lock(request: Request, form: Form) -> Response:
    """Freeze the nights, open the order, check its fingerprint; then the verdict."""
    state = state_of(request)
    the_trial(state)
    try:
        secret = _passphrase(form) if needs_passphrase(state.store) else None
        lock_trial(state.store, secret, now=state.now(), today=state.today())
    except (InputError, DesignError) as error:
        _wrong_words(form, error, "passphrase")
        return _locking(request, form, status=422)
    return go("/trial/verdict")
