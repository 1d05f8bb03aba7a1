"""Lines of a forest plot drawn with characters."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 49
"""Characters of a line; odd, so that a scale about nothing has a middle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The ends of the drawing, in the unit of the plot."""

    low: float
    high: float

    def at(self, x: float) -> int:
        """Return the character at which `x` lies, the nearest end where it lies outside."""
        share = (x - self.low) / (self.high - self.low)
        return min(max(round(share * (WIDTH - 1)), 0), WIDTH - 1)


def scale_for(ends: Sequence[float], *, least: float = 0.0) -> Scale:
    """Return a scale about nothing that holds `ends`, and `least` to either side."""
    reach = max([abs(x) for x in ends] + [least]) * 1.02 or 1.0
    return Scale(low=-reach, high=reach)


def bar(scale: Scale, mean: float, low: float, high: float, *, mark: str = "o") -> str:
    """Return an interval with its point: a number is known."""
    cells = _ground(scale)
    first, last = scale.at(low), scale.at(high)
    cells[first : last + 1] = "-" * (last - first + 1)
    cells[first] = "<" if low < scale.low else "|"
    cells[last] = ">" if high > scale.high else "|"
    cells[scale.at(mean)] = mark
    return "".join(cells)


def bracket(scale: Scale, low: float | None, high: float | None) -> str:
    """Return a bracket without a point: only where the effect lies is known, to one side open."""
    cells = _ground(scale)
    first = 0 if low is None else scale.at(low)
    last = WIDTH - 1 if high is None else scale.at(high)
    for i in range(first, last + 1):
        cells[i] = "~"
    cells[first] = "<" if low is None else "["
    cells[last] = ">" if high is None else "]"
    return "".join(cells)


def dots() -> str:
    """Return the mark of a trial that told nothing usable."""
    return ". " * (WIDTH // 2) + "."


def ruler(scale: Scale, *, better: str, worse: str) -> str:
    """Return the line below a plot that says which side is which."""
    middle = WIDTH // 2
    left = f"<- {better}"[:middle].ljust(middle)
    right = f"{worse} ->"[-middle:].rjust(middle)
    return f"{left}0{right}"


def _ground(scale: Scale) -> list[str]:
    cells = [" "] * WIDTH
    cells[scale.at(0.0)] = ":"
    return cells
