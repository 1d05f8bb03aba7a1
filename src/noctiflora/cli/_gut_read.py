"""The command ``gut FILE``: what a stool test holds, how sure, what it cannot tell."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from noctiflora.cli._gut_genes import genes_dict, tell_genes
from noctiflora.cli._gut_place import placement_dict
from noctiflora.cli._gut_text import CANNOT_TELL, COLUMNS, NOT_A_DIAGNOSIS, taxa, tell
from noctiflora.cli._session import opened, today
from noctiflora.cli._show import Cell, DatabaseOption, Format, FormatOption, show_csv, show_json
from noctiflora.core import RangeError

if TYPE_CHECKING:
    from noctiflora.actions import GutFile, KeptGenes
    from noctiflora.gut import Carrier, GutReading, Potential, Rank, Trait, Unit

NOTHING_SAID = 3
NOTHING_KEPT = "No stool test is kept. Read one with 'noctiflora gut FILE', keep it with 'noctiflora import FILE'."


def read(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE...]", help="Stool tests, recognised by content; without any, those kept."),
    ] = None,
    unit: Annotated[
        str | None, typer.Option(help="reads, percent, fraction or 'per million', if guessed wrong.")
    ] = None,
    rank: Annotated[str | None, typer.Option(help="Rank to show: phylum, family, genus, species ...")] = None,
    region: Annotated[str | None, typer.Option(help="Sequenced region, as V4, or shotgun.")] = None,
    site: Annotated[str | None, typer.Option(help="Body site, as stool.")] = None,
    age: Annotated[float | None, typer.Option(help="Years, to choose the reference.")] = None,
    sample: Annotated[str | None, typer.Option(metavar="ID", help="Which sample of a table to show.")] = None,
    keep: Annotated[
        bool, typer.Option("--keep", help="Store the test with what you told of it, as unit or region.")
    ] = False,
    all_samples: Annotated[bool, typer.Option("--all", help="Show every sample of a table, not the first.")] = False,
    format: FormatOption = Format.TABLE,
    db: DatabaseOption = None,
) -> None:
    """Say what a stool test holds, how sure it is, and what it cannot tell. A file is stored with --keep only."""
    from noctiflora.gut import Rank, Unit

    asked_unit = Unit(_one_of(unit, [u.value for u in Unit], "--unit")) if unit else None
    asked_rank = Rank(_one_of(rank, [r.value for r in Rank], "--rank")) if rank else None
    if age is not None and not 0 <= age <= 120:
        raise RangeError("an age lies between 0 and 120 years", where="--age", found=f"{age:g}")
    if files:
        done = _given(files, unit=asked_unit, rank=asked_rank, region=region, site=site)
    else:
        done, kept_age = _kept(db, rank=asked_rank, region=region)
        age = kept_age if age is None else age
    genes = () if files else _kept_genes(db)
    if not done and not genes and format is Format.TABLE:
        typer.echo(NOTHING_KEPT)
        return
    if sample is not None:
        _expect_sample(done, sample)
    in_full = len(done) if files else 1
    _show(done, genes, age=age, sample=sample, all_samples=all_samples, format=format, in_full=in_full)
    if keep and files:
        _keep(files, done, db)
    if any(file.reading is None for file in done) or (done and not any(map(_says_something, done))):
        raise typer.Exit(NOTHING_SAID)


def _given(
    files: list[Path], *, unit: "Unit | None", rank: "Rank | None", region: str | None, site: str | None
) -> "tuple[GutFile, ...]":
    from noctiflora.actions import read_gut

    return read_gut(files, unit=unit, rank=rank, region=region, site=site)


def _keep(files: list[Path], done: "tuple[GutFile, ...]", db: str | None) -> None:
    from noctiflora.actions import keep_gut_file

    paths = {path.name: path for path in files}
    with opened(db) as store:
        for file in done:
            if file.reading is not None:
                found = keep_gut_file(store, paths[file.name], file.reading)
                typer.echo(f"{file.name}: {'kept before' if found.already else 'kept'}.", err=True)


def _kept(db: str | None, *, rank: "Rank | None", region: str | None) -> "tuple[tuple[GutFile, ...], float | None]":
    """Return the stool tests of the store, the newest first, and the age that was entered."""
    from noctiflora.actions import GutFile, current_scores, shown_guts

    with opened(db) as store:
        kept = shown_guts(store, today=today())
        age = current_scores(store, today=today()).get("age_years")
    files = tuple(
        GutFile(
            name=f"{k.reading.name} (kept {k.at:%Y-%m-%d})", reading=k.reading.told_otherwise(rank=rank, region=region)
        )
        for k in reversed(kept)
    )
    return files, None if age is None else age.value


def _kept_genes(db: str | None) -> "tuple[KeptGenes, ...]":
    """Return the modules of the tables of genes in the store, the newest first."""
    from noctiflora.actions import shown_genes

    with opened(db) as store:
        return tuple(reversed(shown_genes(store, today=today())))


def _show(
    done: "tuple[GutFile, ...]",
    genes: "tuple[KeptGenes, ...]",
    *,
    age: float | None,
    sample: str | None,
    all_samples: bool,
    format: Format,
    in_full: int,
) -> None:
    """Show the files; as a table only so many in full, unless all were asked for."""
    if format is Format.JSON:
        show_json([*(_dict(file, age_years=age) for file in done), *map(genes_dict, genes)])
    elif format is Format.CSV:
        show_csv([row for file in done for row in _rows(file.reading)], COLUMNS)
    else:
        shown = done if all_samples else done[:in_full]
        for file in shown:
            tell(file, _shown(file.reading, sample=sample, all_samples=all_samples), age_years=age)
        for file in done[len(shown) :]:
            typer.echo(f"Kept too: {file.name} (--all, or 'noctiflora gut compare' with the files)")
        for kept in genes if all_samples else genes[:1]:
            tell_genes(kept)
        if genes or any(file.reading is not None for file in done):
            typer.echo(NOT_A_DIAGNOSIS)
    if format is not Format.TABLE:
        for file in done:
            if file.refusal:
                typer.echo(f"{file.name}: not read. {file.refusal}", err=True)


def _one_of(value: str, known: list[str], where: str) -> str:
    if value not in known:
        raise RangeError("there is no such choice", where=where, found=value, do="choose one of: " + ", ".join(known))
    return value


def _expect_sample(done: "tuple[GutFile, ...]", sample: str) -> None:
    ids = [i for file in done if file.reading is not None for i in file.reading.sample_ids]
    if ids and sample not in ids:
        raise RangeError(
            "there is no such sample", where="--sample", found=sample, do="choose one of: " + ", ".join(ids[:8])
        )


def _shown(reading: "GutReading | None", *, sample: str | None, all_samples: bool) -> range:
    if reading is None or not reading.sample_ids:
        return range(0)
    if sample is not None:
        at = reading.sample_ids.index(sample) if sample in reading.sample_ids else 0
        return range(at, at + 1)
    return range(len(reading.sample_ids) if all_samples else 1)


def _says_something(file: "GutFile") -> bool:
    """Return whether any sample of a file can bear a statement; a file of genes or names is no failure."""
    from noctiflora.gut import Content, Standing, appraise

    reading = file.reading
    if reading is None or reading.content is not Content.TAXA:
        return reading is not None
    return any(appraise(reading, j).standing is not Standing.REFUSED for j in range(len(reading.sample_ids)))


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


def _dict(file: "GutFile", *, age_years: float | None) -> dict[str, object]:
    reading = file.reading
    if reading is None:
        return {"file": file.name, "refusal": file.refusal}
    return {
        "file": file.name,
        "refusal": None,
        "recognised": _recognised(reading),
        "notes": list(reading.notes),
        "samples": [_sample(reading, j, age_years=age_years) for j in range(len(reading.sample_ids))],
        "cannot_tell": [NOT_A_DIAGNOSIS, CANNOT_TELL],
    }


def _sample(reading: "GutReading", j: int, *, age_years: float | None) -> dict[str, object]:
    from noctiflora.actions import place_gut
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
        "taxa": [dict(row) for row in taxa(reading, j)],
        "placement": placement_dict(place_gut(reading, j, age_years=age_years)),
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
        {"sample": reading.sample_ids[j], **row} for j in range(len(reading.sample_ids)) for row in taxa(reading, j)
    ]
