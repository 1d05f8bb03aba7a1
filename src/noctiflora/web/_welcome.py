"""The first run: a file, nothing yet, or only looking."""

import shutil
import tempfile
from pathlib import Path

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from noctiflora.actions import fill_sample, list_nights
from noctiflora.web._jobs import Job
from noctiflora.web._page import go, page
from noctiflora.web._state import Sample, Shelf, State, state_of
from noctiflora.web._words import say as _

router = APIRouter(include_in_schema=False)


@router.get("/welcome")
def welcome(request: Request) -> Response:
    """Show the three ways to begin."""
    return page(request, "welcome.html", place="today", zone=state_of(request).zone_name)


@router.post("/welcome/look")
def look(request: Request) -> Response:
    """Make up the sample person and show them."""
    state = state_of(request)
    job = state.jobs.start(_("Making up the sample person"), lambda job: _make(state, job), result_path="/nights")
    return go(f"/jobs/{job.key}")


@router.post("/welcome/own")
def own(request: Request) -> Response:
    """Go back to one's own data."""
    leave_sample(state_of(request))
    return go("/")


def _make(state: State, job: Job) -> None:
    folder = Path(tempfile.mkdtemp(prefix="noctiflora-sample-"))
    shelf = Shelf(database=str(folder / "sample.sqlite"), now=state.now, own_folder=True)
    try:
        today = fill_sample(shelf.store(), folder, say=lambda line: job.tell(line))
        job.tell(_("Putting the nights in order"))
        list_nights(shelf.store())
    except BaseException:
        shelf.put_away()
        shutil.rmtree(folder, ignore_errors=True)
        raise
    leave_sample(state)
    state.sample = Sample(shelf=shelf, folder=folder, today=today)


def leave_sample(state: State) -> None:
    """Stop showing the sample person and remove them."""
    gone, state.sample = state.sample, None
    if gone is not None:
        gone.shelf.put_away()
        shutil.rmtree(gone.folder, ignore_errors=True)
