"""The compiled analysis of groups: that each point says what the engine's own pass says."""

import numpy as np
import pytest
from scipy.special import logsumexp, ndtr, stdtrit

from noctiflora.trial._design_kernel import FOUND, RAW, conclude, weigh
from noctiflora.trial._kernel import DETAIL, evaluate

EVIDENCE = np.array([[0.5, 1.0, 2.0], [0.3, -0.5, 1.0], [0.2, 0.0, 4.0]])
SCEPTIC = np.array([[1.0, 0.0, 1.9]])


def made_up(n: int, p: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    dose = (np.arange(n) // 14 % 2).astype(float)
    seen = rng.random(n) > 0.1
    night = np.arange(n)
    columns = [np.full(n, 15.0), 2.0 * (night - night.mean()) / 28, 0.7 * dose][:p]
    return np.column_stack(columns), seen, dose, rng.normal(0, 4.0, (n, 6)).cumsum(axis=0) * 0.3


def engine(z: np.ndarray, cols: np.ndarray, seen: np.ndarray, dose: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return base, slope, precision of one series from the engine's kernel, (K, 3)."""
    p = cols.shape[1]
    detail, log_like = np.empty((len(z), DETAIL + 3 * p)), np.empty(len(z))
    both = np.ascontiguousarray(np.column_stack([y, cols]))
    evaluate(z, both, seen, dose, EVIDENCE, log_like, detail)
    return np.column_stack([detail[:, :3], log_like])


@pytest.mark.parametrize("p", [2, 3])
@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_every_point_says_what_the_engine_says(p: int, sign: float) -> None:
    """With sigma fixed both evaluate the same numbers: at the end, and at a look with its own trend."""
    cols, seen, dose, y = made_up(84, p)
    rng = np.random.default_rng(2)
    points = np.zeros((7, 6))
    points[:, :4] = rng.normal([0.3, 0.0, 2.6, 2.3], 0.5, (7, 4))
    log_sigma = np.array([np.log(4.0), 0.0, 1.0])
    ends = np.array([42, 84])
    shifts = np.array([cols[:42, 1].mean() / cols[0, 0], 0.0])
    raw = np.empty((2, 7, 6, RAW))
    weigh(points, cols, seen, dose, y, ends, shifts, log_sigma, EVIDENCE, SCEPTIC, np.array([sign, 1.5]), raw)
    z = np.column_stack([points[:, 0], np.full(7, log_sigma[0]), points[:, 1:4]])
    for look, end in enumerate(ends):
        own = cols[:end].copy()
        own[:, 1] -= own[:, 1].mean()
        for lane in range(6):
            base, slope, precision, log_like = engine(z, own, seen[:end], dose[:end], y[:end, lane]).T
            # the constant of the normal density is left out by the one and not by the other
            gone = 0.5 * seen[:end].sum() * np.log(2 * np.pi)
            assert raw[look, :, lane, 0] == pytest.approx(log_like + gone, abs=1e-8)
            for prior, at in ((EVIDENCE, 0), (SCEPTIC, 3)):
                log_w, good, worth = by_hand(base, slope, precision, prior, sign, 1.5)
                assert raw[look, :, lane, at] == pytest.approx(log_w + gone, abs=1e-8)
                assert raw[look, :, lane, at + 1] == pytest.approx(good, abs=1e-10)
                if at == 0:
                    assert raw[look, :, lane, 2] == pytest.approx(worth, abs=1e-10)


def by_hand(base, slope, precision, prior, sign, useful):
    weight, mean, sd = (prior[:, j] for j in range(3))
    total = precision[:, None] + sd**-2.0
    h = slope[:, None] + mean * sd**-2.0
    part = np.log(weight) - np.log(sd) - 0.5 * np.log(total) + 0.5 * (h * h / total - (mean / sd) ** 2)
    log_w = logsumexp(part, axis=1)
    share = np.exp(part - log_w[:, None])
    centre, root = sign * h / total, np.sqrt(total)
    return (
        base + log_w,
        np.sum(share * ndtr(centre * root), axis=1),
        np.sum(share * ndtr((centre - useful) * root), axis=1),
    )


def test_a_moved_sigma_is_paid_for_in_the_weight() -> None:
    """Over points that differ in sigma alone, the weighted sum is the integral over sigma."""
    cols, seen, dose, y = made_up(56, 2)
    y = np.ascontiguousarray(y[:, :1])
    mean, sd = np.log(3.0), 0.5
    eps = stdtrit(7.0, (np.arange(4001) + 0.5) / 4001)
    points = np.column_stack([np.tile([0.3, 0.1, 2.6, 2.3], (4001, 1)), eps, 4.0 * np.log1p(eps**2 / 7)])
    raw = np.empty((1, 4001, 1, RAW))
    aim = np.array([1.0, 1.0])
    weigh(
        points,
        cols,
        seen,
        dose,
        y,
        np.array([56]),
        np.zeros(1),
        np.array([mean, sd, 1.15]),
        EVIDENCE,
        SCEPTIC,
        aim,
        raw,
    )
    found = np.empty((1, 1, FOUND))
    conclude(raw, found)
    grid = np.linspace(mean - 3, mean + 3, 2001)
    z = np.column_stack([np.full(2001, 0.3), grid, np.tile([0.1, 2.6, 2.3], (2001, 1))])
    base, slope, precision, log_like = engine(z, cols, seen, dose, y[:, 0]).T
    weight = np.exp(log_like - log_like.max() - 0.5 * ((grid - mean) / sd) ** 2)
    _, good, worth = by_hand(base, slope, precision, EVIDENCE, 1.0, 1.0)
    # both are sums of thousands of smooth terms; the quantile points of a t with 7 degrees are the coarser
    assert found[0, 0, 0] == pytest.approx(weight @ good / weight.sum(), abs=2e-4)
    assert found[0, 0, 1] == pytest.approx(weight @ worth / weight.sum(), abs=2e-4)


def test_conclusions_are_weighted_means_with_their_effective_points() -> None:
    rng = np.random.default_rng(3)
    raw = rng.random((2, 50, 3, RAW))
    raw[..., 0] *= 5
    raw[..., 3] *= 3
    found = np.empty((2, 3, FOUND))
    conclude(raw, found)
    for at, chances in ((0, (1, 2)), (3, (4,))):
        w = np.exp(raw[..., at])
        for place, j in zip((0, 1) if at == 0 else (2,), chances, strict=True):
            assert found[..., place] == pytest.approx((w * raw[..., j]).sum(axis=1) / w.sum(axis=1))
        assert found[..., 3 + at // 3] == pytest.approx(w.sum(axis=1) ** 2 / (w * w).sum(axis=1))
