"""Cited capacities of gut taxa: the packaged table, checked when it is read."""

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from noctiflora.core import FormatError, Source, parse_sources
from noctiflora.gut._vocabulary import MAIN_RANKS, Rank, rank_of

COLUMNS = ("id", "taxon", "rank", "trait", "says", "detail", "evidence", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trait:
    """One capacity of one taxon by one source.

    Parameters
    ----------
    id : str
        Of the row.
    taxon : str
        Current name.
    rank : Rank
        Of the taxon.
    trait : str
        The capacity, as ``"makes GABA"``.
    is_for : bool
        Whether the source found it; False where it looked and did not, or next to nothing.
    detail, evidence : str
        What was found, and by what kind of study.
    sources : tuple of Source
        Where it was read.
    """

    id: str
    taxon: str
    rank: Rank
    trait: str
    is_for: bool
    detail: str
    evidence: str
    sources: tuple[Source, ...]


@lru_cache(maxsize=1)
def traits() -> tuple[Trait, ...]:
    """Return all rows of the packaged table.

    Raises
    ------
    FormatError, SourceMissing
        If the packaged table is damaged.

    Examples
    --------
    >>> traits()[0].taxon, traits()[0].trait
    ('Bacteroides', 'makes GABA')
    """
    text = files("noctiflora.gut").joinpath("data", "traits", "traits.csv").read_text(encoding="utf-8")
    return parse_traits(text, where="traits.csv")


def parse_traits(text: str, *, where: str) -> tuple[Trait, ...]:
    """Check every row of a table of traits; see `traits`."""
    rows: list[Trait] = []
    reader = csv.DictReader(text.splitlines())
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise FormatError("the columns are not those of a table of traits", where=where, do=", ".join(COLUMNS))
    for row in reader:
        place = f"{where}, line {reader.line_num}"
        rank = rank_of(row["rank"])
        if rank not in MAIN_RANKS or row["says"] not in ("for", "against") or not row["taxon"] or not row["trait"]:
            raise FormatError("a row does not fit", where=place, found=str(row)[:60])
        rows.append(
            Trait(
                id=row["id"],
                taxon=row["taxon"],
                rank=rank,
                trait=row["trait"],
                is_for=row["says"] == "for",
                detail=row["detail"],
                evidence=row["evidence"],
                sources=parse_sources(row["source"]),
            )
        )
    return tuple(rows)
