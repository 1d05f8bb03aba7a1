"""Copies of the database: back up, take down, put back, check, erase."""

import re
from pathlib import Path

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from noctiflora.core import NotFound, StoreBusy, StoreError
from noctiflora.store import Erased, backup, doctor, erase, restore
from noctiflora.web._form import Form
from noctiflora.web._page import go, page
from noctiflora.web._state import State, state_of
from noctiflora.web._uploads import receive
from noctiflora.web._words import say as _

router = APIRouter(include_in_schema=False)

ERASE_WORD = "erase"
FOLDER = "backups"
_NAME = re.compile(r"noctiflora-\d{4}-\d{2}-\d{2}(-\d{1,3})?\.backup")


def kept_backups(state: State) -> tuple[str, ...]:
    """Return the names of the backups made here, newest first."""
    if "://" in state.shelf.database:
        return ()
    folder = state.file.parent / FOLDER
    names = [p.name for p in folder.iterdir() if _NAME.fullmatch(p.name)] if folder.is_dir() else []
    return tuple(sorted(names, reverse=True))


@router.post("/data/backup")
def make(request: Request, form: Form) -> Response:
    """Write a backup beside the database, opened and checked; encrypted where a passphrase is given."""
    state = state_of(request)
    folder = state.file.parent / FOLDER
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise StoreError("the folder of backups cannot be made", where=str(folder), do="check its rights") from error
    stem = f"noctiflora-{state.own_today().isoformat()}"
    free = (f"{stem}{'' if n == 1 else f'-{n}'}.backup" for n in range(1, 1000))
    target = folder / next(name for name in free if not (folder / name).exists())
    backup(state.shelf.store(), target, passphrase=form.text("passphrase") or None)
    return go("/data", said="backed-up")


@router.get("/data/backups/{name}")
def take(request: Request, name: str) -> Response:
    """Hand out one backup."""
    state = state_of(request)
    if name not in kept_backups(state):
        raise NotFound("there is no such backup", do="see the list of backups")
    return FileResponse(_path(state, name), filename=name, media_type="application/vnd.sqlite3")


def _path(state: State, name: str) -> Path:
    return state.file.parent / FOLDER / name


@router.post("/data/restore")
async def put_back(request: Request) -> Response:
    """Put a backup in the place of the database; what was there is kept beside it."""
    state = state_of(request)
    received = await receive(request, state.uploads)
    name, words = received.fields.get("name", ""), received.fields.get("passphrase") or None
    try:
        if received.files:
            await run_in_threadpool(_restore, state, received.files[0], words)
        elif name in kept_backups(state):
            await run_in_threadpool(_restore, state, _path(state, name), words)
        else:
            return go("/data", said="no-file")
    finally:
        state.uploads.drop(received.folder)
    return go("/data", said="restored")


def _restore(state: State, path: Path, passphrase: str | None) -> None:
    with state.shelf.alone():
        _quiet(state)
        restore(path, state.file, passphrase=passphrase)
    state.sample = None


def _quiet(state: State) -> None:
    """Refuse while work goes on, then close the store."""
    if state.jobs.running():
        raise StoreBusy("other work is still going on", do="wait until it is done, or stop it, then try again")
    state.shelf.put_away()


@router.get("/data/check")
def check(request: Request) -> Response:
    """Show whether the database is sound."""
    return page(request, "check.html", place="data", checks=doctor(state_of(request).shelf.database))


@router.get("/data/erase")
def ask(request: Request) -> Response:
    """Ask before everything is erased."""
    return page(request, "erase.html", place="data", word=ERASE_WORD, copies=False)


@router.post("/data/erase")
def erase_all(request: Request, form: Form) -> Response:
    """Erase everything, once the word was typed."""
    state = state_of(request)
    copies = form.text("copies") == "1"
    if form.text("word").lower() != ERASE_WORD:
        form.wrong("word", _("Type the word %(word)s, or go back.", word=ERASE_WORD))
        return page(request, "erase.html", status=422, place="data", errors=form.errors, word=ERASE_WORD, copies=copies)
    state.sample = None
    state.uploads.clear()
    return page(request, "erased.html", place="data", erased=_erase(state, copies=copies))


def _erase(state: State, *, copies: bool) -> Erased:
    file = state.file
    with state.shelf.alone():
        _quiet(state)
        return erase(file, copies=copies)
