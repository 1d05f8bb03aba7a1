"""Rest-activity rhythm from counts of movement: IS, IV, L5, M10, RA."""

from dataclasses import dataclass
from math import nan
from typing import TYPE_CHECKING

from noctiflora.core import RangeError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Array = npt.NDArray[np.float64]

DAY_MIN = 1440
BIN_MIN = 60
"""Minutes over which counts are averaged for IS with IV, as van Someren 1999 does."""

LEAST_DAYS = 2
"""Days below which no day can be compared with another."""

REST_H, ACTIVE_H = 5, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class RestActivity:
    """A rest-activity rhythm; None where the counts do not tell.

    Parameters
    ----------
    stability : float or None
        Interdaily stability (IS): 0 noise, 1 the same every day.
    variability : float or None
        Intradaily variability (IV): about 0 for a sine, about 2 for noise.
    least5, most10 : float or None
        Mean counts of the least active 5 and the most active 10 hours of the average day (L5, M10).
    least5_start_h, most10_start_h : float or None
        Local clock hour at which these begin.
    amplitude : float or None
        Relative amplitude (RA), (M10 - L5) / (M10 + L5).
    known_h : float
        Hours with counts.
    """

    stability: float | None
    variability: float | None
    least5: float | None
    most10: float | None
    least5_start_h: float | None
    most10_start_h: float | None
    amplitude: float | None
    known_h: float


def rest_activity(
    counts: "npt.ArrayLike", *, epoch_min: float, start_min: float = 0.0, bin_min: float = BIN_MIN
) -> RestActivity:
    r"""Return the rest-activity rhythm of a row of counts.

    With hourly (`bin_min`) means :math:`x_i` of mean :math:`\bar x` and their means :math:`\bar x_h` by
    clock hour,

    IS = sum of n_h (x_h - x)^2 over clock hours / sum of (x_i - x)^2, and
    IV = mean of (x_i - x_(i-1))^2 over neighbours / mean of (x_i - x)^2.

    Where every hour is known as often as any other these are the formulae of van Someren; with
    holes, hours weigh by how often they are known, so that IS stays between 0 and 1. GGIR leaves
    the step over midnight out of IV, so that its IV is a little lower.

    Parameters
    ----------
    counts : array_like, shape (n,)
        Movement by epoch, in any unit; nan where not worn.
    epoch_min : float
        Length of an epoch, minutes; must divide `bin_min`.
    start_min : float
        Local clock minute of the first epoch, a multiple of `epoch_min`.
    bin_min : float
        Minutes averaged for IS with IV; must divide a day.

    Raises
    ------
    RangeError
        If the lengths do not divide each other.

    References
    ----------
    .. [1] van Someren et al. 1999, Chronobiology International 16(4), 505-518,
       https://augusta.pure.elsevier.com/en/publications/bright-light-therapy-improved-sensitivity-to-its-effects-on-rest-
    .. [2] GGIR, g.IVIS, https://github.com/wadpac/GGIR (tests/testthat/test_g.IVIS.R)

    Examples
    --------
    >>> day = [0.0] * 8 + [10.0] * 16
    >>> found = rest_activity(day * 7, epoch_min=60)
    >>> round(found.stability, 9), found.least5, found.amplitude
    (1.0, 0.0, 1.0)
    """
    import numpy as np

    row = np.asarray(counts, dtype=np.float64)
    width = round(bin_min / epoch_min)
    per_day = round(DAY_MIN / epoch_min)
    skip = round(start_min / epoch_min)
    fits = (width * epoch_min, per_day * epoch_min, skip * epoch_min, round(DAY_MIN / bin_min) * bin_min)
    if width < 1 or fits != (bin_min, DAY_MIN, start_min, DAY_MIN) or row.ndim != 1:
        raise RangeError("epoch, bin and day must divide each other", where="counts", found=f"{epoch_min}, {bin_min}")
    lead = np.full(skip % per_day, nan)
    whole = np.concatenate([lead, row])
    whole = np.concatenate([whole, np.full(-whole.size % per_day, nan)])
    stability, variability = _is_iv(_means(whole.reshape(-1, width)), round(DAY_MIN / bin_min))
    profile = _means(whole.reshape(-1, per_day).T)
    low, low_at = _window(profile, round(REST_H * 60 / epoch_min), least=True)
    high, high_at = _window(profile, round(ACTIVE_H * 60 / epoch_min), least=False)
    both = low is not None and high is not None and low + high > 0
    return RestActivity(
        stability=stability,
        variability=variability,
        least5=low,
        most10=high,
        least5_start_h=None if low_at is None else low_at * epoch_min / 60,
        most10_start_h=None if high_at is None else high_at * epoch_min / 60,
        amplitude=(high - low) / (high + low) if both and low is not None and high is not None else None,
        known_h=float(np.isfinite(row).sum() * epoch_min / 60),
    )


def _means(rows: "Array") -> "Array":
    """Return the mean of what is known of each row; nan where nothing is."""
    import numpy as np

    known = np.isfinite(rows)
    n = known.sum(axis=1)
    sums = np.where(known, rows, 0.0).sum(axis=1)
    return np.where(n > 0, sums / np.maximum(n, 1), nan)


def _is_iv(bins: "Array", per_day: int) -> tuple[float | None, float | None]:
    """Return interdaily stability and intradaily variability of equal stretches."""
    import numpy as np

    known = np.isfinite(bins)
    if known.sum() <= per_day * (LEAST_DAYS - 1):
        return None, None
    centred = bins - bins[known].mean()
    spread = float((centred[known] ** 2).sum())
    if spread <= 0:
        return None, None
    days = centred.reshape(-1, per_day).T
    by_hour = _means(days)
    n_hour = np.isfinite(days).sum(axis=1)
    between = float((n_hour * np.where(n_hour > 0, by_hour, 0.0) ** 2).sum())
    steps = np.diff(centred)
    steps = steps[np.isfinite(steps)]
    variability = float((steps**2).mean() / (spread / known.sum())) if steps.size else None
    return between / spread, variability


def _window(profile: "Array", width: int, *, least: bool) -> tuple[float | None, int | None]:
    """Return the mean of the lowest or highest stretch of the average day, and where it begins."""
    import numpy as np

    if not np.isfinite(profile).all() or not 0 < width <= profile.size:
        return None, None
    sums = np.cumsum(np.concatenate([[0.0], profile, profile]))
    means = (sums[width : width + profile.size] - sums[: profile.size]) / width
    at = int(np.argmin(means) if least else np.argmax(means))
    return float(means[at]), at
