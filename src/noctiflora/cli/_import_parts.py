"""Says what lay in a folder or an archive beside what was taken in."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from noctiflora.actions import FileOutcome, Part

MOST_NAMES = 10
MOST_PARTS = 40


def tell_parts(file: "FileOutcome") -> None:
    """Say what each document of an archive gave, and name the members that are nothing we know."""
    for part in file.parts[:MOST_PARTS]:
        member = part.name.partition(": ")[2] or part.name
        typer.echo(
            f"  {_plain(member)}: {part.format}, {_answers(part) if part.n_answers else f'{part.n_sleeps} sleeps'}"
        )
    if len(file.parts) > MOST_PARTS:
        typer.echo(f"  and {len(file.parts) - MOST_PARTS} more documents: --format json")
    if file.passed:
        typer.echo(f"  passed over, not sleep: {_names(file.passed)}", err=True)


def tell_left(files: "Sequence[FileOutcome]") -> None:
    """Say once which files need a zone, and name those that are nothing we know."""
    zoneless = [file for file in files if file.needs_zone]
    if len(zoneless) == 1:
        typer.echo(f"{_plain(Path(zoneless[0].name).name)}: not imported. {zoneless[0].refusal}", err=True)
    elif zoneless:
        typer.echo(
            f"{len(zoneless)} files not imported, for their times carry no time zone: "
            f"{_names([Path(f.name).name for f in zoneless])}. Name the zone you slept in once, it is remembered: "
            "--zone NAME, for example --zone Europe/Berlin",
            err=True,
        )
    unknown = [Path(file.name).name for file in files if file.unknown]
    if unknown:
        plural = "file" if len(unknown) == 1 else "files"
        typer.echo(f"{len(unknown)} {plural} passed over, nothing we know: {_names(unknown)}", err=True)


def _answers(part: "Part") -> str:
    kept = f"{part.n_answers} answers, {part.n_kept} new circumstances of nights kept"
    if not part.left:
        return kept
    return f"{kept}; not kept, no item of the morning entry: {_names(part.left)}"


def _names(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return ", ".join(map(_plain, names[:MOST_NAMES])) + more


def _plain(name: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in name)
