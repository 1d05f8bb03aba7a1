"""The measures of one sleep: time in bed, sleep, latency, wakefulness, efficiency, stages, midpoint.

Definitions (AASM terms, as in YASA's `sleep_statistics`, doi:10.7554/eLife.70092; Carney 2012,
doi:10.5665/sleep.1642 for diaries):

TIB
    Start to end of time in bed. Never invented: unknown where a source gives sleep only.
SPT, TST
    First to last sleep; sleep within it.
WASO
    Wakefulness within SPT; what follows the final awakening stands apart.
SOL
    Start of the attempt to sleep to first sleep; unknown where a device starts at sleep.
SE
    100 * TST / TIB.
Awakenings
    Unbroken bouts of wakefulness within SPT, of any length.

A hole in the record is unknown, never wakefulness: with over `GRACE_MIN` unknown within SPT,
WASO and awakenings are unknown; with a single hole of `JOIN_GAP_MIN`, so are TST and SE.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from noctiflora.core import local, night_date
from noctiflora.sleep._night import Episode, Night, Segment, Stage
from noctiflora.sleep._timeline import BLANK, JOIN_GAP_MIN, WAKE, bouts, filled, minutes, stage_minutes, timeline

GRACE_MIN = 1.0
"""Unknown minutes within a night below which they are taken for rounding (assumed, 0 to 5)."""

LONG_AWAKENING_MIN = 5.0
"""Awakenings longer than this are those the NSF 2017 consensus counts (PubMed 28346153)."""


UNSEEN = "wakefulness within the night is not told by this source"


def tells_sleep(episode: Episode) -> bool:
    """Return whether the segments say anything about sleep or wakefulness."""
    return any(s.stage not in BLANK for s in episode.segments)


def in_bed_only(episode: Episode) -> bool:
    """Return whether the record knows of time in bed alone."""
    known = episode.totals.tst_min is not None or bool(episode.totals.stages_min)
    return not tells_sleep(episode) and not known


def slept(episode: Episode) -> bool:
    """Return whether the record tells of any sleep, of known length or not."""
    told = any(s.stage.is_sleep for s in episode.segments)
    return told or bool(episode.totals.tst_min) or any(s.is_sleep and m for s, m in episode.totals.stages_min.items())


def measure(episode: Episode, *, nap: bool = False) -> Night:
    """Return the measures of one sleep.

    Parameters
    ----------
    episode : Episode
        As read, or as joined by `resolve`.
    nap : bool
        Whether it is a nap: only a nap moves to the next date in the evening.

    Returns
    -------
    Night
        Minutes; None where the record does not tell.

    References
    ----------
    .. [1] Vallat and Walker 2021, doi:10.7554/eLife.70092
    .. [2] Carney et al. 2012, doi:10.5665/sleep.1642

    Examples
    --------
    >>> start = dt.datetime(2024, 1, 1, 22, tzinfo=dt.UTC)
    >>> end = start + dt.timedelta(hours=8)
    >>> night = measure(Episode(source="x", start=start, end=end, start_offset_min=60, end_offset_min=60,
    ...     zone_basis="record offset", segments=(Segment(start=start, end=end, stage=Stage.ASLEEP),)))
    >>> night.tst_min, night.tib_min, night.midsleep_h
    (480.0, None, 3.0)
    """
    by_stage = tells_sleep(episode) or (in_bed_only(episode) and bool(episode.segments))
    night = _from_segments(episode) if by_stage else _from_totals(episode)
    woke = night.offset or episode.end
    dated = replace(
        night,
        date=night_date(woke, episode.end_offset_min, nap=nap),
        nap=nap,
        rating=episode.totals.rating,
        onset_zone_offset_min=None if night.onset is None else episode.start_offset_min,
        offset_zone_offset_min=None if night.offset is None else episode.end_offset_min,
    )
    if episode.totals.wakes_unseen:
        dated = replace(dated, waso_min=None, awakenings=episode.totals.awakenings, notes=(*dated.notes, UNSEEN))
    whole = derived(dated)
    # Sleep and wakefulness that exceed the record cannot be divided by it.
    doubtful = not tells_sleep(episode) and _excess(episode, edges=False) > GRACE_MIN
    return replace(whole, se_pct=None) if doubtful else whole


def derived(night: Night) -> Night:
    """Return the night with SPT, SE and midsleep worked out from its other measures."""
    both = night.onset is not None and night.offset is not None
    tib, tst = night.tib_min, night.tst_min
    return replace(
        night,
        spt_min=minutes(night.onset, night.offset) if both and night.onset and night.offset else None,
        se_pct=100 * tst / tib if tib and tst is not None and tst <= tib else None,
        midsleep_h=midsleep(night),
    )


def midsleep(night: Night) -> float | None:
    """Return half way between the local clock readings of onset and offset, 0 to 24 h.

    As in the Munich ChronoType Questionnaire: from clock readings, so that a clock change within
    the night counts half.

    References
    ----------
    .. [1] Roenneberg et al. 2003, doi:10.1177/0748730402239679
    """
    if night.onset is None or night.offset is None:
        return None
    first = local(night.onset, night.onset_zone_offset_min or 0).replace(tzinfo=None)
    last = local(night.offset, night.offset_zone_offset_min or 0).replace(tzinfo=None)
    middle = first + (last - first) / 2
    return middle.hour + middle.minute / 60 + (middle.second + middle.microsecond / 1e6) / 3600


def maintenance_pct(night: Night) -> float | None:
    """Return sleep maintenance efficiency, 100 * TST / SPT, or None where either is unknown."""
    if night.tst_min is None or not night.spt_min:
        return None
    return 100 * night.tst_min / night.spt_min


def stage_shares(night: Night) -> dict[Stage, float]:
    """Return each sleep stage as a percentage of TST; light is N1 with N2.

    Sleep of unnamed stage is its own share. Empty where TST is unknown or zero.
    """
    if not night.tst_min:
        return {}
    return {stage: 100 * m / night.tst_min for stage, m in night.stages_min.items() if stage.is_sleep}


def long_awakenings(night: Night) -> int | None:
    """Return the awakenings of over 5 min, or None where bouts are not recorded.

    References
    ----------
    .. [1] Ohayon et al. 2017 (National Sleep Foundation), PubMed 28346153
    """
    if night.awakenings is None or night.onset is None or night.offset is None or not night.segments:
        return None
    inner = filled(timeline(night.segments), night.onset, night.offset)
    return sum(length > LONG_AWAKENING_MIN for length in bouts(inner, WAKE))


def _from_segments(episode: Episode) -> Night:
    """Return the measures that a row of stages gives."""
    line = filled(timeline(episode.segments), episode.start, episode.end)
    asleep = [s for s in line if s.stage.is_sleep]
    notes = list(episode.notes)
    stages = stage_minutes(line)
    tib = _tib(episode)
    if not asleep:
        blank = sum(m for stage, m in stages.items() if stage in BLANK)
        night = _night(episode, line, stages, notes)
        return replace(night, tib_min=tib, tst_min=0.0 if tells_sleep(episode) and blank <= GRACE_MIN else None)
    onset, offset = asleep[0].start, asleep[-1].end
    inner = filled(line, onset, offset)
    lost = sum(minutes(s.start, s.end) for s in inner if s.stage in BLANK)
    hole = max((minutes(s.start, s.end) for s in line if s.stage is Stage.UNKNOWN), default=0.0)
    tst: float | None = sum(minutes(s.start, s.end) for s in asleep)
    waso: float | None = sum(bouts(inner, WAKE), start=0.0)
    if lost > GRACE_MIN:
        notes.append(f"{lost:.0f} min within the night are not recorded: wakefulness unknown")
        waso = None
    if hole >= JOIN_GAP_MIN:
        notes.append(f"the record has a hole of {hole:.0f} min: total sleep unknown")
        tst = waso = None
    night = _night(episode, line, stages, notes)
    return _with_edges(
        replace(
            night,
            onset=onset,
            offset=offset,
            tib_min=tib,
            tst_min=tst,
            waso_min=waso,
            awakenings=None if waso is None else len(bouts(inner, WAKE)),
        ),
        episode,
        line,
    )


def _with_edges(night: Night, episode: Episode, line: tuple[Segment, ...]) -> Night:
    """Return the night with latency and terminal wake, where a record reaches beyond sleep."""
    if not episode.has_in_bed or night.onset is None or night.offset is None:
        return night
    began = episode.start + dt.timedelta(minutes=episode.totals.lights_out_min or 0)
    sol, rise = minutes(began, night.onset), minutes(night.offset, episode.end)
    before = any(s.stage is Stage.UNKNOWN and s.start < night.onset for s in line)
    after = any(s.stage is Stage.UNKNOWN and s.start >= night.offset for s in line)
    printed = episode.totals.sol_min
    return replace(
        night,
        sol_min=sol if sol > 0 and not before else printed,
        terminal_wake_min=rise if rise > 0 and not after else episode.totals.terminal_wake_min,
    )


def _night(episode: Episode, line: tuple[Segment, ...], stages: Mapping[Stage, float], notes: list[str]) -> Night:
    """Return a night with what does not depend on sleep; its date is set by the caller."""
    return Night(
        date=episode.end.date(),
        source=episode.source,
        segments=line,
        stages_min=MappingProxyType(dict(stages)),
        notes=tuple(notes),
    )


def _from_totals(episode: Episode) -> Night:
    """Return the measures that printed sums give, as far as they agree with each other."""
    t = episode.totals
    span = minutes(episode.start, episode.end)
    tib = _tib(episode)
    tst = t.tst_min
    lights = t.lights_out_min or 0.0
    # A record that starts at sleep has its onset at its start; in bed, only a known latency gives it.
    sol = t.sol_min if episode.has_in_bed else None
    rise = t.terminal_wake_min if episode.has_in_bed else None
    onset = _shifted(episode.start, sol, lights, known=not episode.has_in_bed)
    ends_at_sleep = not episode.has_in_bed or t.tib_unknown
    offset = _shifted(episode.end, None if rise is None else -rise, 0.0, known=ends_at_sleep)
    if t.frame_only:
        tib = onset = offset = None
    night = _night(episode, (), t.stages_min, list(episode.notes))
    if _excess(episode) > GRACE_MIN or (onset and offset and onset >= offset):
        over = _excess(episode)
        note = f"the parts of the record exceed its {span:.0f} min by {over:.0f} min: the doubtful ones are left out"
        possible = tst if tst is not None and tst <= span + GRACE_MIN else None
        return replace(night, tib_min=tib, tst_min=possible, notes=(*night.notes, note))
    waso = t.waso_min
    if waso is None and onset and offset and tst is not None:
        rest = minutes(onset, offset) - tst
        waso = rest if rest >= 0 else None
    night = replace(
        night,
        onset=onset,
        offset=offset,
        tib_min=tib,
        tst_min=tst,
        sol_min=sol,
        waso_min=waso,
        awakenings=t.awakenings,
        terminal_wake_min=rise,
    )
    if tib and tst is not None and t.lights_out_min is not None and tib > lights:
        night = replace(night, se_attempt_pct=min(100.0, 100 * tst / (tib - lights)))
    return night


def _tib(episode: Episode) -> float | None:
    """Return time in bed as printed, else as the record spans it; None where it starts at sleep."""
    if not episode.has_in_bed or episode.totals.tib_unknown:
        return None
    printed = episode.totals.tib_min
    return minutes(episode.start, episode.end) if printed is None else printed


def _excess(episode: Episode, *, edges: bool = True) -> float:
    """Return by how many minutes the printed parts exceed the record; negative where they fit.

    With `edges` the time awake before and after sleep is among the parts.
    """
    t = episode.totals
    before_after = (t.sol_min, t.terminal_wake_min, t.lights_out_min) if edges and episode.has_in_bed else ()
    return sum(p or 0.0 for p in (t.tst_min, t.waso_min, *before_after)) - minutes(episode.start, episode.end)


def _shifted(instant: dt.datetime, by_min: float | None, extra_min: float, *, known: bool) -> dt.datetime | None:
    """Return `instant` moved by minutes; itself where it is known to be exact; else None."""
    if known:
        return instant
    return None if by_min is None else instant + dt.timedelta(minutes=by_min + extra_min)
