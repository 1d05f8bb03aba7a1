"""The population layer: the mean effect of probiotics on sleep, from one published review."""

import math
from dataclasses import dataclass

from noctiflora.core import NotPoolable, Source
from noctiflora.evidence._evidence import Evidence
from noctiflora.evidence._settings import Discount, PoolSettings, Reading, ReviewChoice
from noctiflora.evidence.rows import ReviewRow

# SDs between persons by which points become SMD. PSQI: 2.65 to 3.16 in poor sleepers, rows N01 and N66 to N68 of the
# norms; ISI: row N65 of the norms. One fixed SD each, so that trials with cut samples do not look stronger.
PSQI_SD = 3.0
ISI_SD = 3.9
CI_WIDTH = 3.92  # 95 % interval in standard errors
# Sceptical discount, assumed: Beta(7, 3), mean 0.7, central 95 % from 0.40 to 0.93.
DISCOUNT_MEAN = 0.7
DISCOUNT_VAR = 7 * 3 / (10**2 * 11)


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """The mean effect of probiotics, SMD, negative = better.

    Parameters
    ----------
    review : ReviewChoice
        Where it comes from.
    mean, sd : float
        Mean effect and its standard error.
    tau : float or None
        Spread between the review's trials; None where the review does not print enough.
    points : float or None
        The pooled effect in points of the review's scale; None where it is standardised.
    sources : tuple of Source
        The review, and what was assumed.
    note : str
        What to know before using it.
    """

    review: ReviewChoice
    mean: float
    sd: float
    tau: float | None
    points: float | None
    sources: tuple[Source, ...]
    note: str

    @property
    def ci95(self) -> tuple[float, float]:
        """Central 95 % interval of the mean effect."""
        return self.mean - 1.96 * self.sd, self.mean + 1.96 * self.sd


_NOTES = {
    ReviewChoice.FRONT_NUTR_2026: "Taken by default. Fixed or random effects: it does not say; random is assumed.",
    ReviewChoice.TRIALS_39: "more trials and a wider interval: the default may be too sure of itself",
    ReviewChoice.IRWIN_2020: "printed without minus signs; its other subjective and objective scales are null",
    ReviewChoice.LIU_2025: "people with insomnia only; 6 small studies",
    ReviewChoice.YU_2024: "standardised by other spreads: not comparable with the rest without care",
    ReviewChoice.GIL_HERNANDEZ_2023: "finds no effect (p = 0.31) and prints no size",
}


def population(evidence: Evidence, settings: PoolSettings | None = None) -> Population:
    """Return the population mean of the chosen review on the SMD scale.

    With k trials of like size the error of a random-effects mean is se^2 = (s^2 + tau^2) / k, and
    tau^2 = I2 (s^2 + tau^2). Read as fixed effect, se^2 = s^2 / k instead, so tau and the error grow.

    Parameters
    ----------
    evidence : Evidence
        See `load`.
    settings : PoolSettings, optional
        Uses `review`, `reading` and `discount`.

    Raises
    ------
    NotPoolable
        If the chosen review prints no effect with an interval.

    References
    ----------
    .. [1] doi:10.3389/fnut.2026.1795450 (default review)
    .. [2] Higgins, Thompson 2002, doi:10.1002/sim.1186 (I squared)

    Examples
    --------
    >>> from noctiflora.evidence import load
    >>> p = population(load())
    >>> round(p.mean, 3), round(p.sd, 3), round(p.tau, 2)
    (-0.197, 0.041, 0.1)
    """
    settings = settings or PoolSettings()
    row = _row(evidence, settings.review)
    if row.estimate is None or row.ci_low is None or row.ci_high is None:
        raise NotPoolable(
            "this review prints no effect with an interval",
            where=f"reviews.csv, {settings.review}",
            found=row.p_value or "nothing",
            do="show it beside the result and choose another review as the population",
        )
    standardised = row.outcome != "PSQI"
    unit = 1.0 if standardised else PSQI_SD
    mean, se = row.estimate / unit, (row.ci_high - row.ci_low) / CI_WIDTH / unit
    tau = None
    if row.k is not None and row.i2_percent is not None:
        share = row.i2_percent / 100
        if settings.reading is Reading.FIXED:
            within = row.k * se**2
            tau = math.sqrt(share / (1 - share) * within)
            se = math.sqrt((within + tau**2) / row.k)
        else:
            tau = math.sqrt(share * row.k) * se
    elif settings.reading is Reading.FIXED:
        raise NotPoolable("this review cannot be read as fixed effect without k and I2", where="PoolSettings.reading")
    mean, se, assumed = _discounted(mean, se, settings.discount)
    divisor = Source(
        ref="assumed", note="PSQI points divided by an SD between persons of 3.0; 2.65 to 3.16 in the norms"
    )
    return Population(
        review=settings.review,
        mean=mean,
        sd=se,
        tau=tau,
        points=None if standardised else row.estimate,
        sources=(*row.sources, *(() if standardised else (divisor,)), *assumed),
        note=_NOTES[settings.review],
    )


def alternatives(evidence: Evidence) -> tuple[Population, ...]:
    """Return the population mean of every review that prints one, the default first."""
    out = []
    for review in ReviewChoice:
        row = _row(evidence, review)
        if row.estimate is not None:
            out.append(population(evidence, PoolSettings(review=review)))
    return tuple(out)


def _row(evidence: Evidence, review: ReviewChoice) -> ReviewRow:
    wanted = ("PSQI", "sleep state (mixed scales)", "sleep quality")
    found = [r for r in evidence.reviews if r.review_id == review and r.outcome in wanted]
    if not found:
        raise NotPoolable("this review is not among the packaged ones", where="PoolSettings.review", found=str(review))
    return next((r for r in found if r.estimate is not None), found[0])


def _discounted(mean: float, se: float, discount: Discount) -> tuple[float, float, tuple[Source, ...]]:
    if discount is Discount.NONE:
        return mean, se, ()
    source = Source(ref="assumed", note="mean times Beta(7, 3) for small-study and sponsor effects; 0.40 to 0.93")
    if discount is Discount.SCEPTICAL_SE_KEPT:
        return mean * DISCOUNT_MEAN, se, (source,)
    var = (DISCOUNT_MEAN**2 + DISCOUNT_VAR) * se**2 + DISCOUNT_VAR * mean**2
    return mean * DISCOUNT_MEAN, math.sqrt(var), (source,)
