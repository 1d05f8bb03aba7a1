"""Cohorts of stool samples as packaged figures: what a sample is held against."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

import numpy as np

from noctiflora.core import Source, parse_sources
from noctiflora.gut._reading import Floats

CORE = (
    "Bacteroides",
    "Blautia",
    "Coprococcus",
    "Dorea",
    "Faecalibacterium",
    "Lachnospira",
    "Parabacteroides",
    "Roseburia",
)
"""Genera met in 87 % of people or more in every cohort: log-ratios are taken against the median of their logarithms,
which one or two of them that a pipeline calls otherwise do not move."""

LEVELS = (0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975)
"""Shares of people at which the packaged log-ratios stand."""

MEDIAN = LEVELS.index(0.5)
PSEUDO = 0.5
"""Reads added to every count before its logarithm is taken."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Figures:
    """One genus in one cohort.

    Parameters
    ----------
    prevalence : float
        Share of people with at least one read, 0 to 1.
    log_ratios : ndarray (levels,)
        At `LEVELS`: logarithm of the genus less the median logarithm of `CORE`, read-only.
    """

    prevalence: float
    log_ratios: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cohort:
    """One cohort, as figures only.

    Parameters
    ----------
    id, name : str
        Short and plain.
    region : str
        Sequenced region of the 16S gene.
    is_reference : bool
        Whether samples are placed in it; where not, it only tells how far laboratories differ.
    age_from, age_to : int
        Years.
    n : int
        People.
    made : str
        How the stool was kept and read, in a few words.
    sources : tuple of Source
        Where the counts came from.
    genera : mapping of str to Figures
        By current name.
    """

    id: str
    name: str
    region: str
    is_reference: bool
    age_from: int
    age_to: int
    n: int
    made: str
    sources: tuple[Source, ...]
    genera: Mapping[str, Figures]


@lru_cache(maxsize=1)
def cohorts() -> tuple[Cohort, ...]:
    """Return the packaged cohorts.

    Examples
    --------
    >>> [c.id for c in cohorts() if c.is_reference and c.region == "V4"]
    ['agp2013', 'twinsuk']
    """
    genera: dict[str, dict[str, Figures]] = {}
    for row in _rows("genera.csv"):
        values = np.array([float(row[f"q{level:g}"]) for level in LEVELS])
        values.setflags(write=False)
        figures = Figures(prevalence=float(row["prevalence"]), log_ratios=values)
        genera.setdefault(row["cohort"], {})[row["genus"]] = figures
    return tuple(
        Cohort(
            id=row["id"],
            name=row["name"],
            region=row["region"],
            is_reference=row["role"] == "reference",
            age_from=int(row["age_from"]),
            age_to=int(row["age_to"]),
            n=int(row["n"]),
            made=row["made"],
            sources=parse_sources(row["sources"]),
            genera=MappingProxyType(genera[row["id"]]),
        )
        for row in _rows("cohorts.csv")
    )


@lru_cache(maxsize=1)
def names_in_references() -> frozenset[str]:
    """Return all genera that the cohorts' database names, current names, rare ones too."""
    return frozenset(row["genus"] for row in _rows("names.csv"))


def _rows(name: str) -> list[dict[str, str]]:
    text = files("noctiflora.gut").joinpath("data", "references", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
