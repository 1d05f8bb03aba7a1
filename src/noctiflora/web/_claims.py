"""The claims ledger: what is said of gut and sleep, and what may be said instead."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from noctiflora.actions import gather_evidence
from noctiflora.core import NotFound
from noctiflora.evidence import ClaimRow, load, source_names
from noctiflora.web._page import page
from noctiflora.web._state import state_of

router = APIRouter(include_in_schema=False)
STATUSES = ("supported", "partly", "contested", "unsupported", "not testable")
CERTAINTIES = ("high", "moderate", "low", "very low")
MARKS = {"supported": "good", "unsupported": "bad"}


@router.get("/claims")
def claims(request: Request, status: str = "", certainty: str = "", find: str = "") -> Response:
    """Show the ledger, whole or by status, certainty and words; each view has its address."""
    chosen, sure = status.replace("-", " "), certainty.replace("-", " ")
    if (chosen and chosen not in STATUSES) or (sure and sure not in CERTAINTIES):
        raise NotFound("there is no such view of the ledger", do="see the whole ledger under /claims")
    every = load().claims
    rows = [c for c in every if (not chosen or c.status.value == chosen) and (not sure or c.certainty.value == sure)]
    words = find.casefold().split()
    rows = [c for c in rows if all(word in _text(c) for word in words)]
    questions = load().questions
    return page(
        request,
        "claims.html",
        place="claims",
        rows=rows,
        n_all=len(every),
        chosen=chosen,
        sure=sure,
        find=find,
        statuses=[(s, sum(c.status.value == s for c in every)) for s in STATUSES],
        certainties=[(s, sum(c.certainty.value == s for c in every)) for s in CERTAINTIES],
        marks=MARKS,
        level={name: 4 - k for k, name in enumerate(CERTAINTIES)},
        questions=questions if not (chosen or sure or find) else (),
        names=source_names(gather_evidence(state_of(request).store)),
    )


def _text(claim: ClaimRow) -> str:
    parts = (claim.claim_id, claim.claim_paraphrase, claim.corrected_statement, claim.literature_says)
    return " ".join(parts).casefold()
