"""Lineages as files write them, turned into ranked names.

Met are ``k__Bacteria; p__Firmicutes; g__``, ``d__Bacteria|p__...``, lists of one to seven names with or without
prefixes, literal quotes around the whole, brackets around contested names, and placeholders for the unknown.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import repeat

from noctiflora.gut._reading import Feature, features_of
from noctiflora.gut._vocabulary import MAIN_RANKS, RANK_LETTERS, Rank

GREENGENES = re.compile(r"^\s*([kdpcofgstKDPCOFGST])__(.*)$")
SILVA = re.compile(r"^\s*D_(\d+)__(.*)$")
UNKNOWN = re.compile(
    r"^(unassigned|unclassified|unknown|uncultured|unidentified|unassignable|na|none|nan|not assigned|ambiguous_taxa"
    r"|metagenome|incertae[ _]sedis|other|noname|\?|-)?"
    r"([ _](bacterium|organism|species|genus|family|order|class|phylum|kingdom|domain))?$",
    re.IGNORECASE,
)
PLACEHOLDER = re.compile(
    r"^(__|_)?(uncultured|unclassified|unidentified|unknown|noname)|[_ ](unclassified|noname)$", re.I
)

DOUBTFUL = ("un", "na", "non", "not", "ambiguous", "metagenome", "incertae", "other", "classified", "noname")
"""Letters with which words for the unknown begin or end; other plain words are names."""

BRACKETS = re.compile(r"\[([A-Za-z][^\]]*)\]")
SPLIT_SUFFIX = re.compile(r"_[A-Z]{1,2}( |$)")
MOST_KEPT = 1 << 14
"""Names remembered: the same few stand in every lineage of a table."""


@lru_cache(maxsize=MOST_KEPT)
def clean(name: str) -> str:
    """Return a name without quotes, brackets and underscores for spaces; empty for a placeholder.

    Examples
    --------
    >>> clean(' "[Ruminococcus]_torques" ')
    'Ruminococcus torques'
    >>> clean("uncultured bacterium")
    ''
    """
    if name.isalpha():
        low = name.lower()
        if not low.startswith(DOUBTFUL) and not low.endswith(DOUBTFUL):
            return name
    text = name.strip().strip("\"'").strip()
    low = text.replace(" ", "").lower()
    if low.isalpha() and not low.startswith(DOUBTFUL) and not low.endswith(DOUBTFUL):
        return " ".join(text.split())
    text = BRACKETS.sub(r"\1", text)
    text = text.replace("_", " ").strip() if not SPLIT_SUFFIX.search(text) else text.strip("_ ")
    text = " ".join(text.split())
    return "" if UNKNOWN.match(text) or PLACEHOLDER.search(text) else text


def ranked(parts: Iterable[str]) -> tuple[tuple[Rank, str], ...]:
    """Return the ranked names of a lineage; parts without a name are left out.

    Parameters
    ----------
    parts : iterable of str
        From coarse to fine. A part with a prefix (``g__``, ``D_5__``) has that rank; without one the
        part has the rank of its place.

    Examples
    --------
    >>> [(r.value, n) for r, n in ranked(['"k__Bacteria', ' p__Firmicutes', 'g__"'])]
    [('domain', 'Bacteria'), ('phylum', 'Firmicutes')]
    >>> [(r.value, n) for r, n in ranked(["Bacteria", "Firmicutes"])]
    [('domain', 'Bacteria'), ('phylum', 'Firmicutes')]
    """
    out: list[tuple[Rank, str]] = []
    for place, part in enumerate(parts):
        rank, name = _part(part, place)
        if name and rank is not Rank.OTHER:
            out.append((rank, _species(name, out) if rank is Rank.SPECIES else name))
    return tuple(out)


@lru_cache(maxsize=MOST_KEPT)
def _part(part: str, place: int) -> tuple[Rank, str]:
    """Return rank and clean name of one part of a lineage."""
    text = part.strip().strip("\"'")
    if text[1:3] == "__" and text[0].isalpha() and text[0].lower() in RANK_LETTERS:
        return RANK_LETTERS[text[0].lower()], clean(text[3:])
    letter, numbered = GREENGENES.match(text), SILVA.match(text)
    if letter:
        return RANK_LETTERS[letter[1].lower()], clean(letter[2])
    if numbered:
        return _at(int(numbered[1])), clean(numbered[2])
    return _at(place), clean(text)


def _at(place: int) -> Rank:
    return MAIN_RANKS[place] if place < len(MAIN_RANKS) else Rank.OTHER


def _species(name: str, above: list[tuple[Rank, str]]) -> str:
    """Return a species with its genus: Greengenes writes the epithet alone."""
    genus = above[-1][1] if above and above[-1][0] is Rank.GENUS else None
    return f"{genus} {name}" if genus and " " not in name and name.islower() else name


def split(text: str) -> list[str]:
    """Return the parts of a lineage written in one cell.

    Examples
    --------
    >>> split("k__Bacteria|p__Firmicutes"), split("k__Bacteria; p__Firmicutes")
    (['k__Bacteria', 'p__Firmicutes'], ['k__Bacteria', 'p__Firmicutes'])
    """
    for mark in ("|", ";"):
        if mark in text:
            return list(map(str.strip, text.split(mark)))
    return [text.strip()]


def named(lineages: Sequence[Sequence[str]], *, keys: Sequence[str]) -> list[Feature]:
    """Return the features of many lineages; those that stand in many rows are understood once.

    Examples
    --------
    >>> [f.name for f in named([["k__Bacteria"], []], keys=["OTU1", "OTU2"])]
    ['Bacteria', 'OTU2']
    """
    known: dict[tuple[str, ...], tuple[tuple[Rank, str], ...]] = {}
    found = []
    for parts in map(tuple, lineages):
        if parts not in known:
            known[parts] = ranked(parts)
        found.append(known[parts])
    return features_of(
        [line[-1][1] if line else key for line, key in zip(found, keys, strict=True)],
        [line[-1][0] if line else Rank.OTHER for line in found],
        lineages=found,
        ncbi_ids=repeat(None),
        keys=keys,
    )


def feature(parts: Iterable[str], *, key: str, ncbi_id: int | None = None, fallback: str = "") -> Feature:
    """Return the feature of a lineage: named by its finest part.

    Examples
    --------
    >>> feature(["k__Bacteria", "p__Firmicutes"], key="OTU1").name
    'Firmicutes'
    """
    lineage = ranked(parts)
    if not lineage:
        return Feature(name=fallback or key, rank=Rank.OTHER, key=key, ncbi_id=ncbi_id)
    rank, name = lineage[-1]
    return Feature(name=name, rank=rank, lineage=lineage, ncbi_id=ncbi_id, key=key)
