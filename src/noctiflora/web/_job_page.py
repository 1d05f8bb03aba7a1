"""The page of one background job: how far it is, a way to stop it, and on to its result."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from noctiflora.core import NoctifloraError
from noctiflora.web._errors import sentence
from noctiflora.web._jobs import Job, JobState
from noctiflora.web._page import go, page
from noctiflora.web._state import state_of

router = APIRouter(include_in_schema=False)


@router.get("/jobs/{key}")
def show(request: Request, key: str) -> Response:
    """Show how far a job is; once done, lead on to its result."""
    job = state_of(request).jobs.get(key)
    # Looked at once: the work goes on while the page is written.
    now = job.state
    if now is JobState.DONE:
        return go(job.where)
    return page(request, "job.html", status=_status(job, now), place="job", job=job, now=now, problem=_problem(job))


@router.get("/jobs/{key}/state")
def state(request: Request, key: str) -> Response:
    """Tell the page's script how far a job is."""
    job = state_of(request).jobs.get(key)
    return JSONResponse({"state": job.state.value, "words": job.words, "done": job.done, "total": job.total})


@router.post("/jobs/{key}/stop")
def stop(request: Request, key: str) -> Response:
    """Stop a job."""
    state_of(request).jobs.get(key).stop()
    return go(f"/jobs/{key}")


def _status(job: Job, now: JobState) -> int:
    return 200 if now is not JobState.FAILED or isinstance(job.error, NoctifloraError) else 500


def _problem(job: Job) -> str:
    if job.error is None:
        return ""
    return sentence(job.error) if isinstance(job.error, NoctifloraError) else type(job.error).__name__
