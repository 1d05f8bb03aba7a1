"""Samsung Health export: the table of stages, ``com.samsung.health.sleep_stage.<stamp>.csv``."""

from collections.abc import Iterator, Sequence

from noctiflora.core import FormatError, InputError
from noctiflora.sleep._night import Stage
from noctiflora.sleep.read._csv import Line
from noctiflora.sleep.read._format import Format, Tally
from noctiflora.sleep.read._samsung import clock_of, device, samsung_moment, table, title
from noctiflora.sleep.read._samsung_clock import Clock
from noctiflora.sleep.read._stage_rows import StretchRow, gather, named_source

STAGES = {"40001": Stage.AWAKE, "40002": Stage.LIGHT, "40003": Stage.DEEP, "40004": Stage.REM}
"""As in Devasy/samsung-health-sdk; documents that say 1 to 4 do not fit the files."""

TITLE = "com.samsung.health.sleep_stage"


def sniff(head: bytes) -> bool:
    """Return whether a document begins like Samsung's table of stages."""
    return title(head) == TITLE


def read(tally: Tally) -> None:
    """Read the stages of sleeps into the tally."""
    rows = table(tally)
    gather(tally, _rows(tally, rows, clock_of(tally, rows)), has_in_bed=True)


def _rows(tally: Tally, rows: Sequence[Line], clock: Clock) -> Iterator[StretchRow]:
    for line in rows:
        place = f"line {line.number + 1}"
        try:
            told = line.cells.get("stage", "")
            stage = STAGES.get(told)
            if stage is None:
                raise FormatError("this is not a sleep stage we know", found=told, do="report the file's origin")
            yield StretchRow(
                sleep=line.cells.get("sleep_id", ""),
                source=named_source("samsung stages", device(line)),
                start=samsung_moment(line, "start_time", clock),
                end=samsung_moment(line, "end_time", clock),
                stage=stage,
                place=place,
            )
        except InputError as problem:
            tally.refuse(place, problem)


SAMSUNG_STAGES = Format(label="Samsung Health stages", sniff=sniff, read=read)
