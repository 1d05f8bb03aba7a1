"""One night as plain data: the contract of ``nights --format json``."""

import datetime as dt

from noctiflora.core import local
from noctiflora.sleep._night import Night

DECIMALS = 3
"""Minutes are written to a thousandth; no device measures finer than a second."""

Plain = str | float | int | bool | None | dict[str, float] | list[str]
"""A value that JSON can hold."""


def night_dict(night: Night) -> dict[str, Plain]:
    """Return a night as the JSON contract names it; unknown values are None.

    Returns
    -------
    dict
        ``onset`` and ``offset`` are ISO local times with their offset from UTC.

    Examples
    --------
    >>> night_dict(Night(date=dt.date(2024, 1, 2), source="diary"))["tst_min"] is None
    True
    """
    return {
        "date": night.date.isoformat(),
        "onset": _iso(night.onset, night.onset_zone_offset_min),
        "offset": _iso(night.offset, night.offset_zone_offset_min),
        "onset_zone_offset_min": night.onset_zone_offset_min,
        "offset_zone_offset_min": night.offset_zone_offset_min,
        "tib_min": _number(night.tib_min),
        "tst_min": _number(night.tst_min),
        "sol_min": _number(night.sol_min),
        "waso_min": _number(night.waso_min),
        "se_pct": _number(night.se_pct),
        "awakenings": night.awakenings,
        "stages_min": {stage.value: round(m, DECIMALS) for stage, m in sorted(night.stages_min.items())},
        "source": night.source,
        "nap": night.nap,
        "notes": list(night.notes),
    }


def _iso(instant: dt.datetime | None, offset_min: int | None) -> str | None:
    if instant is None:
        return None
    return instant.isoformat() if offset_min is None else local(instant, offset_min).isoformat()


def _number(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS)
