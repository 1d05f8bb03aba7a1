"""Latencies beyond the plain one: to persistent sleep, and to each stage."""

from itertools import pairwise

from noctiflora.sleep._night import Night, Segment, Stage
from noctiflora.sleep._timeline import BLANK, filled, minutes, timeline

PERSISTENT_MIN = 5.0
"""Unbroken minutes of sleep that end the latency to persistent sleep, as YASA's SOL_5min has it."""


def persistent_latency(night: Night, *, least_min: float = PERSISTENT_MIN) -> float | None:
    """Return minutes from the attempt to sleep to the first unbroken sleep of `least_min` minutes.

    Parameters
    ----------
    night : Night
        With its stretches.
    least_min : float
        Minutes.

    Returns
    -------
    float or None
        None where the latency or the stretches are unknown, or no sleep lasts as long.

    References
    ----------
    .. [1] Vallat and Walker 2021 (YASA, SOL_5min), doi:10.7554/eLife.70092
    """
    if night.sol_min is None or night.onset is None:
        return None
    run: list[Segment] = []
    for s in _line(night):
        if not s.stage.is_sleep or (run and run[-1].end != s.start):
            run = []
        if s.stage.is_sleep:
            run.append(s)
            if minutes(run[0].start, s.end) >= least_min:
                return night.sol_min + minutes(night.onset, run[0].start)
    return None


def stage_latencies(night: Night) -> dict[Stage, float]:
    """Return minutes from the attempt to sleep to the first of each sleep stage; empty where that is unknown.

    References
    ----------
    .. [1] Vallat and Walker 2021 (YASA, Lat_N1 to Lat_REM), doi:10.7554/eLife.70092
    """
    if night.sol_min is None or night.onset is None:
        return {}
    out: dict[Stage, float] = {}
    for s in _line(night):
        if s.stage.is_sleep:
            out.setdefault(s.stage, night.sol_min + minutes(night.onset, s.start))
    return out


def rem_latency(night: Night) -> float | None:
    """Return minutes from falling asleep to the first REM sleep, unknown where something before it is."""
    if night.onset is None:
        return None
    for s in _line(night):
        if s.stage is Stage.REM:
            return minutes(night.onset, s.start)
        if s.stage in BLANK or s.stage is Stage.ASLEEP:
            return None
    return None


def fragmentation(night: Night) -> float | None:
    """Return how often an hour of sleep breaks into wakefulness, the final awakening among them.

    References
    ----------
    .. [1] Vallat and Walker 2021 (YASA, SFI), doi:10.7554/eLife.70092
    """
    if not night.tst_min or night.awakenings is None or not night.segments:
        return None
    line = timeline(night.segments)
    breaks = sum(a.stage.is_sleep and not b.stage.is_sleep and b.stage not in BLANK for a, b in pairwise(line))
    return breaks / (night.tst_min / 60)


def _line(night: Night) -> tuple[Segment, ...]:
    if night.onset is None or night.offset is None or not night.segments:
        return ()
    return filled(timeline(night.segments), night.onset, night.offset)
