"""Lists how regular the nights are and how they are built, each figure with its definition and its method."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from noctiflora.actions._list_nights import list_nights
from noctiflora.actions._veil import veil
from noctiflora.sleep import (
    FREE_WEEKDAYS,
    Night,
    Stage,
    clock_mean,
    corrected_midsleep,
    fragmentation,
    persistent_latency,
    references,
    regularity_windows,
    rem_latency,
    sleep_debt,
    sleep_rhythm,
    stage_shares,
    states,
    summarise,
    week_sleep_h,
)
from noctiflora.store import Store

OLDEST_DAYS = 730
"""Nights further back say little of today (assumed, 180 to 1,500)."""

FEWEST_NIGHTS = 7
"""Nights below which a median of nights is not shown (assumed, 5 to 14)."""

FEWEST_A_KIND = 2
"""Free and working nights each needed, as for social jetlag (assumed, 1 to 8)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RhythmMeasure:
    """One figure about many nights.

    Parameters
    ----------
    measure : str
        Name.
    value : float or None
        None where these nights cannot tell.
    unit : str
        Of the value.
    rests_on : str
        How much it rests on, in words.
    definition : str
        What it is.
    published : tuple of str
        What is published of it, each with its method; not a grade.
    """

    measure: str
    value: float | None
    unit: str
    rests_on: str
    definition: str
    published: tuple[str, ...] = ()


def list_rhythm(store: Store, *, today: dt.date, need_min: float | None = None) -> tuple[RhythmMeasure, ...]:
    """Return regularity, rhythm, latencies and stages of the two years up to the last night.

    Nights that a trial under way leaves out of averages are left out here too.

    Parameters
    ----------
    store : Store
        Where from.
    today : date
        The person's date.
    need_min : float, optional
        The sleep the person says to need, minutes a day, for the debt.

    Raises
    ------
    RangeError
        If the need is impossible.
    """
    found, over = list_nights(store), veil(store, today=today)
    # A device with a wrong clock writes nights that are yet to come.
    seen = [n.date for n in found.nights if n.date <= today + dt.timedelta(days=1)]
    last = max(seen, default=today)
    first = last - dt.timedelta(days=OLDEST_DAYS)
    nights, naps = (
        [n for n in some if first <= n.date <= last and (over is None or over.counts(n.date))]
        for some in (found.nights, found.naps)
    )
    out = [*_regular(nights, naps), _chronotype(nights), *_built(nights), *_stages(nights)]
    if need_min is not None:
        out.append(_debt(nights, naps, need_min))
    return tuple(out)


def _published(measure: str) -> tuple[str, ...]:
    return tuple(f"{r.said} ({r.method})" for r in references(measure))


def _regular(nights: Sequence[Night], naps: Sequence[Night]) -> list[RhythmMeasure]:
    whole = summarise(nights, naps=naps)
    regular, clock = whole.regularity, whole.midsleep
    out = [
        RhythmMeasure(
            measure="sleep regularity index",
            value=None if regular is None else regular.sri,
            unit="of 100",
            rests_on="needs five days known in a row"
            if regular is None
            else f"{regular.compared_h / 24:.0f} days compared",
            definition="chance of being in the same state 24 h apart, -100 to 100 (Phillips 2017)",
            published=_published("regularity"),
        )
    ]
    for window in regularity_windows(nights, naps)[-4:]:
        four = window.regularity
        out.append(
            RhythmMeasure(
                measure=f"regularity, 4 weeks to {window.last}",
                value=None if four is None else four.sri,
                unit="of 100",
                rests_on="half of it is not known" if four is None else f"{four.compared_h / 24:.0f} days compared",
                definition="the same index over four weeks",
            )
        )
    rhythm = sleep_rhythm(states(nights, naps))
    days = 0.0 if rhythm is None else rhythm.known_h / 24
    hours = f"{days:.0f} days known" + ("" if days >= FEWEST_NIGHTS else f", {FEWEST_NIGHTS} are needed")
    rhythm = rhythm if days >= FEWEST_NIGHTS else None
    for name, value, meaning in (
        ("interdaily stability", None if rhythm is None else rhythm.stability, "0 noise to 1 the same every day"),
        ("intradaily variability", None if rhythm is None else rhythm.variability, "about 0 smooth to 2 broken up"),
    ):
        told = f"{meaning}; of sleep against wakefulness, not of movement (van Someren 1999)"
        out.append(RhythmMeasure(measure=f"{name} of sleep", value=value, unit="", rests_on=hours, definition=told))
    out.append(
        RhythmMeasure(
            measure="spread of the middle of the night",
            value=None if clock is None else clock.sd_h * 60,
            unit="min",
            rests_on="no times known" if clock is None else f"{clock.n} nights",
            definition="circular standard deviation of midsleep",
        )
    )
    out.append(
        RhythmMeasure(
            measure="social jetlag",
            value=None if whole.social_jetlag_h is None else whole.social_jetlag_h * 60,
            unit="min",
            rests_on=f"{whole.free_nights} free, {whole.work_nights} working nights",
            definition="midsleep of free nights minus that of working nights, the shorter way round the clock",
        )
    )
    return out


def _chronotype(nights: Sequence[Night]) -> RhythmMeasure:
    """Return midsleep on free days corrected for sleeping in; Saturdays and Sundays count as free."""
    whole = [(n.midsleep_h, n.tst_min, n.date.weekday() in FREE_WEEKDAYS) for n in nights]
    known = [(middle, slept / 60, free) for middle, slept, free in whole if middle is not None and slept is not None]
    free, work = ([(m, h) for m, h, is_free in known if is_free is wanted] for wanted in (True, False))
    clock = clock_mean([middle for middle, _ in free])
    value = None
    if clock is not None and min(len(free), len(work)) >= FEWEST_A_KIND:
        free_h, work_h = fmean(h for _, h in free), fmean(h for _, h in work)
        week_h = week_sleep_h(work_h, free_h, work_days=7 - len(FREE_WEEKDAYS))
        value = corrected_midsleep(clock.mean_h, work_h=work_h, free_h=free_h, week_h=week_h, alarm=False)
    return RhythmMeasure(
        measure="midsleep on free days, corrected for sleeping in",
        value=value,
        unit="h on the clock",
        rests_on=f"{len(free)} free, {len(work)} working nights",
        definition="MSFsc of the Munich ChronoType Questionnaire (Roenneberg 2012); Saturday and Sunday count as free "
        "days, and it holds only if no alarm ends their nights",
    )


def _middle(nights: Iterable[Night], of: Callable[[Night], float | None]) -> tuple[float | None, str]:
    known = [v for n in nights if (v := of(n)) is not None]
    enough = len(known) >= FEWEST_NIGHTS
    return (median(known) if enough else None), f"{len(known)} nights" + (
        "" if enough else f", {FEWEST_NIGHTS} are needed"
    )


def _built(nights: Sequence[Night]) -> list[RhythmMeasure]:
    """Return medians of measures of single nights."""
    rows: tuple[tuple[str, str, Callable[[Night], float | None], str], ...] = (
        ("time to lasting sleep", "min", persistent_latency, "to the first five unbroken minutes (YASA, SOL_5min)"),
        ("time from sleep to REM", "min", rem_latency, "from falling asleep to the first REM sleep"),
        ("breaks an hour of sleep", "per h", fragmentation, "changes from sleep to wakefulness (YASA, SFI)"),
    )
    out = []
    for name, unit, of, definition in rows:
        value, rests = _middle(nights, of)
        out.append(
            RhythmMeasure(measure=name, value=value, unit=unit, rests_on=rests, definition=f"median; {definition}")
        )
    return out


def _stages(nights: Sequence[Night]) -> list[RhythmMeasure]:
    out = []
    for stage in (Stage.LIGHT, Stage.DEEP, Stage.REM):
        value, rests = _middle(nights, lambda n, s=stage: stage_shares(n).get(s))  # type: ignore[misc]
        told = (
            "median share of total sleep; light is N1 with N2"
            if stage is Stage.LIGHT
            else "median share of total sleep"
        )
        out.append(
            RhythmMeasure(measure=f"{stage.value} sleep", value=value, unit="%", rests_on=rests, definition=told)
        )
    return out


def _debt(nights: Sequence[Night], naps: Sequence[Night], need_min: float) -> RhythmMeasure:
    last = max((n.date for n in nights), default=dt.date.min + dt.timedelta(days=30))
    found = sleep_debt([*nights, *naps], need_min=need_min, last=last)
    return RhythmMeasure(
        measure="sleep debt",
        value=None if found is None else found.debt_min,
        unit="min",
        rests_on="no night known" if found is None else f"{found.known} of {found.window} nights",
        definition="what you say to need less what you slept, over a fortnight, naps included; a convention of ours",
    )
