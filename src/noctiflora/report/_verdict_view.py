"""What a page shows of a finished trial: its card, its charts, its effect in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from noctiflora.report._data import ReportData
from noctiflora.report._effect import Measure, measure_of
from noctiflora.report._mixture import of_posterior
from noctiflora.report._science import effect_curves
from noctiflora.report._veil import shown
from noctiflora.report._verdict import Card, card, effect_sentence
from noctiflora.report.chart import (
    Dated,
    Figure,
    TrialPeriod,
    curves_figure,
    dots,
    dots_figure,
    trial_chart,
    trial_figure,
)
from noctiflora.trial import Arm, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictView:
    """A verdict ready for a page.

    Parameters
    ----------
    card : Card
        The verdict card.
    effect : str
        The effect in one sentence; empty where it cannot be vouched for.
    unit, explanation : str
        Unit of the axes, and what a point of it is; may be empty.
    figures : mapping of str to Figure or None
        ``dots``, ``curves`` and ``trial``.
    """

    card: Card
    effect: str
    unit: str
    explanation: str
    figures: Mapping[str, Figure | None]


def verdict_view(data: ReportData) -> VerdictView | None:
    """Return what is shown of the verdict in `data`, or None where there is none."""
    design = data.design
    if design is None or data.verdict is None:
        return None
    measure = measure_of(design.outcome, shown(data).summed)
    made = card(data, measure)
    assert made is not None
    return VerdictView(
        card=made,
        effect=effect_sentence(data, measure),
        unit=measure.axis_unit,
        explanation=measure.explanation,
        figures=trial_figures(data, measure),
    )


def trial_figures(data: ReportData, measure: Measure) -> dict[str, Figure | None]:
    """Return the charts of a finished trial by name; None where one cannot be drawn."""
    trial, design = data.trial, data.design
    if trial is None or design is None:
        return {"dots": None, "curves": None, "trial": None}
    unit = measure.axis_unit
    found = effect_curves(data)
    periods = [
        TrialPeriod(
            first=p.start,
            last=p.end,
            words=_arm_words(p.arm, blinded=design.blinded),
            with_product=p.arm is Arm.PRODUCT,
        )
        for p in design.compared
    ]
    by_period = trial_chart(
        [Dated(date=n.date, y=n.y) for n in trial.series],
        periods,
        higher_is_better=design.outcome.higher_is_better,
    )
    unit_short = "%" if design.unit == "points" else design.unit
    settled = trial.posterior.status is Status.CONVERGED
    return {
        "dots": dots_figure(dots(of_posterior(trial.posterior), design.useful), comparison=design.comparison, unit=unit)
        if settled
        else None,
        "curves": None if found is None else curves_figure(found, unit=unit),
        "trial": None if by_period is None else trial_figure(by_period, name=design.outcome.label, unit=unit_short),
    }


def _arm_words(arm: Arm | None, *, blinded: bool) -> str:
    if arm is Arm.PRODUCT:
        return "product"
    if arm is Arm.RUN_IN:
        return "run-in"
    return "placebo" if blinded else "without"
