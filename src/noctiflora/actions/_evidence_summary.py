"""What published trials say of probiotics and sleep, gathered for the report."""

from noctiflora.core import Predictive, Source
from noctiflora.evidence import Evidence, pool
from noctiflora.report import EvidenceSummary, Interval

PSQI_SD = 3.0
"""PSQI points in one SD between people who sleep badly (2.65 to 3.16 in the packaged norms)."""
PSQI_IMPORTANT = 2.5
"""Smallest difference between groups that insomnia trials called important, PSQI points."""
PSQI_IMPORTANT_SOURCE = Source(ref="10.1186/s12874-024-02297-0", note="2.5 to 2.7 between groups, 3 within a person")


def evidence_summary(evidence: Evidence) -> EvidenceSummary:
    """Return the population's effect, and what it means for one new person."""
    pooled = pool(evidence)
    people = pooled.population
    row = next(r for r in evidence.reviews if r.review_id == people.review and r.outcome == "PSQI")
    printed = None
    if row.estimate is not None and row.ci_low is not None and row.ci_high is not None:
        printed = Interval(mean=row.estimate, low=row.ci_low, high=row.ci_high)
    low, high = people.ci95
    return EvidenceSummary(
        review=f"{row.review} ({row.year})" if row.year else row.review,
        n_trials=row.k,
        n_people=row.n,
        review_psqi=printed,
        population_smd=Interval(mean=people.mean, low=low, high=high),
        predictive=Predictive(
            subject="an untested strain",
            outcome="psqi_smd",
            unit="SMD",
            higher_is_better=False,
            parts=pooled.untested.effect.parts,
            sources=people.sources,
        ),
        psqi_sd=PSQI_SD,
        useful_psqi=PSQI_IMPORTANT,
        note=people.note,
        sources=(*people.sources, PSQI_IMPORTANT_SOURCE),
    )
