"""Background jobs: work that outlives the page on which it was started."""

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from noctiflora.core import NoctifloraError, NotFound, StoreBusy

MOST_AT_ONCE = 3
MOST_KEPT = 40


class Stopped(Exception):
    """The person stopped the job."""


class JobState(StrEnum):
    """How far a job is."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(slots=True, kw_only=True)
class Job:
    """One piece of work and how far it is.

    Parameters
    ----------
    key : str
        Random name; the page is ``/jobs/KEY``.
    title : str
        What is being done, in plain words.
    result_path : str
        Page that shows the result; ``{key}`` in it stands for the job's name.
    words : str
        The present step.
    done, total : int
        Real counts; total 0 where it is not known.
    state : JobState
        How far it is.
    result : object
        What the work returned.
    error : Exception or None
        Why it failed; a leaf of our tree for what a person can mend, anything else is our fault.
    """

    key: str
    title: str
    result_path: str
    words: str = ""
    done: int = 0
    total: int = 0
    state: JobState = JobState.RUNNING
    result: object = None
    error: Exception | None = None
    _stop: threading.Event = field(default_factory=threading.Event)

    def tell(self, words: str, done: int = 0, total: int = 0) -> None:
        """Say how far the work is; called by the work itself.

        Raises
        ------
        Stopped
            If the person stopped it; the work lets it pass, so that nothing half-done is kept.
        """
        if self._stop.is_set():
            raise Stopped
        self.words, self.done, self.total = words, done, total

    def stop(self) -> None:
        """Ask the work to end at its next step."""
        self._stop.set()

    @property
    def stopping(self) -> bool:
        """Whether a stop was asked for."""
        return self._stop.is_set()

    @property
    def where(self) -> str:
        """The page that shows the result."""
        return self.result_path.replace("{key}", self.key)


Work = Callable[[Job], object]


class Jobs:
    """All jobs of one process, the newest `MOST_KEPT` remembered."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()

    def start(self, title: str, work: Work, *, result_path: str) -> Job:
        """Start work in a thread of its own and return its job.

        Parameters
        ----------
        title : str
            What is being done, in plain words.
        work : callable
            Takes the job, calls `Job.tell` often, returns the result.
        result_path : str
            Page that shows the result; ``{key}`` stands for the job's name.

        Raises
        ------
        StoreBusy
            If too many jobs are running already.
        """
        job = Job(key=secrets.token_urlsafe(12), title=title, result_path=result_path)
        with self._lock:
            if sum(j.state is JobState.RUNNING for j in self._jobs.values()) >= MOST_AT_ONCE:
                raise StoreBusy("other work is still going on", do="wait until it is done, or stop it, then try again")
            self._jobs[job.key] = job
            self._forget()
        threading.Thread(target=_run, args=(job, work), name=f"job {title}", daemon=True).start()
        return job

    def get(self, key: str) -> Job:
        """Return a job by its name.

        Raises
        ------
        NotFound
            If there is none: it was long ago, or before a restart.
        """
        with self._lock:
            found = self._jobs.get(key)
        if found is None:
            raise NotFound("this piece of work is no longer known", do="start it again; what was saved is safe")
        return found

    def running(self) -> tuple[Job, ...]:
        """Return the jobs that are not over."""
        with self._lock:
            return tuple(j for j in self._jobs.values() if j.state is JobState.RUNNING)

    def forget(self, key: str) -> None:
        """Let go of a job with its result."""
        with self._lock:
            self._jobs.pop(key, None)

    def stop_all(self) -> None:
        """Ask every job to end."""
        for job in self.running():
            job.stop()

    def _forget(self) -> None:
        over = [key for key, job in self._jobs.items() if job.state is not JobState.RUNNING]
        for key in over[: max(0, len(self._jobs) - MOST_KEPT)]:
            del self._jobs[key]


def _run(job: Job, work: Work) -> None:
    try:
        job.result = work(job)
        job.state = JobState.DONE
    except Stopped:
        job.state = JobState.STOPPED
    except NoctifloraError as error:
        job.error = error
        job.state = JobState.FAILED
    except Exception as error:
        # Our own fault: kept for the page, which names its kind and never its text.
        job.error = error
        job.state = JobState.FAILED
