"""Samsung Health export: the table of sleeps, ``com.samsung.shealth.sleep.<stamp>.csv``.

The first line tells what the file is, the second holds the columns, and each row ends with a comma
more than the columns have. Stages stand in another file, which names the same sleep.
"""

from collections.abc import Sequence

from noctiflora.core import FormatError, InputError
from noctiflora.sleep._night import Episode, Totals
from noctiflora.sleep.read._csv import DAY_MIN, EMPTY, Line, header, lines, number
from noctiflora.sleep.read._format import Format, Tally
from noctiflora.sleep.read._offset import from_utc, from_wall
from noctiflora.sleep.read._samsung_clock import Clock, decide, printed, printed_time
from noctiflora.sleep.read._stage_rows import named_source
from noctiflora.sleep.read._when import Moment

PREFIX = "com.samsung.health.sleep."
TITLES = ("com.samsung.shealth.sleep", "com.samsung.health.sleep")
OWN_APP = "com.sec.android.app.shealth"


def title(head: bytes) -> str:
    """Return the name of the table on the first line of a Samsung export; empty where there is none."""
    first = header(head)
    return first[0] if first and first[0].startswith("com.samsung.") else ""


def sniff(head: bytes) -> bool:
    """Return whether a document begins like Samsung's table of sleeps."""
    return title(head) in TITLES


def table(tally: Tally) -> list[Line]:
    """Return the rows below the line of columns, known by the ends of their names.

    Raises
    ------
    FormatError
        If the line of columns is missing.
    """
    _, _, body = tally.document.text().partition("\n")
    if not body.strip():
        raise FormatError("the line of columns is missing", where=tally.document.name, do="export it again")
    return list(lines(body, _plain))


def _plain(names: Sequence[str]) -> Sequence[str]:
    return [n.rpartition(".")[2] if n.startswith("com.samsung.") else n for n in names]


def clock_of(tally: Tally, rows: Sequence[Line]) -> Clock:
    """Return how the times of a table are to be read, and tell the person."""
    cells = [row.cells for row in rows]
    told = [
        printed(c.get("start_time", ""), c.get("end_time", ""), c.get("time_offset", ""), c.get("create_time", ""))
        for c in cells
    ]
    verdict = decide([row for row in told if row is not None])
    if any(told):
        tally.note(f"times were read as {verdict.clock.value} ({verdict.why}): look whether bed times are right")
    return verdict.clock


def samsung_moment(line: Line, column: str, clock: Clock) -> Moment:
    """Return the moment of a column.

    Raises
    ------
    FormatError, RangeError
        If it is unreadable or implausible.
    """
    text, ahead = line.cells.get(column, ""), line.cells.get("time_offset", "")
    if text.lower() in EMPTY:
        raise FormatError("start or end is missing", do="export it again")
    stamp = printed_time(text).isoformat(sep=" ", timespec="microseconds")
    return from_utc(stamp, ahead) if clock is Clock.UTC else from_wall(stamp, ahead)


def device(line: Line) -> str:
    """Return the app that wrote a row; empty where it is Samsung's own."""
    app = line.cells.get("pkg_name", "")
    return "" if app in (OWN_APP, "") else app


def read(tally: Tally) -> None:
    """Read sleeps into the tally."""
    rows = table(tally)
    tally.expect(len(rows))
    clock = clock_of(tally, rows)
    for line in rows:
        try:
            tally.episodes.append(_episode(line, clock))
        except InputError as problem:
            tally.refuse(f"line {line.number + 1}", problem)


def _episode(line: Line, clock: Clock) -> Episode:
    start, end = samsung_moment(line, "start_time", clock), samsung_moment(line, "end_time", clock)
    asleep = _asleep_min(line, (end.instant - start.instant).total_seconds() / 60)
    return Episode(
        source=named_source("samsung", device(line)),
        start=start.instant,
        end=end.instant,
        start_offset_min=start.offset_min,
        end_offset_min=end.offset_min,
        zone_basis=start.basis,
        totals=Totals(tst_min=asleep),
        notes=() if asleep is None else ("minutes asleep were worked out from the printed efficiency",),
        has_in_bed=True,
        key=line.cells.get("datauuid", "") or f"{start.instant.timestamp():.0f}",
    )


def _asleep_min(line: Line, span_min: float) -> float | None:
    """Return minutes asleep: the printed efficiency of the record, where one is printed.

    ``sleep_duration`` is the span of the record, not the sleep in it, wherever both were seen.
    """
    share = number(line, "efficiency", most=100.0)
    whole = number(line, "sleep_duration", most=DAY_MIN)
    if not share or not whole or abs(whole - span_min) > 1.5:
        return None
    return span_min * share / 100


SAMSUNG = Format(label="Samsung Health sleeps", sniff=sniff, read=read)
