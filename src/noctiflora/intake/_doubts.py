"""Doubts about one morning's entry as a whole, asked back and never corrected silently."""

from collections.abc import Mapping

LONGEST_IN_BED_H = 16
"""Longer in bed than this is asked back (assumed; range 14 to 18)."""
SHORTEST_IN_BED_H = 2
"""Shorter in bed than this is asked back (assumed; range 1 to 3)."""


def doubts(values: Mapping[str, float]) -> tuple[str, ...]:
    """Return what does not fit together in one morning's values, as sentences to ask back.

    Parameters
    ----------
    values : mapping of str to float
        Values by item key; any may be missing.

    Returns
    -------
    tuple of str
        Empty where nothing is odd.

    References
    ----------
    .. [1] doi:10.1093/sleep/zsad199: of 45,598 diary entries 487 had a slip of date or of morning
       and evening.

    Examples
    --------
    >>> doubts({"bed_time_h": 11.0, "rise_time_h": 7.0})
    ('You were in bed for 20 hours by these times. Is the bed time really 11:00, not 23:00?',)
    """
    found = []
    bed, rise = values.get("bed_time_h"), values.get("rise_time_h")
    wake = values.get("wake_time_h")
    in_bed_min = None
    if bed is not None and rise is not None:
        in_bed_min = 60 * ((rise - bed) % 24)
        if in_bed_min > 60 * LONGEST_IN_BED_H:
            found.append(
                f"You were in bed for {in_bed_min / 60:.0f} hours by these times. "
                f"Is the bed time really {clock(bed)}, not {clock(bed + 12)}?"
            )
        elif in_bed_min < 60 * SHORTEST_IN_BED_H:
            found.append(f"You were in bed for {in_bed_min:.0f} minutes by these times. Is that right?")
    if in_bed_min is not None and values.get("latency_min", 0) + values.get("wake_min", 0) > in_bed_min:
        found.append("You were awake for longer than you were in bed. Is one of the numbers in hours?")
    if wake is not None and rise is not None and in_bed_min is not None and bed is not None:
        lying = 60 * ((wake - bed) % 24)
        if lying > in_bed_min:
            found.append("You got up before you woke up, by these times. Are the two swapped?")
    return tuple(found)


def clock(hours: float) -> str:
    """Return a clock time as it is written.

    Examples
    --------
    >>> clock(23.5)
    '23:30'
    """
    minutes = round(hours * 60) % (24 * 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
