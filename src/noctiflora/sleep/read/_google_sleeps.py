"""Google Health takeout of 2026: ``UserSleeps_*.csv``, one row for each sleep, sums only.

Times are UTC with the offset of the local clock beside them, so no zone need be named. The stages
stand in ``UserSleepStages_*.csv``, which names the same sleep. Its number is not the log number of
the older Fitbit files; `resolve` recognises the same sleep in both by time.
"""

from types import MappingProxyType

from noctiflora.core import InputError
from noctiflora.sleep._night import Episode, Totals
from noctiflora.sleep.read._csv import DAY_MIN, EMPTY, Line, header, lines, number
from noctiflora.sleep.read._format import Format, Tally
from noctiflora.sleep.read._offset import from_utc
from noctiflora.sleep.read._stage_rows import named_source
from noctiflora.sleep.read._when import Moment, at, moment, wall_zone

NEEDED = frozenset({"sleep_id", "sleep_start", "sleep_end", "minutes_in_sleep_period"})


def sniff(head: bytes) -> bool:
    """Return whether the header is that of Google's table of sleeps."""
    return frozenset(header(head)) >= NEEDED


def read(tally: Tally) -> None:
    """Read sleeps into the tally."""
    for line in lines(tally.document.text(), lambda names: names):
        tally.expect(line.number)
        try:
            tally.episodes.append(_episode(line, tally))
        except InputError as problem:
            if problem.where == tally.document.name:
                raise
            tally.refuse(f"line {line.number}", problem)


def google_moment(line: Line, stamp: str, ahead: str, tally: Tally) -> Moment:
    """Return the moment of a column, on the clock of the offset beside it or of the named zone.

    Raises
    ------
    FormatError, RangeError
        If it is unreadable, or tells no offset while no zone is named.
    """
    text, offset = line.cells.get(stamp, ""), line.cells.get(ahead, "")
    if offset.lower() not in EMPTY:
        return from_utc(text, offset)
    tz = wall_zone(tally.zone, where=tally.document.name)
    return at(from_utc(text, "Z").instant, tz) if text else moment(text, tz)


def _episode(line: Line, tally: Tally) -> Episode:
    start = google_moment(line, "sleep_start", "start_utc_offset", tally)
    end = google_moment(line, "sleep_end", "end_utc_offset", tally)
    return Episode(
        source=named_source("google health", line.cells.get("data_source", "")),
        start=start.instant,
        end=end.instant,
        start_offset_min=start.offset_min,
        end_offset_min=end.offset_min,
        zone_basis=start.basis,
        totals=_totals(line),
        has_in_bed=True,
        key=line.cells.get("sleep_id", "") or f"{start.instant.timestamp():.0f}",
    )


def _totals(line: Line) -> Totals:
    """Return the printed sums; where all are zero nothing was measured, a latency of zero was not."""
    asleep = number(line, "minutes_asleep", most=DAY_MIN)
    awake = number(line, "minutes_awake", most=DAY_MIN)
    latency = number(line, "minutes_to_fall_asleep", most=DAY_MIN)
    after = number(line, "minutes_after_wake_up", most=DAY_MIN)
    if not any((asleep, awake, latency, after)):
        return Totals()
    edges = (latency or 0.0) + (after or 0.0)
    # Wakefulness before and after sleep may be counted into the minutes awake; then it is not known apart.
    within = awake if awake is not None and edges == 0 else None
    return Totals(
        tst_min=asleep,
        sol_min=latency or None,
        waso_min=within,
        terminal_wake_min=after or None,
        stages_min=MappingProxyType({}),
    )


GOOGLE_SLEEPS = Format(label="Google Health sleeps", sniff=sniff, read=read)
