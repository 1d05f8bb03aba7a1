"""The commands ``gut rhythm`` and ``gut dlmo``: time of day in series of one person."""

from pathlib import Path
from typing import Annotated

import typer

from noctiflora.cli._show import Cell, Format, FormatOption, show

NOTHING_SAID = 3
SALIVA_PG_ML = 3.0
DAY_H = 24
RHYTHM_COLUMNS = ("series", "p", "amplitude", "amplitude_se", "peak_h", "peak_se_h", "mesor", "r2", "n")
ONSET_COLUMNS = ("method", "onset", "hour", "level_pg_ml", "reason")


def rhythm(
    table: Annotated[Path, typer.Argument(metavar="SERIES", help="CSV: time, then one column per series.")],
    format: FormatOption = Format.TABLE,
) -> None:
    """Fit a cosine of 24 hours to each series; refused below 6 clock times over 3 days."""
    from noctiflora.actions import fit_rhythms

    done = fit_rhythms(table)
    fit = done.fit
    rows: list[dict[str, Cell]] = [
        {
            "series": name,
            "p": _cell(fit.p[i]),
            "amplitude": _cell(fit.amplitude[i]),
            "amplitude_se": _cell(fit.amplitude_se[i]),
            "peak_h": _cell(fit.acrophase_h[i]),
            "peak_se_h": _cell(fit.acrophase_se_h[i]),
            "mesor": _cell(fit.mesor[i]),
            "r2": _cell(fit.r2[i]),
            "n": fit.n,
        }
        for i, name in enumerate(done.names)
    ]
    show(rows, RHYTHM_COLUMNS, format=format)
    if format is Format.TABLE:
        typer.echo("A cosine that fits is no cause of anything; p is of one test, not of all series together.")


def dlmo(
    table: Annotated[Path, typer.Argument(metavar="SERIES", help="CSV: time, melatonin in saliva, pg/mL.")],
    threshold: Annotated[float, typer.Option(help="Concentration to be crossed, pg/mL.")] = SALIVA_PG_ML,
    format: FormatOption = Format.TABLE,
) -> None:
    """Find when melatonin rises in the evening, by threshold and by hockey stick."""
    from noctiflora.actions import find_onset

    done = find_onset(table, threshold_pg_ml=threshold)
    by_level, by_bend = done.threshold, done.hockey_stick
    rows: list[dict[str, Cell]] = [
        {
            "method": f"threshold {threshold:g} pg/mL",
            "onset": _clock(by_level.hour),
            "hour": by_level.hour,
            "level_pg_ml": by_level.threshold_pg_ml,
            "reason": by_level.reason or None,
        },
        {
            "method": "hockey stick",
            "onset": _clock(by_bend.hour),
            "hour": by_bend.hour,
            "level_pg_ml": by_bend.level_pg_ml,
            "reason": by_bend.reason or None,
        },
    ]
    show(rows, ONSET_COLUMNS, format=format)
    if by_level.hour is None:
        raise typer.Exit(NOTHING_SAID)


def _cell(value: float) -> float | None:
    return float(value) if value == value else None


def _clock(hour: float | None) -> str | None:
    if hour is None:
        return None
    minutes = round(hour * 60) % (DAY_H * 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
