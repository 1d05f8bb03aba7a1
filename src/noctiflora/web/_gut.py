"""Stool tests: taken in, read with what is not sure, kept, held against others, compared."""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from noctiflora.actions import (
    CANNOT_TELL,
    GutFile,
    GutScores,
    KeptSample,
    compare_kept,
    current_scores,
    keep_gut,
    read_gut,
    remember,
    score_gut,
    shown_guts,
)
from noctiflora.core import InputError, NotFound
from noctiflora.gut import Content, Rank, Unit
from noctiflora.web._form import Filled, Form
from noctiflora.web._gut_view import sample_view
from noctiflora.web._jobs import Job
from noctiflora.web._page import go, page
from noctiflora.web._state import State, state_of
from noctiflora.web._uploads import receive
from noctiflora.web._words import say as _

router = APIRouter(include_in_schema=False)
MOST_BYTES = 512 << 20
"""Files larger than this in all are those of a study (assumed; 100 MB to 1 GB)."""
MOST_CHANGES = 20
MOST_WORDS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """Files as read, not kept; they lie in their folder until they are kept or dropped.

    Parameters
    ----------
    folder : Path
        Private folder of the files.
    paths : tuple of Path
        The files.
    files : tuple of GutFile
        What became of them.
    scores : mapping of str to GutScores
        Of tables of genes, by the file's name.
    unscored : mapping of str to str
        Why a table of genes cannot be scored, by the file's name.
    told : mapping of str to str
        What the person said of them.
    """

    folder: Path
    paths: tuple[Path, ...]
    files: tuple[GutFile, ...]
    scores: Mapping[str, GutScores]
    unscored: Mapping[str, str]
    told: Mapping[str, str]


@router.get("/gut")
def gut(request: Request) -> Response:
    """Show the stool tests that are kept, and the way in."""
    return _front(request, state_of(request), Filled({}))


def _front(request: Request, state: State, form: Filled, *, status: int = 200, refusal: str = "") -> Response:
    kept = shown_guts(state.store, today=state.today())
    samples = [
        (f"{i}-{j}", f"{k.reading.name}, {name}" if len(k.reading.sample_ids) > 1 else k.reading.name)
        for i, k in enumerate(kept)
        for j, name in enumerate(k.reading.sample_ids)
    ]
    return page(
        request,
        "gut.html",
        status=status,
        place="gut",
        kept=list(reversed(list(enumerate(kept)))),
        samples=samples[:200],
        form=form,
        errors=tuple(form.errors),
        refusal=refusal,
        cannot=CANNOT_TELL,
    )


@router.post("/gut/upload")
async def upload(request: Request) -> Response:
    """Take files in and read them in the background; nothing is kept yet."""
    state = state_of(request)
    received = await receive(request, state.uploads)
    if not received.files:
        state.uploads.drop(received.folder)
        return go("/gut", said="no-file")
    if sum(path.stat().st_size for path in received.files) > MOST_BYTES:
        state.uploads.drop(received.folder)
        words = _("These files are larger than a stool test can be: 512 MB at most.")
        return _front(request, state, Filled({}), status=422, refusal=words)
    return _read(state, received.folder, received.files, {})


def _read(state: State, folder: Path, paths: tuple[Path, ...], told: Mapping[str, str]) -> Response:
    def work(job: Job) -> Read:
        try:
            job.tell(_("Reading %(file)s", file=paths[0].name))
            files = read_gut(
                paths,
                unit=Unit(told["unit"]) if told.get("unit") else None,
                rank=Rank(told["rank"]) if told.get("rank") else None,
                region=told.get("region") or None,
                site=told.get("site") or None,
            )
            scores, unscored = _scores(paths, files)
            return Read(folder=folder, paths=paths, files=files, scores=scores, unscored=unscored, told=told)
        except BaseException:
            state.uploads.drop(folder)
            raise

    try:
        job = state.jobs.start(_("Reading your stool test"), work, result_path="/gut/read/{key}")
    except BaseException:
        state.uploads.drop(folder)
        raise
    return go(f"/jobs/{job.key}")


def _scores(paths: tuple[Path, ...], files: tuple[GutFile, ...]) -> tuple[dict[str, GutScores], dict[str, str]]:
    """Score the modules of tables of genes, and of nothing else; return scores and refusals by the file's name."""
    genes = {f.name for f in files if f.reading is not None and f.reading.content is Content.GENES}
    scores: dict[str, GutScores] = {}
    refused: dict[str, str] = {}
    for path in (p for p in paths if p.name in genes):
        try:
            scores[path.name] = score_gut(path)
        except InputError as error:
            refused[path.name] = str(error)
    return scores, refused


@router.get("/gut/read/{key}")
def read(request: Request, key: str, sample: int = 0) -> Response:
    """Show what was read, how sure it is, and what it cannot tell."""
    state = state_of(request)
    return _shown(request, state, key, Filled({}), sample=sample)


def _shown(request: Request, state: State, key: str, form: Filled, *, sample: int = 0, status: int = 200) -> Response:
    found = _result(state, key)
    rows = [
        (
            file,
            sample_view(file.reading, sample, age_years=_age(state)) if file.reading else None,
            _modules(found.scores[file.name]) if file.name in found.scores else (),
        )
        for file in found.files
    ]
    return page(
        request,
        "gut_read.html",
        status=status,
        place="gut",
        key=key,
        rows=rows,
        told=found.told,
        form=form,
        errors=tuple(form.errors),
        keepable=bool(found.scores) or any(v is not None and v.placed is not None for _f, v, _m in rows),
        unscored=found.unscored,
        units=[u.value for u in Unit if u is not Unit.UNKNOWN],
        ranks=[r.value for r in Rank if r is not Rank.OTHER],
        cannot=CANNOT_TELL,
        which=sample,
    )


def _modules(done: GutScores) -> tuple[dict[str, object], ...]:
    """Return the module scores of the first sample of a table of genes."""
    scores = done.scores
    return tuple(
        {
            "name": module.name,
            "status": scores.status(i, 0).value,
            "score": None if math.isnan(float(scores.scores[i, 0])) else float(scores.scores[i, 0]),
            "coverage": None if math.isnan(float(scores.coverage[i, 0])) else float(scores.coverage[i, 0]),
        }
        for i, module in enumerate(done.modules)
    )


@router.post("/gut/read/{key}")
def overrule(request: Request, key: str, form: Form) -> Response:
    """Read the files again with what the person knows better."""
    state = state_of(request)
    found = _result(state, key)
    told = {
        "unit": form.choice("unit", [u.value for u in Unit]),
        "rank": form.choice("rank", [r.value for r in Rank]),
        "region": form.text("region")[:MOST_WORDS],
        "site": form.text("site")[:MOST_WORDS],
    }
    if form.errors:
        return _shown(request, state, key, form, status=422)
    state.jobs.forget(key)
    return _read(state, found.folder, found.paths, {name: value for name, value in told.items() if value})


@router.post("/gut/read/{key}/keep")
def keep(request: Request, key: str) -> Response:
    """Keep what was read and can bear a statement."""
    state = state_of(request)
    found = _result(state, key)
    paths = {path.name: path for path in found.paths}
    form, n = Filled({}), 0
    state.sample = None
    for file in found.files:
        if file.reading is None or file.reading.content is Content.NAMES:
            continue
        with paths[file.name].open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        try:
            keep_gut(state.shelf.store(), file.reading, sha256=digest)
            n += 1
        except InputError as error:
            form.refuse("", error)
    if not n:
        return _shown(request, state, key, form, status=422)
    state.uploads.drop(found.folder)
    state.jobs.forget(key)
    return go("/gut", said="kept")


@router.post("/gut/read/{key}/drop")
def drop(request: Request, key: str) -> Response:
    """Forget what was read."""
    state = state_of(request)
    state.uploads.drop(_result(state, key).folder)
    state.jobs.forget(key)
    return go("/gut", said="dropped")


@router.get("/gut/kept/{number}")
def kept(request: Request, number: int, sample: int = 0) -> Response:
    """Show one kept test."""
    state = state_of(request)
    tests = shown_guts(state.store, today=state.today())
    if not 0 <= number < len(tests):
        raise NotFound("there is no such stool test", do="see the list of those kept under /gut")
    one, age = tests[number], _age(state)
    what = ("gut sample", one.sha256, sample)
    stamp = (one.at, one.reading.told, age)
    view = remember(state.store, what, stamp, lambda: sample_view(one.reading, sample, age_years=age))
    shown = {"one": one, "view": view, "which": sample, "number": number, "cannot": CANNOT_TELL}
    return page(request, "gut_kept.html", status=200, place="gut", **shown)


@router.post("/gut/compare")
def compared(request: Request, form: Form) -> Response:
    """Show what changed between two kept samples beyond noise."""
    state = state_of(request)
    tests = shown_guts(state.store, today=state.today())
    known = {
        f"{i}-{j}": KeptSample(test=i, sample=j) for i, k in enumerate(tests) for j in range(len(k.reading.sample_ids))
    }
    before, after = form.choice("before", known), form.choice("after", known)
    if not form.errors and not (before and after):
        form.wrong("before", _("Choose two samples."))
    same_lab = form.text("same_lab") == "1"
    if not form.errors:
        try:
            found = compare_kept(tests, known[before], known[after], same_lab=same_lab)
            n = sum(c.beyond_noise for c in found.changes)
            shown = {"found": found, "n": n, "same_lab": same_lab, "most": MOST_CHANGES}
            return page(request, "gut_compared.html", status=200, place="gut", **shown)
        except InputError as error:
            form.refuse("after", error)
    return _front(request, state, form, status=422)


def _result(state: State, key: str) -> Read:
    found = state.jobs.get(key).result
    if not isinstance(found, Read):
        raise NotFound("there is no such stool test to keep", do="send it again; what was kept before is safe")
    return found


def _age(state: State) -> float | None:
    found = current_scores(state.store, today=state.today()).get("age_years")
    return None if found is None else found.value
