"""The points of the hyperparameters: a grid on a short series, limits, the gate."""

import itertools

import numpy as np
import pytest

from noctiflora.trial._effect import effect
from noctiflora.trial._frame import Frame
from noctiflora.trial._importance import LEAST_ESS, MORE_POINTS, POINTS, Draws, draw_hyper
from tests.trial import plain_engine as plain
from tests.trial.test_kernel import some_frame

Z_MEAN = np.array([0.35, 0.7, 0.0, 1.5, 1.0])
Z_SD = np.array([0.45, 0.5, 1.5, 0.5, 0.6])


def with_priors(frame: Frame, z_sd: np.ndarray = Z_SD) -> Frame:
    return Frame(
        names=frame.names, centre=frame.centre, scale=frame.scale, cols=frame.cols, seen=frame.seen,
        dose=frame.dose, theta=frame.theta, z_mean=Z_MEAN, z_sd=z_sd,
    )  # fmt: skip


def grid_moments(frame: Frame, nodes: list[int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Mean and sd of each hyperparameter, then mean and sd of theta, by brute force over a full grid."""
    free = np.flatnonzero(frame.z_sd > 0)
    rules = [np.polynomial.hermite_e.hermegauss(n) for n in nodes]
    rows, logs, moments = [], [], []
    for pick in itertools.product(*(range(n) for n in nodes)):
        z = frame.z_mean.copy()
        z[free] += frame.z_sd[free] * np.array([rule[0][i] for rule, i in zip(rules, pick, strict=True)])
        log_weight = sum(np.log(rule[1][i]) for rule, i in zip(rules, pick, strict=True))
        rows.append(z)
        logs.append(plain.log_evidence(z, frame) + log_weight)
        mean, cov = plain.conditional(z, frame, 0)
        moments.append([mean[-1], cov[-1, -1] + mean[-1] ** 2])
    share = np.exp(np.array(logs) - max(logs))
    share /= share.sum()
    z, theta = np.array(rows), share @ np.array(moments)
    centre = share @ z
    return centre, np.sqrt(share @ (z - centre) ** 2), np.array([theta[0], np.sqrt(theta[1] - theta[0] ** 2)])


def check_against_grid(seed: int, nights: int, free: list[int], nodes: list[int]) -> None:
    z_sd = np.where(np.isin(np.arange(5), free), Z_SD, 0.0)
    frame = with_priors(some_frame(seed, n=nights, p=1, missing=0.1, parts=1), z_sd)
    draws = draw_hyper(frame)
    mean, sd, (theta, theta_sd) = grid_moments(frame, nodes)
    found = draws.weight @ draws.z
    spread = np.sqrt(draws.weight @ (draws.z - found) ** 2)
    assert draws.trusted
    assert found[free] == pytest.approx(mean[free], abs=0.03 * Z_SD.max())
    assert spread[free] == pytest.approx(sd[free], rel=0.05)
    mixture = effect(draws, frame.theta)
    centre = float(np.sum(mixture.weight * mixture.mean))
    second = float(np.sum(mixture.weight * (mixture.sd**2 + (mixture.mean - centre) ** 2)))
    assert centre == pytest.approx(theta, abs=0.03 * theta_sd)
    assert np.sqrt(second) == pytest.approx(theta_sd, rel=0.03)


@pytest.mark.parametrize(
    ("seed", "free", "nodes"),
    [(1, [0, 1, 2], [10, 24, 10]), (2, [1, 3, 4], [24, 8, 8]), (3, [2], [40]), (4, [0, 1], [20, 30])],
)
def test_moments_agree_with_a_grid_over_some_hyperparameters(seed: int, free: list[int], nodes: list[int]) -> None:
    check_against_grid(seed, 8, free, nodes)


def test_moments_agree_with_a_grid_over_all_five() -> None:
    # most nodes where the data say most: the spread; 5,120 dense evaluations
    check_against_grid(5, 6, [0, 1, 2, 3, 4], [5, 16, 4, 4, 4])


def test_no_night_seen_returns_the_prior() -> None:
    draws = draw_hyper(with_priors(some_frame(6, missing=1.1)))
    mean = draws.weight @ draws.z
    # the Monte-Carlo error of a mean over the effective points
    assert mean == pytest.approx(Z_MEAN, abs=0.05)
    assert np.sqrt(draws.weight @ (draws.z - mean) ** 2) == pytest.approx(Z_SD, rel=0.05)


def test_all_fixed_is_one_point() -> None:
    draws = draw_hyper(with_priors(some_frame(7), np.zeros(5)))
    assert draws.z.tolist() == [Z_MEAN.tolist()]
    assert draws.trusted


def test_the_same_input_gives_the_same_points() -> None:
    one, two = (draw_hyper(with_priors(some_frame(8))) for _ in range(2))
    assert np.array_equal(one.z, two.z)
    assert np.array_equal(one.weight, two.weight)


def test_the_gate_asks_for_both_diagnostics() -> None:
    def draws(ess: float, k: float) -> Draws:
        nothing = np.zeros(1)
        return Draws(z=nothing, weight=nothing, detail=nothing, log_prior_ratio=nothing, ess=ess, k=k)

    assert draws(LEAST_ESS, 0.7).trusted
    assert not draws(LEAST_ESS - 0.01, 0.1).trusted
    assert not draws(0.9, 0.71).trusted


def test_more_points_follow_where_the_first_do_not_pass() -> None:
    """Short series with strong autocorrelation: some need the second set, and then pass."""
    sizes = set()
    for seed in range(60):
        rng = np.random.default_rng(seed)
        frame = some_frame(seed, n=30, p=2)
        frame.cols[:, 0] = np.cumsum(rng.normal(size=30)) * 2
        draws = draw_hyper(with_priors(frame))
        sizes.add(draws.weight.size)
        assert draws.trusted or draws.weight.size == 2 * MORE_POINTS
    assert sizes == {2 * POINTS, 2 * MORE_POINTS}
