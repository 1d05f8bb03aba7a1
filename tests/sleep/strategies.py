"""Generated calendars: nights across clock changes and journeys, naps, several sources, with what is true of them."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from noctiflora.sleep import Episode, Segment, Stage
from tests.sleep.exports import Sleeper, night

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Tokyo", "Australia/Lord_Howe", "Asia/Kathmandu")
FIRST_DAYS = (
    dt.date(2024, 3, 28),
    dt.date(2024, 10, 24),
    dt.date(2024, 11, 1),
    dt.date(2024, 4, 4),
    dt.date(2024, 7, 1),
)


@dataclass(frozen=True, kw_only=True)
class Day:
    """What happened on one waking date."""

    date: dt.date
    main: Sleeper
    naps: tuple[Sleeper, ...]


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """Days in a row."""

    days: tuple[Day, ...]


def ahead(instant: dt.datetime, zone: str) -> int:
    shift = instant.astimezone(ZoneInfo(zone)).utcoffset()
    assert shift is not None
    return round(shift.total_seconds() / 60)


def as_episode(sleeper: Sleeper, *, source: str, stages: bool = True, has_in_bed: bool = False) -> Episode:
    """Return a sleep as one device reports it: with its stages, or as sleep without them."""
    segments = sleeper.stretches
    if not stages:
        segments = tuple(
            Segment(start=s.start, end=s.end, stage=Stage.ASLEEP if s.stage.is_sleep else s.stage) for s in segments
        )
    start, end = segments[0].start, segments[-1].end
    return Episode(
        source=source,
        start=start,
        end=end,
        start_offset_min=ahead(start, sleeper.zone),
        end_offset_min=ahead(end, sleeper.zone),
        zone_basis="record zone",
        segments=segments,
        has_in_bed=has_in_bed,
    )


stretches = st.lists(
    st.tuples(st.sampled_from([Stage.LIGHT, Stage.DEEP, Stage.REM, Stage.AWAKE]), st.integers(5, 90).map(float)),
    min_size=3,
    max_size=8,
)


@st.composite
def calendars(draw: st.DrawFn, *, longest: int = 6) -> Calendar:
    """Days that begin around a clock change, the zone changing by day where the person travels."""
    first = draw(st.sampled_from(FIRST_DAYS))
    home = draw(st.sampled_from(ZONES))
    travels = draw(st.booleans())
    days = []
    for n in range(draw(st.integers(1, longest))):
        date = first + dt.timedelta(days=n)
        zone = draw(st.sampled_from(ZONES)) if travels and n % 3 == 2 else home
        days.append(Day(date=date, main=_main(draw, date, zone), naps=_naps(draw, date, zone)))
    return Calendar(days=tuple(days))


def _main(draw: st.DrawFn, date: dt.date, zone: str) -> Sleeper:
    """Return a night of at least four hours that ends between 5 and 9 o'clock local time."""
    inner = draw(stretches)
    parts = [(Stage.LIGHT, 120.0), *inner, (Stage.LIGHT, 120.0)]
    wake_min = draw(st.integers(5 * 60, 9 * 60 - 1))
    wall = dt.datetime.combine(date, dt.time(wake_min // 60, wake_min % 60), tzinfo=ZoneInfo(zone))
    end = wall.astimezone(dt.UTC)
    return night(end - dt.timedelta(minutes=sum(m for _, m in parts)), parts, zone=zone)


def _naps(draw: st.DrawFn, date: dt.date, zone: str) -> tuple[Sleeper, ...]:
    """Return naps of under two hours between 12 and 20 o'clock, well apart."""
    out = []
    for hour in draw(st.lists(st.sampled_from([12, 15, 18]), unique=True, max_size=2)):
        wall = dt.datetime.combine(date, dt.time(hour, draw(st.integers(0, 30))), tzinfo=ZoneInfo(zone))
        out.append(night(wall.astimezone(dt.UTC), [(Stage.LIGHT, float(draw(st.integers(10, 80))))], zone=zone))
    return tuple(out)
