"""The read-only API: one's own data as JSON for one's own programs."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request

from noctiflora.actions import (
    drawn_nights,
    gather_evidence,
    list_findings,
    list_options,
    review_gates,
    trial_status,
)
from noctiflora.evidence import PoolOutcome, PoolUnit, pool, pooled_dict
from noctiflora.sleep import night_dict
from noctiflora.web._api_models import (
    ErrorOut,
    FindingOut,
    GateOut,
    GatesOut,
    NightOut,
    NightsOut,
    OptionOut,
    OptionsOut,
    PoolOut,
    TrialOut,
)
from noctiflora.web._state import state_of

MOST_NIGHTS = 100_000
REFUSALS = (400, 403, 404, 405, 413, 421, 422, 500, 501, 503, 507)

router = APIRouter(prefix="/api", tags=["own data"], responses={code: {"model": ErrorOut} for code in REFUSALS})


@router.get("/nights")
def nights(
    request: Request,
    last: Annotated[int, Query(ge=1, le=MOST_NIGHTS, description="Only this many, the newest.")] = MOST_NIGHTS,
) -> NightsOut:
    """Nights and naps in order of date; during a trial, those that may be seen."""
    state = state_of(request)
    found = drawn_nights(state.store, today=state.today())
    both = sorted((*found.nights, *found.naps), key=lambda n: (n.date, n.nap))[-last:]
    return NightsOut(nights=[NightOut.model_validate(night_dict(n)) for n in both], veiled=found.hidden)


@router.get("/findings")
def findings(request: Request) -> list[FindingOut]:
    """What may bear on one's sleep."""
    state = state_of(request)
    if review_gates(state.store, today=state.today()).crisis:
        return []
    return [FindingOut.model_validate(f) for f in list_findings(state.store, today=state.today())]


@router.get("/options")
def options(request: Request) -> OptionsOut:
    """What is worth trying; what the safety questions close stands last, with the reason."""
    state = state_of(request)
    found = list_options(state.store, today=state.today())
    crisis = found.gates.crisis
    return OptionsOut(
        outcome=found.outcome.value,
        instrument=found.instrument.value,
        useful=found.useful,
        crisis=crisis,
        options=[] if crisis else [OptionOut.model_validate(o) for o in found.options],
    )


@router.get("/gates")
def gates(request: Request) -> GatesOut:
    """How the safety questions stand."""
    state = state_of(request)
    found = review_gates(state.store, today=state.today())
    return GatesOut(
        doors={scope.value: door.value for scope, door in found.doors.items()},
        crisis=found.crisis,
        unanswered=list(found.unanswered),
        reviewed_by_clinician=found.reviewed_by_clinician,
        gates=[
            GateOut(
                gate_id=s.gate_id,
                question=s.question,
                reply=None if s.reply is None else s.reply.value,
                doors={scope.value: door.value for scope, door in s.doors.items()},
                message=s.message,
                urgency=s.urgency,
            )
            for s in found.states
        ],
    )


@router.get("/trial")
def trial(request: Request) -> TrialOut:
    """How the season under way, or the last one, stands."""
    state = state_of(request)
    return TrialOut.model_validate(trial_status(state.store, now=state.now(), today=state.today()))


@router.get("/evidence/pool")
def pooled(
    request: Request,
    outcome: Annotated[PoolOutcome, Query(description="Questionnaire in whose points an effect is told.")] = (
        PoolOutcome.PSQI
    ),
    unit: Annotated[PoolUnit, Query(description="Points of the questionnaire, or SMD.")] = PoolUnit.SMD,
) -> PoolOut:
    """What pooling makes of the published trials."""
    known = gather_evidence(state_of(request).store)
    return PoolOut.model_validate(pooled_dict(known, pool(known), outcome=outcome, unit=unit))
