"""Modules of a kept table of genes as text and JSON."""

from typing import TYPE_CHECKING

import typer

from noctiflora.cli._show import Cell, show_rows

if TYPE_CHECKING:
    from noctiflora.actions import KeptGenes

COLUMNS = ("module", "found", "score")
MEANING = "Genes present, never activity: a gene may lie idle, and what is not measurable is not absent."


def tell_genes(kept: "KeptGenes") -> None:
    """Print the modules of the first sample."""
    samples = list(kept.samples)
    typer.echo(f"{kept.name} (kept {kept.at:%Y-%m-%d}): {kept.format}, unit {kept.unit}, sample {samples[0]}.")
    rows: list[dict[str, Cell]] = [{"module": m.name, "found": m.words, "score": m.score} for m in kept.first]
    show_rows(rows, COLUMNS, empty="")
    if len(samples) > 1:
        typer.echo(f"  {len(samples) - 1} more samples: --format json")
    typer.echo(f"  {MEANING}")


def genes_dict(kept: "KeptGenes") -> dict[str, object]:
    """Return the modules of all samples as JSON values."""
    return {
        "file": kept.name,
        "refusal": None,
        "kept_on": kept.at.date().isoformat(),
        "recognised": {"format": kept.format, "content": "genes", "unit": kept.unit},
        "notes": list(kept.notes),
        "meaning": MEANING,
        "modules": {
            sample: [
                {
                    "id": m.id,
                    "name": m.name,
                    "status": m.status.value,
                    "score": m.score,
                    "coverage": m.coverage,
                    "under_counted": m.under_counted,
                }
                for m in row
            ]
            for sample, row in kept.samples.items()
        },
    }
