"""Raw wrist movement (Axivity ``.cwa``, GENEActiv ``.bin``), scored by scikit-digital-health.

The library finds the longest rest of each noon-to-noon day by the angle of the arm, and sleep within
it by movement; both mistake lying still for sleep. From the hourly means of movement the rest-activity
rhythm (IS, IV, L5, M10) is told with the reading; the movement itself is not kept. Device clocks run on
local time without zone. Time in bed is not measured. The recording is held in memory whole: about
fifteen times its size. Needs the extra ``actigraphy``; ActiGraph's ``.gt3x`` is not read by that library.

References
----------
.. [1] https://github.com/PfizerRD/scikit-digital-health (MIT)
"""

import datetime as dt
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from math import isfinite
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo

from noctiflora.core import FormatError, InputError, offset_min, resolve_wall
from noctiflora.sleep._activity import rest_activity
from noctiflora.sleep._night import Episode, Totals
from noctiflora.sleep.read._format import Format, Tally
from noctiflora.sleep.read._when import NAMED_ZONE, plausible, wall_zone

if TYPE_CHECKING:
    import numpy.typing as npt

CWA, GENEACTIV = b"MD\xfc\x03", b"Device Identity"
MAKERS = {CWA: ("Axivity", ".cwa", "ReadCwa"), GENEACTIV: ("GENEActiv", ".bin", "ReadBin")}
LARGEST_BYTES = 512 << 20
"""Larger recordings would not fit in the memory of a home computer (assumed, 256 MB to 2 GB)."""

LONGEST_DAYS = 400
"""Recorders hold weeks; beyond this the clock of the recording jumped (assumed, 60 to 1,000)."""

NOON_H, DAY_H = 12, 24
Result = Mapping[str, Sequence[object]]


def sniff(head: bytes) -> bool:
    """Return whether a document begins like a recording of one of the makers."""
    return head.startswith((CWA, GENEACTIV))


def read(tally: Tally) -> None:
    """Read the nights of a recording into the tally."""
    tz = wall_zone(tally.zone, where=tally.document.name)
    maker, suffix, reader = next(v for k, v in MAKERS.items() if tally.document.head.startswith(k))
    with tempfile.NamedTemporaryFile(prefix="noctiflora-", suffix=suffix) as copy:
        size = 0
        for part in tally.document.chunks():
            size += len(part)
            if size > LARGEST_BYTES:
                raise FormatError("the recording is too large to be held", where=tally.document.name, do="split it")
            copy.write(part)
        copy.flush()
        nights = _scored(copy.name, reader, tally)
    count = len(nights.get("TSO Start Timestamp", ()))
    tally.expect(count)
    for n in range(count):
        row = {name: _number(values[n]) for name, values in nights.items() if len(values) == count}
        if row.get("TSO Start Timestamp") is None:
            tally.note("a day of the recording holds no rest that could be told")
            continue
        try:
            tally.episodes.append(_episode(row, maker, tz))
        except InputError as problem:
            tally.refuse(f"day {n + 1}", problem)
    if not count:
        tally.note("the recording is too short to hold a night")


def _scored(path: str, reader: str, tally: Tally) -> Result:
    """Return what the library makes of a recording, by day."""
    try:
        from skdh import io as files  # type: ignore[import-not-found, unused-ignore]
        from skdh.preprocessing import GetDayWindowIndices  # type: ignore[import-not-found, unused-ignore]
        from skdh.sleep import Sleep  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        raise FormatError(
            "reading raw actigraphy needs an optional part that is not installed",
            where=tally.document.name,
            do="install it with: pip install 'noctiflora[actigraphy]'",
        ) from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found: dict[str, Any] = getattr(files, reader)().predict(file=path)
            days = GetDayWindowIndices(bases=[NOON_H], periods=[DAY_H]).predict(time=found["time"])
            wanted = {k: found[k] for k in ("time", "accel", "temperature", "fs") if k in found}
            rhythm = rhythm_told(found["time"], found["accel"])
            if rhythm:
                tally.note(rhythm)
            return cast(Result, Sleep().predict(**wanted, day_ends=days["day_ends"]))
    except Exception as problem:  # what a damaged recording can raise inside a library is not bounded
        raise FormatError(
            "the recording is damaged or cannot be scored",
            where=tally.document.name,
            found=type(problem).__name__,
            do="download it from the device again",
        ) from None


def rhythm_told(time: "npt.ArrayLike", accel: "npt.ArrayLike") -> str:
    """Return the rest-activity rhythm of a recording in words; empty where it is too short for one.

    Movement is the mean by hour of how far the acceleration exceeds that of gravity (ENMO), in thousandths of g;
    hours in which the recorder was not worn count as rest, for nothing tells them apart here.

    Parameters
    ----------
    time : array_like, shape (n,)
        Seconds of the device's local clock, as if since 1970 UTC.
    accel : array_like, shape (n, 3)
        Acceleration, g.

    References
    ----------
    .. [1] https://www.rdocumentation.org/packages/GGIR/versions/2.4-0/topics/g.getmeta (the metric ENMO)
    """
    import numpy as np

    hours = (np.asarray(time, dtype=np.float64) // 3600).astype(np.int64)
    if not hours.size:
        return ""
    hours, start = hours - hours.min(), int(hours.min()) % DAY_H
    if hours.max() > LONGEST_DAYS * DAY_H:
        return ""
    moved = 1000 * np.maximum(np.linalg.norm(np.asarray(accel, dtype=np.float64), axis=1) - 1, 0)
    known = np.bincount(hours)
    means = np.where(known > 0, np.bincount(hours, weights=moved) / np.maximum(known, 1), np.nan)
    found = rest_activity(means, epoch_min=60, start_min=60.0 * start)
    if found.stability is None or found.variability is None or found.least5 is None or found.most10 is None:
        return ""
    return (
        f"rest-activity rhythm of {found.known_h / DAY_H:.0f} days: interdaily stability {found.stability:.2f}, "
        f"intradaily variability {found.variability:.2f}, least active 5 h from {found.least5_start_h:.0f}:00 "
        f"({found.least5:.1f} mg), most active 10 h from {found.most10_start_h:.0f}:00 ({found.most10:.1f} mg)"
    )


def _number(value: object) -> float | None:
    try:
        number = float(cast(Any, value))
    except (TypeError, ValueError):
        return None
    return number if isfinite(number) else None


def _episode(row: Mapping[str, float | None], maker: str, tz: ZoneInfo) -> Episode:
    """Return one night: from the first sleep of the rest to its end."""
    first, length = row["TSO Start Timestamp"], row.get("TSO Duration")
    if first is None or length is None:
        raise FormatError("the rest has no length")
    latency = row.get("sleep onset latency") or 0.0
    # The library reads the local clock of the device as if it were UTC.
    lying = plausible(dt.datetime.fromtimestamp(first, tz=dt.UTC)).replace(tzinfo=None)
    start = resolve_wall(lying, tz)[0] + dt.timedelta(minutes=latency)
    end = start + dt.timedelta(minutes=length - latency)
    wakes = row.get("number of wake bouts")
    return Episode(
        source=f"actigraphy: {maker}",
        start=start,
        end=end,
        start_offset_min=offset_min(start, tz),
        end_offset_min=offset_min(end, tz),
        zone_basis=NAMED_ZONE,
        totals=Totals(
            tst_min=row.get("total sleep time"),
            waso_min=row.get("wake after sleep onset"),
            awakenings=None if wakes is None else round(wakes),
        ),
        key=f"{lying:%Y%m%dT%H%M}",
        notes=("movement alone: lying still awake is taken for sleep",),
    )


ACTIGRAPHY = Format(label="Raw actigraphy", sniff=sniff, read=read)
