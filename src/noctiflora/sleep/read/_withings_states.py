"""Withings stages as they ran: answers of the sleep interface, one stretch per row, without zone."""

import re
from collections.abc import Iterator, Sequence

from noctiflora.core import FormatError, InputError
from noctiflora.sleep._night import LONGEST_H, Episode, Segment, Stage
from noctiflora.sleep._timeline import JOIN_GAP_MIN, minutes
from noctiflora.sleep.read._format import Format, Tally
from noctiflora.sleep.read._json import Row, checked, listed, load
from noctiflora.sleep.read._when import NAMED_ZONE, at, from_epoch, wall_zone
from noctiflora.sleep.read._withings_summary import person

STATES = {
    0: Stage.AWAKE,
    1: Stage.LIGHT,
    2: Stage.DEEP,
    3: Stage.REM,
    4: Stage.ASLEEP,
    5: Stage.UNKNOWN,
}
"""4 is sleep entered by hand, 5 unspecified (joostlek/python-withings, models.py)."""

MOST_STRETCHES = 1_000_000
"""Ninety a night, as in the sample, make 330,000 in ten years (assumed)."""

SOURCE = "withings: stages"
"""Apart from that of the sums: the store then keeps both readings of one sleep, for `resolve` to choose."""

BEGIN = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{[\s\S]*"series"\s*:\s*\[')
STATE = re.compile(rb'"state"\s*:')


class Stretch(Row):
    """One stretch; Unix seconds."""

    startdate: float
    enddate: float
    state: int


def sniff(head: bytes) -> bool:
    """Return whether a document begins like a list of stretches."""
    return BEGIN.match(head) is not None and STATE.search(head) is not None and b'"startdate"' in head


def read(tally: Tally) -> None:
    """Read stretches into the tally, those less than an hour apart as one sleep."""
    data = load(tally.document)
    series = listed(data, "body", "series")
    if series is None:
        raise FormatError("there is no list of stretches", where=tally.document.name, do="export it again")
    tally.expect(len(series), most=MOST_STRETCHES)
    tally.person = person(data)
    found: list[Segment] = []
    for n, row in enumerate(series, 1):
        try:
            found.append(_segment(checked(row, Stretch)))
        except InputError as problem:
            tally.refuse(f"stretch {n}", problem)
    if not found:
        return
    tz = wall_zone(tally.zone, where=tally.document.name)
    for group in _groups(found):
        start, end = at(group[0].start, tz), at(max(s.end for s in group), tz)
        tally.episodes.append(
            Episode(
                source=SOURCE,
                start=start.instant,
                end=end.instant,
                start_offset_min=start.offset_min,
                end_offset_min=end.offset_min,
                zone_basis=NAMED_ZONE,
                segments=tuple(group),
                has_in_bed=group[0].stage is Stage.AWAKE,
                key=f"{start.instant.timestamp():.0f}",
            )
        )


def _segment(row: Stretch) -> Segment:
    stage = STATES.get(row.state)
    if stage is None:
        raise FormatError("this is not a state we know", found=str(row.state), do="export it again")
    start, end = from_epoch(row.startdate), from_epoch(row.enddate)
    if end <= start:
        raise FormatError("the stretch ends before it starts", found=f"{start} to {end}", do="export it again")
    if minutes(start, end) > LONGEST_H * 60:
        raise FormatError(f"the stretch lasts over {LONGEST_H} hours", found=f"{start} to {end}", do="export it again")
    return Segment(start=start, end=end, stage=stage)


def _groups(found: Sequence[Segment]) -> Iterator[list[Segment]]:
    """Yield the stretches of each sleep, in order."""
    group: list[Segment] = []
    for s in sorted(found, key=lambda s: (s.start, s.end)):
        if group:
            end = max(g.end for g in group[-2:])
            if minutes(end, s.start) >= JOIN_GAP_MIN or minutes(group[0].start, s.end) > LONGEST_H * 60:
                yield group
                group = []
        group.append(s)
    yield group


WITHINGS_STATES = Format(label="Withings stages", sniff=sniff, read=read)
