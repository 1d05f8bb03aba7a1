"""What more weeks buy: clear and right answers against the length of a trial."""

from collections.abc import Sequence
from dataclasses import dataclass

from noctiflora.report.chart._figure import Figure, Sign, Table
from noctiflora.report.chart._pen import Pen, short

WIDTH = 340.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 44.0, 14.0, 18.0, 226.0
_BAND = 1.645
"""Standard errors to each side that hold 90 of 100."""
_TICKS_WEEKS = (1, 2, 4, 6, 8, 12, 16, 20, 26, 52)


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """One design: weeks, share of clear and right answers with its simulation error, 0 to 1."""

    weeks: float
    right: float
    error: float


def lengths_figure(found: Sequence[Length], *, weekly: Length | None, runs: int, chosen: int | None = None) -> Figure:
    """Return the curve of designs on offer, the shortest first; `weekly` is switching every week.

    Examples
    --------
    >>> lengths_figure([Length(weeks=12, right=0.2, error=0.02)], weekly=None, runs=400).table.rows
    (('12', '20', '17 to 23'),)
    """
    pen = Pen()
    top_weeks = max([p.weeks for p in found] + ([weekly.weeks] if weekly else [])) * 1.04
    for share in (0, 25, 50, 75, 100):
        y = _y(share / 100)
        pen.line("grid", (_LEFT, y), (WIDTH - _RIGHT, y))
        pen.text((_LEFT - 6, y + 4.5), str(share), kind="m xsm", anchor="end")
    step = next((s for s in _TICKS_WEEKS if top_weeks / s <= 5), _TICKS_WEEKS[-1])
    for weeks in range(0, int(top_weeks) + 1, step):
        x = _x(weeks, top_weeks)
        pen.line("ax", (x, _BOTTOM), (x, _BOTTOM + 4))
        pen.text((x, _BOTTOM + 20), str(weeks), kind="m xsm", anchor="middle")
    pen.text(((_LEFT + WIDTH - _RIGHT) / 2, _BOTTOM + 38), "weeks", kind="m xsm", anchor="middle")
    _curve(pen, found, top_weeks, chosen)
    if weekly is not None:
        at = (_x(weekly.weeks, top_weeks), _y(weekly.right))
        pen.disc("ic0", at, 4.5)
        left = at[0] < WIDTH / 2
        words = f"weekly switching: {100 * weekly.right:.0f}"
        # below its ring, so that it never lies on the curve; above it where the axis is near
        y = at[1] + 19 if at[1] < _BOTTOM - 26 else at[1] - 9
        pen.text((at[0] + (-4 if left else 4), y), words, kind="m xsm", anchor="start" if left else "end")
    return Figure(
        key="lengths",
        title="What each length buys",
        description=_description(found, weekly),
        caption=(
            f"Clear and right answers out of 100 simulated trials on nights that vary like yours ({runs} runs a "
            "point; band: 90 of 100 of the simulation error)."
        ),
        narrow=pen.drawing(WIDTH, _BOTTOM + 44),
        signs=(Sign(sign="dot-you", words="a design on offer"), Sign(sign="ring-open", words="not offered")),
        table=Table(
            caption="Clear and right answers of 100 trials",
            columns=("Weeks", "Right", "Range"),
            rows=(
                *(_row(f"{p.weeks:g}", p) for p in found),
                *([] if weekly is None else [_row(f"{weekly.weeks:g}, weekly switching", weekly)]),
            ),
        ),
    )


def _curve(pen: Pen, found: Sequence[Length], top_weeks: float, chosen: int | None) -> None:
    points = [(_x(p.weeks, top_weeks), _y(p.right)) for p in found]
    # the line joins what no shorter design beats; the rest cost less in other ways and stand alone
    best_yet = [p for k, p in enumerate(found) if all(p.right > q.right for q in found[:k])]
    if len(best_yet) > 1:
        ups = [(_x(p.weeks, top_weeks), _y(_high(p))) for p in best_yet]
        downs = [(_x(p.weeks, top_weeks), _y(_low(p))) for p in best_yet]
        line = [(_x(p.weeks, top_weeks), _y(p.right)) for p in best_yet]
        steps = "L".join(f"{short(x)} {short(y)}" for x, y in [*ups, *reversed(downs)])
        pen.path("you-a", f"M{steps}Z")
        pen.path("you-thin", "M" + "L".join(f"{short(x)} {short(y)}" for x, y in line))
    for k, at in enumerate(points):
        pen.disc("you-d", at, 7 if k == chosen else 4.5)
    best = max(range(len(found)), key=lambda k: found[k].right)
    (x, y), p = points[best], found[best]
    side = "end" if x > WIDTH / 2 else "start"
    pen.text((x, y - 12), f"{p.weeks:g} weeks: {100 * p.right:.0f} of 100", kind="b xsm", anchor=side)


def _x(weeks: float, top_weeks: float) -> float:
    return _LEFT + (WIDTH - _LEFT - _RIGHT) * weeks / top_weeks


def _y(share: float) -> float:
    return _BOTTOM - (_BOTTOM - _TOP) * share


def _low(p: Length) -> float:
    return max(0.0, p.right - _BAND * p.error)


def _high(p: Length) -> float:
    return min(1.0, p.right + _BAND * p.error)


def _row(name: str, p: Length) -> tuple[str, ...]:
    return (name, f"{100 * p.right:.0f}", f"{100 * _low(p):.0f} to {100 * _high(p):.0f}")


def _description(found: Sequence[Length], weekly: Length | None) -> str:
    said = ", ".join(f"{p.weeks:g} weeks {100 * p.right:.0f} of 100" for p in found)
    more = "" if weekly is None else f" Weekly switching over {weekly.weeks:g} weeks: {100 * weekly.right:.0f} of 100."
    return f"Clear and right answers: {said}.{more}"
