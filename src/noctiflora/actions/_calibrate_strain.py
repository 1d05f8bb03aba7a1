"""The potency of a strain in the axis model, from what trials have pooled."""

from noctiflora.axis import Calibration, Kind, Placebo, calibrate
from noctiflora.core import Normal, Predictive
from noctiflora.evidence import Evidence, StrainKey, find_product, load, pool

HEAT_KILLED = "heat-killed"
PLACEBO_ROW = "N72"
"""The change of a placebo arm of people with insomnia over 28 days; placebo arms differ from -0.3 to -5.1 points.

It stands in both arms of the virtual trial, so the potency does not depend on it.
"""
PLACEBO_DAYS = 14.0
"""Time constant of that change (assumed, 7 to 28 days: one reading at day 28 cannot tell)."""


def calibrate_strain(
    strain: str | None, *, evidence: Evidence | None = None, people: int = 150, seed: int = 0, threads: int = 1
) -> Calibration:
    """Return the potency at which a virtual trial shows the pooled effect, with its interval.

    A product without an estimate of its own carries that of its species or the population.

    Parameters
    ----------
    strain : str or None
        By any of its names; None for an untested one.
    evidence : Evidence, optional
        What is known, as from `gather_evidence`; by default the packaged tables alone.
    people, seed : int
        Of the virtual trial.
    threads : int
        1 to 64; the answer is the same.
    """
    evidence = evidence or load()
    pooled = pool(evidence)
    key: StrainKey | None = None if strain is None else find_product(evidence, strain)
    result = pooled.untested if key is None else pooled.of(key)
    effect = Predictive(
        subject=result.label,
        outcome="psqi",
        unit="SMD",
        higher_is_better=False,
        parts=(Normal(weight=1.0, mean=result.effect.mean, sd=result.effect.sd),),
        sources=result.sources or pooled.population.sources,
    )
    listed = {r.form for r in evidence.strains if key is not None and f"{r.species} {r.strain_id}" == key.name}
    forms = {form.value for form in (result.forms or listed) if form is not None}
    killed = forms == {HEAT_KILLED}
    prebiotic = key is not None and key.name.startswith("none")
    kind = Kind.PHGG if prebiotic else Kind.HEAT_KILLED if killed else Kind.LIVE_STRAIN
    return calibrate(effect, kind=kind, people=people, seed=seed, placebo=_placebo(evidence), threads=threads)


def _placebo(evidence: Evidence) -> Placebo:
    row = next(r for r in evidence.norms if r.norm_id == PLACEBO_ROW)
    assert row.mean is not None
    return Placebo(change=row.mean, time_days=PLACEBO_DAYS, source=row.sources[0])
