"""A pooled result as a plain dictionary, for JSON."""

from enum import StrEnum

from noctiflora.evidence._evidence import Evidence
from noctiflora.evidence._grade import grade
from noctiflora.evidence._pooled import Pooled, PooledStrain
from noctiflora.evidence._population import ISI_SD, PSQI_SD
from noctiflora.evidence._strain_key import StrainKey, single


class PoolOutcome(StrEnum):
    """The questionnaire in whose points a pooled result can be written."""

    PSQI = "psqi"
    ISI = "isi"


class PoolUnit(StrEnum):
    """Standard deviations between persons, or points of the questionnaire."""

    SMD = "SMD"
    POINTS = "points"


_SD = {PoolOutcome.PSQI: PSQI_SD, PoolOutcome.ISI: ISI_SD}


def points_factor(outcome: PoolOutcome, unit: PoolUnit) -> float:
    """Return what turns SMD into the unit: 1, or the reference SD of the questionnaire."""
    return 1.0 if unit is PoolUnit.SMD else _SD[outcome]


def pooled_dict(
    evidence: Evidence,
    pooled: Pooled,
    *,
    outcome: PoolOutcome = PoolOutcome.PSQI,
    unit: PoolUnit = PoolUnit.SMD,
    strain: str | None = None,
) -> dict[str, object]:
    """Return the record that ``evidence pool --format json`` prints.

    Parameters
    ----------
    evidence : Evidence
        Holds the rules of certainty.
    pooled : Pooled
        From `pool`.
    outcome : PoolOutcome
        Questionnaire named in the record and, with `unit` points, used for the numbers.
    unit : PoolUnit
        SMD (default, the scale of the model) or points.
    strain : str, optional
        Key of the only product to give; all by default. A strain that is not listed takes the result of
        its species, and is named so.

    Examples
    --------
    >>> from noctiflora.evidence import load, pool
    >>> record = pooled_dict(load(), pool(load()))
    >>> record["outcome"], record["unit"], round(record["population"]["mean"], 3)
    ('psqi', 'SMD', -0.197)
    """
    factor = points_factor(outcome, unit)
    people = pooled.population
    chosen = pooled.strains if strain is None else (pooled.of(_key(pooled, strain)),)
    return {
        "outcome": outcome.value,
        "unit": unit.value,
        "population": {
            "mean": people.mean * factor,
            "sd": people.sd * factor,
            "ci95": [x * factor for x in people.ci95],
            "tau": None if people.tau is None else people.tau * factor,
            "source": next((s.ref for s in people.sources if not s.is_assumed), "assumed"),
            "review": people.review.value,
            "note": people.note,
        },
        "untested": strain_dict(evidence, pooled.untested, factor=factor),
        "untested_prebiotic": strain_dict(evidence, pooled.prebiotic, factor=factor),
        "b_rep": {"mean": pooled.b_rep.mean * factor, "sd": pooled.b_rep.sd * factor},
        "strains": [strain_dict(evidence, s, factor=factor) for s in chosen],
    }


def _key(pooled: Pooled, name: str) -> StrainKey:
    """Return the key of a listed product, else that of a new strain of this name."""
    listed = next((s.key for s in pooled.strains if s.key.name == name), None)
    return listed or single(name) or pooled.untested.key


def strain_dict(evidence: Evidence, strain: PooledStrain, *, factor: float = 1.0) -> dict[str, object]:
    """Return one product's part of the record; `factor` turns SMD into points."""
    graded = grade(evidence, strain)
    counts = strain.reported
    return {
        "strain": strain.key.name,
        "label": strain.label,
        "kind": strain.key.kind.value,
        "n_trials": strain.n_trials,
        "n_people": strain.n_people,
        "mean": strain.effect.mean * factor,
        "sd": strain.effect.sd * factor,
        "ci95": [x * factor for x in strain.effect.ci95],
        "predictive_sd": strain.predictive_sd * factor,
        "p_benefit": strain.p_benefit,
        "shift_from_population": strain.shift * factor,
        "reported": {
            "exact": counts.exact,
            "from_p": counts.from_p,
            "significant": counts.significant,
            "not_significant": counts.not_significant,
            "unusable": counts.unusable,
        },
        "certainty": graded.certainty.value,
        "reasons": [strain.words, *graded.reasons],
        "sources": [s.ref for s in strain.sources],
    }
