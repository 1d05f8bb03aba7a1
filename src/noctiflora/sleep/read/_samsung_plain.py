"""A plain table of sleep as some converters of Samsung Health write it: times with offset, a stage in words."""

from noctiflora.core import FormatError, InputError
from noctiflora.sleep._night import Stage
from noctiflora.sleep.read._csv import header, lines
from noctiflora.sleep.read._format import Format, Tally
from noctiflora.sleep.read._samsung_stages import STAGES
from noctiflora.sleep.read._stage_rows import StretchRow, gather, named_source
from noctiflora.sleep.read._when import cached_zone, moment, parse_stamp, wall_zone

NEEDED = frozenset({"start_time", "end_time", "sleep_stage"})
WORDS = {
    "asleep": Stage.ASLEEP,
    "sleeping": Stage.ASLEEP,
    "awake": Stage.AWAKE,
    "wake": Stage.AWAKE,
    "light": Stage.LIGHT,
    "deep": Stage.DEEP,
    "rem": Stage.REM,
    "in_bed": Stage.IN_BED,
    **STAGES,
}


def sniff(head: bytes) -> bool:
    """Return whether the header is that of such a table."""
    return frozenset(header(head)) >= NEEDED


def read(tally: Tally) -> None:
    """Read the stretches of sleeps into the tally."""
    tz = cached_zone(tally.zone) if tally.zone else None
    rows: list[StretchRow] = []
    for line in lines(tally.document.text(), lambda names: names):
        place = f"line {line.number}"
        try:
            told = line.cells.get("sleep_stage", "")
            stage = WORDS.get(told.lower())
            if stage is None:
                raise FormatError("this is not a sleep stage we know", found=told, do="report the file's origin")
            texts = [line.cells.get(c, "") for c in ("start_time", "end_time")]
            if tz is None and any(parse_stamp(t).utcoffset() is None for t in texts):
                wall_zone(None, where=tally.document.name)
            start, end = (moment(t, tz) for t in texts)
            source = named_source("samsung table", line.cells.get("source_name", ""))
            rows.append(StretchRow(sleep="", source=source, start=start, end=end, stage=stage, place=place))
        except InputError as problem:
            if problem.where == tally.document.name:
                raise
            tally.refuse(place, problem)
    gather(tally, rows, has_in_bed=False)


SAMSUNG_PLAIN = Format(label="Samsung table", sniff=sniff, read=read)
