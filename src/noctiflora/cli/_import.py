"""The command ``import``: reads exports and says what it kept, skipped and refused."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from noctiflora.cli._import_parts import tell_left, tell_parts
from noctiflora.cli._session import config, opened
from noctiflora.cli._show import DatabaseOption, Format, FormatOption, show_json

if TYPE_CHECKING:
    from noctiflora.actions import FileOutcome, StoolOutcome
    from noctiflora.store import Store

PARTLY_REFUSED = 3
INTERRUPTED = 130
STOPPED = "No file was taken in part. Give the same command again: what is in already is not taken twice."
MOST_REASONS = 5


def import_(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Exports, diaries, stool tests, or folders.")],
    zone: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Where you slept, for records that do not say; remembered: Europe/Berlin."),
    ] = None,
    format: FormatOption = Format.TABLE,
    db: DatabaseOption = None,
) -> None:
    """Read exports, diaries and stool tests: recognised by content, safe to repeat."""
    from noctiflora.actions import home_zone, import_files

    settings = config(db, zone)
    with opened(db) as store:
        if zone:
            _keep_zone(store, zone)
        try:
            with _bar() as progress:
                report = import_files(store, paths, zone=settings.zone or home_zone(store), progress=progress)
        except KeyboardInterrupt:
            typer.echo(STOPPED, err=True)
            raise typer.Exit(INTERRUPTED) from None
    if format is Format.TABLE:
        for file in report.files:
            if not (file.unknown or file.needs_zone):
                _tell(file)
        tell_left(report.files)
    else:
        show_json([_dict(file) for file in report.files])
    if report.partly:
        raise typer.Exit(PARTLY_REFUSED)


def _keep_zone(store: "Store", zone: str) -> None:
    from noctiflora.actions import keep_zone

    before = keep_zone(store, zone)
    if before is not None:
        typer.echo(f"{zone} is remembered from now on for records that name no zone; before it was {before}.", err=True)


def _tell(file: "FileOutcome") -> None:
    name = Path(file.name).name
    if file.stool is not None:
        _tell_stool(name, file.stool)
        return
    if file.joined:
        typer.echo(f"{name}: names of taxa, given to {file.joined}.")
        return
    if file.outcome is None:
        typer.echo(f"{name}: not imported. {file.refusal}", err=True)
        return
    row = file.outcome.row
    typer.echo(f"{name}: {row.format}. Sleep records {file.outcome.text}.")
    tell_parts(file)
    for note in row.notes:
        typer.echo(f"  note: {note}")
    if file.n_skipped:
        plural = "record" if file.n_skipped == 1 else "records"
        typer.echo(f"  {file.n_skipped} {plural} could not be read; the others are in:", err=True)
        for skipped in row.skipped[:MOST_REASONS]:
            typer.echo(f"    {skipped.count} x {skipped.reason} (first at {skipped.where})", err=True)
        if len(row.skipped) > MOST_REASONS:
            typer.echo(f"    and {len(row.skipped) - MOST_REASONS} more reasons: --format json", err=True)


def _tell_stool(name: str, stool: "StoolOutcome") -> None:
    reading = stool.reading
    kept = "already kept; nothing changed" if stool.already else "kept"
    if reading.content.value == "genes":
        typer.echo(
            f"{name}: {reading.format}, {len(reading.features)} genes, unit {reading.unit.value}; {kept}: which sleep "
            "modules it holds, not the table. See 'noctiflora gut'."
        )
        return
    typer.echo(
        f"{name}: {reading.format}, a stool test of {len(reading.features)} rows, rank {reading.rank.value}, unit "
        f"{reading.unit.value}, region {reading.region or 'not told'}; {kept}. See 'noctiflora gut'."
    )
    for note in reading.notes:
        typer.echo(f"  note: {note}")
    for reason in stool.refused[:MOST_REASONS]:
        typer.echo(f"  not kept: {reason}", err=True)
    if len(stool.refused) > MOST_REASONS:
        typer.echo(f"  and {len(stool.refused) - MOST_REASONS} more samples not kept: --format json", err=True)


def _stool_dict(stool: "StoolOutcome") -> dict[str, object]:
    reading = stool.reading
    return {
        "already": stool.already,
        "rank": reading.rank.value,
        "unit": reading.unit.value,
        "region": reading.region,
        "site": reading.site,
        "samples": list(reading.sample_ids),
        "sums": reading.totals.tolist(),
        "reads": list(reading.depths),
        "not_kept": list(stool.refused),
        "notes": list(reading.notes),
    }


def _dict(file: "FileOutcome") -> dict[str, object]:
    row = file.outcome.row if file.outcome else None
    return {
        "file": file.name,
        "formats": list(file.formats),
        "refusal": file.refusal or None,
        "already": file.outcome.already if file.outcome else bool(file.stool and file.stool.already),
        "n_read": row.n_read if row else 0,
        "n_new": row.n_new if row else 0,
        "n_replaced": row.n_replaced if row else 0,
        "n_known": row.n_known if row else 0,
        "skipped": [{"where": s.where, "reason": s.reason, "count": s.count} for s in row.skipped] if row else [],
        "notes": list(row.notes) if row else [],
        "stool": _stool_dict(file.stool) if file.stool else None,
        "names_given_to": file.joined or None,
        "unknown": file.unknown,
        "parts": [asdict(part) for part in file.parts],
        "passed": list(file.passed),
    }


@contextmanager
def _bar() -> Iterator[Callable[[str, int, int], None] | None]:
    """Yield a progress callback where somebody watches, else None."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        tasks: dict[str, object] = {}

        def told(name: str, done: int, size: int) -> None:
            if name not in tasks:
                tasks[name] = progress.add_task("".join(c if c.isprintable() else "?" for c in name), total=size)
            progress.update(tasks[name], completed=done)  # type: ignore[arg-type]

        yield told
