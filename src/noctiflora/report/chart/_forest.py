"""What each trial of one product tells, then the review, the product pooled, and one new person."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from noctiflora.report._words import number
from noctiflora.report.chart._axis import Axis, axis
from noctiflora.report.chart._figure import Figure, Sign, Table
from noctiflora.report.chart._ground import BELOW, TOP, Lines, draw_ground
from noctiflora.report.chart._pen import Drawing, Pen

NARROW, BROAD = 320.0, 780.0
_EDGE = 12.0
_PITCH_NARROW, _PITCH_BROAD = 48.0, 34.0
_LEFT, _RIGHT = 232.0, 140.0  # columns of words beside the broad plot
_LETTER = 7.4  # width of a letter in a wide sans at 13 units
_TICK = 6.0


class Told(StrEnum):
    """How much one line knows; the name of its sign."""

    INTERVAL = "trial-interval"
    SIGNIFICANT = "trial-significant"
    NOT_SIGNIFICANT = "trial-not-significant"
    NOTHING = "missing"
    REVIEW = "review"
    POOLED = "population"
    NEW_PERSON = "new-person"


_TIER = {Told.REVIEW: 1, Told.POOLED: 2, Told.NEW_PERSON: 3}
_KEYS = {
    Told.INTERVAL: "a trial with its number",
    Told.SIGNIFICANT: "only “significant” is known",
    Told.NOT_SIGNIFICANT: "only “not significant” is known",
    Told.NOTHING: "nothing usable",
    Told.REVIEW: "a review of many trials",
    Told.POOLED: "this product, pooled",
    Told.NEW_PERSON: "one new person",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ForestMark:
    """One line: a gain, better = positive; ends that are not known are None.

    Parameters
    ----------
    name : str
        Trial, or what was pooled.
    told : Told
        How much is known.
    centre, low, high : float or None
        Point and ends.
    note : str
        What was printed, or why nothing can be used.
    """

    name: str
    told: Told
    centre: float | None
    low: float | None
    high: float | None
    note: str = ""

    @property
    def tier(self) -> int:
        """0 for a trial, 1 for a review, 2 for what is pooled, 3 for a new person."""
        return _TIER.get(self.told, 0)

    @property
    def words(self) -> str:
        """The line in words."""
        if self.told is Told.NOTHING:
            return "nothing usable"
        if self.centre is None:
            return _KEYS[self.told].removesuffix(" is known")
        assert self.low is not None
        assert self.high is not None
        return f"{number(self.centre)} ({number(self.low)} to {number(self.high)})"


def forest_figure(marks: Sequence[ForestMark], *, unit: str, useful: float | None) -> Figure:
    """Return the figure, its lines in tiers: trials, review, product, new person.

    Parameters
    ----------
    marks : sequence of ForestMark
        In any order; within a tier it is kept.
    unit : str
        Names the axis.
    useful : float or None
        The important amount, in the same unit.
    """
    rows = sorted(marks, key=lambda m: m.tier)
    ends = [x for m in rows for x in (m.low, m.high, m.centre) if x is not None]
    low, high = min([0.0, *ends]), max([useful or 1.0, *ends])
    signs = [Sign(sign=told.value, words=_KEYS[told]) for told in Told if any(m.told is told for m in rows)]
    if useful is not None:
        signs.append(Sign(sign="useful", words=f"important amount, {number(useful)}"))
    return Figure(
        key="forest",
        title="What each trial tells of sleep",
        description=f"{' '.join(f'{m.name}: {m.words}.' for m in rows)} Right is better.",
        caption=f"{unit}; right is better. Ranges hold 95 of 100.",
        narrow=_narrow(rows, axis(low, high, start=_EDGE, end=NARROW - _EDGE, ticks=5), useful),
        broad=_broad(rows, axis(low, high, start=_LEFT, end=BROAD - _RIGHT, ticks=7), useful),
        signs=tuple(signs),
        table=Table(
            caption=unit,
            columns=("", "Estimate", "95 of 100", "What was printed"),
            rows=tuple((m.name, _cell(m.centre), _span(m), m.note) for m in rows),
        ),
    )


def _cell(value: float | None) -> str:
    return "none" if value is None else number(value)


def _span(mark: ForestMark) -> str:
    if mark.low is None and mark.high is None:
        return "none"
    if mark.low is None:
        return f"up to {_cell(mark.high)}"
    return f"{number(mark.low)} or more" if mark.high is None else f"{number(mark.low)} to {number(mark.high)}"


def _narrow(rows: Sequence[ForestMark], scale: Axis, useful: float | None) -> Drawing:
    pen = Pen()
    bottom = TOP + 6 + len(rows) * _PITCH_NARROW
    draw_ground(pen, scale, Lines(useful=useful), bottom=bottom, width=NARROW)
    for k, mark in enumerate(rows):
        y = TOP + 22 + k * _PITCH_NARROW
        if k and mark.tier != rows[k - 1].tier:
            pen.line("grid", (0, y - 19), (NARROW, y - 19))
        name = _short(mark.name, int((NARROW - _EDGE) / _LETTER))
        pen.rect("paper", (_EDGE - 2, y - 12), _LETTER * len(name) + 4, 16)
        pen.text((_EDGE, y), name, kind="b" if mark.tier > 1 else "")
        _draw(pen, scale, mark, y + 15)
    return pen.drawing(NARROW, bottom + BELOW)


def _broad(rows: Sequence[ForestMark], scale: Axis, useful: float | None) -> Drawing:
    pen = Pen()
    bottom = TOP + 6 + len(rows) * _PITCH_BROAD
    draw_ground(pen, scale, Lines(useful=useful), bottom=bottom, width=BROAD)
    for k, mark in enumerate(rows):
        y = TOP + 6 + (k + 0.5) * _PITCH_BROAD
        if k and mark.tier != rows[k - 1].tier:
            pen.line("grid", (0, y - _PITCH_BROAD / 2), (BROAD, y - _PITCH_BROAD / 2))
        pen.text((0, y + 4), _short(mark.name, int((_LEFT - 10) / _LETTER)), kind="b" if mark.tier > 1 else "")
        _draw(pen, scale, mark, y)
        words = mark.words if mark.centre is not None else mark.words.removeprefix("only ")
        pen.text((BROAD, y + 4), words, kind="m", anchor="end")
    return pen.drawing(BROAD, bottom + BELOW)


def _short(name: str, letters: int) -> str:
    return name if len(name) <= letters else f"{name[: letters - 1].rstrip()}…"


def _draw(pen: Pen, scale: Axis, mark: ForestMark, y: float) -> None:
    if mark.told is Told.NOTHING:
        pen.line("miss", (scale.start, y), (scale.end, y))
        return
    left = scale.start if mark.low is None else scale.at(mark.low)
    right = scale.end if mark.high is None else scale.at(mark.high)
    pen.line("pri-thin", (left, y), (right, y))
    if mark.centre is None:
        for end, x in ((mark.low, left), (mark.high, right)):
            if end is not None:
                pen.line("pri-thin", (x, y - _TICK), (x, y + _TICK))
        return
    x = scale.at(mark.centre)
    if mark.told is Told.REVIEW:
        pen.path("pri-d", f"M{x - 8:.1f} {y:.1f}L{x:.1f} {y - 6:.1f}L{x + 8:.1f} {y:.1f}L{x:.1f} {y + 6:.1f}Z")
    elif mark.told is Told.INTERVAL:
        pen.rect("pri-d", (x - 3.5, y - 3.5), 7, 7)
    else:
        pen.disc("pri-d" if mark.told is Told.POOLED else "pri-o", (x, y), 5.5)
