"""Two samples of one person: what changed beyond the noise of counting, days, laboratories."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri, stdtrit

from noctiflora.core import RangeError
from noctiflora.gut._appraise import BLOOM_FAMILIES, BLOOM_GENERA, Standing, appraise
from noctiflora.gut._batch import Batch, batch_terms
from noctiflora.gut._day_noise import DAY_SD
from noctiflora.gut._names import resolve_all
from noctiflora.gut._reading import Floats, GutReading, Sample, hash_of
from noctiflora.gut._references import cohorts

N_DRAWS = 256
PRIOR_COUNT = 0.5
ERROR_RATE = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of one taxon.

    Parameters
    ----------
    taxon : str
        Current name.
    clr : float
        After minus before, on the centred log-ratio scale over the shared set.
    noise_sd : float
        Standard deviation of that difference by counting, by days, and by laboratories where they differ.
    beyond_noise : bool
        Whether it lies outside what noise does to one of all these taxa in 95 % of pairs.
    """

    taxon: str
    clr: float
    noise_sd: float
    beyond_noise: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two samples held against each other.

    Parameters
    ----------
    changes : tuple of Change
        The largest in units of its noise first; empty where nothing can be said.
    set_hash : str
        Digest of the set of taxa: the numbers compare only over it.
    reason : str
        Why nothing can be said; empty where something can.
    day_sd : float
        Of one taxon from day to day, natural log units.
    lab_sd : float
        Of one taxon between laboratories; 0 within one.
    """

    changes: tuple[Change, ...]
    set_hash: str
    reason: str = ""
    day_sd: float = 0.0
    lab_sd: float = 0.0


def compare(
    before: GutReading,
    after: GutReading,
    *,
    same_lab: bool,
    rng: np.random.Generator,
    day_sd: float = DAY_SD,
    n_draws: int = N_DRAWS,
    which: tuple[int | str, int | str] = (0, 0),
) -> Comparison:
    """Compare one sample each of two tables at the rank of the first.

    Parameters
    ----------
    before, after : GutReading
        Tables of reads.
    same_lab : bool
        Whether both were made by one laboratory with one pipeline; if not, the spread between laboratories is
        part of the noise, with its heavy tails, and next to nothing lies beyond it.
    rng : numpy.random.Generator
        Draws from the Dirichlet distribution of counts.
    day_sd : float
        Standard deviation of one taxon from day to day, clr.
    n_draws : int
        128 or more.
    which : tuple of two (int or str)
        Place or id of the sample in each table.

    Raises
    ------
    RangeError
        If `day_sd` is negative or `n_draws` below 128.

    References
    ----------
    Log-ratios of Dirichlet draws, as in ALDEx2:
    https://bioconductor.statistik.tu-dortmund.de/packages/3.19/bioc/vignettes/ALDEx2/inst/doc/ALDEx2_vignette.html
    """
    if not day_sd >= 0 or n_draws < 128:
        raise RangeError("day_sd is not negative and n_draws 128 or more", where="day_sd", found=f"{day_sd}, {n_draws}")
    reason = _reason(before, which[0]) or _reason(after, which[1])
    if reason:
        return Comparison(changes=(), set_hash="", reason=reason)
    one, other = before.sample(which[0]), after.sample(which[1], rank=before.rank)
    named = {r.name for s in (one, other) for r in resolve_all(s.names, before.rank) if r.known}
    dropped = _dropped(before, after, which)
    names = sorted(n for n in named if n not in dropped and n.split(" ")[0] not in dropped)
    counts = [_counts(sample, names) for sample in (one, other)]
    seen = (counts[0] + counts[1]) > 0
    names = [n for n, s in zip(names, seen, strict=True) if s]
    if len(names) < 2:
        return Comparison(changes=(), set_hash="", reason="the samples share too few named taxa")
    draws = [_clr(rng.dirichlet(c[seen] + PRIOR_COUNT, n_draws)) for c in counts]
    mean = draws[1].mean(axis=0) - draws[0].mean(axis=0)
    counting = draws[0].var(axis=0, ddof=1) + draws[1].var(axis=0, ddof=1)
    lab = Batch(sd=0.0, df=np.inf) if same_lab else _usual_lab()
    noise = np.sqrt(counting + 2 * day_sd**2 + 2 * lab.sd**2)
    tail = ERROR_RATE / 2 / len(names)
    limit = -float(ndtri(tail) if same_lab else stdtrit(lab.df, tail))
    changes = [
        Change(taxon=n, clr=float(d), noise_sd=float(s), beyond_noise=bool(abs(d) > limit * s))
        for n, d, s in zip(names, mean, noise, strict=True)
    ]
    changes.sort(key=lambda c: (-abs(c.clr) / c.noise_sd, c.taxon))
    return Comparison(changes=tuple(changes), set_hash=hash_of(names), day_sd=day_sd, lab_sd=lab.sd)


def _usual_lab() -> Batch:
    """Return the middle of the terms of all packaged genera, for taxa of any rank."""
    known = cohorts()
    terms = list(batch_terms(known, sorted({g for c in known for g in c.genera})).values())
    return Batch(sd=float(np.median([t.sd for t in terms])), df=min(t.df for t in terms))


def _reason(reading: GutReading, which: int | str) -> str:
    verdict = appraise(reading, which)
    if verdict.standing is Standing.REFUSED:
        return f"{reading.name}: {verdict.reasons[0]}"
    if reading.sample(which).depth is None:
        return f"{reading.name}: the file tells no reads, so the noise of counting is unknown"
    return ""


def _dropped(before: GutReading, after: GutReading, which: tuple[int | str, int | str]) -> set[str]:
    """Return the taxa of which nothing is said because they grew in the post in one of the samples."""
    bloomed = appraise(before, which[0]).bloomed or appraise(after, which[1]).bloomed
    return set(BLOOM_FAMILIES | BLOOM_GENERA) if bloomed else set()


def _counts(sample: Sample, names: list[str]) -> Floats:
    places = {n: i for i, n in enumerate(names)}
    out = np.zeros(len(names))
    for found, amount in zip(resolve_all(sample.names, sample.rank), sample.values.tolist(), strict=True):
        if found.name in places:
            out[places[found.name]] += amount
    return out


def _clr(shares: Floats) -> Floats:
    logs = np.log(np.maximum(shares, np.finfo(float).tiny))
    centred: Floats = logs - logs.mean(axis=1, keepdims=True)
    return centred
