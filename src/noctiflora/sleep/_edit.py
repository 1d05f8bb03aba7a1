"""What a person corrects in a night by hand, which outweighs every device."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import isfinite

from noctiflora.core import RangeError
from noctiflora.sleep._metrics import derived
from noctiflora.sleep._night import LONGEST_H, Night

BY_HAND = "by hand"
"""Source of a night that exists only because a person entered it."""

LONGEST_MIN = LONGEST_H * 60
HIGHEST_RATING = 10


class EditField(StrEnum):
    """What can be corrected; EXCLUDED sets the whole night aside."""

    TIB = "tib_min"
    TST = "tst_min"
    SOL = "sol_min"
    WASO = "waso_min"
    TERMINAL_WAKE = "terminal_wake_min"
    AWAKENINGS = "awakenings"
    ONSET = "onset"
    OFFSET = "offset"
    RATING = "rating"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True, kw_only=True)
class NightEdit:
    """One correction of one night.

    Parameters
    ----------
    date : date
        Local date of waking up.
    field : EditField
        What is corrected.
    value : float, datetime or None
        Minutes, a count, 0 to 10, an instant with its local offset, or 1 for EXCLUDED; None
        makes the measure unknown.

    Raises
    ------
    RangeError
        If the value is of the wrong kind or outside what is possible.

    Examples
    --------
    >>> NightEdit(date=dt.date(2024, 1, 2), field=EditField.SOL, value=25.0).field.value
    'sol_min'
    """

    date: dt.date
    field: EditField
    value: float | dt.datetime | None

    def __post_init__(self) -> None:
        where = f"night {self.date}, {self.field}"
        if self.value is None:
            return
        timed = self.field in (EditField.ONSET, EditField.OFFSET)
        if isinstance(self.value, dt.datetime):
            if not timed or self.value.utcoffset() is None:
                do = "give minutes here" if not timed else "give the time with its offset from UTC"
                raise RangeError("this value cannot stand here", where=where, found=self.value.isoformat(), do=do)
            return
        if timed:
            raise RangeError("a time is needed here", where=where, found=str(self.value), do="give an ISO time")
        most = HIGHEST_RATING if self.field is EditField.RATING else LONGEST_MIN
        if not isfinite(self.value) or not 0 <= self.value <= most:
            raise RangeError(
                f"the value must lie between 0 and {most}", where=where, found=str(self.value), do="correct it"
            )


def edited(night: Night | None, edits: Sequence[NightEdit]) -> Night | None:
    """Return the night with the corrections of its date applied, in order.

    Parameters
    ----------
    night : Night or None
        None where no device recorded this date; a night entered by hand then begins.
    edits : sequence of NightEdit
        All of the same date.

    Returns
    -------
    Night or None
        None where the night is excluded.

    Raises
    ------
    RangeError
        If the corrected measures contradict each other.
    """
    if not edits:
        return night
    out = night or Night(date=edits[0].date, source=BY_HAND)
    for edit in edits:
        if edit.field is EditField.EXCLUDED:
            if edit.value:
                return None
            continue
        out = _applied(out, edit)
    out = derived(out)
    _check(out)
    fields = ", ".join(dict.fromkeys(e.field.value for e in edits))
    return replace(out, notes=(*out.notes, f"corrected by hand: {fields}"))


def _applied(night: Night, edit: NightEdit) -> Night:
    """Return the night with one field replaced."""
    value = edit.value
    if edit.field in (EditField.ONSET, EditField.OFFSET):
        shift: int | None = None
        instant: dt.datetime | None = None
        if isinstance(value, dt.datetime):
            ahead = value.utcoffset()
            shift = round(ahead.total_seconds() / 60) if ahead is not None else None
            instant = value.astimezone(dt.UTC)
        if edit.field is EditField.ONSET:
            return replace(night, onset=instant, onset_zone_offset_min=shift)
        return replace(night, offset=instant, offset_zone_offset_min=shift)
    number = None if value is None or isinstance(value, dt.datetime) else float(value)
    match edit.field:
        case EditField.TIB:
            return replace(night, tib_min=number)
        case EditField.TST:
            return replace(night, tst_min=number)
        case EditField.SOL:
            return replace(night, sol_min=number)
        case EditField.WASO:
            return replace(night, waso_min=number)
        case EditField.TERMINAL_WAKE:
            return replace(night, terminal_wake_min=number)
        case EditField.RATING:
            return replace(night, rating=number)
        case _:
            return replace(night, awakenings=None if number is None else round(number))


def _check(night: Night) -> None:
    """Raise where the measures contradict each other."""
    where = f"night {night.date}"
    if night.tib_min is not None and night.tst_min is not None and night.tst_min > night.tib_min:
        raise RangeError(
            "sleep cannot be longer than time in bed",
            where=where,
            found=f"{night.tst_min:g} of {night.tib_min:g} min",
            do="correct both, or set time in bed to unknown",
        )
    if night.onset is not None and night.offset is not None and night.onset >= night.offset:
        raise RangeError(
            "sleep must begin before it ends", where=where, found=f"{night.onset} to {night.offset}", do="correct both"
        )
