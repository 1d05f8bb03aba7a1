"""What the taxa of a sample could do, by cited traits: carried by genera present, never as activity."""

from collections.abc import Sequence
from dataclasses import dataclass

from noctiflora.gut._appraise import BLOOM_FAMILIES, BLOOM_GENERA, Standing, appraise
from noctiflora.gut._names import resolve_all
from noctiflora.gut._reading import GutReading
from noctiflora.gut._traits import Trait, traits
from noctiflora.gut._vocabulary import Rank

RANKS = (Rank.FAMILY, Rank.GENUS, Rank.SPECIES)
"""Species count only where the table is read at that rank: 16S tables name few of them well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """A taxon that is present, with what sources say of one capacity of it.

    Parameters
    ----------
    taxon : str
        Current name.
    rank : Rank
        Of the taxon.
    share : float
        Of the whole sample, 0 to 1, unassigned included.
    rows_for, rows_against : tuple of Trait
        Sources that found the capacity in the taxon or in a member of it, and those that did not.
    """

    taxon: str
    rank: Rank
    share: float
    rows_for: tuple[Trait, ...]
    rows_against: tuple[Trait, ...]

    @property
    def contested(self) -> bool:
        """Return whether sources contradict one another."""
        return bool(self.rows_for and self.rows_against)

    @property
    def by_members_only(self) -> bool:
        """Return whether only species below this rank were tested: the sample may hold others."""
        return all(r.taxon != self.taxon for r in (*self.rows_for, *self.rows_against))


@dataclass(frozen=True, slots=True, kw_only=True)
class Potential:
    """One capacity in one sample.

    Parameters
    ----------
    trait : str
        As ``"makes butyrate"``.
    carriers : tuple of Carrier
        Present taxa with at least one source for it, the most frequent first.
    denied : tuple of Carrier
        Present taxa of which sources only say that they lack it.
    withheld : bool
        Whether families that grow in the post were left out.
    """

    trait: str
    carriers: tuple[Carrier, ...]
    denied: tuple[Carrier, ...]
    withheld: bool = False

    @property
    def sentence(self) -> str:
        """Return what may be said."""
        if not self.carriers:
            return f"{self.trait}: no genus known for it was seen at this depth."
        names = ", ".join(_called(c) for c in self.carriers)
        return f"{self.trait}: carried by taxa present ({names}); whether they use it cannot be told."


def _called(carrier: Carrier) -> str:
    doubt = "sources disagree" if carrier.contested else "some species" if carrier.by_members_only else ""
    return f"{carrier.taxon}: {doubt}" if doubt else carrier.taxon


def potential(reading: GutReading, which: int | str = 0) -> tuple[Potential, ...]:
    """Return the capacities that taxa of a sample are known for.

    Parameters
    ----------
    reading : GutReading
        A table of taxa.
    which : int or str
        Place or id of the sample.

    Returns
    -------
    tuple of Potential
        One per capacity in the order of the table; empty where nothing can be said of the sample.
    """
    verdict = appraise(reading, which)
    if verdict.standing is Standing.REFUSED:
        return ()
    shares = _shares(reading, which)
    if verdict.bloomed:
        shares = {k: v for k, v in shares.items() if k[1] not in BLOOM_GENERA | BLOOM_FAMILIES and _genus(k) is None}
    names = dict.fromkeys(t.trait for t in traits())
    return tuple(_one(trait, shares, withheld=verdict.bloomed) for trait in names)


def _genus(key: tuple[Rank, str]) -> str | None:
    """Return the genus of a species that grows in the post, else None."""
    genus = key[1].split(" ")[0]
    return genus if key[0] is Rank.SPECIES and genus in BLOOM_GENERA else None


def _shares(reading: GutReading, which: int | str) -> dict[tuple[Rank, str], float]:
    """Return the share of each taxon present, under its current name."""
    out: dict[tuple[Rank, str], float] = {}
    for rank in RANKS if reading.rank is Rank.SPECIES else RANKS[:2]:
        sample = reading.sample(which, rank=rank)
        if sample.total <= 0:
            continue
        for name, amount in zip(resolve_all(sample.names, rank), sample.values.tolist(), strict=True):
            if amount > 0 and name.known:
                key = (rank, name.name)
                out[key] = out.get(key, 0.0) + amount / sample.total
    return out


def _one(trait: str, shares: dict[tuple[Rank, str], float], *, withheld: bool) -> Potential:
    rows = [t for t in traits() if t.trait == trait]
    with_species = any(rank is Rank.SPECIES for rank, _ in shares)
    carriers: list[Carrier] = []
    denied: list[Carrier] = []
    for (rank, name), share in shares.items():
        fitting = [r for r in rows if _fits(r, rank, name, with_species=with_species)]
        if not fitting:
            continue
        carrier = Carrier(
            taxon=name,
            rank=rank,
            share=share,
            rows_for=tuple(r for r in fitting if r.is_for),
            rows_against=tuple(r for r in fitting if not r.is_for),
        )
        (carriers if carrier.rows_for else denied).append(carrier)
    return Potential(trait=trait, carriers=_sorted(carriers), denied=_sorted(denied), withheld=withheld)


def _sorted(carriers: Sequence[Carrier]) -> tuple[Carrier, ...]:
    return tuple(sorted(carriers, key=lambda c: (-c.share, c.taxon)))


def _fits(row: Trait, rank: Rank, name: str, *, with_species: bool) -> bool:
    """Return whether a row is of the taxon; where the table knows no species, also whether it is of a species of it."""
    if row.rank is rank:
        return row.taxon == name or row.taxon.startswith(name + " subsp.")
    return not with_species and rank is Rank.GENUS and row.rank is Rank.SPECIES and row.taxon.startswith(name + " ")
