"""Evidence: what published trials found, pooled, and what the person added to it."""

from dataclasses import dataclass
from functools import lru_cache

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from noctiflora.actions import (
    AddedEvidence,
    add_evidence,
    evidence_summary,
    gather_evidence,
    list_added,
    remove_added,
)
from noctiflora.core import NotFound
from noctiflora.evidence import Evidence, PoolOutcome, PoolUnit, grade, points_factor, pool
from noctiflora.report import evidence_basis, evidence_drawing
from noctiflora.report.chart import Figure
from noctiflora.web._form import Form
from noctiflora.web._jobs import Job
from noctiflora.web._page import go, page
from noctiflora.web._slug import slug
from noctiflora.web._state import State, state_of
from noctiflora.web._uploads import receive
from noctiflora.web._words import say as _

router = APIRouter(include_in_schema=False)
MOST_BYTES = 8 << 20
"""A file of additions larger than this is none (assumed; a thousand trials need 2 MB)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One product of the pooled list, in PSQI points gained."""

    name: str
    path: str
    n_trials: int
    n_people: int | None
    told: str
    centre: float
    low: float
    high: float
    certainty: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pooled:
    """What the page shows of one state of the evidence."""

    figure: Figure | None
    basis: str
    note: str
    tried: tuple[Row, ...]
    untried: tuple[Row, ...]
    n_null: int
    n_nothing: int
    n_rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A file of additions, checked and not yet kept."""

    name: str
    data: bytes
    found: AddedEvidence


@lru_cache(maxsize=2)
def pooled_page(evidence: Evidence) -> Pooled:
    """Return what is shown of the evidence; the same evidence is worked out once in a process."""
    found = pool(evidence)
    factor = points_factor(PoolOutcome.PSQI, PoolUnit.POINTS)
    rows = []
    for strain in found.strains:
        counts, (low, high) = strain.reported, strain.effect.ci95
        rows.append(
            Row(
                name=f"{strain.label[:1].upper()}{strain.label[1:]}",
                path=slug(strain.key.name),
                n_trials=strain.n_trials,
                n_people=strain.n_people,
                told=_told(counts.exact + counts.from_p, counts.significant, counts.not_significant, counts.unusable),
                centre=round(-factor * strain.effect.mean, 1) + 0.0,
                low=round(-factor * high, 1) + 0.0,
                high=round(-factor * low, 1) + 0.0,
                certainty=grade(evidence, strain).level,
            )
        )
    summary = evidence_summary(evidence)
    return Pooled(
        figure=evidence_drawing(summary),
        basis=evidence_basis(summary),
        note=summary.note,
        tried=tuple(r for r in rows if r.n_trials),
        untried=tuple(r for r in rows if not r.n_trials),
        n_null=sum(s.reported.not_significant > 0 for s in found.strains),
        n_nothing=sum(s.reported.unusable > 0 for s in found.strains),
        n_rows=len(evidence.trials),
    )


def _told(number: int, yes: int, no: int, nothing: int) -> str:
    parts = [
        _("%(n)s with a number", n=number) if number else "",
        _("%(n)s only “significant”", n=yes) if yes else "",
        _("%(n)s only “not significant”", n=no) if no else "",
        _("%(n)s nothing usable", n=nothing) if nothing else "",
    ]
    return "; ".join(p for p in parts if p)


@router.get("/evidence")
def evidence(request: Request) -> Response:
    """Show the pooled evidence."""
    return _shown(request, state_of(request))


def _shown(request: Request, state: State, *, refusal: str = "", status: int = 200) -> Response:
    added = [
        {
            "id": d.addition_id,
            "about": str(d.body.get("strains") or d.body.get("strain") or ""),
            "doi": str(d.body.get("doi") or ""),
            "file": d.file,
            "at": d.at.date(),
        }
        for d in list_added(state.store)
    ]
    return page(
        request,
        "evidence.html",
        status=status,
        place="evidence",
        found=pooled_page(gather_evidence(state.store)),
        added=added,
        refusal=refusal,
    )


@router.post("/evidence/add")
async def add(request: Request) -> Response:
    """Take a file of additions in and check it in the background; nothing is kept yet."""
    state = state_of(request)
    received = await receive(request, state.uploads)
    try:
        if not received.files:
            return go("/evidence", said="no-file")
        path = received.files[0]
        if path.stat().st_size > MOST_BYTES:
            return _shown(request, state, refusal=_("This file is too large to be one of trials."), status=422)
        name, data = path.name, path.read_bytes()
    finally:
        state.uploads.drop(received.folder)

    def work(job: Job) -> Checked:
        job.tell(_("Checking %(file)s and pooling anew", file=name))
        return Checked(name=name, data=data, found=add_evidence(state.store, data, file=name, keep=False))

    job = state.jobs.start(_("Checking your additions"), work, result_path="/evidence/added/{key}")
    return go(f"/jobs/{job.key}")


@router.get("/evidence/added/{key}")
def checked(request: Request, key: str) -> Response:
    """Show what a file of additions holds and how it moves the result."""
    found = _checked(state_of(request), key)
    factor = points_factor(PoolOutcome.PSQI, PoolUnit.POINTS)
    shown = {"file": found.name, "found": found.found, "key": key, "factor": factor}
    return page(request, "evidence_added.html", status=200, place="evidence", **shown)


@router.post("/evidence/added/{key}/keep")
def keep(request: Request, key: str) -> Response:
    """Keep what was shown."""
    state = state_of(request)
    found = _checked(state, key)
    add_evidence(state.store, found.data, file=found.name, keep=True)
    state.jobs.forget(key)
    return go("/evidence", said="added")


@router.post("/evidence/added/{key}/drop")
def drop(request: Request, key: str) -> Response:
    """Forget what was shown."""
    state_of(request).jobs.forget(key)
    return go("/evidence", said="dropped")


@router.post("/evidence/remove")
def remove(request: Request, form: Form) -> Response:
    """Forget one addition that was kept."""
    if not remove_added(state_of(request).store, form.text("id")):
        raise NotFound("nothing of this name was added", do="see the list of what you added under /evidence")
    return go("/evidence", said="removed")


def _checked(state: State, key: str) -> Checked:
    found = state.jobs.get(key).result
    if not isinstance(found, Checked):
        raise NotFound("there is no such file to keep", do="send it again; what was kept before is safe")
    return found
