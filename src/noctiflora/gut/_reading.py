"""What comes out of one recognised stool table."""

import hashlib
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from noctiflora.core import RangeError
from noctiflora.gut._vocabulary import MAIN_RANKS, Content, Rank, Unit

Floats = NDArray[np.float64]
HALF = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One row of a table.

    Parameters
    ----------
    name : str
        As the file gives it, without rank prefix; an identifier in a table of genes.
    rank : Rank
        Of the name; `Rank.OTHER` for genes, roots and ranks between the main ones.
    lineage : tuple of (Rank, str)
        Ranked names from coarse to fine as far as the file tells, the name itself included.
    ncbi_id : int or None
        NCBI taxonomy id where the file gives one.
    key : str
        What tells two rows apart: id of the feature, lineage or NCBI id.
    """

    name: str
    rank: Rank
    lineage: tuple[tuple[Rank, str], ...] = ()
    ncbi_id: int | None = None
    key: str = ""


def features_of(
    names: Sequence[str],
    ranks: Iterable[Rank],
    *,
    lineages: Iterable[tuple[tuple[Rank, str], ...]],
    ncbi_ids: Iterable[int | None],
    keys: Iterable[str],
) -> list[Feature]:
    """Return the features of whole columns: a fifth of the time of one call each.

    Examples
    --------
    >>> features_of(["K01580"], [Rank.OTHER], lineages=[()], ncbi_ids=[None], keys=["K01580"])[0].name
    'K01580'
    """
    out = [object.__new__(Feature) for _ in names]
    columns = {"name": names, "rank": ranks, "lineage": lineages, "ncbi_id": ncbi_ids, "key": keys}
    for field_name, column in columns.items():
        deque(map(Feature.__dict__[field_name].__set__, out, column), maxlen=0)
    return out


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sample:
    """One stool (or other) sample at one rank.

    Parameters
    ----------
    id : str
        As the file gives it.
    rank : Rank
        Of all `names`.
    names : tuple of str
        Taxa seen or listed, each once.
    ncbi_ids : tuple of (int or None)
        NCBI id of each.
    values : ndarray (n,)
        Amounts in `unit`, read-only.
    unit : Unit
        What `values` count.
    total : float
        Sum of the sample at all ranks, unassigned included, in `unit`.
    depth : float or None
        Reads; None where the table holds shares and tells no reads.
    """

    id: str
    rank: Rank
    names: tuple[str, ...]
    ncbi_ids: tuple[int | None, ...]
    values: Floats
    unit: Unit
    total: float
    depth: float | None

    @property
    def unassigned(self) -> float | None:
        """Return the share, 0 to 1, that carries no name at this rank; None for an empty sample."""
        return None if self.total <= 0 else max(0.0, 1.0 - float(self.values.sum()) / self.total)

    @property
    def shares(self) -> Floats:
        """Return the shares of the named taxa, closed to 1 among themselves; zeros for an empty sample."""
        whole = float(self.values.sum())
        return self.values / whole if whole > 0 else np.zeros_like(self.values)

    @property
    def set_hash(self) -> str:
        """Return a digest of the set of names: log-ratios compare only over the same set."""
        return hash_of(self.names)


def hash_of(names: Iterable[str]) -> str:
    """Return a digest of a set of names.

    Examples
    --------
    >>> hash_of(["a", "b"]) == hash_of(["b", "a"])
    True
    """
    return hashlib.sha256("\n".join(sorted(names)).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GutReading:
    """One table as read, with what was recognised about it.

    Parameters
    ----------
    name : str
        Of the file, for messages; never opened.
    format : str
        Label of the format, for example ``"MetaPhlAn profile"``.
    content : Content
        Whether rows are taxa or genes.
    unit : Unit
        Of `values`.
    rank : Rank
        Finest rank with amounts; the rank at which `sample` looks unless told otherwise.
    features : tuple of Feature
        Rows.
    sample_ids : tuple of str
        Columns.
    values : ndarray (features, samples)
        Amounts, finite and not negative, read-only.
    unassigned : ndarray (samples,)
        Amount in rows such as UNKNOWN, unclassified or UNMAPPED, which are no features.
    totals : ndarray (samples,)
        Sum of each sample counted once, unassigned included.
    depths : tuple of (float or None)
        Reads of each sample.
    nested : bool
        Whether rows of coarse ranks contain those of fine ranks.
    site : str or None
        Body site, if the file tells.
    region : str or None
        Sequenced region of the 16S gene, or ``"shotgun"``; None where unknown.
    notes : tuple of str
        What was dropped or guessed, in words.
    told : tuple of str
        Which of rank, unit, region and site the user told.
    """

    name: str
    format: str
    content: Content
    unit: Unit
    rank: Rank
    features: tuple[Feature, ...]
    sample_ids: tuple[str, ...]
    values: Floats
    unassigned: Floats
    totals: Floats
    depths: tuple[float | None, ...]
    nested: bool = False
    site: str | None = None
    region: str | None = None
    notes: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    _columns: dict[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        for array in (self.values, self.unassigned, self.totals):
            array.setflags(write=False)
        object.__setattr__(self, "_columns", {s: j for j, s in enumerate(self.sample_ids)})

    def sample(self, which: int | str = 0, *, rank: Rank | None = None) -> Sample:
        """Return one sample at one rank.

        Parameters
        ----------
        which : int or str
            Place or id of the sample.
        rank : Rank, optional
            Which rank to look at; rows without a name there are unassigned.

        Raises
        ------
        RangeError
            If there is no such sample, or the table holds no taxa.
        """
        at = self.rank if rank is None else rank
        column = self._column(which)
        if self.content is not Content.TAXA:
            raise RangeError("this table holds no amounts of taxa", where=self.name, found=self.content.value)
        names, rows = self._rows(at)
        values = np.zeros(len(names))
        np.add.at(values, rows[1], self.values[rows[0], column])
        values.setflags(write=False)
        return Sample(
            id=self.sample_ids[column],
            rank=at,
            names=tuple(n for n, _ in names),
            ncbi_ids=tuple(i for _, i in names),
            values=values,
            unit=self.unit,
            total=float(self.totals[column]),
            depth=self.depths[column],
        )

    def told_otherwise(self, **changes: object) -> "GutReading":
        """Return the reading with what the user knows better."""
        known = {k: v for k, v in changes.items() if v is not None}
        told = tuple(dict.fromkeys((*self.told, *known)))
        return replace(self, **known, told=told)  # type: ignore[arg-type]

    def _column(self, which: int | str) -> int:
        if isinstance(which, str):
            if which not in self._columns:
                raise RangeError(
                    "there is no such sample",
                    where=self.name,
                    found=which,
                    do="choose one of: " + ", ".join(self.sample_ids[:8]),
                )
            return self._columns[which]
        if not 0 <= which < len(self.sample_ids):
            raise RangeError("there is no such sample", where=self.name, found=str(which))
        return which

    def _rows(self, at: Rank) -> tuple[list[tuple[str, int | None]], tuple[list[int], list[int]]]:
        """Return the names of a rank, and pairs of row and name."""
        places: dict[str, int] = {}
        names: list[tuple[str, int | None]] = []
        rows: tuple[list[int], list[int]] = ([], [])
        for i, feature in enumerate(self.features):
            name = _name_at(feature, at, nested=self.nested)
            if name is None:
                continue
            if name not in places:
                places[name] = len(names)
                names.append((name, feature.ncbi_id if feature.rank is at else None))
            rows[0].append(i)
            rows[1].append(places[name])
        return names, rows


def _name_at(feature: Feature, at: Rank, *, nested: bool) -> str | None:
    if feature.rank is at:
        return feature.name
    if nested:
        return None
    for rank, name in feature.lineage:
        if rank is at:
            return name
    return None


def usual_rank(features: Sequence[Feature], values: Floats, totals: Floats, *, nested: bool) -> Rank:
    """Return the finest rank at which at least half of all amounts carry a name; strains apart.

    Half is assumed (0.3 to 0.7): below it most of the sample would be shown as unassigned.

    Parameters
    ----------
    features : sequence of Feature
        Rows.
    values : ndarray (features, samples)
        Amounts.
    totals : ndarray (samples,)
        Sums of the samples.
    nested : bool
        Whether rows of coarse ranks contain those of fine ranks.

    Returns
    -------
    Rank
        The finest rank with any name where none reaches half; `Rank.OTHER` where nothing is named.

    Examples
    --------
    >>> rows = [Feature(name="Bacteroides", rank=Rank.GENUS)]
    >>> usual_rank(rows, np.array([[3.0]]), np.array([3.0]), nested=False).value
    'genus'
    """
    if not any(f.lineage or f.rank is not Rank.OTHER for f in features):
        return Rank.OTHER
    amounts = values.sum(axis=1) if values.shape[1] else np.ones(len(features))
    whole = float(totals.sum()) if values.shape[1] else float(len(features))
    seen: list[Rank] = []
    for at in range(len(MAIN_RANKS) - 2, -1, -1):
        rank: Rank = MAIN_RANKS[at]
        named = [_name_at(f, rank, nested=nested) is not None for f in features]
        if not any(named):
            continue
        seen.append(rank)
        if float(amounts[named].sum()) >= HALF * whole:
            return rank
    if seen:
        return seen[0]
    return Rank.STRAIN if any(f.rank is Rank.STRAIN for f in features) else Rank.OTHER
