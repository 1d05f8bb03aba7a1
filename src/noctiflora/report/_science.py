"""The evidence and the method as a report shows them: rows, numbers, plain sentences."""

import math
from collections.abc import Callable, Iterator

from noctiflora.report._data import DesignSummary, EvidenceSummary, Interval, ReportData, TrialSummary
from noctiflora.report._effect import Measure
from noctiflora.report._mixture import of_posterior, of_predictive, with_vague
from noctiflora.report._words import count, number, of_100
from noctiflora.report.chart import Curves, Figure, Mark, Row, curves, evidence_chart, evidence_figure
from noctiflora.trial import Posterior, Status

_PSQI = "Points of the Pittsburgh Sleep Quality Index (0 to 21) gained"
_SMD = "Gain in standard deviations of a sleep score"


def evidence_rows(evidence: EvidenceSummary) -> tuple[Row, ...]:
    """Return the intervals of the evidence with better to the right.

    In PSQI points where the conversion is known, else in standard deviations.
    """
    factor = evidence.psqi_sd if evidence.psqi_sd is not None else 1.0
    rows = []
    if evidence.review_psqi is not None and evidence.psqi_sd is not None:
        rows.append(_row("The review", Mark.REVIEW, evidence.review_psqi, 1.0))
    if evidence.population_smd is not None:
        rows.append(_row("Mean over people", Mark.POPULATION, evidence.population_smd, factor))
    if evidence.predictive is not None:
        low, centre, high = of_predictive(evidence.predictive).scaled(factor).quantiles([0.05, 0.5, 0.95])
        rows.append(
            Row(
                name="One new person",
                mark=Mark.NEW_PERSON,
                centre=float(centre),
                low=float(low),
                high=float(high),
                level="90 of 100",
            )
        )
    return tuple(rows)


def _row(name: str, mark: Mark, interval: Interval, factor: float) -> Row:
    return Row(
        name=name,
        mark=mark,
        centre=-factor * interval.mean,
        low=-factor * interval.high,
        high=-factor * interval.low,
        level=f"{round(100 * interval.level)} of 100",
    )


def evidence_drawing(evidence: EvidenceSummary | None) -> Figure | None:
    """Return the figure of the evidence, or None where there is nothing to draw."""
    rows = () if evidence is None else evidence_rows(evidence)
    if evidence is None or not rows:
        return None
    in_points = evidence.psqi_sd is not None
    useful = evidence.useful_psqi if in_points else None
    return evidence_figure(evidence_chart(rows, useful=useful), unit=_PSQI if in_points else _SMD)


def evidence_basis(evidence: EvidenceSummary) -> str:
    """Return what the review rests on, in one sentence."""
    trials = "an unknown number of" if evidence.n_trials is None else str(evidence.n_trials)
    people = "" if evidence.n_people is None else f" with {evidence.n_people} people"
    return f"{evidence.review}: {trials} randomised trials{people}."


def effect_curves(data: ReportData) -> Curves | None:
    """Return prior and posterior of the trial, or None where the result cannot be vouched for."""
    trial, design = data.trial, data.design
    if trial is None or design is None or trial.posterior.status is Status.NOT_CONVERGED:
        return None
    evidence = None if trial.prior is None else of_predictive(trial.prior)
    return curves(
        of_posterior(trial.posterior),
        evidence=evidence,
        prior=with_vague(evidence, trial.prior_weight, trial.vague_sd),
        useful=design.useful,
    )


def method(data: ReportData, measure: Measure) -> tuple[tuple[str, str], ...]:
    """Return how the numbers were worked out, as pairs of term and words."""
    design, trial = data.design, data.trial
    return (
        *(() if design is None else _of_design(design, measure)),
        *(() if trial is None else (*_of_priors(trial), *_of_engine(trial.posterior, trial.seed))),
    )


def _of_design(design: DesignSummary, measure: Measure) -> Iterator[tuple[str, str]]:
    yield "Outcome", f"{design.outcome.label}, {design.unit}, one value a night"
    yield "Useful amount", f"{measure.amount(design.useful)}, fixed before the start"
    drawn = "drawn by chance" if design.randomised else "not drawn by chance"
    seal = "sealed until the end" if design.blinded else "known to you"
    lengths = [str(p.n_nights) for p in design.compared]
    each = lengths[0] if len(set(lengths)) == 1 else ", ".join(lengths)
    if lengths:
        yield "Order", f"{count(len(lengths), 'period', 'periods')} of {each} nights, {drawn}, {seal}"
    if design.threshold is not None:
        yield "Chance that “helps” needs", f"{of_100(design.threshold)}, fixed before the start"


def _of_priors(trial: TrialSummary) -> Iterator[tuple[str, str]]:
    prior = trial.prior
    if prior is not None:
        spread = f"mean {number(prior.mean, 2)}, standard deviation {number(prior.sd, 2)} {prior.unit}"
        yield "Prior, published trials", f"{prior.subject}: {spread}; weight {number(trial.prior_weight, 2)}"
    for name, sd in (("Vague part of the prior", trial.vague_sd), ("Sceptical prior", trial.sceptical_sd)):
        if sd is not None:
            yield name, f"around no difference, standard deviation {number(sd, 2)}"


def _of_engine(found: Posterior, seed: str) -> Iterator[tuple[str, str]]:
    yield "Engine", f"{found.engine}: {found.status.value}"
    yield "Effective share of draws (ESS)", number(found.ess, 2)
    yield "Pareto k of the weights", number(found.pareto_k, 2)
    yield "Random numbers", seed or "fixed; the same input gives the same answer"
    yield from _kinetics(found)
    yield from (("Note", note) for note in found.notes)


_KINETICS: tuple[tuple[str, str, Callable[[float], float]], ...] = (
    ("log_tau_on", "Nights to build up", math.exp),
    ("log_tau_off", "Nights to fade", math.exp),
    ("atanh_phi", "Likeness of nights in a row", math.tanh),
)


def _kinetics(found: Posterior) -> Iterator[tuple[str, str]]:
    """Yield what was learnt of time; the transforms rise, so quantiles stay quantiles."""
    for key, name, turn in _KINETICS:
        if key in found.params:
            low, centre, high = (turn(found.params[key].q[level]) for level in (0.05, 0.5, 0.95))
            yield name, f"centre {number(centre)}, 90 of 100 between {number(low)} and {number(high)}"
