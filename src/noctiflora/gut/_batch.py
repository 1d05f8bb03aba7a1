"""How far a laboratory not seen before may lie from known ones, genus by genus."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from noctiflora.gut._references import MEDIAN, Cohort

PRIOR_DF = 4.0
"""Weight of the spread over all genera beside that of one genus, in degrees of freedom; assumed (2 to 10)."""

SEEN = 0.05
"""Prevalence below which a cohort tells nothing of a genus, as its pipeline may not know it; assumed (0.01 to 0.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """The term of one genus: a Student t distribution of the log-ratio's shift between laboratories.

    Parameters
    ----------
    sd : float
        Scale of one new laboratory around the mean of all.
    df : float
        Degrees of freedom: few, so that the tails are heavy.
    """

    sd: float
    df: float


def batch_terms(cohorts: Sequence[Cohort], genera: Sequence[str]) -> dict[str, Batch]:
    r"""Return the term of each genus from the medians of the cohorts.

    With :math:`s_g^2` the variance of one genus' medians over its cohorts (:math:`d_g` degrees of freedom) and
    :math:`s_0^2` the same pooled over all genera, the variance is the larger of :math:`s_0^2` and
    :math:`(d_0 s_0^2 + d_g s_g^2)/(d_0 + d_g)`: three or four cohorts that agree by luck narrow nothing.

    Parameters
    ----------
    cohorts : sequence of Cohort
        Two or more laboratories. Laboratory, storage, region, country, age and health differ among them all at once:
        so they do between a reference and the person who asks.
    genera : sequence of str
        Names as in the cohorts.

    References
    ----------
    Smyth 2004, doi 10.2202/1544-6115.1027 (variances moderated over features).
    """
    medians = {g: _medians(cohorts, g) for g in genera}
    degrees = {g: max(0, len(m) - 1) for g, m in medians.items()}
    variances = {g: float(np.var(m, ddof=1)) if len(m) > 1 else 0.0 for g, m in medians.items()}
    whole = sum(degrees.values())
    pooled = sum(degrees[g] * variances[g] for g in genera) / whole if whole else np.inf
    out = {}
    for g in genera:
        df = PRIOR_DF + degrees[g]
        own = (PRIOR_DF * pooled + degrees[g] * variances[g]) / df
        out[g] = Batch(sd=float(np.sqrt(max(own, pooled))), df=df)
    return out


def _medians(cohorts: Sequence[Cohort], genus: str) -> list[float]:
    found = (c.genera.get(genus) for c in cohorts)
    return [float(f.log_ratios[MEDIAN]) for f in found if f is not None and f.prevalence >= SEEN]
