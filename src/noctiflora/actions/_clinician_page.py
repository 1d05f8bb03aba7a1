"""Gathers the clinician's one page: measures, nights, safety answers, and the trial as far as it may be told."""

import datetime as dt
from collections.abc import Collection
from enum import StrEnum

from noctiflora.actions._answer_gates import review_gates
from noctiflora.actions._clinician_trial import finished_blocks, running_blocks
from noctiflora.actions._keep_scores import current_scores
from noctiflora.actions._keep_trial import KeptTrial, kept_trials, running_trial
from noctiflora.actions._list_nights import list_nights
from noctiflora.actions._trial_record import TrialState
from noctiflora.actions._trial_result import SeasonResult
from noctiflora.intake import SCORES
from noctiflora.plan import GateReport, Reply
from noctiflora.report import Block, ClinicianPage
from noctiflora.report.chart import Table, raster, raster_figure
from noctiflora.sleep import Night, Spread, summarise
from noctiflora.store import Store

NIGHTS_DRAWN = 42
"""Nights of the drawing: six weeks fit half the width of an A4."""
_MINUS = "not measured"


class ClinicianPart(StrEnum):
    """What the person may include or leave out."""

    MEASURES = "measures"
    NIGHTS = "nights"
    SAFETY = "safety"
    SCORES = "scores"
    TRIAL = "trial"
    HARMS = "harms"


def clinician_page(
    store: Store,
    *,
    today: dt.date,
    parts: Collection[ClinicianPart] = tuple(ClinicianPart),
    name: str = "",
    reason: str = "",
    question: str = "",
    made_up: bool = False,
    result: SeasonResult | None = None,
) -> ClinicianPage:
    """Return the page.

    While a trial is under way, no night of it is summed up or drawn and its part tells adherence only.

    Parameters
    ----------
    store : Store
        The person's database.
    today : date
        Day of printing.
    parts : collection of ClinicianPart
        What to include.
    name, reason, question : str
        As the person wrote them; none of it is kept.
    made_up : bool
        Whether the person is generated.
    result : SeasonResult, optional
        Of the last locked season, as from `verdict_of_last`; without it the trial is told without its result.
    """
    kept = last_kept(store)
    under_way = kept is not None and kept.record.state is not TrialState.LOCKED
    nights = tuple(n for n in list_nights(store).nights if not n.nap)
    if kept is not None:
        nights = tuple(n for n in nights if n.date < kept.record.plan.first_night)
    gates = review_gates(store, today=today)
    drawn = nights[-NIGHTS_DRAWN:]
    rows = raster(drawn) if ClinicianPart.NIGHTS in parts else None
    left: list[Block] = []
    if ClinicianPart.MEASURES in parts:
        left.append(_measures(drawn, before="before the trial" if kept else ""))
    if ClinicianPart.SAFETY in parts:
        left.append(_safety(gates))
    if ClinicianPart.SCORES in parts:
        left.append(_scores(store, today))
    below: tuple[Block, ...] = ()
    if kept is not None and ClinicianPart.TRIAL in parts:
        if under_way or result is None:
            below = running_blocks(store, kept, today=today, harms=ClinicianPart.HARMS in parts)
        else:
            below = finished_blocks(kept.record, result, harms=ClinicianPart.HARMS in parts)
    return ClinicianPage(
        name=name.strip(),
        made_up=made_up,
        printed_on=today,
        reason=reason.strip(),
        question=question.strip(),
        left=tuple(left),
        raster=None if rows is None else raster_figure(rows),
        raster_heading=f"Nights{' before the trial' if kept else ''}",
        below=below,
        foot=_foot(kept, told=bool(below)),
    )


def last_kept(store: Store) -> KeptTrial | None:
    """Return the season under way, else the one that ended last, else None."""
    every = kept_trials(store)
    return running_trial(store) or (every[-1] if every else None)


def _measures(nights: tuple[Night, ...], *, before: str) -> Block:
    found = summarise(nights)
    where = f"Sleep {before}".strip()
    if not found.n_nights or found.first is None or found.last is None:
        return Block(heading=where, paragraphs=("No nights are recorded.",))
    span = (found.last - found.first).days + 1
    by = ", ".join(sorted({source.split(":")[0].split("/")[0] for source in found.sources}))
    rows = (
        _spread("Sleep onset latency", found.sol_min, "min"),
        _spread("Wake after sleep onset", found.waso_min, "min"),
        _spread("Total sleep time", found.tst_min, "min"),
        _spread("Sleep efficiency", found.se_pct, "%"),
        ("Mid-sleep", _MINUS, "")
        if found.midsleep is None
        else ("Mid-sleep", _clock(found.midsleep.mean_h), f"SD {60 * found.midsleep.sd_h:.0f} min"),
    )
    return Block(
        heading=f"{where} ({found.n_nights} of {span} nights; {by})",
        table=Table(caption=where, columns=("Measure", "Median", "Middle half"), rows=rows),
    )


def _spread(name: str, found: Spread | None, unit: str) -> tuple[str, ...]:
    if found is None:
        return (name, _MINUS, "")
    return (name, f"{found.median:.0f} {unit}", f"{found.q25:.0f}–{found.q75:.0f}")


def _clock(hour: float) -> str:
    minutes = round(60 * hour) % 1440
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _safety(gates: GateReport) -> Block:
    asked = len(gates.states)
    answered = [state for state in gates.states if state.reply is not None]
    dates = [state.answered for state in answered if state.answered is not None]
    when = f"; last {max(dates)}" if dates else ""
    fired = [s for s in answered if s.message and s.reply is not Reply.NO]
    points = tuple(f"{s.question} {'Yes' if s.reply is Reply.YES else 'Not sure'}." for s in fired)
    none = "No answer was yes or not sure." if answered else "None of the questions is answered."
    return Block(
        heading=f"Safety answers ({len(answered)} of {asked}{when})",
        points=points[:8] or (none,),
        paragraphs=(f"{len(points) - 8} more are in the app.",) if len(points) > 8 else (),
    )


def _scores(store: Store, today: dt.date) -> Block:
    found = current_scores(store, today=today)
    points = tuple(f"{SCORES[key].name}: {one.value:g} ({one.date})" for key, one in found.items() if key in SCORES)
    return Block(
        heading="Questionnaires, and what is not measured",
        points=points[:6] or ("No questionnaire score is entered.",),
        paragraphs=("Not measured by this app: polysomnography, dim-light melatonin onset, blood values.",),
    )


def _foot(kept: KeptTrial | None, *, told: bool) -> str:
    model = (
        "Trial model: Bayesian, autocorrelated nights and a slow exposure curve; prior from published trials. "
        if kept is not None and told
        else ""
    )
    return f"{model}Own records of one person. Education, not a medical device; no medicine was changed on its advice."
