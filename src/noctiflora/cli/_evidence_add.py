"""The commands ``evidence add``, ``added`` and ``drop``: trials beside the packaged ones."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from noctiflora.cli._evidence_base import file_bytes, printable
from noctiflora.cli._session import opened
from noctiflora.cli._show import Cell, DatabaseOption, Format, FormatOption, show
from noctiflora.core import NotFound

if TYPE_CHECKING:
    from noctiflora.actions import AddedEvidence, Move
    from noctiflora.store import AdditionDocument

REFUSED = 3
PSQI = 3.0
"""PSQI points in one SMD; the same as in the pooling."""
_PAIRS = ("mean", "sd", "benefit_for_of_100", "trials", "certainty")
COLUMNS = ("product", "added", *(f"{name}_{when}" for name in _PAIRS for when in ("before", "after")))


def add(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="JSON in the documented form.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check and compare only; keep nothing.")] = False,
    format: FormatOption = Format.TABLE,
    database: DatabaseOption = None,
) -> None:
    """Add a new trial, or a shared personal trial, and see how the pooled result moves."""
    from noctiflora.actions import add_evidence

    data = file_bytes(file)
    with opened(database) as store:
        found = add_evidence(store, data, file=file.name, keep=not dry_run)
    rows = [_move(move) for move in found.moves]
    if format is not Format.TABLE:
        show(rows, COLUMNS, format=format, document=_document(found, rows))
    elif _tell(found, dry_run=dry_run):
        show([_paired(row) for row in rows], ("product", "added", *_PAIRS), format=format)
    for refused in found.refused:
        typer.echo(printable(f"refused: {refused.text}"), err=True)
    if found.refused:
        raise typer.Exit(REFUSED)


def added(format: FormatOption = Format.TABLE, database: DatabaseOption = None) -> None:
    """List what was added to the packaged evidence, and where it came from."""
    from noctiflora.actions import list_added

    with opened(database) as store:
        documents = list_added(store)
    columns = ("id", "kind", "about", "doi", "file", "sha256", "added_at")
    show([_added(d) for d in documents], columns, format=format, empty="Nothing was added.")


def drop(
    name: Annotated[str, typer.Argument(metavar="ID", help="Id of an added trial; see 'evidence added'.")],
    database: DatabaseOption = None,
) -> None:
    """Forget an added trial."""
    from noctiflora.actions import remove_added

    with opened(database) as store:
        if not remove_added(store, name):
            raise NotFound("nothing of this id was added", where="evidence drop", found=name, do="list what was added")
    typer.echo(f"{name} is forgotten.")


def _tell(found: "AddedEvidence", *, dry_run: bool) -> bool:
    """Say what was taken; return whether anything was."""
    count = len(found.accepted)
    if not count:
        typer.echo("Nothing was taken.")
        return False
    kept = "checked, not kept" if dry_run else "kept in your database"
    typer.echo(f"{count} taken ({kept}): {', '.join(a.id for a in found.accepted)}.")
    typer.echo("Mean effect against placebo before > after, in PSQI points; less is better.\n")
    return True


def _paired(row: dict[str, Cell]) -> dict[str, Cell]:
    """Return a row of the table: each figure before and after in one cell."""
    out: dict[str, Cell] = {"product": row["product"], "added": row["added"]}
    for name in _PAIRS:
        before, after = row[f"{name}_before"], row[f"{name}_after"]
        out[name] = f"{_short(before)} > {_short(after)}"
    return out


def _short(cell: Cell) -> str:
    return f"{cell:.2f}" if isinstance(cell, float) else str(cell)


def _move(move: "Move") -> dict[str, Cell]:
    before, after = move.before, move.after
    return {
        "product": move.label,
        "added": ", ".join(move.added) or None,
        "mean_before": before.mean * PSQI,
        "mean_after": after.mean * PSQI,
        "sd_before": before.sd * PSQI,
        "sd_after": after.sd * PSQI,
        "benefit_for_of_100_before": round(100 * before.p_benefit),
        "benefit_for_of_100_after": round(100 * after.p_benefit),
        "trials_before": before.n_trials,
        "trials_after": after.n_trials,
        "certainty_before": before.certainty,
        "certainty_after": after.certainty,
    }


def _document(found: "AddedEvidence", rows: list[dict[str, Cell]]) -> dict[str, object]:
    return {
        "taken": [a.id for a in found.accepted],
        "kept": found.kept,
        "refused": [{"where": r.where, "field": r.field, "reason": r.reason} for r in found.refused],
        "unit": "PSQI points",
        "moves": rows,
    }


def _added(document: "AdditionDocument") -> dict[str, Cell]:
    body = document.body
    return {
        "id": document.addition_id,
        "kind": str(body.get("kind")),
        "about": str(body.get("strains") or body.get("strain")),
        "doi": str(body.get("doi") or ""),
        "file": document.file,
        "sha256": document.sha256,
        "added_at": document.at.isoformat(timespec="seconds"),
    }
