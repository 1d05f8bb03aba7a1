"""Sleep Cycle: ``sleepdata.csv``, semicolons, three layouts seen in public files.

2012 to 2018 ``Time in bed`` as hours:minutes; from 2019 ``Time in bed (seconds)``; later also
``Time asleep (seconds)`` and ``Time before sleep (seconds)``, then seconds awake, in dream, light and
deep sleep. Clock readings without zone. Line ends are LF, CR, CR LF or CR CR LF, with empty lines
between; a dash is "none". Sleep quality is worked out by the app and is not the person's rating.
Only the layouts with time asleep tell of sleep; the older ones know of time in bed alone.
"""

import datetime as dt
import re
from collections.abc import Sequence
from types import MappingProxyType
from zoneinfo import ZoneInfo

from noctiflora.core import FormatError, InputError, offset_min, resolve_wall
from noctiflora.sleep._night import Episode, Segment, Stage, Totals
from noctiflora.sleep.read._csv import EMPTY, Line, header, lines, number
from noctiflora.sleep.read._format import Format, Tally
from noctiflora.sleep.read._when import NAMED_ZONE, parse_stamp, plausible, wall_zone

SOURCE = "sleep cycle"
DAY_S = 86_400.0
SLACK_S = 90.0
"""By how much printed length and stamps may differ; the oldest layout prints whole minutes (assumed, 60 to 120)."""

SPAN = re.compile(r"([0-9]{1,2}):([0-9]{2})")
BREAKS = re.compile(r"[\r\n]+")
PARTS = {Stage.AWAKE: "awake(seconds)", Stage.REM: "dream(seconds)"}
PARTS |= {Stage.LIGHT: "light(seconds)", Stage.DEEP: "deep(seconds)"}


def sniff(head: bytes) -> bool:
    """Return whether the header is one of the app's."""
    names = _names(header(head))
    return tuple(names[:3]) == ("start", "end", "sleepquality") and any(n.startswith("timeinbed") for n in names)


def _names(found: Sequence[str]) -> Sequence[str]:
    """Return the header without the blanks that come and go between versions."""
    return tuple("".join(name.split()).lower() for name in found)


def read(tally: Tally) -> None:
    """Read nights into the tally."""
    tz: ZoneInfo | None = None
    for line in lines(BREAKS.sub("\n", tally.document.text()), _names):
        tally.expect(line.number)
        tz = tz or wall_zone(tally.zone, where=tally.document.name)
        try:
            tally.episodes.append(_episode(line, tz))
        except InputError as problem:
            tally.refuse(f"row {line.number}", problem)


def _in_bed_min(line: Line) -> float | None:
    """Return the printed time in bed."""
    seconds = number(line, "timeinbed(seconds)", most=DAY_S)
    if seconds is not None:
        return seconds / 60
    text = line.cells.get("timeinbed", "")
    if text.lower() in EMPTY:
        return None
    span = SPAN.fullmatch(text)
    if span is None:
        raise FormatError("time in bed: hours and minutes are needed", found=text, do="export it again")
    return int(span[1]) * 60 + int(span[2])


def _minutes(line: Line, column: str) -> float | None:
    seconds = number(line, column, most=DAY_S)
    return None if seconds is None else seconds / 60


def _wall(text: str) -> dt.datetime:
    stamp = parse_stamp(text).replace(tzinfo=None)
    plausible(stamp.replace(tzinfo=dt.UTC))
    return stamp


def _episode(line: Line, tz: ZoneInfo) -> Episode:
    first, last = _wall(line.cells.get("start", "")), _wall(line.cells.get("end", ""))
    start, doubtful = resolve_wall(first, tz)
    by_clock, running = resolve_wall(last, tz)[0], start + (last - first)
    printed = _in_bed_min(line)
    notes = (
        ["the start lies on a clock change and could be read in two ways: the earlier was taken"] if doubtful else []
    )
    end = by_clock
    if by_clock != running and printed is not None:
        # The stamps of a night with a clock change are of either clock; the printed length decides.
        off = [abs((t - start).total_seconds() - printed * 60) for t in (by_clock, running)]
        end = running if off[1] < off[0] and off[1] <= SLACK_S else by_clock
    asleep, latency = _minutes(line, "timeasleep(seconds)"), _minutes(line, "timebeforesleep(seconds)")
    stages = {stage: m for stage, column in PARTS.items() if (m := _minutes(line, column)) is not None}
    told = asleep is not None or any(stages.values())
    bed = () if told or end <= start else (Segment(start=start, end=end, stage=Stage.IN_BED),)
    by_stage = [m for stage, m in stages.items() if stage.is_sleep]
    return Episode(
        source=SOURCE,
        start=start,
        end=end,
        start_offset_min=offset_min(start, tz),
        end_offset_min=offset_min(end, tz),
        zone_basis=NAMED_ZONE,
        segments=bed,
        totals=Totals(
            tst_min=asleep if asleep is not None else (sum(by_stage) if told and by_stage else None),
            sol_min=latency,
            stages_min=MappingProxyType(stages if told else {}),
            wakes_unseen=told,
        ),
        has_in_bed=True,
        key=f"{first:%Y%m%dT%H%M%S}",
        notes=tuple(notes),
    )


SLEEP_CYCLE = Format(label="Sleep Cycle export", sniff=sniff, read=read)
