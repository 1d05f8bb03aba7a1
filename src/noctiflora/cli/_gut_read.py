"""The command ``gut FILE``: what a stool test holds, how sure, what it cannot tell."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from noctiflora.cli._show import Cell, Format, FormatOption, show_csv, show_json, show_rows
from noctiflora.core import RangeError

if TYPE_CHECKING:
    from noctiflora.actions import GutFile
    from noctiflora.gut import Carrier, GutReading, Potential, Trait

PARTLY_REFUSED = 3
MOST_SHOWN = 15
NOT_A_DIAGNOSIS = "A home stool test is not a diagnosis, and no share of a bacterium tells why you sleep badly."
CANNOT_TELL = (
    "It cannot tell: how much of anything there is in all, what the bacteria make, strains, or what a change between "
    "two laboratories means. One stool sent to seven companies gave 3 of 1,208 taxa in every report "
    "(10.1101/2024.06.05.596628)."
)
COLUMNS = ("sample", "taxon", "current_name", "ncbi_id", "amount", "share_pct")


def read(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Stool tests, recognised by content.")],
    unit: Annotated[
        str | None, typer.Option(help="reads, percent, fraction or 'per million', if guessed wrong.")
    ] = None,
    rank: Annotated[str | None, typer.Option(help="Rank to show: phylum, family, genus, species ...")] = None,
    region: Annotated[str | None, typer.Option(help="Sequenced region, as V4, or shotgun.")] = None,
    site: Annotated[str | None, typer.Option(help="Body site, as stool.")] = None,
    all_samples: Annotated[bool, typer.Option("--all", help="Show every sample of a table, not the first.")] = False,
    format: FormatOption = Format.TABLE,
) -> None:
    """Read stool tests and say what was recognised, how sure it is, and what it cannot tell. Nothing is stored."""
    from noctiflora.actions import read_gut
    from noctiflora.gut import Rank, Unit

    asked_unit = Unit(_one_of(unit, [u.value for u in Unit], "--unit")) if unit else None
    asked_rank = Rank(_one_of(rank, [r.value for r in Rank], "--rank")) if rank else None
    done = read_gut(files, unit=asked_unit, rank=asked_rank, region=region, site=site)
    if format is Format.JSON:
        show_json([_dict(file) for file in done])
    elif format is Format.CSV:
        show_csv([row for file in done for row in _rows(file.reading)], COLUMNS)
    else:
        for file in done:
            _tell(file, all_samples=all_samples)
        typer.echo(NOT_A_DIAGNOSIS)
    if format is not Format.TABLE:
        for file in done:
            if file.refusal:
                typer.echo(f"{file.name}: not read. {file.refusal}", err=True)
    if any(file.reading is None for file in done):
        raise typer.Exit(PARTLY_REFUSED)


def _one_of(value: str, known: list[str], where: str) -> str:
    if value not in known:
        raise RangeError("there is no such choice", where=where, found=value, do="choose one of: " + ", ".join(known))
    return value


def _shown(reading: "GutReading", *, all_samples: bool) -> range:
    return range(len(reading.sample_ids) if all_samples else min(1, len(reading.sample_ids)))


def _recognised(reading: "GutReading") -> dict[str, Cell]:
    return {
        "format": reading.format,
        "content": reading.content.value,
        "unit": reading.unit.value,
        "rank": reading.rank.value,
        "rows": len(reading.features),
        "samples": len(reading.sample_ids),
        "region": reading.region,
        "site": reading.site,
        "told_by_you": ", ".join(reading.told) or None,
    }


def _dict(file: "GutFile") -> dict[str, object]:
    reading = file.reading
    if reading is None:
        return {"file": file.name, "refusal": file.refusal}
    return {
        "file": file.name,
        "refusal": None,
        "recognised": _recognised(reading),
        "notes": list(reading.notes),
        "samples": [_sample(reading, j) for j in _shown(reading, all_samples=True)],
        "cannot_tell": [NOT_A_DIAGNOSIS, CANNOT_TELL],
    }


def _sample(reading: "GutReading", j: int) -> dict[str, object]:
    from noctiflora.gut import Content, appraise, potential

    out: dict[str, object] = {"id": reading.sample_ids[j], "sum": float(reading.totals[j]), "depth": reading.depths[j]}
    if reading.content is not Content.TAXA:
        return out
    sample, verdict = reading.sample(j), appraise(reading, j)
    return out | {
        "unassigned_pct": None if sample.unassigned is None else 100 * sample.unassigned,
        "taxa_seen": int((sample.values > 0).sum()),
        "set": sample.set_hash,
        "standing": verdict.standing.value,
        "reasons": list(verdict.reasons),
        "bloomed": verdict.bloomed,
        "taxa": [dict(row) for row in _taxa(reading, j)],
        "potential": [_capacity(p) for p in potential(reading, j)],
    }


def _capacity(found: "Potential") -> dict[str, object]:
    return {
        "trait": found.trait,
        "sentence": found.sentence,
        "withheld_because_of_bloom": found.withheld,
        "carriers": [_carrier(c) for c in found.carriers],
        "denied": [_carrier(c) for c in found.denied],
    }


def _carrier(found: "Carrier") -> dict[str, object]:
    def told(rows: "tuple[Trait, ...]") -> list[dict[str, object]]:
        return [{"id": r.id, "detail": r.detail, "sources": [x.ref for x in r.sources]} for r in rows]

    return {
        "taxon": found.taxon,
        "rank": found.rank.value,
        "share_pct": 100 * found.share,
        "some_species_only": found.by_members_only,
        "contested": found.contested,
        "for": told(found.rows_for),
        "against": told(found.rows_against),
    }


def _rows(reading: "GutReading | None") -> list[dict[str, Cell]]:
    from noctiflora.gut import Content

    if reading is None or reading.content is not Content.TAXA:
        return []
    return [
        {"sample": reading.sample_ids[j], **row} for j in _shown(reading, all_samples=True) for row in _taxa(reading, j)
    ]


def _taxa(reading: "GutReading", j: int) -> list[dict[str, Cell]]:
    """Return the taxa seen, the most frequent first; shares are of the whole sample, unassigned included."""
    from noctiflora.gut import resolve_all

    sample = reading.sample(j)
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
        if sample.values[i] > 0
    ]


def _tell(file: "GutFile", *, all_samples: bool) -> None:
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
        typer.echo(f"  These are genes, not taxa, in {reading.unit.value}: score them with 'noctiflora gut score'.")
        return
    if reading.content is Content.NAMES:
        return
    for j in _shown(reading, all_samples=all_samples):
        _tell_sample(reading, j)
    if not all_samples and len(reading.sample_ids) > 1:
        typer.echo(f"  {len(reading.sample_ids) - 1} more samples: --all")
    typer.echo(f"  {CANNOT_TELL}")


def _tell_sample(reading: "GutReading", j: int) -> None:
    from noctiflora.gut import Standing, appraise, potential

    sample, verdict = reading.sample(j), appraise(reading, j)
    depth = "unknown" if sample.depth is None else f"{sample.depth:,.0f} reads"
    unassigned = "unknown" if sample.unassigned is None else f"{100 * sample.unassigned:.1f} %"
    typer.echo(f"  {sample.id}: sum {sample.total:g}, depth {depth}, without a name at this rank {unassigned}")
    typer.echo(f"  Standing: {verdict.standing.value}. {' '.join(verdict.reasons)}".rstrip())
    if verdict.standing is Standing.REFUSED:
        return
    rows = _taxa(reading, j)
    show_rows(rows[:MOST_SHOWN], COLUMNS[1:], empty="  No taxon has a name at this rank.")
    if len(rows) > MOST_SHOWN:
        typer.echo(f"  and {len(rows) - MOST_SHOWN} more: --format csv")
    typer.echo("  What taxa present could do, by cited tests of their members (not what they do):")
    for capacity in potential(reading, j):
        typer.echo(f"    {capacity.sentence}")
