"""The analysis of a locked trial, worked out once in the background and then kept in memory."""

import threading
from dataclasses import dataclass, field

from starlette.requests import Request

from noctiflora.actions import KeptTrial, SeasonResult, kept_trials, verdict_of_last
from noctiflora.actions import TrialState as Season
from noctiflora.core import DesignError, NotFound
from noctiflora.web._jobs import Job, JobState
from noctiflora.web._state import State, state_of
from noctiflora.web._words import say as _

MOST_KEPT = 4


@dataclass(frozen=True, slots=True)
class Told:
    """A locked season with what it says."""

    kept: KeptTrial
    result: SeasonResult


@dataclass(slots=True)
class _Shelf:
    """What was worked out, and the work going on, by season and version."""

    told: dict[str, Told] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


def _shelf(request: Request) -> _Shelf:
    found = getattr(request.app.state, "trial_answers", None)
    if not isinstance(found, _Shelf):
        found = request.app.state.trial_answers = _Shelf()
    return found


def locked_trial(state: State) -> KeptTrial | None:
    """Return the season locked last, where it is the last of all; None otherwise."""
    every = kept_trials(state.store)
    locked = [kept for kept in every if kept.record.state is Season.LOCKED]
    if not locked or every[-1].record.state is Season.KEY_LOST:
        return None
    return locked[-1]


def answer_or_job(request: Request, result_path: str) -> Told | Job:
    """Return what the season locked last says, or the job that works it out and then leads to `result_path`.

    Raises
    ------
    NotFound
        If there is no trial.
    DesignError
        If none is locked: before the lock no effect is shown.
    """
    state = state_of(request)
    kept = locked_trial(state)
    if kept is None:
        if not kept_trials(state.store):
            raise NotFound("there is no trial yet", do="design one, on the page Trial")
        raise DesignError("no effect is shown before the lock", do="see how the trial stands, on the page Trial")
    key = f"{kept.record.plan.fingerprint().hex()} {kept.record.share_id} {kept.version}"
    shelf = _shelf(request)
    with shelf.lock:
        if key in shelf.told:
            return shelf.told[key]
        running = shelf.jobs.get(key)
        if running is not None and running.state is JobState.RUNNING:
            return running

        def work(job: Job) -> object:
            job.tell(_("Reading your nights under several starting points"))
            told = Told(*verdict_of_last(state.store))
            while len(shelf.told) >= MOST_KEPT:
                shelf.told.pop(next(iter(shelf.told)))
            shelf.told[key] = told
            return None

        job = state.jobs.start(_("Writing your verdict"), work, result_path=result_path)
        shelf.jobs = {key: job}
        return job
