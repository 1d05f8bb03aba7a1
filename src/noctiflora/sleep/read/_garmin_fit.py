"""Garmin sleep files (FIT): one message for each stage, read by fitdecode.

A stage holds from its stamp to that of the next message; the last one as long as the one before it, at
most `LAST_S` seconds. Stages
are those of the published FIT profile (type ``sleep_level``). Times are UTC without zone.
"""

import datetime as dt
import io
import re
import struct
import warnings

import fitdecode

from noctiflora.core import FormatError, RangeError
from noctiflora.sleep._night import Episode, Segment, Stage
from noctiflora.sleep._timeline import JOIN_GAP_MIN, minutes
from noctiflora.sleep.read._format import Format, Tally
from noctiflora.sleep.read._when import NAMED_ZONE, at, plausible, wall_zone

MESSAGE = 275
"""Number of the message ``sleep_level``."""

DEFINITION = re.compile(rb"[\x40-\x4f\x60-\x6f]\x00(?:\x00\x13\x01|\x01\x01\x13)")
"""How such messages are announced, in either byte order; activities and monitoring have none."""

STAGE_FIELD = 0
TIME_FIELD = 253
EPOCH = dt.datetime(1989, 12, 31, tzinfo=dt.UTC)
STAGES = {0: Stage.UNKNOWN, 1: Stage.AWAKE, 2: Stage.LIGHT, 3: Stage.DEEP, 4: Stage.REM}
LAST_S = 60
"""Longest time given to the last stage of a file (assumed: the step of the device, 30 to 60)."""

LARGEST_BYTES = 4 << 20
"""Largest FIT file read; a night takes some 20 kB."""

Level = tuple[dt.datetime, Stage]


def sniff(head: bytes) -> bool:
    """Return whether a document begins like a FIT file that has a table of sleep stages."""
    begins = len(head) >= 14 and head[0] in (12, 14) and head[8:12] == b".FIT"
    return begins and DEFINITION.search(head) is not None


def read(tally: Tally) -> None:
    """Read the sleeps of a FIT file into the tally."""
    data = tally.document.whole()
    if len(data) > LARGEST_BYTES:
        raise FormatError("the FIT file is larger than a night", where=tally.document.name, do="choose the sleep file")
    found = _levels(data, tally)
    if not found:
        return
    tz = wall_zone(tally.zone, where=tally.document.name)
    parts: list[list[Level]] = []
    for level in sorted(set(found), key=lambda pair: pair[0]):
        if not parts or minutes(parts[-1][-1][0], level[0]) >= JOIN_GAP_MIN * 3:
            parts.append([])
        parts[-1].append(level)
    tally.expect(len(parts))
    for part in parts:
        step = part[-1][0] - part[-2][0] if len(part) > 1 else dt.timedelta(seconds=LAST_S)
        start, end = part[0][0], part[-1][0] + min(step or dt.timedelta(seconds=1), dt.timedelta(seconds=LAST_S))
        first, last = at(start, tz), at(end, tz)
        ends = (*(instant for instant, _ in part[1:]), end)
        try:
            episode = Episode(
                source="garmin: fit",
                start=start,
                end=end,
                start_offset_min=first.offset_min,
                end_offset_min=last.offset_min,
                zone_basis=NAMED_ZONE,
                segments=tuple(
                    Segment(start=begin, end=stop, stage=stage)
                    for (begin, stage), stop in zip(part, ends, strict=True)
                    if stop > begin
                ),
                key=f"{start.timestamp():.0f}",
            )
        except RangeError as problem:
            tally.refuse(f"{start:%Y-%m-%d %H:%M} UTC", problem)
        else:
            tally.episodes.append(episode)


def _levels(data: bytes, tally: Tally) -> list[Level]:
    """Return the stages with their instants, in the order of the file."""
    broken = (fitdecode.FitError, struct.error, AssertionError, ArithmeticError, LookupError, TypeError, ValueError)
    found: list[Level] = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with fitdecode.FitReader(io.BytesIO(data), check_crc=fitdecode.CrcCheck.RAISE) as frames:
                for frame in frames:
                    if not isinstance(frame, fitdecode.FitDataMessage) or frame.global_mesg_num != MESSAGE:
                        continue
                    raw = {field.def_num: field.raw_value for field in frame.fields}
                    stage, stamp = raw.get(STAGE_FIELD), raw.get(TIME_FIELD)
                    if isinstance(stage, int) and isinstance(stamp, int):
                        instant = plausible(EPOCH + dt.timedelta(seconds=stamp))
                        found.append((instant, STAGES.get(stage, Stage.UNKNOWN)))
    except (*broken, AttributeError) as problem:
        raise FormatError(
            "the FIT file is damaged or cut short",
            where=tally.document.name,
            found=str(problem)[:80] or type(problem).__name__,
            do="copy it from the watch again",
        ) from None
    return found


GARMIN_FIT = Format(label="Garmin FIT file", sniff=sniff, read=read)
