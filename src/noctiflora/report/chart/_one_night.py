"""One modelled night, as now and in the what-if: in bed, asleep, and the evening mark of the body clock."""

from dataclasses import dataclass

from noctiflora.report._words import clock
from noctiflora.report.chart._figure import Figure, Sign, Table
from noctiflora.report.chart._pen import Drawing, Pen

NARROW, BROAD = 330.0, 780.0
_TOP, _ROW, _BAR = 26.0, 58.0, 16.0
_EDGE = 22.0


@dataclass(frozen=True, slots=True, kw_only=True)
class OneNight:
    """One night in hours from the noon before.

    Parameters
    ----------
    name : str
        As now, or the what-if.
    bed, rise : float
        Lights out and getting up.
    onset, offset : float
        Falling asleep, and getting up or last sleep.
    onset_low, onset_high : float
        Where 5 and 95 of 100 runs fall asleep.
    awake : float
        Minutes awake between onset and getting up.
    mark : float
        Evening rise of melatonin.
    """

    name: str
    bed: float
    rise: float
    onset: float
    offset: float
    onset_low: float
    onset_high: float
    awake: float
    mark: float


def one_night_figure(now: OneNight, then: OneNight) -> Figure:
    """Return the figure at two widths.

    Examples
    --------
    >>> a = OneNight(name="Now", bed=11, rise=19, onset=11.5, offset=18.8, onset_low=11.2, onset_high=12, awake=30,
    ...              mark=9.5)
    >>> one_night_figure(a, a).table.rows[0]
    ('Lights out', '23:00', '23:00')
    """
    rows = (now, then)
    return Figure(
        key="one-night",
        title="One night, now and in the what-if (hypothesis)",
        description="; ".join(
            f"{r.name}: lights out {_clock(r.bed)}, asleep {_clock(r.onset)} ({_clock(r.onset_low)} to "
            f"{_clock(r.onset_high)}), {r.awake:.0f} min awake after that, evening mark of the body clock "
            f"{_clock(r.mark)}"
            for r in rows
        )
        + ".",
        caption="The middle model run of the last week, noon to noon. Hypothesis: the model is not you.",
        narrow=_draw(rows, NARROW),
        broad=_draw(rows, BROAD),
        signs=(
            Sign(sign="night-band", words="from falling asleep to getting up"),
            Sign(sign="in-bed-line", words="in bed, not asleep yet"),
            Sign(sign="hyp-dot", words="falling asleep, 90 of 100 runs"),
            Sign(sign="night-half", words="evening rise of melatonin"),
        ),
        table=Table(
            caption="Clock times of one night, hypothesis",
            columns=("What", now.name, then.name),
            rows=(
                ("Lights out", _clock(now.bed), _clock(then.bed)),
                ("Evening rise of melatonin", _clock(now.mark), _clock(then.mark)),
                ("Asleep", _clock(now.onset), _clock(then.onset)),
                ("Awake after that, min", f"{now.awake:.0f}", f"{then.awake:.0f}"),
                ("Getting up", _clock(now.rise), _clock(then.rise)),
            ),
        ),
    )


def _clock(hours_from_noon: float) -> str:
    return clock((hours_from_noon + 12) % 24)


def _draw(rows: tuple[OneNight, ...], width: float) -> Drawing:
    pen = Pen()
    low = min(int(min(r.mark, r.bed)) for r in rows)
    high = max(int(r.rise) + 1 for r in rows)
    pitch = (width - 2 * _EDGE) / (high - low)

    def at(hour: float) -> float:
        return _EDGE + (hour - low) * pitch

    bottom = _TOP + len(rows) * _ROW
    step = 1 if width > NARROW else 3
    for hour in range(low, high + 1, step):
        pen.line("grid", (at(hour), _TOP), (at(hour), bottom))
        pen.text((at(hour), 14), _clock(hour), kind="m xsm", anchor="middle")
    for k, row in enumerate(rows):
        top = _TOP + k * _ROW
        y = top + 38
        pen.text((4, top + 18), row.name, kind="b xsm")
        pen.line("inbed", (at(row.bed), y), (at(row.rise), y))
        pen.rect("night" if k == 0 else "you-w", (at(row.onset), y - _BAR / 2), at(row.offset) - at(row.onset), _BAR)
        if k:
            pen.rect("cell-f", (at(row.onset), y - _BAR / 2), at(row.offset) - at(row.onset), _BAR)
        pen.line("hyp-s", (at(row.onset_low), y), (at(row.onset_high), y))
        pen.disc("hyp-d", (at(row.onset), y), 4)
        pen.line("night-l", (at(row.mark), y - 12), (at(row.mark), y + 12))
    return pen.drawing(width, bottom + 6)
