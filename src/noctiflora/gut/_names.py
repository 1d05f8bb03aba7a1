"""Names of taxa resolved offline by the packaged table: current name, rank, NCBI id and by what route."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

from noctiflora.gut._vocabulary import Rank, rank_of
from noctiflora.gut.read import clean

SPLIT_SOURCE = "10.1099/ijsem.0.004107"
"""The paper that parted Lactobacillus into 25 genera in 2020."""

LACTOBACILLUS = "Lactobacillus"
SENSU_LATO = "Lactobacillus sensu lato"
_SUFFIX = re.compile(r"_[A-Z]{1,2}(?= |$)")
_PLACEHOLDER = re.compile(r"\d|^[a-z]|^(GGB|SGB|UBA|CAG|UCG)|[-_](?!like)|^[A-Z]{2,}")
_SYNONYM = re.compile(r"^(.+?) \((.+)\)$")
_SUBSPECIES = re.compile(r" (subsp|ssp|spp)\.? ")


class NameStatus(StrEnum):
    """By what route a name was resolved."""

    CURRENT = "current name"
    SYNONYM = "former name"
    SENSU_LATO = "wide sense"
    PLACEHOLDER = "placeholder of a database"
    UNKNOWN = "not in the table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """What a name stands for.

    Parameters
    ----------
    given : str
        As asked.
    name : str
        Current name; the given one, cleaned, where it is not known.
    rank : Rank
        Of the name; `Rank.OTHER` where not known.
    ncbi_id : int or None
        NCBI taxonomy id, where the table has it.
    status : NameStatus
        By what route.
    source : str or None
        Where a former name was replaced, with its year as far as known.
    """

    given: str
    name: str
    rank: Rank
    ncbi_id: int | None
    status: NameStatus
    source: str | None = None

    @property
    def known(self) -> bool:
        """Return whether the name stands for a taxon with a name of its own."""
        return self.status not in (NameStatus.UNKNOWN, NameStatus.PLACEHOLDER)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    """The table, by name and by id."""

    current: dict[str, tuple[tuple[str, Rank, int | None], ...]]
    former: dict[str, tuple[tuple[str, Rank, int | None, str], ...]]
    by_id: dict[int, tuple[str, Rank]]
    parted: frozenset[str]


@lru_cache(maxsize=1)
def _table() -> _Names:
    text = files("noctiflora.gut").joinpath("data", "names", "names.csv").read_text(encoding="utf-8")
    current: dict[str, tuple[tuple[str, Rank, int | None], ...]] = {}
    former: dict[str, tuple[tuple[str, Rank, int | None, str], ...]] = {}
    by_id: dict[int, tuple[str, Rank]] = {}
    parted: set[str] = set()
    for row in csv.DictReader(text.splitlines()):
        name, rank = row["name"], rank_of(row["rank"])
        taxid = int(row["ncbi_id"]) if row["ncbi_id"] else None
        current[name] = (*current.get(name, ()), (name, rank, taxid))
        if taxid is not None:
            by_id.setdefault(taxid, (name, rank))
        for part in filter(None, row["synonyms"].split("; ")):
            found = _SYNONYM.match(part)
            if found:
                old, source = found[1], found[2]
                former[old] = (*former.get(old, ()), (name, rank, taxid, source))
                if source.startswith(SPLIT_SOURCE) and not name.startswith(LACTOBACILLUS + " "):
                    parted.add(name.split(" ")[0])
    return _Names(current=current, former=former, by_id=by_id, parted=frozenset(parted - {LACTOBACILLUS}))


def resolve(name: str, rank: Rank | None = None, *, recent: bool = False) -> Resolved:
    """Return what a name stands for.

    Parameters
    ----------
    name : str
        As a file gives it; prefixes of GTDB's split groups (``Bacillota_A``) are looked through.
    rank : Rank, optional
        Of the name, where one name has two (the class and the phylum Actinobacteria).
    recent : bool
        Whether the table is known to use the names of 2020. Where it does not, the genus
        Lactobacillus is a bag of 25 genera and stays *sensu lato*.

    Examples
    --------
    >>> resolve("Lactobacillus reuteri").name, resolve("Firmicutes_A").name
    ('Limosilactobacillus reuteri', 'Bacillota')
    >>> resolve("Lactobacillus").name
    'Lactobacillus sensu lato'

    References
    ----------
    Zheng et al. 2020, doi 10.1099/ijsem.0.004107; Oren and Garrity 2021, doi 10.1099/ijsem.0.005056.
    """
    plain = _SUBSPECIES.sub(" subsp. ", _SUFFIX.sub("", clean(name) or name.strip()))
    if plain == LACTOBACILLUS and not recent and rank in (None, Rank.GENUS):
        return Resolved(
            given=name,
            name=SENSU_LATO,
            rank=Rank.GENUS,
            ncbi_id=None,
            status=NameStatus.SENSU_LATO,
            source=f"{SPLIT_SOURCE} 2020",
        )
    table = _table()
    fits = [c for c in table.current.get(plain, ()) if rank in (None, c[1])]
    if fits:
        return Resolved(given=name, name=fits[0][0], rank=fits[0][1], ncbi_id=fits[0][2], status=NameStatus.CURRENT)
    olds = [f for f in table.former.get(plain, ()) if rank in (None, f[1])]
    if olds:
        new, new_rank, taxid, source = olds[0]
        return Resolved(given=name, name=new, rank=new_rank, ncbi_id=taxid, status=NameStatus.SYNONYM, source=source)
    if " subsp. " in plain:
        above = resolve(plain.partition(" subsp. ")[0], recent=recent)
        if above.known:
            return above
    status = NameStatus.PLACEHOLDER if _PLACEHOLDER.search(plain) else NameStatus.UNKNOWN
    return Resolved(given=name, name=plain, rank=Rank.OTHER, ncbi_id=None, status=status)


def is_parted(genus: str) -> bool:
    """Return whether a genus was split off from Lactobacillus in 2020.

    Examples
    --------
    >>> is_parted("Limosilactobacillus"), is_parted("Blautia")
    (True, False)
    """
    return genus in _table().parted


def resolve_id(ncbi_id: int) -> Resolved | None:
    """Return the taxon of an NCBI id; None where the table does not hold it.

    Examples
    --------
    >>> found = resolve_id(816)
    >>> found.name if found else None
    'Bacteroides'
    """
    found = _table().by_id.get(ncbi_id)
    if found is None:
        return None
    return Resolved(given=str(ncbi_id), name=found[0], rank=found[1], ncbi_id=ncbi_id, status=NameStatus.CURRENT)


def resolve_all(names: Iterable[str], rank: Rank | None = None) -> tuple[Resolved, ...]:
    """Return what the names of one table stand for; whether it uses the names of 2020 is seen from all of them.

    Parameters
    ----------
    names : iterable of str
        Of one table.
    rank : Rank, optional
        Of all names.

    Examples
    --------
    >>> [r.name for r in resolve_all(["Lactobacillus", "Limosilactobacillus"])]
    ['Lactobacillus', 'Limosilactobacillus']
    """
    given = tuple(names)
    parted = _table().parted
    recent = any(n.strip("[]").split(" ")[0].split("_")[0] in parted for n in given)
    return tuple(resolve(n, rank, recent=recent) for n in given)
