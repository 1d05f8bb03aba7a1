"""A stool test as text: what was recognised, how sure, what it cannot tell."""

from typing import TYPE_CHECKING

import typer

from noctiflora.cli._gut_place import tell_placement
from noctiflora.cli._show import Cell, show_rows

if TYPE_CHECKING:
    from noctiflora.actions import GutFile
    from noctiflora.gut import GutReading

MOST_SHOWN = 15
NOT_A_DIAGNOSIS = "A home stool test is not a diagnosis, and no share of a bacterium tells why you sleep badly."
CANNOT_TELL = (
    "It cannot tell: how much of anything there is in all, what the bacteria make, strains, or what a change between "
    "two laboratories means. One stool sent to seven companies gave 3 of 1,208 taxa in every report "
    "(10.1101/2024.06.05.596628)."
)
COLUMNS = ("sample", "taxon", "current_name", "ncbi_id", "amount", "share_pct")
UNTOLD = "; whether they use it cannot be told."
WITHHELD = "  Families that grow in the post are not shown: {n} taxa."


def taxa(reading: "GutReading", j: int) -> list[dict[str, Cell]]:
    """Return the taxa seen, the most frequent first; shares are of the whole sample, unassigned included.

    Of a sample that bloomed in the post, the families that did are left out.
    """
    from noctiflora.gut import appraise, grown_in_post, resolve_all

    sample = reading.sample(j)
    hidden = grown_in_post(reading) if appraise(reading, j).bloomed else frozenset[str]()
    names = resolve_all(sample.names, sample.rank)
    order = sorted(range(len(sample.names)), key=lambda i: (-float(sample.values[i]), sample.names[i]))
    return [
        {
            "taxon": sample.names[i],
            "current_name": names[i].name if names[i].known else None,
            "ncbi_id": sample.ncbi_ids[i] or names[i].ncbi_id,
            "amount": float(sample.values[i]),
            "share_pct": 100 * float(sample.values[i]) / sample.total,
        }
        for i in order
        if sample.values[i] > 0 and sample.names[i] not in hidden
    ]


def tell(file: "GutFile", shown: range, *, age_years: float | None) -> None:
    """Print one file, some of its samples."""
    from noctiflora.gut import Content

    reading = file.reading
    if reading is None:
        typer.echo(f"{file.name}: not read. {file.refusal}", err=True)
        return
    samples = f"{len(reading.sample_ids)} sample{'' if len(reading.sample_ids) == 1 else 's'}"
    typer.echo(f"{file.name}: {reading.format}, {reading.content.value}, {len(reading.features)} rows, {samples}.")
    region = reading.region or "not told by the file (--region)"
    if reading.content is Content.TAXA:
        typer.echo(f"  rank {reading.rank.value} (--rank), unit {reading.unit.value} (--unit), region {region}")
    for note in reading.notes:
        typer.echo(f"  note: {note}")
    if reading.content is Content.GENES:
        typer.echo(
            f"  These are genes, not taxa, in {reading.unit.value}: score them with 'noctiflora gut score', or keep "
            "what sleep modules they hold with --keep."
        )
        return
    if reading.content is Content.NAMES:
        return
    for j in shown:
        _tell_sample(reading, j, age_years=age_years)
    if len(shown) < len(reading.sample_ids):
        typer.echo(f"  {len(reading.sample_ids) - len(shown)} more samples: --all, or --sample ID")
    typer.echo(f"  {CANNOT_TELL}")


def _tell_sample(reading: "GutReading", j: int, *, age_years: float | None) -> None:
    from noctiflora.actions import place_gut
    from noctiflora.gut import Standing, appraise, potential

    sample, verdict = reading.sample(j), appraise(reading, j)
    depth = "unknown" if sample.depth is None else f"{sample.depth:,.0f} reads"
    unassigned = "unknown" if sample.unassigned is None else f"{100 * sample.unassigned:.1f} %"
    typer.echo(f"  {sample.id}: sum {sample.total:g}, depth {depth}, without a name at this rank {unassigned}")
    typer.echo(f"  Standing: {verdict.standing.value}. {' '.join(verdict.reasons)}".rstrip())
    if verdict.standing is Standing.REFUSED:
        return
    rows = taxa(reading, j)
    show_rows(rows[:MOST_SHOWN], COLUMNS[1:], empty="  No taxon has a name at this rank.")
    if len(rows) > MOST_SHOWN:
        typer.echo(f"  and {len(rows) - MOST_SHOWN} more: --format csv")
    if verdict.bloomed:
        typer.echo(WITHHELD.format(n=int((sample.values > 0).sum()) - len(rows)))
    tell_placement(place_gut(reading, j, age_years=age_years))
    typer.echo("  What taxa present could do, by cited tests of their members; whether they do it cannot be told:")
    found = potential(reading, j)
    for capacity in found:
        if capacity.carriers or capacity.withheld:
            typer.echo(f"    {capacity.sentence.removesuffix(UNTOLD)}")
    unseen = [c.trait for c in found if not c.carriers and not c.withheld]
    if unseen:
        typer.echo(f"    No genus known for it was seen at this depth: {', '.join(unseen)}.")
