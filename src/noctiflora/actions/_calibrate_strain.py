"""The potency of a strain in the axis model, from what trials have pooled."""

from noctiflora.axis import Calibration, Kind, calibrate
from noctiflora.core import Normal, Predictive
from noctiflora.evidence import StrainKey, find_product, load, pool

HEAT_KILLED = "heat-killed"


def calibrate_strain(strain: str | None, *, people: int = 150, seed: int = 0) -> Calibration:
    """Return the potency at which a virtual trial shows the pooled effect, with its interval.

    A product without an estimate of its own carries that of its species or the population.

    Parameters
    ----------
    strain : str or None
        By any of its names; None for an untested one.
    people, seed : int
        Of the virtual trial.
    """
    evidence = load()
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
    return calibrate(effect, kind=kind, people=people, seed=seed)
