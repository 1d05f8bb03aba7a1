"""The making of one person from a seed."""

import datetime as dt
from dataclasses import dataclass

import numpy as np

from noctiflora.core import EVENING_H, RangeError, zone
from noctiflora.sample._course import Outcomes, draw_course, is_weekend, live
from noctiflora.sample._hypnogram import EPOCH_S, doze, hypnogram
from noctiflora.sample._records import Course, DiaryEntry, Person, Slept, Trip, TrueNight, minutes
from noctiflora.sample._traits import value
from noctiflora.trial import Arm

HOME = "Europe/Berlin"
AWAY = "America/New_York"
TRIP_NIGHTS = 6
SHORTEST_WITH_TRIP = 28
"""A record shorter than this many nights holds no trip."""

DIARY_STEP_MIN = 5
"""People write round numbers: diary times and durations are multiples of this (assumed, 1 to 15)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Marks:
    """What was recorded of one night."""

    worn: bool
    in_bed_only: bool
    diary: bool


def person(
    seed: int,
    *,
    start: dt.date,
    n_nights: int = 196,
    run_in_nights: int = 28,
    period_nights: int = 28,
    n_pairs: int = 3,
    theta: float | None = None,
    trip: bool = True,
) -> Person:
    """Make up a person: their nights, naps, doses and diary, with everything that is true of them.

    Parameters
    ----------
    seed : int
        From which all follows; not negative.
    start : date
        Date (local date of waking up) of the first night.
    n_nights : int
        How many nights, at least 1. The default is 4 weeks of run-in and 24 weeks of trial.
    run_in_nights, period_nights, n_pairs : int
        Plan of the trial. As many whole pairs as fit are made, at most `n_pairs`; within each
        pair the order is drawn.
    theta : float, optional
        True effect on the diary's sleep efficiency at full exposure (points). By default it is
        drawn from what the published trials predict for a new person, so it may be of no use.
    trip : bool
        Whether six nights are slept in New York (only where there are at least 28 nights).

    Raises
    ------
    RangeError
        If a number is out of range.
    DesignError
        If the trial would be longer than one that can be analysed.

    Examples
    --------
    >>> lena = person(1, start=dt.date(2024, 10, 7), n_nights=30)
    >>> lena.name, len(lena.nights), lena.trip.zone
    ('Sample person', 30, 'America/New_York')
    >>> lena == person(1, start=dt.date(2024, 10, 7), n_nights=30)
    True
    """
    _check(seed, n_nights=n_nights, run_in_nights=run_in_nights, period_nights=period_nights, n_pairs=n_pairs)
    course = draw_course(
        np.random.default_rng([seed, 1]),
        n_nights=n_nights,
        run_in_nights=run_in_nights,
        period_nights=period_nights,
        n_pairs=n_pairs,
        theta=theta,
    )
    dates = [start + dt.timedelta(days=k) for k in range(n_nights)]
    weekday = np.array([d.weekday() for d in dates], dtype=np.int64)
    outcomes = live(course, weekday, np.random.default_rng([seed, 2]))
    away = _trip(start, n_nights) if trip else None
    zones = [away.zone if away and away.covers(d) else HOME for d in dates]
    marks = _marks(np.random.default_rng([seed, 3]), n_nights)
    rng = np.random.default_rng([seed, 4])
    late = is_weekend(weekday)
    slept = [
        _sleep(d, z, float(y), bool(w), rng) for d, z, y, w in zip(dates, zones, outcomes.efficiency, late, strict=True)
    ]
    naps = _naps(slept, dates, marks, np.random.default_rng([seed, 5]))
    diaries = _diaries(slept, dates, outcomes, marks, np.random.default_rng([seed, 6]))
    logged = np.random.default_rng([seed, 7]).random(n_nights) >= value("dose_unlogged")
    nights = tuple(
        TrueNight(
            date=d,
            slept=slept[k],
            naps=naps[d],
            device_worn=marks[k].worn,
            in_bed_only=marks[k].in_bed_only,
            efficiency=float(outcomes.efficiency[k]),
            exposure=float(outcomes.exposure[k]),
            capsule_taken=bool(outcomes.capsule[k]) if _on_trial(course, k) else None,
            dose_assigned=float(outcomes.assigned[k]),
            dose_taken=float(outcomes.taken[k]),
            dose_logged=bool(logged[k]),
            diary=diaries[k],
        )
        for k, d in enumerate(dates)
    )
    return Person(name="Sample person", seed=seed, home=HOME, trip=away, course=course, nights=nights)


def _on_trial(course: Course, index: int) -> bool:
    """Whether the night at `index`, from 0, lies in a period with capsules."""
    return any(p.first <= index + 1 <= p.last for p in course.schedule.periods if p.arm is not Arm.RUN_IN)


def _check(seed: int, *, n_nights: int, run_in_nights: int, period_nights: int, n_pairs: int) -> None:
    bounds = {
        "seed": (seed, 0),
        "n_nights": (n_nights, 1),
        "run_in_nights": (run_in_nights, 0),
        "period_nights": (period_nights, 1),
        "n_pairs": (n_pairs, 0),
    }
    for name, (found, least) in bounds.items():
        if found < least:
            raise RangeError(f"{name} must be at least {least}", where=name, found=str(found))


def _trip(start: dt.date, n_nights: int) -> Trip | None:
    if n_nights < SHORTEST_WITH_TRIP:
        return None
    return Trip(first=start + dt.timedelta(days=int(0.45 * n_nights)), n_nights=TRIP_NIGHTS, zone=AWAY)


def _marks(rng: np.random.Generator, n: int) -> list[_Marks]:
    # The shares are met exactly, so that every person of some length shows every kind of gap.
    device, diary = rng.permutation(n), rng.permutation(n)
    gone = round(n * value("device_missing"))
    phone = gone + round(n * value("in_bed_only"))
    blank = round(n * value("diary_missing"))
    return [
        _Marks(worn=bool(x >= phone), in_bed_only=bool(gone <= x < phone), diary=bool(y >= blank))
        for x, y in zip(device, diary, strict=True)
    ]


def _instant(day: dt.date, hours: float, zone_name: str, step_s: int) -> dt.datetime:
    """Return the UTC instant of a local clock reading `hours` after midnight of `day`, on a grid of `step_s`."""
    seconds = round(hours * 3600 / step_s) * step_s
    wall = dt.datetime.combine(day, dt.time()) + dt.timedelta(seconds=seconds)
    return wall.replace(tzinfo=zone(zone_name)).astimezone(dt.UTC)


def _sleep(date: dt.date, zone_name: str, efficiency: float, weekend: bool, rng: np.random.Generator) -> Slept:
    """One night as a perfect wearable would see it; it follows the diary's efficiency in part."""
    clock, in_bed, seen = rng.standard_normal(3)
    hours = value("bed_clock") + value("bed_clock_sd") * clock + value("bed_weekend") * weekend
    bed_start = _instant(date - dt.timedelta(days=1), min(max(hours, 20.5), 26.5), zone_name, EPOCH_S)
    tib = round(2 * min(max(value("time_in_bed") + value("time_in_bed_sd") * in_bed, 330), 640))
    share = value("device_mean") + value("device_share") * (efficiency - value("efficiency_mean"))
    awake = round(tib * (1 - min(max(share + value("device_sd") * seen, 45), 97.5) / 100))
    sol = max(1, round(awake * value("latency_share") * rng.uniform(0.4, 1.6)))
    terminal = round(awake * value("terminal_share") * rng.uniform(0, 2))
    waso = max(0, awake - sol - terminal)
    bouts = 1 + round(waso / (2 * value("bout_min")) * rng.uniform(0.6, 1.6))
    segments = hypnogram(
        bed_start, rng, sol=sol, tst=tib - sol - terminal - waso, waso=waso, terminal=terminal, n_bouts=bouts
    )
    return Slept(zone=zone_name, bed_start=bed_start, bed_end=segments[-1].end, segments=segments)


def _naps(
    slept: list[Slept], dates: list[dt.date], marks: list[_Marks], rng: np.random.Generator
) -> dict[dt.date, tuple[Slept, ...]]:
    """Naps by the date they count for.

    A nap is made only where the nights around it were recorded in full: on a day without a
    recorded night its nap would be that day's longest sleep, and nobody could tell it is one.
    Nor is one made on a day of travel, which the flight shortens.
    """
    naps: dict[dt.date, tuple[Slept, ...]] = dict.fromkeys(dates, ())
    draws = rng.random((len(dates), 4))
    for k in range(len(dates) - 1):
        flying = slept[k].zone != slept[k + 1].zone
        if draws[k, 0] >= value("nap") or flying or not (marks[k].worn and marks[k + 1].worn):
            continue
        late = draws[k, 1] < value("evening_nap")
        hours = (EVENING_H - 0.25 if late else 13.0) + (0.25 if late else 1.5) * draws[k, 2]
        begin = _instant(dates[k], hours, slept[k].zone, EPOCH_S)
        epochs = int(60 + 80 * draws[k, 3])
        segments = doze(begin, rng, epochs=epochs)
        nap = Slept(zone=slept[k].zone, bed_start=begin, bed_end=segments[-1].end, segments=segments)
        date = dates[k + 1] if late else dates[k]
        naps[date] = (*naps[date], nap)
    return naps


def _diaries(
    slept: list[Slept], dates: list[dt.date], outcomes: Outcomes, marks: list[_Marks], rng: np.random.Generator
) -> list[DiaryEntry | None]:
    """The morning's entry of every night, None where it was not made."""
    draws = rng.standard_normal((len(dates), 2))
    entries = [
        _entry(d, s, float(y), rating_noise=float(x[0]), split=float(x[1]))
        for d, s, y, x in zip(dates, slept, outcomes.efficiency, draws, strict=True)
    ]
    return [entry if mark.diary else None for entry, mark in zip(entries, marks, strict=True)]


def _entry(date: dt.date, slept: Slept, efficiency: float, *, rating_noise: float, split: float) -> DiaryEntry:
    attempt, rising = _on_grid(slept.bed_start), _on_grid(slept.bed_end)
    awake = minutes(attempt, rising) * (1 - efficiency / 100)
    latency = _round(awake * min(max(value("latency_share") + 0.1 * split, 0.1), 0.8))
    terminal = _round(awake * value("terminal_share"))
    within = max(0, _round(awake - latency - terminal))
    rating = value("rating_mean") + value("rating_slope") * (efficiency - value("efficiency_mean"))
    return DiaryEntry(
        date=date,
        zone=slept.zone,
        attempt=attempt,
        latency_min=latency,
        awakenings=max(1, round(within / value("bout_min"))) if within else 0,
        awake_min=within,
        final_awakening=rising - dt.timedelta(minutes=terminal),
        out_of_bed=rising,
        quality=min(10, max(0, round(rating + value("rating_sd") * rating_noise))),
    )


def _round(x: float) -> int:
    return DIARY_STEP_MIN * round(x / DIARY_STEP_MIN)


def _on_grid(instant: dt.datetime) -> dt.datetime:
    step = DIARY_STEP_MIN * 60
    return dt.datetime.fromtimestamp(round(instant.timestamp() / step) * step, tz=dt.UTC)
