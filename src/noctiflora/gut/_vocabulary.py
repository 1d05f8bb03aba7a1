"""The closed vocabularies of a stool table: ranks, units and kinds of content."""

from enum import StrEnum


class Rank(StrEnum):
    """Rank of a taxon, from coarse to fine."""

    DOMAIN = "domain"
    PHYLUM = "phylum"
    CLASS = "class"
    ORDER = "order"
    FAMILY = "family"
    GENUS = "genus"
    SPECIES = "species"
    STRAIN = "strain"
    OTHER = "other"

    @property
    def depth(self) -> int:
        """Place in the order from coarse to fine; of no meaning for `OTHER`."""
        return MAIN_RANKS.index(self) if self in MAIN_RANKS else len(MAIN_RANKS)


MAIN_RANKS = (
    Rank.DOMAIN,
    Rank.PHYLUM,
    Rank.CLASS,
    Rank.ORDER,
    Rank.FAMILY,
    Rank.GENUS,
    Rank.SPECIES,
    Rank.STRAIN,
)

RANK_WORDS = {
    **{r.value: r for r in MAIN_RANKS},
    "kingdom": Rank.DOMAIN,
    "superkingdom": Rank.DOMAIN,
    "realm": Rank.DOMAIN,
    "subspecies": Rank.STRAIN,
    "sgb": Rank.STRAIN,
}
"""Words for ranks met in files; all others are `Rank.OTHER` (suborder, superphylum, no_rank, root)."""

RANK_LETTERS = {
    "r": Rank.OTHER,
    "k": Rank.DOMAIN,
    "d": Rank.DOMAIN,
    "p": Rank.PHYLUM,
    "c": Rank.CLASS,
    "o": Rank.ORDER,
    "f": Rank.FAMILY,
    "g": Rank.GENUS,
    "s": Rank.SPECIES,
    "t": Rank.STRAIN,
}


class Unit(StrEnum):
    """What a number of the table counts."""

    READS = "reads"
    PERCENT = "percent"
    FRACTION = "fraction"
    PER_MILLION = "per million"
    RPK = "reads per kilobase"
    UNKNOWN = "unknown"

    @property
    def whole(self) -> float | None:
        """Return the sum that a complete sample has in this unit; None where any sum is possible."""
        return {Unit.PERCENT: 100.0, Unit.FRACTION: 1.0, Unit.PER_MILLION: 1e6}.get(self)


class Content(StrEnum):
    """What the rows of a table are."""

    TAXA = "taxa"
    GENES = "genes"
    NAMES = "names of features, without amounts"


def rank_of(word: str) -> Rank:
    """Return the rank a word of a file stands for.

    Examples
    --------
    >>> rank_of("Superkingdom").value, rank_of("suborder").value
    ('domain', 'other')
    """
    return RANK_WORDS.get(word.strip().lower(), Rank.OTHER)
