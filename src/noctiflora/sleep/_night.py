"""One sleep as it was measured (an episode), and one night as it is shown."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from noctiflora.core import RangeError

LONGEST_H = 24
"""No single sleep is believed to last longer than this many hours (assumed; a guard, not a norm)."""


class Stage(StrEnum):
    """What a device or diary says of a stretch of time."""

    AWAKE = "awake"
    RESTLESS = "restless"
    ASLEEP = "asleep"
    LIGHT = "light"
    DEEP = "deep"
    REM = "rem"
    IN_BED = "in_bed"
    OUT_OF_BED = "out_of_bed"
    UNKNOWN = "unknown"

    @property
    def is_sleep(self) -> bool:
        """Whether time in this stage counts as sleep."""
        return self in (Stage.ASLEEP, Stage.LIGHT, Stage.DEEP, Stage.REM)


class Kind(StrEnum):
    """Whether a sleep is the night's main one."""

    MAIN = "main"
    NAP = "nap"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of one stage, from `start` to before `end` (UTC)."""

    start: dt.datetime
    end: dt.datetime
    stage: Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Sums printed by the source itself, in minutes; None where it prints none.

    Parameters
    ----------
    tib_min, tst_min, sol_min, waso_min : float or None
        As in `Night`.
    awakenings : int or None
        As in `Night`.
    stages_min : mapping of Stage to float
        Minutes by stage.
    lights_out_min : float or None
        From getting into bed to trying to sleep.
    terminal_wake_min : float or None
        From the final awakening to the end of the record.
    rating : float or None
        Sleep quality as judged by the person, 0 to 10.
    tib_unknown : bool
        Whether the record leaves open when time in bed ended.
    wakes_unseen : bool
        Whether the source cannot see wakefulness within the sleep: WASO and awakenings are then unknown, not zero.
    frame_only : bool
        Whether start and end are a frame around the sleep, such as a whole day: its own times are then unknown.
    """

    tib_min: float | None = None
    tst_min: float | None = None
    sol_min: float | None = None
    waso_min: float | None = None
    awakenings: int | None = None
    stages_min: Mapping[Stage, float] = field(default_factory=lambda: MappingProxyType({}))
    lights_out_min: float | None = None
    terminal_wake_min: float | None = None
    rating: float | None = None
    tib_unknown: bool = False
    wakes_unseen: bool = False
    frame_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """One sleep from one source, as read.

    Parameters
    ----------
    source : str
        Format and device, for example ``"apple: Lena's Watch"``.
    start, end : datetime
        First and last instant of the record (UTC, aware).
    start_offset_min, end_offset_min : int
        Minutes local time was ahead of UTC then.
    zone_basis : str
        How the offsets are known: ``"record zone"``, ``"record offset"``, ``"named zone"``.
    kind : Kind
        As the source says; UNKNOWN where it does not.
    segments : tuple of Segment
        In order of start; empty where the source gives totals only.
    totals : Totals
        What the source printed.
    has_in_bed : bool
        Whether `start` to `end` is time in bed; False where the device starts at sleep.
    key : str
        Stable identity within the source, so that a repeat is recognised.
    notes : tuple of str
        Guesses made while reading, in words.

    Raises
    ------
    RangeError
        If the end is not after the start or the sleep lasts over 24 h.
    """

    source: str
    start: dt.datetime
    end: dt.datetime
    start_offset_min: int
    end_offset_min: int
    zone_basis: str
    kind: Kind = Kind.UNKNOWN
    segments: tuple[Segment, ...] = ()
    totals: Totals = field(default_factory=Totals)
    has_in_bed: bool = False
    key: str = ""
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        hours = (self.end - self.start).total_seconds() / 3600
        if hours <= 0:
            raise RangeError("a sleep must end after it starts", where=self.source, found=f"{self.start} to {self.end}")
        if hours > LONGEST_H:
            raise RangeError(
                f"a sleep cannot last over {LONGEST_H} hours", where=self.source, found=f"{hours:.1f} hours"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """One night (or nap) as it is shown; None stands for "not measured", never for zero.

    Parameters
    ----------
    date : date
        Local date of waking up.
    onset, offset : datetime or None
        First and last instant of sleep (UTC, aware).
    onset_zone_offset_min, offset_zone_offset_min : int or None
        Minutes local time was ahead of UTC then.
    tib_min, spt_min, tst_min, sol_min, waso_min : float or None
        Time in bed, sleep period time, total sleep time, sleep onset latency and wake after
        sleep onset, in minutes (AASM terms).
    se_pct : float or None
        Sleep efficiency, 100 * TST / TIB.
    awakenings : int or None
        Wake bouts within the sleep period.
    midsleep_h : float or None
        Half way from onset to offset, local clock hours 0 to 24.
    stages_min : mapping of Stage to float
        Minutes by stage, where known.
    source : str
        The source this night was taken from.
    nap : bool
        Whether it is a nap.
    segments : tuple of Segment
        For drawing.
    notes : tuple of str
        What was chosen or guessed, in words.
    terminal_wake_min : float or None
        From the final awakening to getting up; not part of WASO.
    se_attempt_pct : float or None
        100 * TST / (attempt to sleep to getting up), the other divisor of Carney 2012.
    rating : float or None
        Sleep quality as judged by the person, 0 to 10.
    """

    date: dt.date
    source: str
    onset: dt.datetime | None = None
    offset: dt.datetime | None = None
    onset_zone_offset_min: int | None = None
    offset_zone_offset_min: int | None = None
    tib_min: float | None = None
    spt_min: float | None = None
    tst_min: float | None = None
    sol_min: float | None = None
    waso_min: float | None = None
    se_pct: float | None = None
    awakenings: int | None = None
    midsleep_h: float | None = None
    stages_min: Mapping[Stage, float] = field(default_factory=lambda: MappingProxyType({}))
    nap: bool = False
    segments: tuple[Segment, ...] = ()
    notes: tuple[str, ...] = ()
    terminal_wake_min: float | None = None
    se_attempt_pct: float | None = None
    rating: float | None = None
