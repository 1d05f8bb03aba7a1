"""Cosinor fits of many series at once: one or several groups, with p, amplitude, phase and their errors."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import fdtrc

from noctiflora.core import RangeError
from noctiflora.gut._reading import Floats

DAY_H = 24.0
FEWEST_CLOCK_TIMES, FEWEST_DAYS = 6, 3
"""Of one person: fewer cannot part a rhythm from the days' own ups and downs (assumed, 4 to 8 and 2 to 5)."""

N_COEFFICIENTS = 3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cosinor:
    """Fits of ``y = mesor + amplitude cos(2 pi (t - acrophase) / period)`` to each series.

    Parameters
    ----------
    mesor, amplitude : ndarray (series,)
        In the unit of the values.
    acrophase_h : ndarray (series,)
        Hour of the peak, 0 to the period.
    p : ndarray (series,)
        Of the F test that the amplitude is zero.
    r2 : ndarray (series,)
        Share of the variance explained.
    mesor_se, amplitude_se, acrophase_se_h : ndarray (series,)
        Standard errors; those of amplitude and acrophase by the delta method, too small where the
        amplitude is within two of its own errors of zero.
    n : int
        Samples.
    period_h : float
        Of the cosine.
    """

    mesor: Floats
    amplitude: Floats
    acrophase_h: Floats
    p: Floats
    r2: Floats
    mesor_se: Floats
    amplitude_se: Floats
    acrophase_se_h: Floats
    n: int
    period_h: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GroupedCosinor:
    """Fits of several groups.

    Parameters
    ----------
    groups : tuple of str
        In order of first appearance.
    fits : tuple of Cosinor
        One per group.
    p_differ : ndarray (series,)
        Of the F test that all groups share one rhythm (cosine and sine), whatever their means.
    p_differ_by_term : ndarray (series,)
        Twice the smaller p of the cosine and the sine term, tested in this order: the number that
        the package Kronos prints as ``Group:Time``.
    """

    groups: tuple[str, ...]
    fits: tuple[Cosinor, ...]
    p_differ: Floats
    p_differ_by_term: Floats


def _design(hours: Floats, period_h: float) -> Floats:
    angle = 2 * np.pi * hours / period_h
    return np.column_stack((np.ones_like(angle), np.cos(angle), np.sin(angle)))


def _checked(values: ArrayLike, hours: ArrayLike, period_h: float) -> tuple[Floats, Floats]:
    y = np.atleast_2d(np.asarray(values, dtype=float))
    t = np.asarray(hours, dtype=float)
    if t.ndim != 1 or y.shape[1] != t.size:
        raise RangeError("values and hours differ in number", where="hours", found=f"{y.shape} and {t.shape}")
    if not np.isfinite(y).all() or not np.isfinite(t).all():
        raise RangeError("a value or hour is missing", where="values", do="leave out samples with missing values")
    if not (np.isfinite(period_h) and period_h > 0):
        raise RangeError("the period is above 0 hours", where="period_h", found=str(period_h))
    if len(np.unique(np.round(t % period_h, 9))) < N_COEFFICIENTS or t.size <= N_COEFFICIENTS:
        raise RangeError(
            "a cosine needs more than three samples at three clock times",
            where="hours",
            found=f"{t.size} samples",
            do="take more samples over the day",
        )
    return y, t


def cosinor(values: ArrayLike, hours: ArrayLike, *, period_h: float = DAY_H) -> Cosinor:
    """Fit a cosine to every series by least squares.

    Parameters
    ----------
    values : array (series, samples) or (samples,)
        Taxa (as log-ratios) or hormones.
    hours : array (samples,)
        Clock time of each sample, hours.
    period_h : float
        Period, hours.

    Raises
    ------
    RangeError
        If shapes differ, values are missing, or the times cannot carry a cosine.

    References
    ----------
    Cornelissen 2014, doi 10.1186/1742-4682-11-16.

    Examples
    --------
    >>> t = np.arange(0.0, 24.0, 2.0)
    >>> fit = cosinor(5 + 2 * np.cos(2 * np.pi * (t - 7) / 24), t)
    >>> round(float(fit.amplitude[0]), 6), round(float(fit.acrophase_h[0]), 6)
    (2.0, 7.0)
    """
    y, t = _checked(values, hours, period_h)
    x = _design(t, period_h)
    n = t.size
    q, r = np.linalg.qr(x)
    beta = np.linalg.solve(r, q.T @ y.T)
    residual = y - (x @ beta).T
    rss = np.einsum("ij,ij->i", residual, residual)
    centred = y - y.mean(axis=1, keepdims=True)
    tss = np.einsum("ij,ij->i", centred, centred)
    df = n - N_COEFFICIENTS
    inverse = np.linalg.inv(r)
    unscaled = inverse @ inverse.T
    b, g = beta[1], beta[2]
    amplitude = np.hypot(b, g)
    with np.errstate(divide="ignore", invalid="ignore"):
        f = (tss - rss) / (N_COEFFICIENTS - 1) / (rss / df)
        variance = rss / df
        c, s = b / amplitude, g / amplitude
        v_bb, v_bg, v_gg = unscaled[1, 1], unscaled[1, 2], unscaled[2, 2]
        amplitude_se = np.sqrt(variance * (c * c * v_bb + 2 * c * s * v_bg + s * s * v_gg))
        angle_se = np.sqrt(variance * (s * s * v_bb - 2 * c * s * v_bg + c * c * v_gg)) / amplitude
        r2 = 1 - rss / tss
    return Cosinor(
        mesor=beta[0],
        amplitude=amplitude,
        acrophase_h=np.arctan2(g, b) * period_h / (2 * np.pi) % period_h,
        p=np.where(np.isnan(f), np.nan, fdtrc(N_COEFFICIENTS - 1, df, np.maximum(f, 0))),
        r2=r2,
        mesor_se=np.sqrt(variance * unscaled[0, 0]),
        amplitude_se=amplitude_se,
        acrophase_se_h=angle_se * period_h / (2 * np.pi),
        n=n,
        period_h=period_h,
    )


def cosinor_groups(
    values: ArrayLike, hours: ArrayLike, groups: Sequence[str], *, period_h: float = DAY_H
) -> GroupedCosinor:
    """Fit a cosine to every series in every group, with a test whether their rhythms differ.

    Parameters
    ----------
    values, hours, period_h
        As for `cosinor`.
    groups : sequence of str (samples,)
        Group of each sample.

    Raises
    ------
    RangeError
        As `cosinor`, for each group; or if there are fewer than two groups.
    """
    y, t = _checked(values, hours, period_h)
    names = tuple(dict.fromkeys(groups))
    if len(groups) != t.size or len(names) < 2:
        raise RangeError("each sample needs a group, of two or more", where="groups", found=f"{len(groups)} samples")
    member = np.array([[g == name for g in groups] for name in names], dtype=bool)
    fits = tuple(cosinor(y[:, m], t[m], period_h=period_h) for m in member)
    x = _design(t, period_h)
    shared = np.column_stack((member.T.astype(float), x[:, 1:]))
    apart = np.column_stack([m[:, None] * x for m in member])
    between = np.column_stack((member.T.astype(float), member.T * x[:, 1:2], x[:, 2]))
    rss = [_rss(design, y) for design in (shared, between, apart)]
    df1, df2 = len(names) - 1, t.size - apart.shape[1]
    with np.errstate(divide="ignore", invalid="ignore"):
        f = [(rss[a] - rss[b]) / (df1 * (b - a)) / (rss[2] / df2) for a, b in ((0, 2), (0, 1), (1, 2))]
    both, cosine, sine = (fdtrc(df1 * terms, df2, np.maximum(one, 0)) for one, terms in zip(f, (2, 1, 1), strict=True))
    by_term = np.minimum(1.0, 2 * np.minimum(cosine, sine))
    return GroupedCosinor(groups=names, fits=fits, p_differ=both, p_differ_by_term=by_term)


def _rss(x: Floats, y: Floats) -> Floats:
    q, _ = np.linalg.qr(x)
    residual = y - (y @ q) @ q.T
    rss: Floats = np.einsum("ij,ij->i", residual, residual)
    return rss


def expect_one_person(hours: ArrayLike, days: ArrayLike) -> None:
    """Refuse a rhythm of one person from too few clock times or days.

    Parameters
    ----------
    hours : array (samples,)
        Clock times.
    days : array (samples,)
        Day of each sample, as running numbers.

    Raises
    ------
    RangeError
        Below 6 clock times or 3 days.
    """
    clock: NDArray[np.float64] = np.unique(np.round(np.asarray(hours, dtype=float) % DAY_H, 6))
    n_days = len(np.unique(np.asarray(days)))
    if len(clock) < FEWEST_CLOCK_TIMES or n_days < FEWEST_DAYS:
        raise RangeError(
            "a rhythm of one person is not assessable from so few samples",
            where="hours",
            found=f"{len(clock)} clock times over {n_days} days",
            do=f"take {FEWEST_CLOCK_TIMES} clock times over {FEWEST_DAYS} days",
        )
