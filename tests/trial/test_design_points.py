"""The shared points: that their weights make them the prior, wherever they were put."""

import numpy as np
import pytest

from noctiflora.trial._design_points import Cloud, place, pooled_cloud, prior_cloud

MEAN = np.array([0.35, 1.5, 0.0, 2.6, 2.3])
SD = np.array([0.45, 0.5, 1.5, 0.5, 0.6])
MOVED = Cloud(centre=np.array([0.5, -0.4, 0.3, 0.0]), root=np.linalg.cholesky(0.5 * np.eye(4) + 0.1))


@pytest.mark.parametrize("cloud", [prior_cloud(), MOVED])
def test_weighted_points_are_the_prior(cloud: Cloud) -> None:
    """Moments of a standard normal come back; eps is weighted by its own density, so it is left out."""
    points, u = place(cloud, MEAN, SD, n=4096)
    log_w = points[:, 5] - 4.0 * np.log1p(points[:, 4] ** 2 / 7)
    w = np.exp(log_w - log_w.max())
    w /= w.sum()
    # 4,096 quasi-random points with at least a tenth of them effective: error of a mean below .05
    assert 1 / np.sum(w * w) > 400
    assert w @ u == pytest.approx(np.zeros(4), abs=0.08)
    assert (u * w[:, None]).T @ u == pytest.approx(np.eye(4), abs=0.12)
    places = [0, 2, 3, 4]
    assert points[:, :4] == pytest.approx(MEAN[places] + u * SD[places])


def test_fixed_hyperparameters_stay_fixed() -> None:
    sd = SD.copy()
    sd[[0, 3]] = 0.0
    points, _ = place(MOVED, MEAN, sd, n=256)
    assert np.ptp(points[:, 0]) == 0
    assert np.ptp(points[:, 2]) == 0
    assert np.ptp(points[:, 1]) > 0
    nothing, _ = place(prior_cloud(), MEAN, np.zeros(5), n=64)
    assert np.ptp(nothing[:, 5]) == 0


def test_a_pooled_cloud_holds_all_posteriors() -> None:
    """Between-trial spread counts as spread: two trials far apart make a wide cloud."""
    rng = np.random.default_rng(1)
    u = rng.standard_normal((500, 4))
    one = np.exp(-0.5 * np.sum((u - 1) ** 2, axis=1) / 0.1)
    two = np.exp(-0.5 * np.sum((u + 1) ** 2, axis=1) / 0.1)
    weight = np.array([one / one.sum(), two / two.sum()])
    wide, narrow = pooled_cloud(u, weight), pooled_cloud(u, weight[:1])
    assert np.trace(wide.root @ wide.root.T) > 3 * np.trace(narrow.root @ narrow.root.T)
    assert np.all(np.abs(wide.centre) < np.abs(narrow.centre))


def test_the_same_points_every_time() -> None:
    one, two = place(MOVED, MEAN, SD)[0], place(MOVED, MEAN, SD)[0]
    assert np.array_equal(one, two)
