"""Whether a sample can bear a statement: depth, shipping bloom, and signs of another body site."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from noctiflora.gut._names import resolve
from noctiflora.gut._reading import GutReading
from noctiflora.gut._vocabulary import MAIN_RANKS, Content, Rank, Unit

FEWEST_READS = 2_000
"""Below this nothing is said; assumed (1,000 to 5,000), the floor kept in our bloom-removed reference."""

FEW_READS = 10_000
"""Below this a warning stands; assumed (5,000 to 20,000)."""

BLOOM_SHARE = 0.2
"""Share of bloom families above which nothing is said of them; the shares of frozen and of bloom-filtered tables
lie at 0.2 to 1.3 %, of unpreserved mailed ones at 34 to 38 % (medians, American Gut 2013 and TwinsUK 2014).
"""

BLOOM_FAMILIES = frozenset(
    {"Enterobacteriaceae", "Pseudomonadaceae", "Moraxellaceae", "Aeromonadaceae", "Shewanellaceae"}
    | {"Erwiniaceae", "Yersiniaceae", "Morganellaceae", "Hafniaceae", "Pectobacteriaceae"}
)
"""Families that grow in a stool sent unpreserved (10.1128/mSystems.00199-16), with those split off from
Enterobacteriaceae in 2016 (10.1128/CMR.00174-20)."""

BLOOM_GENERA = frozenset(
    {"Escherichia", "Escherichia-Shigella", "Shigella", "Klebsiella", "Enterobacter", "Citrobacter", "Proteus"}
    | {"Pseudomonas", "Acinetobacter", "Aeromonas", "Shewanella", "Serratia", "Hafnia", "Morganella", "Kluyvera"}
)
"""Their genera met in stool, for tables that carry no families."""

MOUTH_GENERA = frozenset(
    {"Streptococcus", "Veillonella", "Rothia", "Neisseria", "Haemophilus", "Porphyromonas", "Capnocytophaga"}
    | {"Leptotrichia", "Gemella", "Granulicatella", "Corynebacterium", "Actinomyces", "Aggregatibacter", "Lautropia"}
    | {"Fusobacterium", "Campylobacter", "Kingella", "Cardiobacterium", "Oribacterium", "Schaalia"}
)
STOOL_GENERA = frozenset(
    {"Bacteroides", "Phocaeicola", "Faecalibacterium", "Blautia", "Roseburia", "Ruminococcus", "Alistipes"}
    | {"Parabacteroides", "Coprococcus", "Dorea", "Akkermansia", "Lachnospira", "Agathobacter", "Anaerostipes"}
    | {"Bifidobacterium", "Escherichia", "Sutterella", "Subdoligranulum", "Oscillospira", "Collinsella"}
)
MOUTH_SHARE, STOOL_SHARE = 0.4, 0.1
"""Called a mouth sample where its genera hold over the first and those of stool under the second (assumed, 0.3 to
0.6 and 0.05 to 0.2); genera by site: 10.1038/nature11234."""


MIXED_SHARE = 0.01
"""Share of a row called a genus from which a name of another rank is no slip; assumed (0 to 0.05)."""


class Standing(StrEnum):
    """Whether anything may be said from a sample."""

    USABLE = "usable"
    CAUTION = "with caution"
    REFUSED = "nothing can be said"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appraisal:
    """What one sample can bear.

    Parameters
    ----------
    standing : Standing
        The worst of all reasons.
    reasons : tuple of str
        Each a sentence.
    bloom_share : float or None
        Share of families that grow in the post, 0 to 1; None where no rank tells.
    bloomed : bool
        Whether nothing may be said of Enterobacteriaceae, lipopolysaccharide and histamine.
    not_stool : bool
        Whether it looks like a sample of another site.
    """

    standing: Standing
    reasons: tuple[str, ...]
    bloom_share: float | None
    bloomed: bool
    not_stool: bool


def appraise(reading: GutReading, which: int | str = 0) -> Appraisal:
    """Return what one sample can bear.

    Parameters
    ----------
    reading : GutReading
        A table of taxa.
    which : int or str
        Place or id of the sample.
    """
    sample = reading.sample(which)
    refused: list[str] = []
    caution: list[str] = []
    depth = sample.depth
    if sample.total <= 0:
        refused.append("The sample is empty.")
    elif depth is not None and depth < FEWEST_READS:
        refused.append(f"It holds {depth:,.0f} reads; below {FEWEST_READS:,} nothing can be said.")
    elif depth is not None and depth < FEW_READS:
        caution.append(f"It holds {depth:,.0f} reads; below {FEW_READS:,} rare taxa come and go by chance.")
    elif depth is None and reading.unit is not Unit.READS:
        caution.append("The file does not tell how many reads were made, so chance cannot be judged.")
    mixed = _mixed_ranks(reading, which)
    if mixed:
        refused.append(mixed)
    mouth = _not_stool(reading, which)
    if mouth is not None:
        refused.append(mouth)
    bloom = _share(reading, which, Rank.FAMILY, BLOOM_FAMILIES)
    if bloom is None:
        bloom = _share(reading, which, Rank.GENUS, BLOOM_GENERA)
    bloomed = bloom is not None and bloom > BLOOM_SHARE
    if bloomed and bloom is not None:
        caution.append(
            f"{100 * bloom:.0f} % of it are families that grow in the post; nothing is said of Enterobacteriaceae, "
            "of lipopolysaccharide or of histamine, and all other shares are pressed down."
        )
    standing = Standing.REFUSED if refused else Standing.CAUTION if caution else Standing.USABLE
    return Appraisal(
        standing=standing,
        reasons=(*refused, *caution),
        bloom_share=bloom,
        bloomed=bloomed,
        not_stool=mouth is not None,
    )


def grown_in_post(reading: GutReading) -> frozenset[str]:
    """Return the names in a table, of any rank, that belong to families which grow in a stool sent unpreserved.

    Parameters
    ----------
    reading : GutReading
        A table of taxa.
    """
    grown: set[str] = set()
    for feature in reading.features:
        names = [(feature.rank, feature.name), *feature.lineage]
        above = {_bare(n) for _, n in names} | {_bare(n.replace("_", " ").split(" ")[0]) for _, n in names}
        if above & (BLOOM_FAMILIES | BLOOM_GENERA):
            grown |= {n for r, n in names if r in (Rank.FAMILY, Rank.GENUS, Rank.SPECIES, Rank.STRAIN)}
    return frozenset(grown)


def _mixed_ranks(reading: GutReading, which: int | str) -> str:
    """Return why the sample cannot be read where rows called genera carry names of families or phyla."""
    if reading.nested or reading.rank is not Rank.GENUS:
        return ""
    sample = reading.sample(which)
    coarse = [
        (name, resolve(name).rank)
        for name, amount in zip(sample.names, sample.values.tolist(), strict=True)
        if amount > MIXED_SHARE * sample.total and not resolve(name, Rank.GENUS).known
    ]
    wrong = [(name, rank) for name, rank in coarse if rank in MAIN_RANKS and rank not in (Rank.GENUS, Rank.SPECIES)]
    if not wrong:
        return ""
    name, rank = wrong[0]
    return f"Ranks are mixed: {name} is a {rank.value}, so reads may be counted twice; keep the rows of one rank."


def _not_stool(reading: GutReading, which: int | str) -> str | None:
    if reading.site is not None and reading.site.lower() not in ("gut", "stool", "feces", "faeces"):
        return f"The file says it is a sample of the {reading.site}, not a stool."
    mouth = _share(reading, which, Rank.GENUS, MOUTH_GENERA)
    stool = _share(reading, which, Rank.GENUS, STOOL_GENERA)
    if mouth is not None and stool is not None and mouth > MOUTH_SHARE and stool < STOOL_SHARE:
        return (
            f"This does not look like stool but like a sample of the mouth (or skin): {100 * mouth:.0f} % are "
            f"genera of the mouth, {100 * stool:.0f} % of stool."
        )
    return None


def _share(reading: GutReading, which: int | str, rank: Rank, names: frozenset[str]) -> float | None:
    """Return the share of the whole sample that `names` hold; None where no row tells the rank."""
    if reading.content is not Content.TAXA or rank not in MAIN_RANKS:
        return None
    sample = reading.sample(which, rank=rank)
    if not sample.names or sample.total <= 0:
        return None
    held = np.array([_bare(n) in names for n in sample.names], dtype=bool)
    return float(sample.values[held].sum()) / sample.total


def _bare(name: str) -> str:
    """Return a name without the letter that GTDB puts behind the parts of a split genus."""
    head, mark, tail = name.rpartition("_")
    return head if mark and len(tail) <= 2 and tail.isupper() else name
