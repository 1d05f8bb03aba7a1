"""The log of one season: entries that are only ever added, so that edits keep their history."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from noctiflora.core import FormatError, RangeError
from noctiflora.trial._season_plan import SeasonPlan

LONGEST_TEXT = 500
"""Longest remark kept, in characters (assumed)."""
CLOCK_SLACK = dt.timedelta(hours=1)
"""A clock may be set back by this much without complaint: corrections over the network (assumed)."""


class EntryKind(StrEnum):
    """What an entry is about."""

    DOSE = "dose"
    MISSING = "missing"
    ADVERSE = "adverse"
    GUESS = "guess"
    PACKED = "packed"
    LOOK = "look"
    UNVEILED = "unveiled"
    OPENED = "opened"
    STOPPED = "stopped"
    KEY_LOST = "key lost"
    LOCKED = "locked"


class Guess(StrEnum):
    """What the person believes a bottle held."""

    PRODUCT = "product"
    COMPARATOR = "placebo"
    DO_NOT_KNOW = "do not know"


class Severity(StrEnum):
    """How bad an unwanted effect is."""

    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry.

    Parameters
    ----------
    at : datetime
        When it was made (UTC).
    kind : EntryKind
        What it is about.
    night : int
        The night it belongs to, from 1; 0 where it belongs to none.
    value : str
        The dose taken (0 to 1), the guess, the severity; empty where the kind has none.
    text : str
        Reason or remark, as typed.
    """

    at: dt.datetime
    kind: EntryKind
    night: int
    value: str = ""
    text: str = ""


ONE_A_NIGHT = frozenset({EntryKind.DOSE, EntryKind.MISSING, EntryKind.GUESS})
"""Kinds of which the last entry of a night counts."""


def standing(entries: Iterable[Entry]) -> dict[tuple[EntryKind, int], Entry]:
    """Return the entry that counts for each kind and night, of the kinds that have one a night."""
    return {(e.kind, e.night): e for e in entries if e.kind in ONE_A_NIGHT}


def corrections(entries: Sequence[Entry]) -> int:
    """Return how many entries took the place of an earlier one."""
    once = [e for e in entries if e.kind in ONE_A_NIGHT]
    return len(once) - len(standing(once))


def doses_taken(entries: Iterable[Entry]) -> dict[int, float]:
    """Return the dose that was logged, by night."""
    return {night: float(e.value) for (kind, night), e in standing(entries).items() if kind is EntryKind.DOSE}


def guesses_made(entries: Iterable[Entry], plan: SeasonPlan) -> dict[int, Guess]:
    """Return the guess by place of the bottle, from 0."""
    found = standing(entries).items()
    return {plan.bottle_of(night): Guess(e.value) for (kind, night), e in found if kind is EntryKind.GUESS}


def add_entry(plan: SeasonPlan, entries: Sequence[Entry], entry: Entry, *, correct: bool = False) -> tuple[Entry, ...]:
    """Return the log with one more entry.

    Parameters
    ----------
    plan : SeasonPlan
        The plan that was fixed.
    entries : sequence of Entry
        What is there.
    entry : Entry
        What comes on top.
    correct : bool
        Whether it may take the place of an entry for the same night that says something else.

    Raises
    ------
    RangeError
        If the night is not in the trial, the value not one, or the clock runs backwards.
    FormatError
        If the night has an entry that says something else, and `correct` is not set.
    """
    check_clock(entries, entry.at)
    if entry.kind in ONE_A_NIGHT or entry.night:
        plan.night_of(plan.date_of(entry.night))
    if len(entry.text) > LONGEST_TEXT:
        raise RangeError(f"a remark has at most {LONGEST_TEXT} characters", where="text", found=f"{len(entry.text)}")
    _check_value(plan, entry)
    before = standing(entries).get((entry.kind, entry.night)) if entry.kind in ONE_A_NIGHT else None
    if before is not None and (before.value, before.text) == (entry.value, entry.text):
        return tuple(entries)
    if before is not None and not correct:
        raise FormatError(
            f"this night has a {entry.kind.value} entry already",
            where=f"night {entry.night}, {plan.date_of(entry.night)}",
            found=before.value or before.text,
            do="check the date; to change what was said, add --correct (the earlier entry is kept)",
        )
    return (*entries, entry)


def check_clock(entries: Sequence[Entry], now: dt.datetime) -> None:
    """Refuse an instant before the last entry.

    Raises
    ------
    RangeError
        If the clock was set back.
    """
    if entries and now < entries[-1].at - CLOCK_SLACK:
        raise RangeError(
            f"the clock stands before the last entry of the trial, made {entries[-1].at:%Y-%m-%d %H:%M} UTC",
            where="clock",
            found=f"{now:%Y-%m-%d %H:%M} UTC",
            do="set the clock right; nothing was changed",
        )


def check_night(plan: SeasonPlan, night: int | None, date: dt.date | None, *, today: dt.date) -> int:
    """Return the night meant by a number, a date or both.

    Raises
    ------
    RangeError
        If they disagree (a slipped calendar), lie ahead, or are not in the trial.
    """
    if date is None and night is None:
        date = today
    if date is None:
        assert night is not None
        if not 1 <= night <= plan.n_nights:
            raise RangeError(
                f"nights of this trial are numbered from 1 to {plan.n_nights}", where="--night", found=str(night)
            )
        date = plan.date_of(night)
    found = plan.night_of(date)
    if night is not None and night != found:
        raise RangeError(
            f"number and date do not belong together: the night of {date} is night {found}; the calendar has slipped",
            where="--night",
            found=str(night),
            do="count again from the first night, or give the date alone",
        )
    if date > today:
        raise RangeError(
            "this night has not come yet", where="night", found=str(date), do="check the date and the clock"
        )
    return found


def _check_value(plan: SeasonPlan, entry: Entry) -> None:
    if entry.kind is EntryKind.DOSE:
        try:
            dose = float(entry.value)
        except ValueError:
            dose = -1.0
        if not 0 <= dose <= 1:
            raise RangeError("a dose is a share of the full dose, 0 to 1", where="dose", found=entry.value)
    if entry.kind is EntryKind.GUESS:
        if entry.value not in set(Guess):
            raise RangeError(
                f"a guess is one of {', '.join(Guess)}", where="guess", found=entry.value, do="choose from these"
            )
        if entry.night not in plan.ends:
            raise RangeError(
                "the guess is asked on the last night of a bottle",
                where="guess",
                found=f"night {entry.night}",
                do=f"last nights: {', '.join(map(str, plan.ends))}",
            )
    if entry.kind is EntryKind.ADVERSE and entry.value not in set(Severity):
        raise RangeError(f"severity is one of {', '.join(Severity)}", where="severity", found=entry.value)
    if entry.kind in {EntryKind.MISSING, EntryKind.OPENED, EntryKind.ADVERSE} and not entry.text.strip():
        raise RangeError("a reason is needed in words", where=entry.kind.value, do="say what happened")
