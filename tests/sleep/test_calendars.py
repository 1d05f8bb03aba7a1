"""Whole calendars read from exports: every night on its date, none twice, none missing, in six zones."""

import datetime as dt
import io
import random
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import pytest

from noctiflora.sleep import Night, Stage, read_all, resolve
from tests.sleep.exports import Sleeper, apple_xml, fitbit_json, fitbit_log, night, pieces

ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Asia/Tokyo",
    "Pacific/Auckland",
)
STARTS = (
    dt.date(2024, 3, 27),
    dt.date(2024, 10, 23),
    dt.date(2024, 3, 6),
    dt.date(2024, 10, 30),
    dt.date(2024, 4, 3),
    dt.date(2024, 9, 25),
    dt.date(2024, 12, 28),
)
"""Days before the clocks change somewhere, leap years and new years among them."""

APART = dt.timedelta(hours=2)
FITBIT = {Stage.LIGHT: "light", Stage.DEEP: "deep", Stage.REM: "rem", Stage.AWAKE: "wake"}


@dataclass(frozen=True, kw_only=True)
class Truth:
    """One sleep as it must be shown."""

    date: dt.date
    nap: bool
    onset: dt.datetime
    offset: dt.datetime
    ahead_min: int
    tst_min: float


@dataclass(frozen=True, kw_only=True)
class Made:
    """A calendar: the sleeps as recorded (with a gap, in two records) and what is true."""

    records: tuple[tuple[Sleeper, bool], ...]
    truths: tuple[Truth, ...]
    home: str


def _instant(date: dt.date, hour: float, zone: str) -> dt.datetime:
    wall = dt.datetime.combine(date, dt.time(), tzinfo=ZoneInfo(zone)) + dt.timedelta(minutes=round(hour * 60))
    return wall.astimezone(dt.UTC)


def _stages(rng: random.Random, length: int) -> list[tuple[Stage, float]]:
    """Return stages that begin and end asleep and last `length` minutes together, at most a third of it awake."""
    out: list[tuple[Stage, float]] = [(Stage.LIGHT, 15.0)]
    left, awake = length - 30, length / 3
    while left > 0:
        part = min(left, rng.randint(5, 70))
        stage = rng.choice((Stage.DEEP, Stage.REM, Stage.LIGHT, Stage.AWAKE))
        if stage is Stage.AWAKE:
            stage = Stage.AWAKE if part <= awake else Stage.LIGHT
            awake -= part
        out.append((stage, float(part)))
        left -= part
    return [*out, (Stage.LIGHT, 15.0)]


def _truth(parts: Sequence[Sleeper], *, date: dt.date, nap: bool) -> Truth:
    last = parts[-1]
    offset = last.stretches[-1].end
    shift = offset.astimezone(ZoneInfo(last.zone)).utcoffset()
    assert shift is not None
    return Truth(
        date=date,
        nap=nap,
        onset=parts[0].stretches[0].start,
        offset=offset,
        ahead_min=round(shift.total_seconds() / 60),
        tst_min=sum(p.tst_min for p in parts),
    )


def calendar(rng: random.Random, *, travels: bool, split: bool) -> Made:
    """Return a calendar of some days: nights, day sleep of shifts, turns, naps, journeys, nights in two records."""
    home = rng.choice(ZONES)
    rhythm = rng.choice(("night", "night", "shift", "turns"))
    first = rng.choice(STARTS) + dt.timedelta(days=rng.randint(-1, 1))
    records: list[tuple[Sleeper, bool]] = []
    truths: list[Truth] = []
    free_from = dt.datetime.min.replace(tzinfo=dt.UTC)
    for n in range(rng.randint(3, 12)):
        date = first + dt.timedelta(days=n)
        zone = rng.choice(ZONES) if travels and n % 4 == 3 else home
        by_day = rhythm == "shift" or (rhythm == "turns" and n % 6 >= 3)
        woke = _instant(date, rng.uniform(13, 19.4) if by_day else rng.uniform(4.5, 10.5), zone)
        length = rng.randint(270, 540)
        start = woke - dt.timedelta(minutes=length)
        if start >= free_from + APART:
            cut = rng.randint(60, length - 60) if split and rng.random() < 0.4 else None
            parts = _parts(rng, start, length, cut, zone)
            records += [(p, True) for p in parts]
            truths.append(_truth(parts, date=date, nap=False))
            free_from = woke
            for hour in (12.0, 16.5, 20.0):
                free_from = _nap(rng, date, hour, zone, free_from, (records, truths))
    return Made(records=tuple(records), truths=tuple(truths), home=home)


def _parts(rng: random.Random, start: dt.datetime, length: int, cut: int | None, zone: str) -> list[Sleeper]:
    if cut is None:
        return [night(start, _stages(rng, length), zone=zone)]
    gap = rng.randint(5, 50)
    end = start + dt.timedelta(minutes=length)
    first = min(cut, length - gap - 60)
    one = night(start, _stages(rng, max(60, first)), zone=zone)
    resumed = one.stretches[-1].end + dt.timedelta(minutes=gap)
    return [one, night(resumed, _stages(rng, int((end - resumed) / dt.timedelta(minutes=1))), zone=zone)]


def _nap(
    rng: random.Random,
    date: dt.date,
    hour: float,
    zone: str,
    free_from: dt.datetime,
    kept: tuple[list[tuple[Sleeper, bool]], list[Truth]],
) -> dt.datetime:
    """Add a nap in a third of cases where there is room for it; return from when on the person is awake."""
    start = _instant(date, hour + rng.uniform(0, 1.5), zone)
    doze = night(start, [(Stage.LIGHT, float(rng.randint(35, 90)))], zone=zone)
    end = doze.stretches[-1].end
    clock = end.astimezone(ZoneInfo(zone))
    if start < free_from + APART or clock.date() != date or rng.random() < 0.66:
        return free_from
    kept[0].append((doze, False))
    kept[1].append(_truth([doze], date=date + dt.timedelta(days=clock.hour >= 18), nap=True))
    return end


def _apple(made: Made) -> bytes:
    """Return the calendar as a watch and a second app, which saw the nights without stages, write it."""
    watch = [p for sleeper, _ in made.records for p in pieces(sleeper)]
    other = []
    for sleeper, main in made.records:
        if main:
            whole = [(Stage.ASLEEP, (sleeper.stretches[-1].end - sleeper.stretches[0].start).total_seconds() / 60)]
            other += pieces(night(sleeper.stretches[0].start, whole, zone=sleeper.zone), source="App")
    return apple_xml([*watch, *other, *watch[:3]])


def _fitbit(made: Made) -> bytes:
    logs = []
    for sleeper, main in made.records:
        start = sleeper.stretches[0].start.astimezone(ZoneInfo(made.home)).replace(tzinfo=None)
        levels = [(FITBIT[s.stage], round((s.end - s.start).total_seconds())) for s in sleeper.stretches]
        logs.append(fitbit_log(start, levels, mainSleep=main))
    return fitbit_json(logs)


def _shown(n: Night) -> tuple[dt.date, bool, dt.datetime | None, dt.datetime | None, int | None, float | None]:
    return n.date, n.nap, n.onset, n.offset, n.offset_zone_offset_min, n.tst_min


def _order(row: tuple[object, ...]) -> str:
    return str(row[2])


def _doubtful(made: Made) -> bool:
    """Return whether a sleep begins in an hour that a clock without zone reads twice or never."""
    tz = ZoneInfo(made.home)
    for sleeper, _ in made.records:
        wall = sleeper.stretches[0].start.astimezone(tz).replace(tzinfo=None)
        if wall.replace(tzinfo=tz, fold=0).utcoffset() != wall.replace(tzinfo=tz, fold=1).utcoffset():
            return True
    return False


def campaign(rounds: int) -> int:
    """Check so many calendars; return how many nights and naps they had."""
    rng = random.Random(20240331)
    seen = 0
    for n in range(rounds):
        zoneless = n % 2 == 1
        made = calendar(rng, travels=not zoneless and n % 3 == 0, split=not zoneless)
        if zoneless and _doubtful(made):
            continue
        data = _fitbit(made) if zoneless else _apple(made)
        readings = read_all(io.BytesIO(data), "calendar", zone=made.home)
        found = resolve([e for r in readings for e in r.episodes])
        told = sorted((_shown(x) for x in (*found.nights, *found.naps)), key=_order)
        true = sorted(((t.date, t.nap, t.onset, t.offset, t.ahead_min, t.tst_min) for t in made.truths), key=_order)
        assert told == true, (n, made.home)
        assert len({x.date for x in found.nights}) == len(found.nights)
        seen += len(told)
    return seen


def test_calendars_in_six_zones() -> None:
    assert campaign(150) > 500


@pytest.mark.slow
def test_ten_thousand_calendars_in_six_zones() -> None:
    assert campaign(10_000) > 40_000
