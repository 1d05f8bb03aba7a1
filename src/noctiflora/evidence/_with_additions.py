"""Merges what a person added into the packaged evidence."""

import math
from dataclasses import replace

import numpy as np
from scipy.special import ndtri

from noctiflora.evidence._evidence import Evidence
from noctiflora.evidence._vocabulary import (
    Design,
    Domain,
    EffectKind,
    Poolable,
    Quality,
    Scale,
    Scope,
    Significant,
)
from noctiflora.evidence.meta import Measure
from noctiflora.evidence.meta._effects import from_means
from noctiflora.evidence.rows import (
    Difference,
    EffectRow,
    Means,
    NewPersonal,
    NewPooled,
    NewTrial,
    NothingUsable,
    PValue,
    TrialRow,
)
from noctiflora.evidence.rows import Significant as SignificantWord

Z95 = 1.96  # two-sided 5 %, as in the choice of terms
_SCALE_NAMES = {Scale.PSQI: "PSQI global", Scale.ISI: "ISI"}


def with_additions(evidence: Evidence, additions: tuple[NewTrial | NewPersonal | NewPooled, ...]) -> Evidence:
    """Return the evidence with these additions; the same record where there are none.

    What an added trial reported becomes a row of the trials, and where it is a number a derived effect, so
    that the rules for packaged trials choose its term. An earlier addition of the same id is replaced.

    Parameters
    ----------
    evidence : Evidence
        See `load`.
    additions : tuple of NewTrial, NewPersonal or NewPooled
        From `read_additions`.

    Examples
    --------
    >>> from noctiflora.evidence import load
    >>> with_additions(load(), ()) is load()
    True
    """
    if not additions:
        return evidence
    ids = frozenset(a.id for a in additions)
    again = ids & evidence.added
    trials = [a for a in additions if isinstance(a, NewTrial)]
    effects = [effect for a in trials if (effect := _effect(a)) is not None]
    return replace(
        evidence,
        trials=(*(r for r in evidence.trials if r.trial_id not in again), *(_row(a) for a in trials)),
        derived_effects=(*(e for e in evidence.derived_effects if e.trial_id not in again), *effects),
        personal=(
            *(p for p in evidence.personal if p.id not in again),
            *(a for a in additions if isinstance(a, NewPersonal)),
        ),
        pooled_people=(
            *(p for p in evidence.pooled_people if p.id not in again),
            *(a for a in additions if isinstance(a, NewPooled)),
        ),
        added=evidence.added | ids,
    )


def _row(added: NewTrial) -> TrialRow:
    told = added.reported
    cells: dict[str, object] = dict.fromkeys(TrialRow.model_fields)
    cells |= {
        "sources": added.doi + (f"; PMID {added.pmid}" if added.pmid else ""),
        "trial_id": added.id,
        "intervention_label": added.product,
        "arms": 2 if added.design is Design.PARALLEL else None,
        "n_randomised_total": added.n_active + added.n_placebo,
        "n_analysed_active": added.n_active,
        "n_analysed_placebo": added.n_placebo,
        "timepoint_days": added.duration_days,
        "outcome": _outcome(added),
        "outcome_domain": Domain.SLEEP_SUBJECTIVE,
        "scale": added.outcome.scale,
        "scope": Scope.WHOLE,
        "lower_is_better": added.outcome.lower_is_better,
        "significant": _significant(added),
        "p_value": f"{told.p:g}" if isinstance(told, PValue) else None,
        "p_kind": None if isinstance(told, NothingUsable) else "between",
        "between_diff": _difference(added),
        "evidence_level": added.read_in,
        "poolable": Poolable.YES if isinstance(told, Difference | Means) else Poolable.NO,
    }
    for name in (
        *("first_author", "year", "doi", "pmid", "population", "baseline_severity", "design", "randomised"),
        *("blinding", "funding", "strains", "form", "dose_value", "dose_unit", "duration_days"),
        *("adverse_events", "note"),
    ):
        cells[name] = getattr(added, name)
    if isinstance(told, Means):
        cells |= {
            "active_end_mean": told.active_mean,
            "active_end_sd": told.active_sd,
            "placebo_end_mean": told.placebo_mean,
            "placebo_end_sd": told.placebo_sd,
        }
    return TrialRow.model_validate(cells)


def _outcome(added: NewTrial) -> str:
    return _SCALE_NAMES.get(added.outcome.scale, added.outcome.name or "another scale of sleep")


def _difference(added: NewTrial) -> float | None:
    """Return the direction of the effect on the scale's own points, with its size where that is printed."""
    told = added.reported
    if isinstance(told, Difference):
        return told.estimate
    if isinstance(told, Means):
        return told.active_mean - told.placebo_mean
    if isinstance(told, PValue | SignificantWord) and told.favours == "placebo":
        return 1.0 if added.outcome.lower_is_better else -1.0
    return None


def _significant(added: NewTrial) -> Significant:
    told = added.reported
    if isinstance(told, NothingUsable):
        return Significant.NOT_REPORTED
    effect = _effect(added)
    holds = isinstance(told, SignificantWord) if effect is None else abs(effect.estimate) > Z95 * effect.se
    return Significant.YES if holds else Significant.NO


def _effect(added: NewTrial) -> EffectRow | None:
    """Return the derived effect of a reported number, in the form that the choice of terms expects."""
    told = added.reported
    # Standardised effects count negative as better; points keep the sign of their scale.
    towards_better = 1.0 if added.outcome.lower_is_better else -1.0
    if isinstance(told, PValue):
        se = math.sqrt(1 / added.n_active + 1 / added.n_placebo)
        size = float(ndtri(1 - told.p / 2)) * se
        y = -size if told.favours == "product" else size
        return _effect_row(added, EffectKind.STANDARDISED, y, se, Quality.APPROXIMATE, "from the p and the sizes")
    if isinstance(told, Difference):
        error = told.se if told.se is not None else ((told.ci_high or 0.0) - (told.ci_low or 0.0)) / (2 * Z95)
        if added.outcome.unit == "SMD":
            y = told.estimate * towards_better
            return _effect_row(added, EffectKind.STANDARDISED, y, error, Quality.EXACT, "as printed")
        return _effect_row(added, EffectKind.END_SCORE, told.estimate, error, Quality.EXACT, "as printed")
    if isinstance(told, Means):
        return _from_means(added, told, towards_better)
    return None


def _from_means(added: NewTrial, told: Means, towards_better: float) -> EffectRow:
    measure = Measure.SMD if added.outcome.scale is Scale.OTHER else Measure.MD
    found = from_means(
        measure,
        (np.array([told.active_mean]), np.array([told.placebo_mean])),
        (np.array([told.active_sd]), np.array([told.placebo_sd])),
        (np.array([float(added.n_active)]), np.array([float(added.n_placebo)])),
    )
    y, se = float(found.y[0]), math.sqrt(float(found.v[0]))
    if measure is Measure.SMD:
        return _effect_row(
            added, EffectKind.STANDARDISED, y * towards_better, se, Quality.COMPUTED, "Hedges g of end scores"
        )
    return _effect_row(added, EffectKind.END_SCORE, y, se, Quality.COMPUTED, "difference of end scores")


def _effect_row(
    added: NewTrial, kind: EffectKind, estimate: float, se: float, quality: Quality, method: str
) -> EffectRow:
    return EffectRow.model_validate(
        {
            "sources": added.doi,
            "trial_id": added.id,
            "outcome": _outcome(added),
            "timepoint_days": added.duration_days,
            "kind": kind,
            "effect_detail": "product minus comparator",
            "estimate": estimate,
            "se": se,
            "n_active": added.n_active,
            "n_placebo": added.n_placebo,
            "method": method,
            "quality": quality,
            "note": None,
        }
    )
