"""The page of one strain or product: every trial, what it told, and how sure that is."""

from dataclasses import dataclass
from functools import lru_cache

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from noctiflora.actions import gather_evidence, review_gates
from noctiflora.core import NotFound, Outcome, Source
from noctiflora.evidence import (
    ClaimRow,
    Evidence,
    ForestLine,
    OptionEntry,
    PoolOutcome,
    PoolUnit,
    StrainPage,
    Tier,
    load_options,
    load_safety,
    points_factor,
    pool,
    source_names,
    strain_page,
)
from noctiflora.report.chart import Figure, ForestMark, Told, forest_figure
from noctiflora.trial import USEFUL
from noctiflora.web._page import page
from noctiflora.web._slug import slug
from noctiflora.web._state import state_of
from noctiflora.web._words import say as _

router = APIRouter(include_in_schema=False)
MOST_PAGES = 128
_TOLD = {
    Tier.INTERVAL: Told.INTERVAL,
    Tier.SIGNIFICANT_ONLY: Told.SIGNIFICANT,
    Tier.NOT_SIGNIFICANT: Told.NOT_SIGNIFICANT,
    Tier.NOTHING: Told.NOTHING,
}
_POOLED = (Told.POOLED, Told.NEW_PERSON, Told.REVIEW)
"""What the last three lines of a forest are, in its order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One strain with its drawing, its claims and its time course.

    Parameters
    ----------
    strain : StrainPage
        Everything known.
    figure : Figure
        Forest in tiers.
    course : tuple of (int, str, str)
        Day, trial with outcome, and what was told, of sleep as rated or measured.
    claims : tuple of ClaimRow
        Of the ledger, those that rest on one of its trials.
    option : OptionEntry or None
        What can be tried of it.
    sources : tuple of Source
        Of the pooled result.
    """

    strain: StrainPage
    figure: Figure
    course: tuple[tuple[int, str, str], ...]
    claims: tuple[ClaimRow, ...]
    option: OptionEntry | None
    sources: tuple[Source, ...]


@lru_cache(maxsize=MOST_PAGES)
def shown(evidence: Evidence, path: str) -> Shown:
    """Return what is shown of one product; the same evidence is worked out once in a process.

    Raises
    ------
    NotFound
        If no product has this path.
    """
    key = next((s.key for s in pool(evidence).strains if slug(s.key.name) == path), None)
    if key is None:
        raise NotFound("no strain or product stands under this address", do="see the list of all under /evidence")
    found = strain_page(evidence, key.name, useful=USEFUL[Outcome.EFFICIENCY].value)
    factor = points_factor(PoolOutcome.PSQI, PoolUnit.POINTS)
    own = {s.ref for row in evidence.trials if row.trial_id in {c.trial_id for c in found.trials} for s in row.sources}
    return Shown(
        strain=found,
        figure=forest_figure(
            _marks(found.forest, factor),
            unit=_("Points of the Pittsburgh Sleep Quality Index (0 to 21) gained"),
            useful=found.important_points,
        ),
        course=_course(found),
        claims=tuple(c for c in evidence.claims if own & {s.ref for s in c.sources}),
        option=next((o for o in load_options() if o.evidence_key == key.name), None),
        sources=found.pooled.sources,
    )


def _marks(lines: tuple[ForestLine, ...], factor: float) -> list[ForestMark]:
    trials, pooled = lines[: -len(_POOLED)], lines[-len(_POOLED) :]
    marks = []
    for line in trials:
        name, colon, why = line.label.rpartition(": ") if line.tier is Tier.NOTHING else (line.label, "", "")
        note = why if colon else {Tier.INTERVAL: _("a number with its error")}.get(line.tier, line.tier.value)
        marks.append(_mark(line, name or line.label, _TOLD[line.tier], factor, note=note))
    names = (_("This product, pooled"), _("A new person"), _("All probiotics"))
    notes = (_("model"), _("model"), _("a review of many trials"))
    marks += [
        _mark(line, name, told, factor, note=note)
        for line, name, told, note in zip(pooled, names, _POOLED, notes, strict=True)
    ]
    return marks


def _mark(line: ForestLine, name: str, told: Told, factor: float, *, note: str) -> ForestMark:
    def gain(value: float | None) -> float | None:
        return None if value is None else -factor * value

    return ForestMark(name=name, told=told, centre=gain(line.mean), low=gain(line.high), high=gain(line.low), note=note)


def _course(found: StrainPage) -> tuple[tuple[int, str, str], ...]:
    rows = [
        (told.days, f"{card.title}, {told.outcome}", told.told)
        for card in found.trials
        for told in card.outcomes
        if told.days and told.about.startswith("sleep")
    ]
    return tuple(sorted(rows))


@router.get("/evidence/strains/{path}")
def strain(request: Request, path: str) -> Response:
    """Show one strain or product."""
    state = state_of(request)
    evidence = gather_evidence(state.store)
    found = shown(evidence, path)
    gates = review_gates(state.store, today=state.today())
    kind = found.option.kind.value if found.option else None
    rules = [r for r in load_safety() if kind and any(kind in {s.value for s in e.scopes} for e in r.effects)]
    door = next((d for scope, d in gates.doors.items() if scope.value == kind), None)
    return page(
        request,
        "strain.html",
        place="evidence",
        s=found.strain,
        shown=found,
        points=points_factor(PoolOutcome.PSQI, PoolUnit.POINTS),
        names=source_names(evidence),
        rules=rules,
        door=door,
    )
