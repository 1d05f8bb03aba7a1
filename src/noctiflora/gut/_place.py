"""Where each genus of a sample falls in a named reference, with a band for laboratory, day, counting."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from noctiflora.gut._appraise import Standing, appraise
from noctiflora.gut._batch import Batch, batch_terms
from noctiflora.gut._day_noise import DAY_SD
from noctiflora.gut._names import SENSU_LATO, is_parted, resolve, resolve_all
from noctiflora.gut._reading import Floats, GutReading, hash_of
from noctiflora.gut._references import CORE, LEVELS, MEDIAN, PSEUDO, Cohort, cohorts, names_in_references
from noctiflora.gut._vocabulary import Rank

N_DRAWS = 512
COMMON = 0.3
"""Prevalence a genus needs in each reference to be placed; assumed (0.2 to 0.5): below it a median is mostly zeros."""

FEWEST_CORE = 6
"""Genera of `CORE` that a sample must hold; assumed (5 to 8)."""

NEARLY_ALL = 0.9
"""Prevalence from which no read at all is taken for another name, not for absence; assumed (0.8 to 0.95)."""

STRANGE_SHARE = 0.05
"""Share of reads in genera that the references' database does not name, above which the file was named by another one;
assumed (0.02 to 0.1)."""

STRANGE_FACTOR = 1.5
"""By which the laboratory's spread is then widened; assumed (1 to 2), for no cohort was named by another database."""

BAND = (0.1, 0.9)
TOO_WIDE = 75.0
"""Percentile points from which a band says nothing; assumed (60 to 85)."""

STAND_IN = "V4"
WIDE_SENSE = {"Phocaeicola": "Bacteroides"}
"""Genera parted from one of the reference after its names were made: https://lpsn.dsmz.de/genus/phocaeicola."""

PARTED_PREVOTELLA = ("Segatella", "Hoylesella", "Leyella", "Hallella", "Xylanibacter", "Palleniella")
"""Genera into which https://lpsn.dsmz.de/genus/prevotella was parted."""


class Level(StrEnum):
    """Where a genus lies in the reference."""

    HIGH = "high"
    MIDDLE = "middle"
    LOW = "low"
    NOT_ASSESSABLE = "not assessable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One genus placed.

    Parameters
    ----------
    taxon : str
        Name in the reference.
    reads : float
        Of it in the sample.
    log_ratio : float
        Logarithm of the genus less the median logarithm of the core genera, half a read added to each.
    percentile : float
        Point without noise, 0 to 100; not to be shown without its band.
    low, high : float
        The 80 % band, percentiles.
    level : Level
        HIGH and LOW where the whole band lies over, under 50; MIDDLE where it holds 50 and is narrow enough.
    """

    taxon: str
    reads: float
    log_ratio: float
    percentile: float
    low: float
    high: float
    level: Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A sample placed.

    Parameters
    ----------
    references : tuple of Cohort
        What it was held against.
    places : tuple of Place
        By taxon; empty where nothing can be said.
    set_hash : str
        Digest of the set of genera: numbers compare only over it.
    batch_sd : float
        Median spread between laboratories, natural log units.
    day_sd : float
        Spread of one person from day to day, same units.
    notes : tuple of str
        What the match leaves open.
    reason : str
        Why nothing can be said; empty where something can.
    """

    references: tuple[Cohort, ...]
    places: tuple[Place, ...]
    set_hash: str = ""
    batch_sd: float = 0.0
    day_sd: float = 0.0
    notes: tuple[str, ...] = ()
    reason: str = ""


def place(
    reading: GutReading,
    which: int | str = 0,
    *,
    rng: np.random.Generator,
    age_years: float | None = None,
    known: Sequence[Cohort] | None = None,
    n_draws: int = N_DRAWS,
) -> Placement:
    """Place the common genera of a sample in the references of its region, method and age.

    The band holds what a percentile in a reference made like the sample would be: counting (draws from the Dirichlet
    distribution of the counts), the day, and the laboratory (`batch_terms`) are drawn together. Samples are never
    placed by species or strain, and families that grow in the post are in no reference.

    Parameters
    ----------
    reading : GutReading
        A table of reads with genera.
    which : int or str
        Place or id of the sample.
    rng : numpy.random.Generator
        For the draws.
    age_years : float, optional
        Of the person.
    known : sequence of Cohort, optional
        In place of the packaged cohorts; those left out tell nothing.
    n_draws : int
        Draws of the band.
    """
    everyone = cohorts() if known is None else tuple(known)
    references, notes, reason = match_references(reading, everyone, age_years=age_years)
    reason = reason or _refusal(reading, which)
    if reason:
        return Placement(references=references, places=(), notes=notes, reason=reason)
    counts, absent = read_counts(reading, which)
    if sum(counts.get(g, 0.0) > 0 for g in CORE) < FEWEST_CORE:
        return Placement(references=references, places=(), notes=notes, reason="it holds too few of the common genera")
    shared = set.intersection(*({g for g, f in c.genera.items() if f.prevalence >= COMMON} for c in references))
    genera = sorted(shared - absent)
    terms = batch_terms(everyone, genera)
    strange = _strange(counts)
    if strange > STRANGE_SHARE:
        terms = {g: Batch(sd=STRANGE_FACTOR * t.sd, df=t.df) for g, t in terms.items()}
        notes += (
            f"{100 * strange:.0f} % of its reads carry names that the references' database does not know: genera were "
            "cut otherwise, so the band is wider.",
        )
    places = tuple(_one(g, counts, references, terms[g], rng, n_draws) for g in genera)
    return Placement(
        references=references,
        places=places,
        set_hash=hash_of(genera),
        batch_sd=float(np.median([terms[g].sd for g in genera])),
        day_sd=DAY_SD,
        notes=notes,
    )


def match_references(
    reading: GutReading, known: Sequence[Cohort], *, age_years: float | None
) -> tuple[tuple[Cohort, ...], tuple[str, ...], str]:
    """Return the references of a reading's region and a person's age, notes on the match, and why there is none."""
    region = (reading.region or "").upper()
    if not region:
        return (), (), "the file does not tell the sequenced region: name it, as 'gut FILE --region V4 --keep'"
    if region == "SHOTGUN":
        return (), (), "there is no reference of shotgun samples whose licence lets us carry it: ranks only"
    usable = [c for c in known if c.is_reference]
    same = [c for c in usable if c.region == region]
    notes = []
    if not same:
        same = [c for c in usable if c.region == STAND_IN]
        notes.append(f"There is no reference of {reading.region} as such: those of V4 stand in; the band allows it.")
    if age_years is None:
        notes.append("Your age was not told (--age): the references are of adults.")
    else:
        same = [c for c in same if c.age_from <= age_years <= c.age_to]
    reason = "" if same else f"no reference fits an age of {age_years:g} years" if age_years else "no reference fits"
    return tuple(same), tuple(notes), reason


def _refusal(reading: GutReading, which: int | str) -> str:
    verdict = appraise(reading, which)
    if verdict.standing is Standing.REFUSED:
        return verdict.reasons[0]
    if reading.sample(which).depth is None:
        return "the file tells no reads, so the noise of counting is unknown"
    return ""


def read_counts(reading: GutReading, which: int | str) -> tuple[dict[str, float], set[str]]:
    """Return reads by the reference's names, and the genera that the file parts otherwise."""
    sample = reading.sample(which, rank=Rank.GENUS)
    scale = (sample.depth or 0.0) / sample.total
    counts: dict[str, float] = {}
    absent: set[str] = set()
    for found, amount in zip(resolve_all(sample.names, Rank.GENUS), sample.values.tolist(), strict=True):
        name = WIDE_SENSE.get(found.name, found.name)
        if is_parted(name) or name == "Lactobacillus":
            name = SENSU_LATO
        if name in PARTED_PREVOTELLA and amount > 0:
            absent.add("Prevotella")
        counts[name] = counts.get(name, 0.0) + amount * scale
    return counts, absent


def _strange(counts: dict[str, float]) -> float:
    """Return the share of named reads in genera that the references' database does not name."""
    named = {n: c for n, c in counts.items() if resolve(n, Rank.GENUS).known or n == SENSU_LATO}
    whole = sum(named.values())
    return sum(c for n, c in named.items() if n not in names_in_references()) / whole if whole else 0.0


def _one(
    genus: str,
    counts: dict[str, float],
    references: Sequence[Cohort],
    term: Batch,
    rng: np.random.Generator,
    n_draws: int,
) -> Place:
    reads = counts.get(genus, 0.0)
    core = np.array([counts.get(g, 0.0) for g in CORE]) + PSEUDO
    centre = float(np.mean([c.genera[genus].log_ratios[MEDIAN] for c in references]))
    log_ratio = float(np.log(reads + PSEUDO) - np.median(np.log(core)))
    # Gammas closed to their sum are a Dirichlet draw, and log-ratios do not see the sum.
    drawn = np.log(rng.standard_gamma(core, (n_draws, len(core))))
    own = drawn[:, CORE.index(genus)] if genus in CORE else np.log(rng.standard_gamma(reads + PSEUDO, n_draws))
    shift = rng.normal(0, DAY_SD, n_draws)
    shift += rng.standard_t(term.df, n_draws) * term.sd * (1 + 1 / len(references)) ** 0.5
    drawn_percentiles = _percentile(own - np.median(drawn, axis=1) + shift - centre, genus, references)
    low, high = (float(x) for x in np.quantile(drawn_percentiles, BAND))
    if reads <= 0:
        # Nobody without a read can be told from another: all of them share the places below the prevalence.
        rarest = min(c.genera[genus].prevalence for c in references)
        low, high = 0.0, 100.0 if rarest >= NEARLY_ALL else max(high, 100 * (1 - rarest))
    return Place(
        taxon=genus,
        reads=reads,
        log_ratio=log_ratio,
        percentile=float(_percentile(np.array([log_ratio - centre]), genus, references)[0]),
        low=low,
        high=high,
        level=_level(low, high),
    )


def _percentile(centred: Floats, genus: str, references: Sequence[Cohort]) -> Floats:
    """Return the mean percentile over references, each centred on its own median."""
    out = np.zeros_like(centred)
    for cohort in references:
        at = cohort.genera[genus].log_ratios
        out += np.interp(centred, at - at[MEDIAN], LEVELS, left=LEVELS[0] / 2, right=1 - LEVELS[0] / 2)
    mean: Floats = 100 * out / len(references)
    return mean


def _level(low: float, high: float) -> Level:
    if low > 50:
        return Level.HIGH
    if high < 50:
        return Level.LOW
    return Level.NOT_ASSESSABLE if high - low > TOO_WIDE else Level.MIDDLE
