"""Google Health takeout of 2026: ``UserSleepStages_*.csv``, one row for each stretch of a stage."""

from collections.abc import Iterator

from noctiflora.core import FormatError, InputError
from noctiflora.sleep._night import Stage
from noctiflora.sleep.read._csv import header, lines
from noctiflora.sleep.read._format import Format, Tally
from noctiflora.sleep.read._google_sleeps import google_moment
from noctiflora.sleep.read._stage_rows import StretchRow, gather, named_source

NEEDED = frozenset({"sleep_stage_type", "sleep_stage_start", "sleep_stage_end"})
STAGES = {
    "awake": Stage.AWAKE,
    "wake": Stage.AWAKE,
    "restless": Stage.RESTLESS,
    "asleep": Stage.ASLEEP,
    "light": Stage.LIGHT,
    "deep": Stage.DEEP,
    "rem": Stage.REM,
}
"""Both AWAKE and WAKE are described by people who saw such files."""


def sniff(head: bytes) -> bool:
    """Return whether the header is that of Google's table of stages."""
    return frozenset(header(head)) >= NEEDED


def read(tally: Tally) -> None:
    """Read the stages of sleeps into the tally."""
    gather(tally, _rows(tally), has_in_bed=True)


def _rows(tally: Tally) -> Iterator[StretchRow]:
    for line in lines(tally.document.text(), lambda names: names):
        place = f"line {line.number}"
        try:
            told = line.cells.get("sleep_stage_type", "")
            stage = STAGES.get(told.lower())
            if stage is None:
                raise FormatError("this is not a sleep stage we know", found=told, do="report the file's origin")
            yield StretchRow(
                sleep=line.cells.get("sleep_id", ""),
                source=named_source("google health stages", line.cells.get("data_source", "")),
                start=google_moment(line, "sleep_stage_start", "start_utc_offset", tally),
                end=google_moment(line, "sleep_stage_end", "end_utc_offset", tally),
                stage=stage,
                place=place,
            )
        except InputError as problem:
            if problem.where == tally.document.name:
                raise
            tally.refuse(place, problem)


GOOGLE_STAGES = Format(label="Google Health stages", sniff=sniff, read=read)
