"""A hundred people as rings in ten rows: how many gain, how many might, how many do not."""

from dataclasses import dataclass

from noctiflora.core import RangeError
from noctiflora.report.chart._figure import Figure
from noctiflora.report.chart._pen import Pen, short

PEOPLE, ROW = 100, 10
PITCH = 13.1
SIZE = PITCH * ROW
_RADII = {"1": 4.6, "2": 4.6, "3": 4.6, "0": 3.2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hundred:
    """Counts of 100 people.

    Parameters
    ----------
    low, centre, high : int
        As few as, at best guess, perhaps up to; 0 to 100, rising.

    Raises
    ------
    RangeError
        If they do not rise from 0 to 100.
    """

    low: int
    centre: int
    high: int

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.centre <= self.high <= PEOPLE:
            raise RangeError(
                "counts of 100 people must rise", where="Hundred", found=f"{self.low}, {self.centre}, {self.high}"
            )

    @property
    def runs(self) -> tuple[tuple[str, int, int], ...]:
        """Stretches of people in reading order: the sign's number, the first, and the one after the last."""
        ends = (
            ("1", 0, self.low),
            ("2", self.low, self.centre),
            ("3", self.centre, self.high),
            ("0", self.high, PEOPLE),
        )
        return tuple(run for run in ends if run[1] < run[2])


def hundred(low: float, centre: float, high: float) -> Hundred:
    """Return the counts of shares between 0 and 1.

    Examples
    --------
    >>> hundred(0.049, 0.163, 0.31)
    Hundred(low=5, centre=16, high=31)
    """
    low, centre, high = (round(PEOPLE * x) for x in (low, centre, high))
    return Hundred(low=min(low, centre), centre=centre, high=max(high, centre))


def hundred_figure(data: Hundred, *, key: str, title: str, harm: bool = False) -> Figure:
    """Return the figure; its counts stand in words beside it.

    Parameters
    ----------
    data : Hundred
        Counts.
    key : str
        Unique on the page.
    title : str
        What is counted, with the counts.
    harm : bool
        Whether being among them is bad.
    """
    pen = Pen()
    kind = "ib" if harm else "ic"
    for sign, first, after in data.runs:
        name = f"{key}-{sign}"
        pen.dotted(f"{'ic' if sign == '0' else kind}{sign}", name, pitch=PITCH, radius=_RADII[sign])
        pen.filled(name, _stretch(first, after))
    return Figure(
        key=key,
        title=title,
        description=f"At least {data.low}, best guess {data.centre}, possibly {data.high} of 100.",
        caption="",
        narrow=pen.drawing(SIZE, SIZE),
    )


def _stretch(first: int, after: int) -> str:
    """Return the outline of the cells from `first` up to `after` in reading order, as path commands."""
    steps = []
    while first < after:
        row, column = divmod(first, ROW)
        if column == 0 and after - first >= ROW:
            rows = (after - first) // ROW
            steps.append((0, row, ROW, rows))
            first += rows * ROW
        else:
            cells = min(ROW - column, after - first)
            steps.append((column, row, cells, 1))
            first += cells
    return "".join(
        f"M{short(PITCH * x)} {short(PITCH * y)}h{short(PITCH * w)}v{short(PITCH * h)}h{short(-PITCH * w)}z"
        for x, y, w, h in steps
    )
