"""Withings account export: ``sleep.csv``.

The first columns keep their order while their names follow the account's language (seen: English,
German, Spanish), so they are taken by place where a known later column shows the layout.
"""

from collections.abc import Sequence
from types import MappingProxyType

from noctiflora.core import FormatError, InputError
from noctiflora.sleep._night import Episode, Stage, Totals
from noctiflora.sleep._timeline import minutes
from noctiflora.sleep.read._csv import EMPTY, Line, header, lines, number
from noctiflora.sleep.read._format import Format, Tally
from noctiflora.sleep.read._when import cached_zone, moment, parse_stamp, wall_zone

ORDER = ("from", "to", "light", "deep", "rem", "awake", "wakes", "to_sleep", "to_rise")
MARK = "duration to sleep (s)"
MARK_AT = 7
DAY_S = 86_400.0
SOURCE = "withings: table"
"""Apart from that of the interface: the store then keeps both readings of one sleep, for `resolve` to choose."""


def sniff(head: bytes) -> bool:
    """Return whether the header is that of a Withings sleep table."""
    names = header(head)
    return len(names) > MARK_AT and names[MARK_AT] == MARK


def _names(found: Sequence[str]) -> Sequence[str]:
    return (*ORDER, *found[len(ORDER) :])


def read(tally: Tally) -> None:
    """Read nights into the tally."""
    tz = cached_zone(tally.zone) if tally.zone else None
    for line in lines(tally.document.text(), _names):
        tally.expect(line.number)
        try:
            if tz is None and _zoneless(line):
                wall_zone(None, where=tally.document.name)
            tally.episodes.append(_episode(line, tally))
        except InputError as problem:
            if problem.where == tally.document.name:
                raise
            tally.refuse(f"line {line.number}", problem)


def _zoneless(line: Line) -> bool:
    """Return whether a time of the row tells no local clock."""
    texts = [line.cells.get(c, "") for c in ("from", "to")]
    return any(parse_stamp(t).utcoffset() is None or t.upper().endswith("Z") for t in texts)


def _episode(line: Line, tally: Tally) -> Episode:
    tz = cached_zone(tally.zone) if tally.zone else None
    if line.cells.get("from", "").lower() in EMPTY or line.cells.get("to", "").lower() in EMPTY:
        raise FormatError("start or end is missing", found=str(dict(line.cells))[:60], do="export it again")
    start, end = moment(line.cells["from"], tz), moment(line.cells["to"], tz)
    seconds = {c: number(line, c, most=DAY_S) for c in ("light", "deep", "rem", "awake", "to_sleep", "to_rise")}
    wakes = number(line, "wakes", most=1000)
    stages = {
        stage: s / 60
        for stage, s in (
            (Stage.LIGHT, seconds["light"]),
            (Stage.DEEP, seconds["deep"]),
            (Stage.REM, seconds["rem"]),
            (Stage.AWAKE, seconds["awake"]),
        )
        if s is not None
    }
    asleep = [m for stage, m in stages.items() if stage.is_sleep]
    latency, rise = seconds["to_sleep"], seconds["to_rise"]
    rest = minutes(start.instant, end.instant) - sum(stages.values())
    if rest >= 1 and seconds["awake"] is not None:
        stages[Stage.UNKNOWN] = rest
    return Episode(
        source=SOURCE,
        start=start.instant,
        end=end.instant,
        start_offset_min=start.offset_min,
        end_offset_min=end.offset_min,
        zone_basis=start.basis,
        totals=Totals(
            tst_min=sum(asleep) if asleep else None,
            sol_min=None if latency is None else latency / 60,
            awakenings=None if wakes is None else round(wakes),
            terminal_wake_min=None if rise is None else rise / 60,
            stages_min=MappingProxyType(stages),
        ),
        has_in_bed=latency is not None,
        key=f"{start.instant.timestamp():.0f}",
        notes=tuple(dict.fromkeys(n for n in (start.note, end.note) if n)),
    )


WITHINGS_CSV = Format(label="Withings sleep table", sniff=sniff, read=read)
