"""The pooled result beside what other choices, and reviews without a size, say."""

from dataclasses import dataclass, replace

from noctiflora.evidence._evidence import Evidence
from noctiflora.evidence._leave_one_out import LeftOut, leave_one_out
from noctiflora.evidence._pool import pool
from noctiflora.evidence._pooled import Pooled
from noctiflora.evidence._pooled_dict import PoolOutcome, PoolUnit, points_factor, pooled_dict
from noctiflora.evidence._population import Population, alternatives
from noctiflora.evidence._sensitivity import SENSITIVITIES
from noctiflora.evidence._settings import Discount, PoolSettings, ReviewChoice
from noctiflora.evidence._strain_key import StrainKey
from noctiflora.evidence.rows import ReviewRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A pooled result with those that stand beside it, never in its place.

    Parameters
    ----------
    main : Pooled
        Under the choices made.
    free : Pooled
        What the trials of single strains say without a review.
    sceptical : Pooled
        With the population mean discounted for small-study and sponsor effects.
    others : tuple of Population
        Population means of the other reviews.
    without_size : tuple of ReviewRow
        Reviews that found no effect and print no size, so that they cannot be pooled.
    """

    main: Pooled
    free: Pooled
    sceptical: Pooled
    others: tuple[Population, ...]
    without_size: tuple[ReviewRow, ...]


def beside(evidence: Evidence, settings: PoolSettings | None = None) -> Beside:
    """Return the pooled result with what stands beside it: three fits.

    Parameters
    ----------
    evidence : Evidence
        See `load`.
    settings : PoolSettings, optional
        Choices of the pooling.

    Examples
    --------
    >>> from noctiflora.evidence import load
    >>> [row.review_id for row in beside(load()).without_size]
    ['gil_hernandez_2023']
    """
    settings = settings or PoolSettings()
    return Beside(
        main=pool(evidence, settings),
        free=pool(evidence, replace(settings, anchored=False)),
        sceptical=pool(evidence, replace(settings, discount=Discount.SCEPTICAL)),
        others=tuple(p for p in alternatives(evidence) if p.review is not settings.review),
        without_size=without_size(evidence),
    )


def without_size(evidence: Evidence) -> tuple[ReviewRow, ...]:
    """Return the first row of each review of all probiotics that prints no effect for any sleep outcome."""
    out = []
    for review in ReviewChoice:
        rows = [r for r in evidence.reviews if r.review_id == review]
        if rows and all(r.estimate is None for r in rows):
            out.append(rows[0])
    return tuple(out)


def beside_dict(
    evidence: Evidence,
    found: Beside,
    *,
    outcome: PoolOutcome = PoolOutcome.PSQI,
    unit: PoolUnit = PoolUnit.SMD,
    strain: str | None = None,
) -> dict[str, object]:
    """Return the record of the main result, each product with its free and its sceptical fit beside it.

    Parameters
    ----------
    evidence : Evidence
        Holds the rules of certainty.
    found : Beside
        From `beside`.
    outcome, unit, strain
        See `pooled_dict`.
    """
    factor = points_factor(outcome, unit)
    record = pooled_dict(evidence, found.main, outcome=outcome, unit=unit, strain=strain)
    by_name = {s.key.name: s.key for s in found.main.strains}
    rows = record["strains"]
    assert isinstance(rows, list)
    for row in rows:
        key = by_name.get(row["strain"])
        for name, other in (("free", found.free), ("sceptical", found.sceptical)):
            effect = (other.untested if key is None else other.of(key)).effect
            row[name] = {"mean": effect.mean * factor, "sd": effect.sd * factor}
    free = found.free
    return record | {
        "free": {
            "mean": free.mu.mean * factor,
            "sd": free.mu.sd * factor,
            "tau": free.tau.mean * factor,
            "note": "the trials of single strains without a review and without correction for what abstracts choose",
        },
        "sceptical": {
            "mean": found.sceptical.population.mean * factor,
            "sd": found.sceptical.population.sd * factor,
            "note": "population mean times Beta(7, 3), assumed, for small-study and sponsor effects",
        },
        "other_reviews": [_population(p, factor) for p in found.others],
        "without_size": [_review(row) for row in found.without_size],
    }


def _population(people: Population, factor: float) -> dict[str, object]:
    return {
        "review": people.review.value,
        "mean": people.mean * factor,
        "sd": people.sd * factor,
        "ci95": [x * factor for x in people.ci95],
        "note": people.note,
        "source": next(s.ref for s in people.sources if not s.is_assumed),
    }


def _review(row: ReviewRow) -> dict[str, object]:
    return {
        "review": row.review_id,
        "title": row.review,
        "year": row.year,
        "outcome": row.outcome,
        "finding": "no effect",
        "p_value": row.p_value,
        "note": row.note,
        "source": row.sources[0].ref,
    }


def sensitivity_rows(
    evidence: Evidence, strain: StrainKey | None = None, *, factor: float = 1.0
) -> list[dict[str, object]]:
    """Return what a product, or an untested strain, is said to do under each named choice.

    Parameters
    ----------
    evidence : Evidence
        See `load`.
    strain : StrainKey, optional
        Product; an untested strain by default.
    factor : float
        Turns SMD into the unit wanted.
    """
    choices = {"as documented": PoolSettings(), **SENSITIVITIES}
    rows: list[dict[str, object]] = []
    for name, settings in choices.items():
        pooled = pool(evidence, settings)
        found = pooled.untested if strain is None else pooled.of(strain)
        rows.append(
            {
                "choice": name,
                "population": pooled.mu.mean * factor,
                "mean": found.effect.mean * factor,
                "sd": found.effect.sd * factor,
                "predictive_sd": found.predictive_sd * factor,
                "p_benefit": found.p_benefit,
                "reporting_excess": pooled.b_rep.mean * factor,
            }
        )
    return rows


def left_out_rows(
    evidence: Evidence, settings: PoolSettings | None = None, *, strain: str | None = None, factor: float = 1.0
) -> list[dict[str, object]]:
    """Return the leave-one-trial-out table; see `leave_one_out`."""
    return [_left_out(row, factor) for row in leave_one_out(evidence, settings, strain=strain)]


def _left_out(row: LeftOut, factor: float) -> dict[str, object]:
    return {
        "trial_id": row.trial_id,
        "strain": row.strain,
        "mean_with": row.mean_with * factor,
        "mean_without": row.mean_without * factor,
        "sd_without": row.sd_without * factor,
        "moved": (row.mean_with - row.mean_without) * factor,
        "reporting_excess_without": row.b_rep_without * factor,
    }
