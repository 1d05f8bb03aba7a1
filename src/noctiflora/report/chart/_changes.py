"""What a what-if changes: ranges against now in minutes a night, every one of them hypothesis."""

from collections.abc import Sequence
from dataclasses import dataclass

from noctiflora.report._words import number, signed
from noctiflora.report.chart._axis import axis
from noctiflora.report.chart._axis_ranges import Range
from noctiflora.report.chart._figure import Figure, Sign, Table
from noctiflora.report.chart._pen import Pen, short

WIDTH = 340.0
_EDGE, _TOP, _PITCH, _HALF = 14.0, 26.0, 46.0, 6.5


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """One measure: the change in minutes, better = positive, and how now and then read in words."""

    name: str
    change: Range
    words: str


def changes_figure(rows: Sequence[ChangeRow], *, weeks: int) -> Figure:
    """Return the figure; right is better, for the body clock earlier.

    Examples
    --------
    >>> row = ChangeRow(name="Asleep", change=Range(middle=7, low=-3, high=15), words="410 to 417 min")
    >>> changes_figure([row], weeks=8).table.rows
    (('Asleep', '410 to 417 min', '+7 (−3 to +15)'),)
    """
    low = min(0.0, *(r.change.low for r in rows), -1.0)
    high = max(0.0, *(r.change.high for r in rows), 1.0)
    scale = axis(low, high, start=_EDGE, end=WIDTH - _EDGE, ticks=5)
    bottom = _TOP + len(rows) * _PITCH
    pen = Pen()
    pen.hatch("hatch-changes")
    pen.text((scale.at(0), 14), "now", kind="m", anchor="middle")
    for k, row in enumerate(rows):
        top = _TOP + k * _PITCH
        y = top + 30
        pen.text((_EDGE, top + 14), row.name, kind="b xsm")
        pen.text((WIDTH - _EDGE, top + 14), _said(row), kind="m xsm", anchor="end")
        pen.line("base-l", (scale.at(0), y - 12), (scale.at(0), y + 12))
        x1, x2 = scale.at(row.change.low), scale.at(row.change.high)
        steps = f"M{short(x1)} {short(y - _HALF)}H{short(x2)}V{short(y + _HALF)}H{short(x1)}Z"
        pen.hatched("hyp-b", steps, "hatch-changes")
        pen.disc("hyp-d", (scale.at(row.change.middle), y), 4.5)
    pen.line("ax", (scale.start, bottom), (scale.end, bottom))
    for tick in scale.ticks:
        pen.line("ax", (scale.at(tick), bottom), (scale.at(tick), bottom + 4))
        pen.text((scale.at(tick), bottom + 18), signed(tick, scale.digits), kind="m xsm", anchor="middle")
    pen.text((_EDGE, bottom + 36), "← worse", kind="m xsm")
    pen.text((WIDTH - _EDGE, bottom + 36), "better, min a night →", kind="m xsm", anchor="end")
    return Figure(
        key="changes",
        title="What the what-if changes, with its range (hypothesis)",
        description="; ".join(f"{r.name}: {r.words}, change {_said(r)} minutes" for r in rows) + ".",
        caption=(
            f"After {weeks} {'week' if weeks == 1 else 'weeks'}, minutes a night. Right is better sleep; for the body "
            "clock, earlier. Every row is hypothesis."
        ),
        narrow=pen.drawing(WIDTH, bottom + 42),
        signs=(
            Sign(sign="hyp-range", words="model (hypothesis), 90 of 100 runs"),
            Sign(sign="median", words="now"),
        ),
        table=Table(
            caption=f"After {weeks} weeks, hypothesis",
            columns=("Measure", "Now to what-if", "Better by, min (90 of 100 runs)"),
            rows=tuple((r.name, r.words, _said(r)) for r in rows),
        ),
    )


def _said(row: ChangeRow) -> str:
    r = row.change
    return f"{signed(r.middle, 0)} ({signed(r.low, 0)} to {signed(r.high, 0)})"


def between(now: float, then: float, unit: str, digits: int = 0) -> str:
    """Return two levels as words.

    Examples
    --------
    >>> between(33.2, 27.4, "min"), between(5.0, 5.2, "min")
    ('33 to 27 min', '5 min, as now')
    """
    first, second = number(now, digits), number(then, digits)
    return f"{first} {unit}, as now" if first == second else f"{first} to {second} {unit}"
