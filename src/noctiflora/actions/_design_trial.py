"""Designs a personal trial: what it could tell, what it would cost, and whether any is worth it."""

import csv
import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from noctiflora.actions._earlier_trials import WASH_OUT, touched_by_trials
from noctiflora.actions._gather_evidence import gather_evidence
from noctiflora.actions._list_options import OptionList, list_options
from noctiflora.actions._list_outcomes import OutcomeSupply, list_outcomes
from noctiflora.actions._result import expected_for
from noctiflora.actions._set_costs import check_option, kept_costs
from noctiflora.actions._trial_nights import as_array, trial_nights
from noctiflora.core import DesignError, GateClosed, Instrument, Outcome, Predictive, RangeError, Source
from noctiflora.plan import Blinding, Option
from noctiflora.store import Store
from noctiflora.trial import (
    BELIEVED,
    WITHIN_SD,
    Designs,
    Prior,
    Priors,
    Series,
    Threshold,
    belief_of,
    believing,
    design,
    design_threshold,
    learn_noise,
    parse_series,
    priors_for,
)

LONGEST_RUN_IN = 56
"""Nights up to the last known one that are taken as run-in (assumed, 28 to 84)."""
SEARCH = 0.85
"""Share of the work that the search is, for the progress told."""
THRESHOLD_SHARE = 5
"""Trials of each world for the threshold, to each trial of a design: 2,000 to 400."""
PLAUSIBLE = 0.10
"""Chance of the useful amount below which the designer speaks up (trial model, section 3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignRequest:
    """What the person wants to know, and what they would accept.

    Parameters
    ----------
    option_key : str
        What would be tried.
    outcome, instrument : Outcome, Instrument
        Primary outcome, and by what it is measured.
    useful : float or None
        The amount that would make it worth it; None takes the default.
    max_weeks : float
        Longest trial, weeks.
    max_capsules : int or None
        Most daily doses with product.
    price : float or None
        Of one daily dose; None takes what was entered for the option.
    n_looks : tuple of int
        Numbers of looks to try.
    least : float
        Least share of right answers that would make a trial worth it, 0 to 1.
    known : bool
        Whether the person would know what is taken.
    run_in : str or None
        Text of a CSV file with the run-in, in place of the nights in the store.
    run_in_where : str
        Its name, for messages.
    trials : int
        Simulated trials of each design.
    second_key : str or None
        A second option, or the same at another dose, tried in the same trial against the same comparator.
    second_price : float or None
        Of one daily dose of it.
    """

    option_key: str
    outcome: Outcome = Outcome.EFFICIENCY
    instrument: Instrument = Instrument.DIARY
    useful: float | None = None
    max_weeks: float = 40
    max_capsules: int | None = None
    price: float | None = None
    n_looks: tuple[int, ...] = (0, 2)
    least: float = 1 / 3
    known: bool = False
    run_in: str | None = field(default=None, repr=False)
    run_in_where: str = "run-in"
    trials: int = 400
    second_key: str | None = None
    second_price: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondOption:
    """A second option in the same trial: as in `TrialDesign`, what is its own."""

    option: Option
    expected: Predictive
    price: float | None
    largest_plausible: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialDesign:
    """What the designer found.

    Parameters
    ----------
    option : Option
        What would be tried, with how the safety questions leave it.
    request : DesignRequest
        What was asked.
    expected : Predictive
        What trials lead one to expect.
    useful_source : Source
        Where the useful amount comes from.
    designs : Designs
        The search.
    run_in_sd : float
        Night-to-night SD that the priors start from, in the outcome's unit.
    run_in_told : str
        Where it comes from, in words: the person's own nights, or other people's.
    price : float or None
        Of one daily dose.
    threshold : Threshold or None
        Of the best accepted design, with its error rates; None where none is accepted.
    largest_plausible : float
        The amount that trials leave a chance of 10 of 100.
    second : SecondOption or None
        A second option in the same trial.
    supplies : tuple of OutcomeSupply
        Which outcome the nights in the store can carry; empty where the run-in came from a file.
    """

    option: Option
    request: DesignRequest
    expected: Predictive
    useful_source: Source
    designs: Designs
    run_in_sd: float
    run_in_told: str
    price: float | None
    threshold: Threshold | None
    largest_plausible: float
    second: SecondOption | None = None
    supplies: tuple[OutcomeSupply, ...] = ()


def design_trial(
    store: Store,
    request: DesignRequest,
    *,
    today: dt.date,
    workers: int = 1,
    progress: Callable[[float], None] | None = None,
) -> TrialDesign:
    """Search the designs of a trial of one option for the person in the store.

    Parameters
    ----------
    store : Store
        Nights for the run-in, answers to the safety questions, prices.
    request : DesignRequest
        What is asked.
    today : date
        By which answers to safety questions are fresh or stale.
    workers : int
        Threads; the answer does not depend on them.
    progress : callable or None
        Called with the share of the work that is settled.

    Raises
    ------
    RangeError
        If there is no such option, or a number is out of range.
    GateClosed
        If a safety question says that help is needed now.
    DesignError
        If no size of effect is known, or no design fits within what the person accepts.
    FormatError
        If the run-in cannot be read.
    """
    price = _price(store, request.option_key, request.price)
    offered = list_options(
        store, today=today, outcome=request.outcome, instrument=request.instrument, useful=request.useful
    )
    option = _open(offered, request.option_key)
    expected = expected_for(request.option_key, request.outcome, request.instrument, gather_evidence(store))
    run_in = _run_in(store, request)
    level, spread, told = _scale(run_in, request.outcome)
    told += _earlier(store, request)
    priors = _with_level(
        priors_for(request.outcome, expected, useful=request.useful, run_in_mean=level, run_in_sd=spread),
        request.outcome,
    )
    second = _second(store, request, offered)
    other = None if second is None else replace(priors, theta=second.expected.parts)
    noise = learn_noise(run_in, priors)
    own_sd = WITHIN_SD[request.outcome].value if spread is None else spread
    belief = believing(priors, belief_of(request.outcome, request.instrument), own_sd).coefficients[BELIEVED]
    blinded = not request.known and _can_be_hidden(option, second)
    found = design(
        priors,
        noise,
        max_weeks=request.max_weeks,
        max_capsules=request.max_capsules,
        n_looks=request.n_looks,
        least=request.least,
        n=request.trials,
        known=belief,
        blinded=blinded,
        second=other,
        workers=workers,
        progress=None if progress is None else lambda share: progress(SEARCH * share),
    )
    least = _threshold(found, priors, None if blinded else belief, other, workers)
    if progress is not None:
        progress(1.0)
    return TrialDesign(
        option=option,
        request=request,
        expected=expected,
        useful_source=offered.useful_source,
        designs=found,
        run_in_sd=own_sd,
        run_in_told=told,
        price=price,
        threshold=least,
        largest_plausible=largest_plausible(expected),
        second=second,
        supplies=list_outcomes(store, today=today) if request.run_in is None else (),
    )


def _can_be_hidden(option: Option, second: SecondOption | None) -> bool:
    every = (option,) if second is None else (option, second.option)
    return all(one.blinding in (Blinding.YES, Blinding.HARD) for one in every)


def _earlier(store: Store, request: DesignRequest) -> str:
    if request.run_in is not None or not touched_by_trials(store):
        return ""
    return f" (nights of an earlier trial and {WASH_OUT} nights after it do not count)"


def _price(store: Store, key: str, asked: float | None) -> float | None:
    check_option(key)
    price = kept_costs(store).get(key) if asked is None else asked
    if price is not None and not price >= 0:
        raise RangeError("a price is 0 or more", where="--price", found=f"{price:g}")
    return price


def _second(store: Store, request: DesignRequest, offered: OptionList) -> SecondOption | None:
    if request.second_key is None:
        return None
    price = _price(store, request.second_key, request.second_price)
    expected = expected_for(request.second_key, request.outcome, request.instrument, gather_evidence(store))
    return SecondOption(
        option=_open(offered, request.second_key),
        expected=expected,
        price=price,
        largest_plausible=largest_plausible(expected),
    )


def largest_plausible(expected: Predictive, chance: float = PLAUSIBLE) -> float:
    """Return the largest amount that the effect exceeds with at least this chance; 0 if none.

    Examples
    --------
    >>> from noctiflora.core import Normal
    >>> effect = Predictive(subject="x", outcome="efficiency", unit="points", higher_is_better=True,
    ...                     parts=(Normal(weight=1.0, mean=0.5, sd=1.0),), sources=())
    >>> round(largest_plausible(effect), 2)
    1.78
    """
    low, high = 0.0, abs(expected.mean) + 10 * expected.sd
    if expected.p_better_than(low) < chance:
        return 0.0
    for _ in range(60):
        middle = 0.5 * (low + high)
        if expected.p_better_than(middle) >= chance:
            low = middle
        else:
            high = middle
    return low


def read_run_in(text: str, *, where: str) -> Series:
    """Read a run-in from CSV text: ``night`` or ``date``, ``y``, and covariates; ``dose`` may be left out.

    Raises
    ------
    FormatError
        If the text is not such a table.
    RangeError
        If a number lies outside what is possible.
    """
    try:
        lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))
    except csv.Error:
        return parse_series(text, where=where)
    filled = [line for line in lines if any(cell.strip() for cell in line)]
    if filled and "dose" not in {cell.strip().lower() for cell in filled[0]}:
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        for line in lines:
            # blank lines stay, so that messages name the lines of the file
            writer.writerow([] if line not in filled else [*line, "dose" if line is filled[0] else "0"])
        text = out.getvalue()
    return parse_series(text, where=where)


def _open(offered: OptionList, key: str) -> Option:
    """Return the option, unless help is needed first or no size of effect is known."""
    option = next(o for o in offered.options if o.key == key)
    if offered.gates.crisis:
        urgent = [s.message for s in offered.gates.states if s.urgency == "crisis"]
        raise GateClosed(
            " ".join(urgent).rstrip("."), where="gates", do="a trial can wait; noctiflora gates says where help is"
        )
    if option.effect is None:
        raise DesignError(
            f"no size of effect is known for {option.name}, so what a trial could tell cannot be simulated",
            where="trial design",
            do="choose an option with an expected effect: noctiflora options",
        )
    return option


def _run_in(store: Store, request: DesignRequest) -> Series | None:
    if request.run_in is not None:
        return read_run_in(request.run_in, where=request.run_in_where)
    nights = trial_nights(store, request.outcome, request.instrument)
    known = sorted(date for date, value in nights.values.items() if value is not None)
    if not known:
        return None
    touched = touched_by_trials(store)
    free = [date for date in known if date not in touched]
    if not free:
        return None
    last = free[-1]
    first = max(free[0], last - dt.timedelta(days=LONGEST_RUN_IN - 1))
    days = [first + dt.timedelta(days=i) for i in range((last - first).days + 1)]
    values = as_array(tuple(None if date in touched else nights.values.get(date) for date in days))
    return Series(nights=np.arange(1, values.size + 1), y=values, dose=np.zeros(values.size), where="your own")


def _scale(run_in: Series | None, outcome: Outcome) -> tuple[float | None, float | None, str]:
    """Return level and spread of the run-in with their source in words; None where too few nights tell them."""
    known = np.array([]) if run_in is None else run_in.y[~np.isnan(run_in.y)]
    spread = float(np.std(known, ddof=1)) if known.size >= 7 else 0.0
    if not spread > 0:
        other = WITHIN_SD[outcome].source
        return None, None, f"not your own nights ({known.size} known), but other people's: {other.ref}, {other.note}"
    where = "" if run_in is None else run_in.where
    return float(np.mean(known)), spread, f"{known.size} known nights of {where}"


def _with_level(priors: Priors, outcome: Outcome) -> Priors:
    """Return the priors with a level; where none is known any does, because only differences are simulated."""
    if "mu" in priors.coefficients:
        return priors
    # about as wide as where a run-in tells it (assumed, 1.5 to 3 SDs)
    width = 2 * WITHIN_SD[outcome].value
    return replace(priors, coefficients={**priors.coefficients, "mu": Prior(mean=0.0, sd=width)})


def _threshold(
    found: Designs, priors: Priors, known: Prior | None, second: Priors | None, workers: int
) -> Threshold | None:
    """Return the threshold of the best accepted design; None where none is accepted or none keeps the rates."""
    if not found.accepted:
        return None
    best = max(found.accepted, key=lambda tried: tried.score.right).plan
    n = THRESHOLD_SHARE * found.n
    try:
        return design_threshold(best, priors, found.noise, n=n, known=known, second=second, workers=workers)
    except DesignError:
        return None
