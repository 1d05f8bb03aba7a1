"""Nights as JSON, every measure to its last digit, and back."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from noctiflora.core import FormatError, local
from noctiflora.sleep._night import Night, Segment, Stage

NUMBERS = (
    "tib_min",
    "spt_min",
    "tst_min",
    "sol_min",
    "waso_min",
    "se_pct",
    "midsleep_h",
    "terminal_wake_min",
    "se_attempt_pct",
    "rating",
)
"""Measures with a fraction; None where they were not measured."""

Plain = Mapping[str, object]


def stamp(instant: dt.datetime | None, offset_min: int | None) -> str | None:
    """Return an instant as local ISO time with its offset; as UTC where no offset is known."""
    if instant is None:
        return None
    return instant.isoformat() if offset_min is None else local(instant, offset_min).isoformat()


def plain(night: Night) -> dict[str, object]:
    """Return all that is known of a night as plain data; unknown values are None.

    Examples
    --------
    >>> plain(Night(date=dt.date(2024, 1, 2), source="diary"))["tst_min"] is None
    True
    """
    return {
        "date": night.date.isoformat(),
        "source": night.source,
        "nap": night.nap,
        "onset": stamp(night.onset, night.onset_zone_offset_min),
        "offset": stamp(night.offset, night.offset_zone_offset_min),
        "onset_zone_offset_min": night.onset_zone_offset_min,
        "offset_zone_offset_min": night.offset_zone_offset_min,
        **{name: getattr(night, name) for name in NUMBERS},
        "awakenings": night.awakenings,
        "stages_min": {stage.value: m for stage, m in night.stages_min.items()},
        "notes": list(night.notes),
        "segments": [
            {"start": s.start.isoformat(), "end": s.end.isoformat(), "stage": s.stage.value} for s in night.segments
        ],
    }


def night_of(row: Plain) -> Night:
    """Return the night that `plain` wrote.

    Raises
    ------
    FormatError
        If it did not write this.
    """
    try:
        return Night(
            date=dt.date.fromisoformat(_text(row["date"])),
            source=_text(row["source"]),
            nap=bool(row["nap"]),
            onset=_instant(row["onset"]),
            offset=_instant(row["offset"]),
            onset_zone_offset_min=_whole(row["onset_zone_offset_min"]),
            offset_zone_offset_min=_whole(row["offset_zone_offset_min"]),
            awakenings=_whole(row["awakenings"]),
            stages_min=MappingProxyType({Stage(k): float(_text(v)) for k, v in _pairs(row["stages_min"]).items()}),
            notes=tuple(_text(n) for n in _items(row["notes"])),
            segments=tuple(_segment(s) for s in _items(row.get("segments", []))),
            **{name: _number(row[name]) for name in NUMBERS},
        )
    except (KeyError, ValueError, TypeError, OverflowError) as problem:
        raise FormatError("this is not a night that was exported here", found=str(problem), do="export again") from None


def nights_json(nights: Iterable[Night]) -> str:
    """Return nights as JSON.

    Parameters
    ----------
    nights : iterable of Night
        In any order; naps are marked.

    Returns
    -------
    str
        A list; `nights_from_json` gives the same nights back.

    Examples
    --------
    >>> night = Night(date=dt.date(2024, 1, 2), source="diary", tst_min=1 / 3)
    >>> nights_from_json(nights_json([night])) == (night,)
    True
    """
    return json.dumps([plain(n) for n in nights], ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def nights_from_json(text: str) -> tuple[Night, ...]:
    """Return the nights that `nights_json` wrote.

    Raises
    ------
    FormatError
        If the text is something else.
    """
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError):
        rows = None
    if not isinstance(rows, list):
        raise FormatError("this is not a list of nights that was exported here", found=text[:40], do="export again")
    return tuple(night_of(row if isinstance(row, dict) else {}) for row in rows)


def _text(value: object) -> str:
    if not isinstance(value, str | int | float):
        raise TypeError(value)
    return str(value)


def _number(value: object) -> float | None:
    return None if value is None else float(_text(value))


def _whole(value: object) -> int | None:
    return None if value is None else int(_text(value))


def _instant(value: object) -> dt.datetime | None:
    return None if value is None else dt.datetime.fromisoformat(_text(value)).astimezone(dt.UTC)


def _items(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError(value)
    return value


def _pairs(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise TypeError(value)
    return value


def _segment(value: object) -> Segment:
    row = _pairs(value)
    start, end = _instant(row["start"]), _instant(row["end"])
    if start is None or end is None:
        raise ValueError(value)
    return Segment(start=start, end=end, stage=Stage(_text(row["stage"])))
