"""Where a person's values fall among others, each with the band that laboratory, day and counting leave."""

from collections.abc import Sequence
from dataclasses import dataclass

from noctiflora.core import RangeError
from noctiflora.report.chart._figure import Figure, Sign, Table
from noctiflora.report.chart._pen import Pen

WIDTH = 300.0
_START, _END = 12.0, 288.0
_PITCH, _TOP, _BELOW = 42.0, 4.0, 20.0
_BAR, _LABEL = 12.0, 14.0
_QUARTER, _HALF, _THREE = 25.0, 50.0, 75.0
_WHOLE = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One value: a name, and the percentiles between which it lies.

    Raises
    ------
    RangeError
        If the ends do not rise within 0 to 100.
    """

    name: str
    low: float
    high: float
    words: str

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high <= _WHOLE:
            raise RangeError("a band rises within 0 to 100", where=self.name, found=f"{self.low:g} to {self.high:g}")


def strip_figure(bands: Sequence[Band], *, key: str, title: str) -> Figure:
    """Return the strips of some values under each other; the point itself is never drawn, only its band.

    Parameters
    ----------
    bands : sequence of Band
        At least one.
    key : str
        Unique on the page.
    title : str
        What is shown.
    """
    pen = Pen()
    pen.hatch(f"{key}-h")
    for k, band in enumerate(bands):
        _draw(pen, band, _TOP + k * _PITCH, f"{key}-h")
    bottom = _TOP + len(bands) * _PITCH
    pen.text((_START, bottom + 12), "lower", kind="m")
    pen.text(((_START + _END) / 2, bottom + 12), "typical", kind="m", anchor="middle")
    pen.text((_END, bottom + 12), "higher", kind="m", anchor="end")
    told = "; ".join(f"{b.name} {b.words}, percentile {b.low:.0f} to {b.high:.0f}" for b in bands)
    return Figure(
        key=key,
        title=title,
        description=f"{told}. Bands of 80 of 100 for laboratory, day and counting.",
        caption="",
        narrow=pen.drawing(WIDTH, bottom + _BELOW),
        signs=(
            Sign(sign="hyp-band", words="yours, 80 of 100: laboratory, day and counting"),
            Sign(sign="soft", words="all others"),
        ),
        table=Table(
            caption="Percentile among others",
            columns=("", "From", "To", "Where"),
            rows=tuple((b.name, f"{b.low:.0f}", f"{b.high:.0f}", b.words) for b in bands),
        ),
    )


def _draw(pen: Pen, band: Band, y: float, hatch: str) -> None:
    def at(percent: float) -> float:
        return _START + percent * (_END - _START) / _WHOLE

    top = y + _LABEL + 6
    pen.text((_START, y + _LABEL - 2), band.name)
    pen.text((_END, y + _LABEL - 2), band.words, kind="m", anchor="end")
    pen.rect("soft", (at(0), top), at(_WHOLE) - at(0), _BAR)
    pen.rect("hollow", (at(_QUARTER), top), at(_THREE) - at(_QUARTER), _BAR)
    pen.line("ax", (at(_HALF), top - 3), (at(_HALF), top + _BAR + 3))
    left, right = at(band.low), max(at(band.high), at(band.low) + 3)
    pen.hatched("hyp-b", f"M{left:.1f} {top - 2:.1f}H{right:.1f}V{top + _BAR + 2:.1f}H{left:.1f}Z", hatch)
