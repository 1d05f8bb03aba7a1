"""The commands of ``evidence``: the trials, the strains, the claims and what pooling makes of them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from noctiflora.cli import _evidence_add, _evidence_claims, _evidence_pool, _evidence_strain
from noctiflora.cli._evidence_base import known_evidence
from noctiflora.cli._evidence_claims import FindOption
from noctiflora.cli._evidence_pool import StrainOption
from noctiflora.cli._show import Cell, DatabaseOption, Format, FormatOption, show

if TYPE_CHECKING:
    from pydantic import BaseModel

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="What published trials have shown.")

FEW = "No row fits. Names and texts are matched as they stand; try a shorter one."


@app.command()
def trials(
    strain: StrainOption = None,
    find: FindOption = None,
    format: FormatOption = Format.TABLE,
    database: DatabaseOption = None,
) -> None:
    """List every trial row: nulls and what reported nothing as well."""
    from noctiflora.evidence import find_product
    from noctiflora.evidence import pool as pooled

    evidence = known_evidence(database)
    rows = evidence.trials
    if strain is not None:
        found = pooled(evidence).of(find_product(evidence, strain))
        ids = {t.trial_id for t in found.terms} | {t.trial_id for t in found.silent} | set(found.replaced)
        rows = tuple(row for row in rows if row.trial_id in ids)
    columns = ("trial_id", "year", "strains", "outcome", "timepoint_days", "significant", "p_value", "p_kind", "doi")
    _show(rows, columns, find, format)


@app.command()
def strains(find: FindOption = None, format: FormatOption = Format.TABLE) -> None:
    """List the strains, blends and prebiotics with their other names."""
    from noctiflora.evidence import load

    columns = ("species", "strain_id", "form", "typical_trial_dose", "trial_ids", "mechanism_level")
    _show(load().strains, columns, find, format)


app.command()(_evidence_strain.strain)
app.command()(_evidence_pool.pool)
app.command()(_evidence_claims.claims)
app.command()(_evidence_claims.questions)
app.command()(_evidence_add.add)
app.command()(_evidence_add.added)
app.command()(_evidence_add.drop)


def _show(rows: Sequence["BaseModel"], columns: tuple[str, ...], find: str | None, format: Format) -> None:
    """Show packaged rows; CSV and JSON hold every column."""
    found = [{key: _cell(value) for key, value in row.model_dump(mode="json").items()} for row in rows]
    if find:
        found = [row for row in found if any(find.casefold() in str(cell).casefold() for cell in row.values())]
    every = tuple(found[0]) if found else columns
    show(found, every if format is Format.CSV else columns, format=format, empty=FEW)


def _cell(value: object) -> Cell:
    if isinstance(value, list):
        return "; ".join(str(part["ref"]) if isinstance(part, dict) else str(part) for part in value)
    return value if isinstance(value, str | int | float | bool) else None
