"""Findings: what one's own data show, for and against."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from noctiflora.actions import (
    change_stamp,
    current_scores,
    gather_evidence,
    gut_bands,
    list_findings,
    list_pathways,
    remember,
    review_gates,
    shown_guts,
)
from noctiflora.core import Source
from noctiflora.evidence import source_names
from noctiflora.gut import Place
from noctiflora.plan import Finding, Group, PathwayFinding
from noctiflora.report.chart import Band, Figure, strip_figure
from noctiflora.web._page import page
from noctiflora.web._safety import help_page
from noctiflora.web._state import State, state_of
from noctiflora.web._words import say as _

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of the page: a finding, or a pathway with its signs.

    Parameters
    ----------
    key, heading, number, text : str
        As shown.
    group : Group
        Where it stands.
    certainty : int
        0 to 4.
    would_change : str
        What would change it; empty where not said.
    sources : tuple of Source
        What it rests on.
    pathway : PathwayFinding or None
        With its signs, where it is one.
    figure : Figure or None
        Strip with the laboratory's noise, where there is one.
    """

    key: str
    heading: str
    number: str
    text: str
    group: Group
    certainty: int
    would_change: str
    sources: tuple[Source, ...]
    pathway: PathwayFinding | None = None
    figure: Figure | None = None


@router.get("/findings")
def findings(request: Request) -> Response:
    """Show what may bear on one's sleep, and what shows no sign."""
    state = state_of(request)
    stop = help_page(request, review_gates(state.store, today=state.today()))
    if stop is not None:
        return stop
    lines = _lines(state)
    groups = [(_heading(group), [line for line in lines if line.group is group]) for group in Group]
    return page(
        request,
        "findings.html",
        place="findings",
        groups=groups,
        n={group.name: len(members) for group, (_name, members) in zip(Group, groups, strict=True)},
        n_all=len(lines),
        names=source_names(gather_evidence(state.store)),
        stool=bool(shown_guts(state.store, today=state.today())),
        some_nights=bool(state.store.imports.list()),
    )


def _heading(group: Group) -> str:
    return group.value[:1].upper() + group.value[1:]


def _lines(state: State) -> tuple[Line, ...]:
    store, today = state.store, state.today()
    return remember(store, ("findings page", today), change_stamp(store), lambda: _gathered(state))


def _gathered(state: State) -> tuple[Line, ...]:
    store, today = state.store, state.today()
    age = current_scores(store, today=today).get("age_years")
    pathways = list_pathways(store, today=today)
    bands = gut_bands(store, today=today, age_years=None if age is None else age.value)
    names = {pathway.pathway for pathway in pathways}
    own = [_of_finding(f) for f in list_findings(store, today=today) if f.key not in names]
    return (*own, *(_of_pathway(p, bands, k) for k, p in enumerate(pathways)))


def _of_finding(found: Finding) -> Line:
    return Line(
        key=found.key,
        heading=found.heading,
        number=found.number,
        text=found.text,
        group=found.group,
        certainty=found.certainty,
        would_change=found.would_change,
        sources=found.sources,
    )


def _of_pathway(found: PathwayFinding, bands: Mapping[str, tuple[Place, ...]], number: int) -> Line:
    seen = {signal.path_id for signal in found.signals}
    of = len(seen) + len(found.not_measured)
    placed = [place for path_id in sorted(seen) for place in bands.get(path_id, ())]
    strips = [Band(name=p.taxon, low=p.low, high=p.high, words=p.level.value) for p in placed]
    where = list(dict.fromkeys(f"{u.kind}, {u.where}" for u in found.not_measured))
    return Line(
        key=found.pathway,
        heading=found.heading,
        number=_("%(n)s of %(of)s things that could be seen were looked at", n=len(seen), of=of) if seen else "",
        text=found.known,
        group=found.group,
        certainty=found.certainty,
        would_change=_("Not looked at yet, and where it could be seen: %(places)s.", places="; ".join(where))
        if where
        else "",
        sources=found.sources,
        pathway=found,
        figure=strip_figure(strips, key=f"strip-{number}", title=_("Where your stool test lies among others"))
        if strips
        else None,
    )
