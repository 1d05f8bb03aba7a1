"""The verdict, its report after CENT 2015, and the summary that may be shared."""

import datetime as dt
import json
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from noctiflora.actions import NEXT, cent_report, share_trial, verdict_lines, verdict_report
from noctiflora.core import InputError, NotFound
from noctiflora.report import verdict_view
from noctiflora.report.chart import Table
from noctiflora.trial import Arm, EntryKind, Posterior, Status
from noctiflora.web._form import Filled, Form
from noctiflora.web._jobs import Job
from noctiflora.web._page import go, page
from noctiflora.web._state import state_of
from noctiflora.web._trial import order_rows
from noctiflora.web._trial_answer import Told, answer_or_job
from noctiflora.web._trial_kit import file_answer
from noctiflora.web._words import say as _

router = APIRouter(include_in_schema=False)
_LOW, _HIGH = 0.05, 0.95
PLAIN_LINES = ("What now", "Verdict", "Chances", "Doses", "Nights", "Guesses", "Note")
"""Lines that the page says in its own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Summary:
    """What would be shared, as one text."""

    text: str


@router.get("/trial/verdict")
def verdict(request: Request) -> Response:
    """Show the verdict, or the work that writes it."""
    told = answer_or_job(request, "/trial/verdict")
    if isinstance(told, Job):
        return go(f"/jobs/{told.key}")
    state = state_of(request)
    record, result = told.kept.record, told.result
    view = verdict_view(verdict_report(state.store, told.kept, result, today=state.today()))
    if view is None:
        raise NotFound("this trial has no verdict", do="see how the trial stands, on the page Trial")
    lines = [line for line in verdict_lines(record, result) if line.what not in PLAIN_LINES]
    return page(
        request,
        "trial_verdict.html",
        place="trial",
        view=view,
        plan=record.plan,
        dates=_span(record.plan.first_night, record.plan.last_night),
        result=result,
        readings=readings(told),
        order=order_rows(told.kept),
        lines=[line for line in lines if line.what not in _READINGS],
        next=NEXT[result.verdict.word],
        effects=_effects(told),
        commitment="" if record.sealed is None else record.sealed.commitment,
    )


def _span(first: dt.date, last: dt.date) -> str:
    from babel.dates import format_date

    pattern = "d MMMM" if first.year == last.year else "d MMMM y"
    ends = (format_date(first, pattern, locale="en_GB"), format_date(last, "d MMMM y", locale="en_GB"))
    return _("%(first)s to %(last)s", first=ends[0], last=ends[1])


_READINGS = {
    "evidence prior": "As planned",
    "sceptical prior": "A sceptic’s starting point",
    "vague prior": "Ignoring published trials",
    "as assigned": "As assigned, doses taken or not",
    "first nights of each bottle left out": "Without the first nights of each bottle",
    "fast onset and wash-out": "If it acts and fades fast",
    "middling onset and wash-out": "If it acts and fades at middling speed",
    "slow onset and wash-out": "If it acts and fades slowly",
}
"""Names of the analyses on the person's page, by their names in the lines of the verdict."""


def readings(told: Told) -> Table:
    """Return the table of the same nights read in other ways."""
    found, plan = told.result, told.kept.record.plan
    every = {
        "evidence prior": found.evidence,
        "sceptical prior": found.sceptical,
        "vague prior": found.vague,
        "as assigned": found.assigned,
        "first nights of each bottle left out": found.dropped,
        **{f"{name} onset and wash-out": p for name, p in found.by_kinetics.items()},
    }
    against = _("placebo") if plan.blinded else _("without it")
    return Table(
        caption=_("Better by, in %(unit)s a night", unit=plan.outcome.unit),
        columns=(_("Reading"), _("Centre"), _("90 in 100"), _("Better than %(what)s", what=against)),
        rows=tuple(_reading(_READINGS[name], one) for name, one in every.items()),
    )


def _reading(name: str, found: Posterior) -> tuple[str, ...]:
    if found.status is Status.NOT_CONVERGED:
        return (name, _("not computed"), "", "")
    q = found.theta.q
    sign = 1 if found.higher_is_better else -1
    low, high = sorted((sign * q[_LOW], sign * q[_HIGH]))
    words = (f"{sign * q[0.5]:.1f}", f"{low:.1f} to {high:.1f}", f"{100 * found.p_benefit:.0f} of 100")
    return (name, *(word.replace("-", "−") for word in words))


def _effects(told: Told) -> list[tuple[str, str, str]]:
    """Return unwanted effects with the number of nights on product and without it."""
    record = told.kept.record
    if record.order is None:
        return []
    counted: dict[tuple[str, str], list[int]] = {}
    for entry in record.entries:
        if entry.kind is EntryKind.ADVERSE:
            with_it = record.order.arms[record.plan.bottle_of(max(1, entry.night))] is Arm.PRODUCT
            counted.setdefault((entry.text, entry.value), [0, 0])[0 if with_it else 1] += 1
    return [(f"{text} ({severity})", str(a), str(b)) for (text, severity), (a, b) in counted.items()]


@router.get("/trial/report.md")
def report(request: Request) -> Response:
    """Send the report after CENT 2015 as a text file."""
    told = answer_or_job(request, "/trial/verdict")
    if isinstance(told, Job):
        return go(f"/jobs/{told.key}")
    text = cent_report(told.kept.record, told.result)
    return file_answer(text.encode(), name="trial-report.md", kind="text/markdown; charset=utf-8")


@router.get("/trial/share")
def share(request: Request) -> Response:
    """Ask what the summary needs; nothing is sent anywhere."""
    return _share(request, Filled({}))


def _share(request: Request, form: Filled, *, status: int = 200) -> Response:
    told = answer_or_job(request, "/trial/share")
    if isinstance(told, Job):
        return go(f"/jobs/{told.key}")
    values = {"form": form, "errors": tuple(form.errors), "plan": told.kept.record.plan}
    return page(request, "trial_share.html", status=status, place="trial", **values)


@router.post("/trial/share")
def summarise(request: Request, form: Form) -> Response:
    """Work the summary out, then show all that is in it."""
    state = state_of(request)
    strain, doi = form.text("strain")[:200] or None, form.text("doi")[:200] or None
    agreed = form.text("agreed") == "1"

    def work(job: Job) -> object:
        job.tell(_("Taking the prior out, so that only your nights speak"))
        try:
            document = share_trial(state.store, strain=strain, doi=doi, agreed_before=agreed)
        except InputError as error:
            raise type(error)(error.what, do=_("go back and name the strain or substance")) from None
        return _Summary(text=json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1) + "\n")

    job = state.jobs.start(_("Writing the summary"), work, result_path="/trial/share/{key}")
    return go(f"/jobs/{job.key}")


def _summary(request: Request, key: str) -> _Summary:
    found = state_of(request).jobs.get(key).result
    if not isinstance(found, _Summary):
        raise NotFound("this summary is no longer known", do="make it again; nothing was sent")
    return found


@router.get("/trial/share/{key}")
def preview(request: Request, key: str) -> Response:
    """Show exactly what would be shared."""
    return page(request, "trial_shared.html", place="trial", key=key, text=_summary(request, key).text)


@router.get("/trial/share/{key}/summary.json")
def summary_file(request: Request, key: str) -> Response:
    """Send the summary as a file."""
    data = _summary(request, key).text.encode()
    return file_answer(data, name="trial-summary.json", kind="application/json")
