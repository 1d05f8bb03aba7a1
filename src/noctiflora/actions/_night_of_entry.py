"""Makes a night of the diary out of one morning's entry."""

import datetime as dt
import hashlib
import io
from collections.abc import Mapping

from noctiflora.core import InputError
from noctiflora.sleep import read_all
from noctiflora.store import Batch, Store

MORNING_ENTRY = "morning entry"
"""Name under which such a night stands in the list of imports."""


def keep_night_of_entry(store: Store, date: dt.date, *, zone: str) -> bool:
    """Keep the diary's night of a date from what was entered for its morning.

    A night needs the time the light went out and that of waking for good. It takes the place of an
    earlier one of the same date; the entries themselves stay as they are.

    Parameters
    ----------
    store : Store
        Where from and where to.
    date : date
        Local date of waking up.
    zone : str
        Zone in which the times were read off a clock.

    Returns
    -------
    bool
        Whether there is such a night now.
    """
    said = {c.item: c.value for c in store.diary.checkins(since=date) if c.date == date}
    text = diary_text(date, said)
    if text is None:
        return False
    try:
        readings = read_all(io.BytesIO(text.encode()), MORNING_ENTRY, zone=zone)
    except InputError:
        return False
    episodes = tuple(e for reading in readings for e in reading.episodes)
    if not episodes:
        return False
    # What was entered before may be entered again after a correction, so the place in the list is part of the hash.
    digest = hashlib.sha256(f"{store.imports.latest()} {text}".encode()).hexdigest()
    store.imports.save(
        Batch(
            name=MORNING_ENTRY,
            sha256=digest,
            format=readings[0].format,
            person="",
            reading=f"{MORNING_ENTRY}, zone {zone}",
            episodes=episodes,
        )
    )
    return True


def diary_text(date: dt.date, said: Mapping[str, float]) -> str | None:
    """Return one morning's entry as a table of our diary format; None where a time is missing.

    Examples
    --------
    >>> text = diary_text(dt.date(2024, 12, 1), {"bed_time_h": 23.5, "wake_time_h": 6.75, "latency_min": 20})
    >>> print(text, end="")
    date,lights_out,final_awakening,out_of_bed,sol_min,waso_min,awakenings,quality
    2024-12-01,2024-11-30T23:30,2024-12-01T06:45,,20,,,
    """
    if "bed_time_h" not in said or "wake_time_h" not in said:
        return None
    woke = _at(date, said["wake_time_h"])
    lights = _at(date, said["bed_time_h"])
    if lights >= woke:
        lights -= dt.timedelta(days=1)
    cells = [date.isoformat(), _stamp(lights), _stamp(woke), ""]
    if "rise_time_h" in said:
        rose = _at(date, said["rise_time_h"])
        cells[-1] = _stamp(rose if rose >= woke else rose + dt.timedelta(days=1))
    cells += [f"{said[k]:g}" if k in said else "" for k in ("latency_min", "wake_min", "awakenings", "quality")]
    head = "date,lights_out,final_awakening,out_of_bed,sol_min,waso_min,awakenings,quality"
    return f"{head}\n{','.join(cells)}\n"


def _at(date: dt.date, hours: float) -> dt.datetime:
    return dt.datetime.combine(date, dt.time()) + dt.timedelta(minutes=round(60 * (hours % 24)))


def _stamp(moment: dt.datetime) -> str:
    return moment.isoformat(timespec="minutes")
