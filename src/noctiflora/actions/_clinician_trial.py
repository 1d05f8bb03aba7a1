"""The trial on the clinician's page: adherence while it runs, estimates once it is locked."""

import datetime as dt
from collections import Counter

from noctiflora.actions._keep_trial import KeptTrial
from noctiflora.actions._trial_nights import trial_nights
from noctiflora.actions._trial_record import TrialRecord, TrialState
from noctiflora.actions._trial_result import SeasonResult, adherence
from noctiflora.report import Block
from noctiflora.report.chart import Table
from noctiflora.store import Store
from noctiflora.trial import EntryKind, Posterior, SeasonPlan, Status, order_text

_LOW, _HIGH = 0.05, 0.95
_LARGE = 1e6


def running_blocks(store: Store, kept: KeptTrial, *, today: dt.date, harms: bool) -> tuple[Block, ...]:
    """Return what may be told of a season whose result is not known: its design and adherence."""
    record, plan = kept.record, kept.record.plan
    passed = max(0, min((today - plan.first_night).days + 1, plan.n_nights))
    values = trial_nights(store, plan.outcome, plan.instrument).span(plan.first_night, plan.date_of(passed))
    recorded = sum(v is not None for v in values)
    # what is due tells of the order only where the person knows it anyway
    arms = record.order.arms if record.order is not None and not plan.blinded else None
    taken, due = adherence(record, arms, last=passed)
    state = "under way" if record.state is TrialState.RUNNING else record.state.value
    said = (
        f"{state.capitalize()}: night {passed} of {plan.n_nights}. {recorded} of {passed} nights recorded, "
        f"{taken} of {due} doses taken. No effect is computed or shown before the lock."
    )
    blocks = [Block(heading=_heading(plan), paragraphs=(_design(plan), said))]
    return (*blocks, *([_harms(record)] if harms else []))


def finished_blocks(record: TrialRecord, found: SeasonResult, *, harms: bool) -> tuple[Block, ...]:
    """Return design, estimates, verdict and unwanted effects of a locked season."""
    plan, unit = record.plan, record.plan.outcome.unit
    word = "none" if found.verdict.word is None else found.verdict.word.value
    order = "" if record.order is None else f" Order by bottle: {order_text(record.order.arms)} (P product)."
    guesses = f" Guessed right: {found.guesses_right} of {found.guesses} bottles." if found.guesses else ""
    early = " The order was opened before the end." if record.opened_early else ""
    used = found.series.n_nights - found.series.n_missing
    rows = tuple(
        _estimate(name, one)
        for name, one in (
            ("Posterior, evidence prior", found.evidence),
            ("Sceptical prior", found.sceptical),
            ("Vague prior", found.vague),
            ("As assigned", found.assigned),
        )
    )
    sign = 1 if plan.outcome.higher_is_better else -1
    prior = found.expected
    middle = sign * prior.mean
    before = (
        "Prior, one new person",
        _interval(middle - 1.645 * prior.sd, middle, middle + 1.645 * prior.sd),
        f"{prior.p_better_than(0.0):.2f}",
        f"{prior.p_better_than(plan.useful):.2f}",
    )
    blocks = [
        Block(
            heading=_heading(plan),
            paragraphs=(
                f"{_design(plan)}{order} {used} of {found.series.n_nights} nights with a value, "
                f"{found.doses_taken} of {found.doses_planned} doses taken.{guesses}{early}",
            ),
            table=Table(
                caption=f"Effect on {plan.outcome.label}, {unit}, better = positive",
                columns=("Estimate", f"{unit.capitalize()} (90 % interval)", "P(better)", "P(useful)"),
                rows=(before, *rows),
            ),
        ),
        Block(heading="Verdict", paragraphs=(f"{word.capitalize()}. {found.verdict.reason}",)),
    ]
    return (*blocks, *([_harms(record)] if harms else []))


def dose_words(value: float) -> str:
    """Return a dose as it is printed.

    Examples
    --------
    >>> dose_words(1e10), dose_words(2.5e9), dose_words(5.0)
    ('1 × 10¹⁰', '2.5 × 10⁹', '5')
    """
    text = f"{value:g}" if value < _LARGE else f"{value:.6e}"
    digits, _, power = text.partition("e")
    if not power:
        return digits
    raised = str(int(power)).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{float(digits):g} × 10{raised}"


def _heading(plan: SeasonPlan) -> str:
    against = "matched placebo" if plan.blinded else "no product, order known"
    return f"Personal trial: {plan.option_name}, {dose_words(plan.dose_value)} {plan.dose_unit}, against {against}"


def _design(plan: SeasonPlan) -> str:
    sealed = "order sealed before the start" if plan.blinded else "not blinded"
    lengths = (
        f"{plan.on_nights} nights"
        if plan.on_nights == plan.off_nights
        else f"{plan.on_nights} nights with and {plan.off_nights} without"
    )
    return (
        f"Randomised, {sealed}; {plan.pairs} pairs of periods of {lengths} from {plan.first_night}. Primary outcome "
        f"{plan.outcome.label} ({plan.instrument.value}); useful amount {plan.useful:g} {plan.outcome.unit}, fixed in "
        "advance."
    )


def _estimate(name: str, found: Posterior) -> tuple[str, ...]:
    if found.status is Status.NOT_CONVERGED:
        return (name, "not computed", "", "")
    q = found.theta.q
    ends = (q[_LOW], q[0.5], q[_HIGH])
    low, middle, high = ends if found.higher_is_better else (-ends[2], -ends[1], -ends[0])
    return (name, _interval(low, middle, high), f"{found.p_benefit:.2f}", f"{found.p_useful:.2f}")


def _interval(low: float, middle: float, high: float) -> str:
    return f"{middle:.1f} ({low:.1f} to {high:.1f})".replace("-", "−")


def _harms(record: TrialRecord) -> Block:
    told = [e for e in record.entries if e.kind is EntryKind.ADVERSE]
    if not told:
        return Block(heading="Unwanted effects", paragraphs=("None were told of.",))
    counted = Counter((e.value, e.text) for e in told)
    points = tuple(
        f"{text} ({severity}), {n} {'time' if n == 1 else 'times'}" for (severity, text), n in counted.items()
    )
    more = (f"{len(points) - 6} more are in the app.",) if len(points) > 6 else ()
    return Block(heading="Unwanted effects", points=points[:6], paragraphs=more)
