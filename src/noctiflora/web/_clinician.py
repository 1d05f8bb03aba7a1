"""The clinician's one page: chosen by the person, shown first, then printed or saved as PDF."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from noctiflora.actions import ClinicianPart, clinician_page, running_trial
from noctiflora.report import ClinicianPage, clinician_page_pdf
from noctiflora.web._form import Filled, Form
from noctiflora.web._jobs import Job
from noctiflora.web._page import go, page
from noctiflora.web._state import state_of
from noctiflora.web._trial_answer import answer_or_job, locked_trial
from noctiflora.web._trial_kit import file_answer
from noctiflora.web._words import say as _

router = APIRouter(include_in_schema=False)
MOST_NAME, MOST_WORDS = 60, 400
"""What fits the page: of the name, of reason and question, in characters."""


def part_words() -> list[tuple[str, str]]:
    """Return the parts that can be left out, in the order of the page."""
    return [
        (ClinicianPart.MEASURES.value, _("Sleep measures")),
        (ClinicianPart.NIGHTS.value, _("Drawing of the nights")),
        (ClinicianPart.SAFETY.value, _("Safety answers")),
        (ClinicianPart.SCORES.value, _("Questionnaires")),
        (ClinicianPart.TRIAL.value, _("The trial")),
        (ClinicianPart.HARMS.value, _("Unwanted effects")),
    ]


@router.get("/clinician")
def show(request: Request) -> Response:
    """Show the page with everything on it."""
    return _shown(request, Filled({part.value: ["1"] for part in ClinicianPart}))


@router.post("/clinician")
def choose(request: Request, form: Form) -> Response:
    """Show the page with what was chosen."""
    return _shown(request, form)


@router.post("/clinician/page.pdf")
def pdf(request: Request, form: Form) -> Response:
    """Send the same page as PDF."""
    made = _made(request, form)
    if isinstance(made, Job):
        return go(f"/jobs/{made.key}")
    return file_answer(clinician_page_pdf(made), name="sleep-summary.pdf", kind="application/pdf")


def _shown(request: Request, form: Filled) -> Response:
    made = _made(request, form)
    if isinstance(made, Job):
        return go(f"/jobs/{made.key}")
    ticked = [part.value for part in ClinicianPart if form.text(part.value) == "1"]
    return page(request, "clinician.html", place="clinician", sheet=made, form=form, parts=part_words(), ticked=ticked)


def _made(request: Request, form: Filled) -> ClinicianPage | Job:
    """Return the page, or the job that first reads the locked trial."""
    state = state_of(request)
    parts = tuple(part for part in ClinicianPart if form.text(part.value) == "1")
    result = None
    if ClinicianPart.TRIAL in parts and running_trial(state.store) is None and locked_trial(state) is not None:
        told = answer_or_job(request, "/clinician")
        if isinstance(told, Job):
            return told
        result = told.result
    return clinician_page(
        state.store,
        today=state.today(),
        parts=parts,
        name=form.text("name")[:MOST_NAME],
        reason=form.text("reason")[:MOST_WORDS],
        question=form.text("question")[:MOST_WORDS],
        made_up=state.sample is not None,
        result=result,
    )
