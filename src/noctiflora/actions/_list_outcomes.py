"""Lists which nightly outcome a person's own data could carry a trial on, and why not."""

import datetime as dt
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import fmean, median, stdev

from noctiflora.actions._trial_nights import trial_nights
from noctiflora.actions._veil import veil
from noctiflora.core import Instrument, Outcome
from noctiflora.sleep import blind_spots
from noctiflora.store import Store

WINDOW_NIGHTS = 56
"""Dates up to the last night that are looked at: the longest run-in the designer takes (assumed, 28 to 84)."""

FEWEST_KNOWN = 14
"""Known nights needed: two weeks, so that each weekday counts twice (assumed, 7 to 28)."""

LEAST_COMPLETE = 0.7
"""Share of dates with a known value that is needed (assumed, 0.5 to 0.9)."""

LEAST_ONE_SOURCE = 0.8
"""Share of known nights that one device must have measured (assumed, 0.6 to 0.95)."""

LARGEST_DRIFT_SD = 1.0
"""Difference of the medians of both halves beyond which a series is not steady, in its SD (assumed, 0.5 to 1.5)."""

DIARY_ONLY = frozenset({Outcome.RATING})


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeSupply:
    """What a person's data say of one outcome by one instrument.

    Parameters
    ----------
    outcome, instrument : Outcome, Instrument
        What, by what.
    known, window : int
        Nights with a value, of how many dates.
    mean, sd : float or None
        Of the known nights, in the unit of the outcome; None below one or two.
    drift_sd : float or None
        Median of the later half minus that of the earlier one, in SD; None below four nights.
    source : str
        What measured most of them; empty without any, and for ratings.
    source_share : float
        Its share of the known nights, 0 to 1.
    device_changes : int
        How often the source changed from one known night to the next.
    blind_spots : tuple of str
        What that source cannot see, in words.
    reasons : tuple of str
        Why this outcome cannot carry a trial yet; empty where it can.
    """

    outcome: Outcome
    instrument: Instrument
    known: int
    window: int
    mean: float | None
    sd: float | None
    drift_sd: float | None
    source: str
    source_share: float
    device_changes: int
    blind_spots: tuple[str, ...]
    reasons: tuple[str, ...]

    @property
    def bears(self) -> bool:
        """Whether the outcome could carry a trial on these data."""
        return not self.reasons

    @property
    def completeness(self) -> float:
        """Share of dates with a value, 0 to 1."""
        return self.known / self.window if self.window else 0.0


def list_outcomes(store: Store, *, today: dt.date) -> tuple[OutcomeSupply, ...]:
    """Return each outcome by each instrument, those that can carry a trial first, the fullest first.

    Nights that a trial under way holds back are not looked at.

    Parameters
    ----------
    store : Store
        Where from.
    today : date
        The person's date.
    """
    over = veil(store, today=today)
    found = []
    for instrument in Instrument:
        for outcome in Outcome:
            if outcome in DIARY_ONLY and instrument is not Instrument.DIARY:
                continue
            nights = trial_nights(store, outcome, instrument)
            values = {d: v for d, v in nights.values.items() if over is None or over.counts(d)}
            found.append(supply(outcome, instrument, values, nights.sources))
    return tuple(sorted(found, key=lambda s: (not s.bears, -s.completeness, -s.known)))


def supply(
    outcome: Outcome, instrument: Instrument, values: Mapping[dt.date, float | None], sources: Mapping[dt.date, str]
) -> OutcomeSupply:
    """Return what a series of values says of its outcome.

    Parameters
    ----------
    outcome, instrument : Outcome, Instrument
        What, by what.
    values : mapping of date to float or None
        By night; a date that is missing is a night that is missing.
    sources : mapping of date to str
        What measured the night.
    """
    last = max(values, default=None)
    first = None if last is None else max(min(values), last - dt.timedelta(days=WINDOW_NIGHTS - 1))
    dates = (
        [] if last is None or first is None else [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
    )
    row = [(d, v) for d in dates if (v := values.get(d)) is not None and math.isfinite(v)]
    numbers = [v for _, v in row]
    told = [sources[d] for d, _ in row if d in sources]
    counted = Counter(told)
    source = max(sorted(counted), key=counted.__getitem__) if counted else ""
    sd = stdev(numbers) if len(numbers) > 1 else None
    found = OutcomeSupply(
        outcome=outcome,
        instrument=instrument,
        known=len(row),
        window=len(dates),
        mean=fmean(numbers) if numbers else None,
        sd=sd,
        drift_sd=_drift(numbers, sd),
        source=source,
        source_share=counted[source] / len(told) if told else 1.0,
        device_changes=sum(a != b for a, b in pairwise(told)),
        blind_spots=tuple(blind_spots(source)) if source else (),
        reasons=(),
    )
    return _judged(found)


def _drift(numbers: Sequence[float], sd: float | None) -> float | None:
    if len(numbers) < 4 or not sd:
        return None
    half = len(numbers) // 2
    return (median(numbers[-half:]) - median(numbers[:half])) / sd


def _judged(found: OutcomeSupply) -> OutcomeSupply:
    """Return the supply with the reasons against it."""
    why = []
    if not found.known:
        why.append("never measured")
    elif found.known < FEWEST_KNOWN:
        why.append(f"{found.known} nights known, {FEWEST_KNOWN} are needed")
    elif found.completeness < LEAST_COMPLETE:
        why.append(f"known on {found.completeness:.0%} of nights, {LEAST_COMPLETE:.0%} are needed")
    if found.known and found.source_share < LEAST_ONE_SOURCE:
        why.append(f"measured by several devices ({found.device_changes} changes)")
    if found.known >= FEWEST_KNOWN and not found.sd:
        why.append("the same on every night: it cannot show a change")
    if found.drift_sd is not None and abs(found.drift_sd) > LARGEST_DRIFT_SD and found.known >= FEWEST_KNOWN:
        why.append("not steady: its later half differs from its earlier one")
    return replace(found, reasons=tuple(why))
