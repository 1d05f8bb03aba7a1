"""Rows of consumer tests: one per taxon with its rank, id, parent and count, ranks nested."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from noctiflora.core import FormatError
from noctiflora.gut._reading import features_of
from noctiflora.gut._vocabulary import MAIN_RANKS, Rank, Unit
from noctiflora.gut.read._format import Draft
from noctiflora.gut.read._lineage import clean

DEEPEST = 60
Lineage = tuple[tuple[Rank, str], ...]


class RankedRow(NamedTuple):
    """One row; made by the hundred, so a tuple.

    Parameters
    ----------
    name : str
        Scientific name.
    rank : Rank
        Its rank.
    key : str
        By which other rows name it as their parent.
    parent : str
        Key of the parent; empty where unknown.
    amount : float
        Reads or share.
    ncbi_id : int or None
        NCBI id.
    is_root : bool
        Whether this is the root of all.
    """

    name: str
    rank: Rank
    key: str
    parent: str
    amount: float
    ncbi_id: int | None
    is_root: bool = False


def draft_of(rows: Sequence[RankedRow], *, name: str, unit: Unit, site: str | None = None) -> Draft:
    """Return the draft of one sample from its nested rows.

    Raises
    ------
    FormatError
        If there is nothing but a root.
    """
    by_key = {r.key: r for r in rows}
    taxa = [r for r in rows if not r.is_root]
    if not taxa:
        raise FormatError("the export names no taxa", where=name, do="export it again")
    roots = [r.amount for r in rows if r.is_root]
    lineages = _lineages(taxa, by_key)
    values = np.array([[r.amount] for r in taxa], dtype=float)
    total = max(roots, default=0.0) or _largest_rank(taxa)
    return Draft(
        features=features_of(
            [r.name for r in taxa],
            [r.rank for r in taxa],
            lineages=[lineages[r.key] for r in taxa],
            ncbi_ids=[r.ncbi_id for r in taxa],
            keys=[r.key for r in taxa],
        ),
        sample_ids=[name.rsplit("/", 1)[-1]],
        values=values,
        unit=unit,
        nested=True,
        totals=np.array([unit.whole or total]),
        site=site,
        rank=_usual_rank(taxa),
        notes=["counts of coarse ranks contain those of fine ranks: one rank is taken at a time"],
    )


def _usual_rank(rows: Sequence[RankedRow]) -> Rank:
    """Return genus where there is one: home tests name few species well."""
    ranks = {r.rank for r in rows}
    if Rank.GENUS in ranks:
        return Rank.GENUS
    return max((r for r in ranks if r in MAIN_RANKS), key=lambda r: r.depth, default=Rank.OTHER)


def _largest_rank(rows: Sequence[RankedRow]) -> float:
    sums: dict[Rank, float] = {}
    for row in rows:
        if row.rank is not Rank.OTHER:
            sums[row.rank] = sums.get(row.rank, 0.0) + row.amount
    return max(sums.values(), default=0.0)


def _lineages(rows: Sequence[RankedRow], by_key: dict[str, RankedRow]) -> dict[str, Lineage]:
    """Return the ranked names from the root to each row; a ring of parents ends where it meets itself."""
    known: dict[str, Lineage] = {}
    for row in rows:
        chain: list[RankedRow] = []
        at: RankedRow | None = row
        while at is not None and at.key not in known and len(chain) < DEEPEST:
            chain.append(at)
            at = by_key.get(at.parent) if at.parent != at.key else None
        line = known.get(at.key, ()) if at is not None else ()
        for one in reversed(chain):
            if one.rank is not Rank.OTHER and clean(one.name):
                line = (*line, (one.rank, one.name))
            known[one.key] = line
    return known
