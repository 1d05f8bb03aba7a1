"""The standard error of a week: closed forms, a plain version, and what short samples hide."""

import numpy as np
import pytest

from noctiflora.trial._safety_noise import CAUTION, FEW, LAGS, PHIS, WINDOW, mean_variance, noise_table, scores
from tests.trial.safety_seasons import night_series


def plain_score(before: np.ndarray, y: np.ndarray) -> float:
    """Return the score of the last week of `y`, written from the text."""
    nights = np.concatenate([before, y])
    earlier, week = nights[: -min(WINDOW, y.size)], y[-WINDOW:]
    known = earlier[~np.isnan(earlier)]
    off = earlier - known.mean()
    seen = sum(float(np.nanmean(off[k:] * off[:-k])) for k in range(1, LAGS + 1)) / float(np.nanmean(off**2))
    of_mean, expected = noise_table(nights.size)[known.size]
    phi = np.interp(seen + CAUTION / np.sqrt(known.size), expected, np.arange(PHIS.size))

    def at(table: np.ndarray) -> float:
        return float(np.interp(phi, np.arange(PHIS.size), table))

    variance = float(np.nanmean(off**2)) * (1 + FEW / known.size) / (1 - at(of_mean))
    of_run_in = at(noise_table(nights.size)[int(np.sum(~np.isnan(before)))][0])
    return float((np.nanmean(before) - np.nanmean(week)) / np.sqrt(variance * (at(mean_variance(WINDOW)) + of_run_in)))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("nights", [7, 30])
def test_the_score_is_the_one_of_the_text(seed: int, nights: int) -> None:
    rng = np.random.default_rng(seed)
    all_nights = night_series(rng, 0.4, 0.3, 21 + nights)
    all_nights[rng.random(all_nights.size) < 0.1] = np.nan
    out = np.empty((1, nights))
    scores(all_nights[None, :], 21, noise_table(21 + nights), mean_variance(WINDOW), out)
    # products of neighbours use the mean of all nights, not of the pairs: the same sums, added differently
    assert out[0, -1] == pytest.approx(plain_score(all_nights[:21], all_nights[21:]), rel=1e-9)


@pytest.mark.parametrize("n", [2, 7, 30])
def test_the_variance_of_a_mean_is_that_of_its_covariance_matrix(n: int) -> None:
    for phi, found in zip(PHIS, mean_variance(n), strict=True):
        cov = phi ** np.abs(np.subtract.outer(np.arange(n), np.arange(n)))
        assert found == pytest.approx(cov.mean())


def test_short_samples_look_less_autocorrelated_than_they_are() -> None:
    table = noise_table(100)
    truth = sum(PHIS**k for k in range(1, LAGS + 1))
    assert np.all(table[14, 1] < truth)
    assert np.all(table[14, 1, 5:] < table[100, 1, 5:])
    assert np.all(np.diff(table[:, 1], axis=1) >= 0)


def test_nights_that_never_differ_have_no_score() -> None:
    out = np.empty((1, 10))
    scores(np.full((1, 20), 80.0), 10, noise_table(20), mean_variance(WINDOW), out)
    assert np.all(out == -np.inf)
