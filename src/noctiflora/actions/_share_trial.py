"""Makes the summary of a locked season that may be shared: no dates, no nights, the prior divided out."""

from noctiflora.actions._trial_record import TrialRecord
from noctiflora.actions._trial_result import SeasonResult
from noctiflora.actions._trial_verdict import verdict_of_last
from noctiflora.core import RangeError
from noctiflora.evidence import load_options
from noctiflora.store import Store
from noctiflora.trial import likelihood

SCHEMA = "noctiflora evidence 1.0"
"""What `evidence.read_additions` takes."""
DIGITS = 6
"""Significant digits of the shared numbers: enough to pool, too few to tell nights from them."""


def share_trial(
    store: Store, *, strain: str | None = None, doi: str | None = None, agreed_before: bool = False
) -> dict[str, object]:
    """Return exactly what is shared of the season locked last.

    Parameters
    ----------
    store : Store
        Where the season lies.
    strain : str or None
        Strain, blend or substance; by default that of the option.
    doi : str or None
        Of the deposit that will hold it; without one, whoever adds it writes it in.
    agreed_before : bool
        Whether sharing was agreed before the result was known.

    Raises
    ------
    NotFound, DesignError
        If no season is locked.
    RangeError
        If the option names no strain and none is given.
    NotConverged
        If the nights say next to nothing.
    """
    kept, found = verdict_of_last(store)
    entry = summary_entry(kept.record, found, strain=strain or _strain(kept.record), agreed_before=agreed_before)
    if doi is not None:
        entry["doi"] = doi
    return {"schema": SCHEMA, "entries": [entry]}


def summary_entry(record: TrialRecord, found: SeasonResult, *, strain: str, agreed_before: bool) -> dict[str, object]:
    """Return the one entry of the shared document; see `evidence.read_additions` for its fields."""
    plan = record.plan
    grid = likelihood(found.series, found.priors)
    hyper = found.priors.hyper
    # the helper who packs the bottles knows the order, so that nobody but the person was kept from it
    blinding = "single-blind" if plan.blinded and not record.opened_early else "open-label"
    return {
        "kind": "personal trial",
        "id": record.share_id,
        "whose": "another person",
        "agreed_before": agreed_before,
        "strain": strain,
        "dose_value": plan.dose_value,
        "dose_unit": plan.dose_unit,
        "duration_days": plan.on_nights,
        "design": {
            "randomised": True,
            "n_nights": found.series.n_nights,
            "n_periods": 2 * plan.pairs,
        },
        "blinding": blinding,
        "outcome": plan.outcome.value,
        "instrument": plan.instrument.value,
        "unit": plan.outcome.unit,
        "higher_is_better": plan.outcome.higher_is_better,
        "kinetics": {name: [hyper[name].mean, hyper[name].sd] for name in ("log_tau_on", "log_tau_off")},
        "theta": [_rounded(value) for value in grid.theta.tolist()],
        "log_likelihood": [_rounded(value) for value in grid.log_likelihood.tolist()],
    }


def _strain(record: TrialRecord) -> str:
    found = next((o.evidence_key for o in load_options() if o.key == record.plan.option_key), "")
    if not found:
        raise RangeError(
            "this option names no strain or substance",
            where="trial share",
            do="name it: --strain 'Genus species id', or --strain 'none (substance)'",
        )
    return found


def _rounded(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")
