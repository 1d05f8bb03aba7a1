"""The truth about a made-up person, as records."""

import datetime as dt
from dataclasses import dataclass

from noctiflora.sleep import Segment, Stage
from noctiflora.trial import Arm, Schedule


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """Nights slept in another zone: from the night dated `first` on, `n_nights` of them."""

    first: dt.date
    n_nights: int
    zone: str

    def covers(self, date: dt.date) -> bool:
        """Whether the night of `date` belongs to the trip."""
        return 0 <= (date - self.first).days < self.n_nights


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The true effect and the plan by which it was tried.

    Parameters
    ----------
    schedule : Schedule
        Run-in and periods as drawn; without a pair of periods, run-in throughout.
    theta : float
        True effect at full exposure on the diary's sleep efficiency (points).
    theta_rating : float
        What that makes on the 0 to 10 rating, before rounding to whole points.
    tau_on, tau_off : float
        Kinetics (nights).
    mean, sd, phi, white_share, weekend, trend : float
        The other true numbers of the nightly model.
    """

    schedule: Schedule
    theta: float
    theta_rating: float
    tau_on: float
    tau_off: float
    mean: float
    sd: float
    phi: float
    white_share: float
    weekend: float
    trend: float

    @property
    def active(self) -> tuple[bool, ...]:
        """Whether each period in turn, run-in left out, holds the product."""
        return tuple(p.arm is Arm.PRODUCT for p in self.schedule.periods if p.arm is not Arm.RUN_IN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slept:
    """A true sleep: from `bed_start` to `bed_end` (UTC), filled without gap by `segments`.

    The segments begin and end with AWAKE where the person lay awake before or after the sleep.
    """

    zone: str
    bed_start: dt.datetime
    bed_end: dt.datetime
    segments: tuple[Segment, ...]

    @property
    def asleep(self) -> tuple[Segment, ...]:
        """The segments of sleep."""
        return tuple(s for s in self.segments if s.stage.is_sleep)

    @property
    def onset(self) -> dt.datetime:
        """First instant of sleep."""
        return self.asleep[0].start

    @property
    def offset(self) -> dt.datetime:
        """Last instant of sleep."""
        return self.asleep[-1].end

    @property
    def tib_min(self) -> float:
        """Time in bed, minutes."""
        return minutes(self.bed_start, self.bed_end)

    @property
    def tst_min(self) -> float:
        """Total sleep time, minutes."""
        return sum(minutes(s.start, s.end) for s in self.asleep)

    @property
    def sol_min(self) -> float:
        """Sleep onset latency, minutes."""
        return minutes(self.bed_start, self.onset)

    @property
    def waso_min(self) -> float:
        """Wake after sleep onset and before the final awakening, minutes."""
        return minutes(self.onset, self.offset) - self.tst_min

    def stage_min(self, stage: Stage) -> float:
        """Return the minutes spent in `stage`."""
        return sum(minutes(s.start, s.end) for s in self.segments if s.stage is stage)


@dataclass(frozen=True, slots=True, kw_only=True)
class DiaryEntry:
    """One morning's entry in the sleep diary; instants are UTC, the clock read was that of `zone`.

    The person goes to bed in order to sleep: getting into bed is the attempt, so that efficiency
    over time in bed and over the time of the attempt are one number.
    """

    date: dt.date
    zone: str
    attempt: dt.datetime
    latency_min: int
    awakenings: int
    awake_min: int
    final_awakening: dt.datetime
    out_of_bed: dt.datetime
    quality: int

    @property
    def tst_min(self) -> float:
        """Total sleep time as the entry gives it, minutes."""
        return minutes(self.attempt, self.final_awakening) - self.latency_min - self.awake_min

    @property
    def efficiency(self) -> float:
        """Sleep efficiency as the entry gives it, 100 * TST / (attempt to out of bed), per cent."""
        return 100 * self.tst_min / minutes(self.attempt, self.out_of_bed)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueNight:
    """Everything that was so in one night.

    Parameters
    ----------
    date : date
        Local date of waking up.
    slept : Slept
        The night as a perfect wearable would see it.
    naps : tuple of Slept
        Naps that count for this date.
    device_worn : bool
        Whether the wearable recorded the night.
    in_bed_only : bool
        Whether only the phone's time in bed was recorded.
    efficiency : float
        The model's diary efficiency of the night (points), before the person rounds it.
    exposure : float
        Exposure state, 0 to 1.
    capsule_taken : bool or None
        Whether a capsule, of either kind, was taken on the day before; None outside the periods.
    dose_assigned, dose_taken : float
        Active dose planned for and taken on the day before, 0 to 1.
    dose_logged : bool
        Whether the person wrote down if the capsule was taken.
    diary : DiaryEntry or None
        The morning's entry; None where it was not filled in.
    """

    date: dt.date
    slept: Slept
    naps: tuple[Slept, ...]
    device_worn: bool
    in_bed_only: bool
    efficiency: float
    exposure: float
    capsule_taken: bool | None
    dose_assigned: float
    dose_taken: float
    dose_logged: bool
    diary: DiaryEntry | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A made-up person with everything that is true of them.

    Parameters
    ----------
    name : str
        A label that nobody takes for a real person.
    seed : int
        From which all of it follows.
    home : str
        Home zone (IANA name).
    trip : Trip or None
        Nights slept elsewhere.
    course : Course
        The true effect and the plan.
    nights : tuple of TrueNight
        One for each date, in order.
    """

    name: str
    seed: int
    home: str
    trip: Trip | None
    course: Course
    nights: tuple[TrueNight, ...]


def minutes(start: dt.datetime, end: dt.datetime) -> float:
    """Return the minutes from `start` to `end`."""
    return (end - start).total_seconds() / 60
