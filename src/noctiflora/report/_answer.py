"""The one sentence with which a report opens, fit to be read aloud."""

from noctiflora.plan import Door
from noctiflora.report._data import DesignSummary, ReportData, TrialSummary
from noctiflora.report._effect import Measure
from noctiflora.report._veil import shown
from noctiflora.report._words import count, hours, number
from noctiflora.sleep import summarise
from noctiflora.trial import LEVELS, Posterior, Verdict, Word

LOW, CENTRE, HIGH = 0.05, 0.5, 0.95
"""Levels of the range that the report says in words: 90 of 100."""
DOES_SOMETHING = 0.9
"""Chance of benefit from which "does not help" says that it does something (assumed, 0.8 to 0.95; as the verdict's)."""


def answer(data: ReportData, measure: Measure) -> str:
    """Return the one sentence for these data."""
    if data.verdict is not None and data.design is not None:
        return _of_verdict(data.verdict, data.design, data.trial, measure)
    if data.verdict is not None:
        return "Stop what you are trying: a safety rule fired."
    if data.running and data.design is not None:
        return _of_running(data, data.design)
    return _of_nights(data)


def gains(posterior: Posterior) -> dict[float, float]:
    """Return the quantiles of the effect with better to the right, by level."""
    sign = 1.0 if posterior.higher_is_better else -1.0
    values = sorted(sign * posterior.theta.q[level] for level in LEVELS)
    return dict(zip(LEVELS, values, strict=True))


def sized(posterior: Posterior, design: DesignSummary, measure: Measure) -> str:
    """Return size and range of an effect: "about 13 more minutes asleep a night than with placebo, ...".

    The range holds 90 of 100.
    """
    q = gains(posterior)
    return f"{measure.size(q[CENTRE])} than {design.comparison}, {measure.range(q[LOW], q[HIGH])}"


def _of_verdict(verdict: Verdict, design: DesignSummary, trial: TrialSummary | None, measure: Measure) -> str:
    name = design.option_name
    if trial is None or (verdict.word is Word.STOP and trial.posterior.p_harm <= DOES_SOMETHING):
        return f"Stop taking {name}: a safety rule fired, whatever your nights say."
    size = sized(trial.posterior, design, measure)
    if verdict.word is None:
        return f"There is no verdict on {name}: the calculation cannot vouch for its answer."
    if verdict.word is Word.HELPS:
        return f"{name} helps you sleep: {size}."
    if verdict.word is Word.STOP:
        return f"Stop taking {name}: you sleep worse with it, {size}."
    if verdict.word is Word.CANNOT_TELL:
        return f"Your nights cannot tell whether {name} helps you: the best guess is {size}."
    if trial.posterior.p_benefit >= DOES_SOMETHING:
        return f"{name} does something for your sleep, but less than you called worth it: {size}."
    return f"{name} does not help you by an amount you would call worth it: {size}."


def _of_running(data: ReportData, design: DesignSummary) -> str:
    if not design.periods:
        return f"A trial of {design.option_name} is planned; nothing has been tried yet."
    first, last = design.periods[0].start, design.periods[-1].end
    within = len({n.date for n in data.nights if not n.nap and first <= n.date <= last})
    return (
        f"Your trial of {design.option_name} is under way: {within} of {design.n_nights} nights are recorded, and what "
        "they show stays sealed until the end."
    )


def _of_nights(data: ReportData) -> str:
    summary = summarise(shown(data).summed)
    if not summary.n_nights:
        return "No nights are in yet, so nothing can be said of your sleep."
    asked = sum(option.door is Door.OPEN for option in data.options)
    rest = f", and {count(asked, 'option is', 'options are')} open to you" if data.options else ""
    if summary.tst_min is None:
        return f"{count(summary.n_nights, 'night is', 'nights are')} in; how long you slept is not measured{rest}."
    share = "" if summary.se_pct is None else f", which is {number(summary.se_pct.median, 0)} % of your time in bed"
    return (
        f"On a middling night you sleep {hours(summary.tst_min.median)}{share}; "
        f"{count(summary.n_nights, 'night is', 'nights are')} recorded{rest}."
    )
