"""A pen that writes SVG: escaped text, short numbers, classes only."""

from dataclasses import dataclass

from markupsafe import Markup, escape


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """One finished drawing, without its svg element."""

    width: float
    height: float
    body: Markup


def short(value: float) -> str:
    """Return a coordinate with at most one decimal.

    Examples
    --------
    >>> short(12.04), short(-0.01), short(3.25)
    ('12', '0', '3.2')
    """
    text = f"{value:.1f}"
    if text.endswith(".0"):
        text = text[:-2]
    return "0" if text == "-0" else text


class Pen:
    """Collects the marks of one drawing in order."""

    def __init__(self) -> None:
        self._marks: list[str] = []

    def line(self, kind: str, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Draw a line of the class `kind`."""
        (x1, y1), (x2, y2) = start, end
        self._marks.append(
            f'<line class="{escape(kind)}" x1="{short(x1)}" y1="{short(y1)}" x2="{short(x2)}" y2="{short(y2)}"/>'
        )

    def rect(self, kind: str, corner: tuple[float, float], width: float, height: float) -> None:
        """Draw a rectangle from its upper left corner."""
        x, y = corner
        self._marks.append(
            f'<rect class="{escape(kind)}" x="{short(x)}" y="{short(y)}" width="{short(width)}" '
            f'height="{short(height)}"/>'
        )

    def disc(self, kind: str, centre: tuple[float, float], radius: float) -> None:
        """Draw a circle."""
        x, y = centre
        self._marks.append(f'<circle class="{escape(kind)}" cx="{short(x)}" cy="{short(y)}" r="{short(radius)}"/>')

    def path(self, kind: str, steps: str, *, thickness: float | None = None) -> None:
        """Draw a path from its commands; `thickness` where the class sets none."""
        thick = "" if thickness is None else f' stroke-width="{short(thickness)}"'
        self._marks.append(f'<path class="{escape(kind)}"{thick} d="{escape(steps)}"/>')

    def hatch(self, name: str, *, kind: str = "hatch") -> None:
        """Define a hatch, by default the violet one of what rests on hypotheses; `name` is unique on the page."""
        self._marks.append(
            f'<defs><pattern id="{escape(name)}" width="5" height="5" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate(45)"><line class="{escape(kind)}" x1="0" y1="0" x2="0" y2="5"/></pattern></defs>'
        )

    def hatched(self, kind: str, steps: str, name: str) -> None:
        """Draw a closed path filled with the hatch `name`."""
        self._marks.append(f'<path class="{escape(kind)}" fill="url(#{escape(name)})" d="{escape(steps)}"/>')

    def dotted(self, kind: str, name: str, *, pitch: float, radius: float) -> None:
        """Define a fill of circles of the class `kind`, one in each square of side `pitch`."""
        side, middle = short(pitch), f"{pitch / 2:.2f}"
        self._marks.append(
            f'<defs><pattern id="{escape(name)}" width="{side}" height="{side}" patternUnits="userSpaceOnUse">'
            f'<circle class="{escape(kind)}" cx="{middle}" cy="{middle}" r="{short(radius)}"/></pattern></defs>'
        )

    def filled(self, name: str, steps: str) -> None:
        """Fill a closed path with what `hatch` or `dotted` defined under `name`."""
        self._marks.append(f'<path fill="url(#{escape(name)})" d="{escape(steps)}"/>')

    def text(self, at: tuple[float, float], words: str, *, kind: str = "", anchor: str = "start") -> None:
        """Write words at a baseline point; `anchor` is start, middle or end."""
        x, y = at
        named = f' class="{escape(kind)}"' if kind else ""
        side = "" if anchor == "start" else f' text-anchor="{escape(anchor)}"'
        self._marks.append(f'<text x="{short(x)}" y="{short(y)}"{named}{side}>{escape(words)}</text>')

    def drawing(self, width: float, height: float) -> Drawing:
        """Return what was drawn."""
        return Drawing(width=width, height=height, body=Markup("\n".join(self._marks)))


def polyline(points: list[tuple[float, float]], *, closed_at: float | None = None) -> str:
    """Return path commands through `points`; `closed_at` closes the area down to that height.

    Examples
    --------
    >>> polyline([(0, 1), (2, 3)], closed_at=9)
    'M0 9L0 1L2 3L2 9Z'
    """
    steps = "L".join(f"{short(x)} {short(y)}" for x, y in points)
    if closed_at is None:
        return f"M{steps}"
    return f"M{short(points[0][0])} {short(closed_at)}L{steps}L{short(points[-1][0])} {short(closed_at)}Z"
