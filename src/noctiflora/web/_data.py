"""Data: files in, shown before they are kept, and nights out."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from noctiflora.actions import (
    ImportPreview,
    ImportReport,
    NightForm,
    export_nights,
    home_zone,
    keep_preview,
    keep_zone,
    preview_import,
)
from noctiflora.core import NotFound, RangeError
from noctiflora.web._copies import kept_backups
from noctiflora.web._jobs import Job
from noctiflora.web._page import go, page
from noctiflora.web._state import State, state_of
from noctiflora.web._uploads import Received, receive
from noctiflora.web._warm import warm
from noctiflora.web._words import say as _

router = APIRouter(include_in_schema=False)

MOST_LISTED = 20
MORNING = "morning entry"


@router.get("/data")
def data(request: Request) -> Response:
    """Show what is kept, and the ways in and out."""
    state = state_of(request)
    rows = [row for row in state.store.imports.list() if row.name != MORNING]
    return page(
        request,
        "data.html",
        place="data",
        rows=rows[: -MOST_LISTED - 1 : -1],
        n_rows=len(rows),
        where=state.shelf.database if "://" not in state.shelf.database else _("a database on a server"),
        in_file="://" not in state.shelf.database,
        backups=kept_backups(state),
        zone=state.zone_name,
    )


@router.post("/data/upload")
async def upload(request: Request) -> Response:
    """Take files in, then read them in the background; nothing is kept yet."""
    state = state_of(request)
    received = await receive(request, state.uploads)
    if not received.files:
        state.uploads.drop(received.folder)
        return go("/data", said="no-file")
    return await run_in_threadpool(_read, state, received)


def _read(state: State, received: Received) -> Response:
    # Somebody who hands in a file means their own data, not the sample person's.
    named = received.fields.get("zone", "").strip()
    try:
        if named:
            keep_zone(state.shelf.store(), named)
    except RangeError:
        state.uploads.drop(received.folder)
        raise
    zone = named or state.zone or home_zone(state.shelf.store())

    def work(job: Job) -> ImportPreview:
        def told(name: str, done: int, size: int) -> None:
            job.tell(_("Reading %(file)s", file=name), done, size)

        try:
            return preview_import(received.files, zone=zone, progress=told)
        finally:
            state.uploads.drop(received.folder)

    try:
        job = state.jobs.start(_("Reading your files"), work, result_path="/data/import/{key}")
    except BaseException:
        state.uploads.drop(received.folder)
        raise
    return go(f"/jobs/{job.key}")


@router.get("/data/import/{key}")
def preview(request: Request, key: str) -> Response:
    """Show what was read, and ask whether to keep it."""
    return page(request, "import.html", place="data", preview=_preview(state_of(request), key), key=key)


@router.post("/data/import/{key}/keep")
def keep(request: Request, key: str) -> Response:
    """Keep what was shown."""
    state = state_of(request)
    shown = _preview(state, key)
    state.sample = None

    def work(job: Job) -> ImportReport:
        job.tell(_("Keeping them; this is done in one step"))
        report = keep_preview(state.shelf.store(), shown)
        job.tell(_("Putting the nights in order"))
        warm(state).join()
        state.jobs.forget(key)
        return report

    job = state.jobs.start(_("Keeping your nights"), work, result_path="/data/kept/{key}")
    return go(f"/jobs/{job.key}")


@router.post("/data/import/{key}/drop")
def drop(request: Request, key: str) -> Response:
    """Forget what was read."""
    state_of(request).jobs.forget(key)
    return go("/data", said="dropped")


@router.get("/data/kept/{key}")
def kept(request: Request, key: str) -> Response:
    """Say what became of each file."""
    report = state_of(request).jobs.get(key).result
    if not isinstance(report, ImportReport):
        raise NotFound("there is no such import", do="see the list of imports")
    return page(request, "kept.html", place="data", report=report)


def _preview(state: State, key: str) -> ImportPreview:
    found = state.jobs.get(key).result
    if not isinstance(found, ImportPreview):
        raise NotFound("there is no such file to keep", do="send it again; what was kept before is safe")
    return found


FILES = {
    "nights.csv": (NightForm.CSV, "text/csv; charset=utf-8"),
    "nights.json": (NightForm.JSON, "application/json"),
    "nights-omh.json": (NightForm.OMH, "application/json"),
    "nights-fhir.json": (NightForm.FHIR, "application/fhir+json"),
}
"""Files of nights by name, with their form and type."""


@router.get("/data/nights.csv")
@router.get("/data/nights.json")
@router.get("/data/nights-omh.json")
@router.get("/data/nights-fhir.json")
def nights_file(request: Request) -> Response:
    """Hand out the nights that may be taken out, in one form."""
    state = state_of(request)
    name = request.url.path.rpartition("/")[2]
    form, kind = FILES[name]
    text = export_nights(state.store, form, now=state.now(), today=state.today()).text
    return _file(text, kind, name)


def _file(text: str, kind: str, name: str) -> Response:
    return Response(text, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
