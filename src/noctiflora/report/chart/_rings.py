"""The calendar of a running trial: one ring a night, and nothing of its outcome."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from noctiflora.report._words import short_day
from noctiflora.report.chart._figure import Figure, Sign, Table
from noctiflora.report.chart._pen import Drawing, Pen

NARROW, BROAD = 330.0, 780.0
_IN_A_ROW = {NARROW: 14, BROAD: 42}
_LABEL, _GAP = 20.0, 10.0
_BETWEEN = 0.8
"""Gap between bottles side by side, in rings."""
_LEAST_WIDTH = 160.0
"""Width in which a bottle's name and dates can be read."""


class NightKind(StrEnum):
    """What is known of one night without looking at its outcome."""

    TAKEN = "recorded, dose taken"
    NOT_TAKEN = "recorded, dose not taken or not told"
    MISSING = "not recorded"
    NOW = "last night, not yet recorded"
    TO_COME = "to come"


_MARKS = {
    NightKind.TAKEN: ("cell-y", 0.36),
    NightKind.NOT_TAKEN: ("cell-p", 0.33),
    NightKind.MISSING: ("miss", 0.36),
    NightKind.NOW: ("cell-now", 0.36),
    NightKind.TO_COME: ("cell-f", 0.13),
}
SIGNS = tuple(Sign(sign=f"ring-{kind.name.lower().replace('_', '-')}", words=kind.value) for kind in NightKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """The nights of one bottle, or of one part of a trial that has none: its name, first date and nights."""

    name: str
    first: dt.date
    nights: tuple[NightKind, ...]

    def count(self, *kinds: NightKind) -> int:
        """Return how many nights are of these kinds."""
        return sum(kind in kinds for kind in self.nights)


def rings_figure(stretches: Sequence[Stretch], *, name: str = "Bottle") -> Figure:
    """Return the calendar at two widths; `name` is what a stretch is called.

    Examples
    --------
    >>> nights = (NightKind.TAKEN, NightKind.MISSING, NightKind.TO_COME)
    >>> rings_figure([Stretch(name="KQ", first=dt.date(2026, 8, 2), nights=nights)]).table.rows
    (('KQ', '2 of 3', '1', '1'),)
    """
    every = [kind for s in stretches for kind in s.nights]
    passed = [kind for kind in every if kind is not NightKind.TO_COME]
    taken = sum(kind is NightKind.TAKEN for kind in every)
    recorded = taken + sum(kind is NightKind.NOT_TAKEN for kind in every)
    return Figure(
        key="rings",
        title="Your trial, night by night",
        description=(
            f"{len(every)} nights. {len(passed)} have passed: {recorded} recorded, {len(passed) - recorded} not; "
            f"the dose was taken before {taken} of the recorded ones. No result is shown."
        ),
        caption="Each ring is one night. Nothing here depends on what a bottle holds.",
        narrow=_draw(stretches, NARROW),
        broad=_draw(stretches, BROAD),
        signs=SIGNS,
        table=Table(
            caption=f"By {name.lower()}",
            columns=(name, "Nights passed", "Recorded", "Dose taken"),
            rows=tuple(_row(s) for s in stretches),
        ),
    )


def _row(found: Stretch) -> tuple[str, ...]:
    passed = len(found.nights) - found.count(NightKind.TO_COME)
    recorded = found.count(NightKind.TAKEN, NightKind.NOT_TAKEN)
    return (found.name, f"{passed} of {len(found.nights)}", str(recorded), str(found.count(NightKind.TAKEN)))


def _draw(stretches: Sequence[Stretch], width: float) -> Drawing:
    pen = Pen()
    most = _IN_A_ROW[width]
    longest = max(len(s.nights) for s in stretches)
    # short bottles stand side by side, a gap between them, so that a page of them stays a page
    beside = max(1, min(most // longest, int(width // _LEAST_WIDTH)))
    across = max(min(longest, most) * beside + _BETWEEN * (beside - 1), most)
    pitch = width / across
    height = _LABEL + -(-longest // most) * pitch + _GAP
    for k, found in enumerate(stretches):
        left = (k % beside) * (longest + _BETWEEN) * pitch
        _stretch(pen, found, left=left, top=(k // beside) * height, most=most, pitch=pitch)
    return pen.drawing(width, height * -(-len(stretches) // beside))


def _stretch(pen: Pen, found: Stretch, *, left: float, top: float, most: int, pitch: float) -> None:
    last = found.first + dt.timedelta(days=len(found.nights) - 1)
    room = min(len(found.nights), most) * pitch
    words = f"{found.name}: {short_day(found.first)} to {short_day(last)}"
    if 6.5 * len(words) > room + 4:
        words = found.name
    pen.text((left + 2, top + 13), words, kind="xsm m")
    for i, kind in enumerate(found.nights):
        mark, share = _MARKS[kind]
        x, y = left + (i % most + 0.5) * pitch, top + _LABEL + (i // most + 0.5) * pitch
        pen.disc(mark, (x, y), share * pitch)
