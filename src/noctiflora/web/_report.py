"""The whole report as one file to take along."""

import json

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from noctiflora.actions import assess
from noctiflora.core import NotFound
from noctiflora.report import ReportData, render_report, report_dict
from noctiflora.web._jobs import Job
from noctiflora.web._page import go, page
from noctiflora.web._state import State, state_of
from noctiflora.web._words import say as _

router = APIRouter(include_in_schema=False)


@router.post("/data/report")
def make(request: Request) -> Response:
    """Gather what is known so far, in the background."""
    state = state_of(request)
    store, today, looking = state.store, state.today(), state.sample is not None

    def work(job: Job) -> ReportData:
        job.tell(_("Gathering what is known; this takes some seconds"))
        return assess(store, today=today, made_up=looking)

    job = state.jobs.start(_("Writing your report"), work, result_path="/data/report/{key}")
    return go(f"/jobs/{job.key}")


@router.get("/data/report/{key}")
def show(request: Request, key: str) -> Response:
    """Offer the report in both its forms."""
    _data(state_of(request), key)
    return page(request, "report_done.html", place="data", key=key)


@router.get("/data/report/{key}/report.html")
def as_page(request: Request, key: str) -> Response:
    """Hand out the report as one page; it is saved, not opened, since it carries its own style."""
    text = render_report(_data(state_of(request), key))
    return Response(text, media_type="text/html; charset=utf-8", headers=_saved("report.html"))


@router.get("/data/report/{key}/report.json")
def as_data(request: Request, key: str) -> Response:
    """Hand out the report as plain data."""
    text = json.dumps(report_dict(_data(state_of(request), key)), ensure_ascii=False, allow_nan=False, indent=1)
    return Response(text, media_type="application/json", headers=_saved("report.json"))


def _saved(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def _data(state: State, key: str) -> ReportData:
    found = state.jobs.get(key).result
    if not isinstance(found, ReportData):
        raise NotFound("there is no such report", do="write it again")
    return found
