"""The compiled pass against dense formulas, and its limits."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.trial._frame import Frame
from noctiflora.trial._kernel import DETAIL, LANES, evaluate
from tests.trial import plain_engine as plain


def some_frame(seed: int, n: int = 40, p: int = 3, missing: float = 0.15, parts: int = 2) -> Frame:
    rng = np.random.default_rng(seed)
    weights = rng.dirichlet(np.ones(parts))
    return Frame(
        names=tuple("abcdefgh"[:p]),
        centre=np.zeros(p),
        scale=np.ones(p),
        cols=rng.normal(size=(n, p + 1)) * 3,
        seen=rng.random(n) >= missing,
        dose=rng.choice([0.0, 0.5, 1.0], n),
        theta=np.column_stack([weights, rng.normal(size=parts), rng.uniform(0.5, 4, parts)]),
        z_mean=np.zeros(5),
        z_sd=np.ones(5),
    )


def run(frame: Frame, z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    log_like, detail = np.empty(len(z)), np.empty((len(z), DETAIL + 3 * (frame.cols.shape[1] - 1)))
    evaluate(z, frame.cols, frame.seen, frame.dose, frame.theta, log_like, detail)
    return log_like, detail


def some_z(seed: int, n: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.array([0.3, 1.0, 0.0, 2.0, 2.0]) + rng.normal(size=(n, 5)) * np.array([0.8, 0.7, 2.0, 1.0, 1.0])


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.integers(1, 60), st.integers(0, 5), st.sampled_from([0.0, 0.3, 0.9]))
def test_evidence_agrees_with_the_dense_formula(seed: int, n: int, p: int, missing: float) -> None:
    frame = some_frame(seed, n, p, missing, parts=1 + seed % 3)
    z = some_z(seed, 5)
    log_like, _ = run(frame, z)
    # 1e-8 of the value: both sides sum some hundred terms in double precision
    assert log_like == pytest.approx([plain.log_evidence(row, frame) for row in z], rel=1e-8, abs=1e-8)


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.integers(1, 50), st.integers(0, 5))
def test_conditionals_agree_with_the_dense_formula(seed: int, n: int, p: int) -> None:
    frame = some_frame(seed, n, p, parts=2)
    z = some_z(seed, 3)
    _, detail = run(frame, z)
    for row, (_, slope, precision, *rest) in zip(z, detail, strict=True):
        at_zero, per_theta, var = np.array(rest).reshape(3, p)
        for k, (_, m, s) in enumerate(frame.theta):
            mean, cov = plain.conditional(row, frame, k)
            total = precision + s**-2
            theta = (slope + m * s**-2) / total
            assert theta == pytest.approx(mean[-1], rel=1e-8, abs=1e-8)
            assert 1 / total == pytest.approx(cov[-1, -1], rel=1e-8)
            assert at_zero - per_theta * theta == pytest.approx(mean[:-1], rel=1e-7, abs=1e-8)
            assert var + per_theta**2 / total == pytest.approx(np.diag(cov)[:-1], rel=1e-8)


def test_a_point_has_one_answer_whatever_its_lane() -> None:
    frame = some_frame(1)
    z = some_z(2, 2 * LANES + 5)
    together, _ = run(frame, z)
    alone = np.array([run(frame, z[i : i + 1])[0][0] for i in range(len(z))])
    assert np.array_equal(together, alone)


def test_white_noise_and_instant_exposure_is_conjugate_regression() -> None:
    frame = some_frame(3, p=2, parts=1)
    z = np.array([[0.0, np.log(2.0), 40.0, -30.0, -30.0]])
    _, detail = run(frame, z)
    seen = frame.seen
    design = np.column_stack([frame.cols[seen, 1:], frame.dose[seen]])
    _, m, s = frame.theta[0]
    prior = np.diag([1.0, 1.0, s**-2])
    cov = np.linalg.inv(design.T @ design / 4 + prior)
    mean = cov @ (design.T @ frame.cols[seen, 0] / 4 + prior @ [0, 0, m])
    total = detail[0, 2] + s**-2
    assert (detail[0, 1] + m * s**-2) / total == pytest.approx(mean[2], rel=1e-9)
    assert 1 / total == pytest.approx(cov[2, 2], rel=1e-9)


def test_no_night_seen_leaves_nothing_to_say() -> None:
    frame = some_frame(4, missing=1.1)
    log_like, detail = run(frame, some_z(4, 3))
    assert log_like == pytest.approx(np.zeros(3), abs=1e-12)
    assert detail[:, :DETAIL] == pytest.approx(np.zeros((3, 3)), abs=1e-12)


@pytest.mark.parametrize("extreme", [-60.0, 60.0])
@pytest.mark.parametrize("which", [0, 2, 3, 4])
def test_extreme_hyperparameters_stay_finite(which: int, extreme: float) -> None:
    z = some_z(5, 1)
    z[0, which] = extreme
    log_like, detail = run(some_frame(5), z)
    assert np.isfinite(log_like).all()
    assert np.isfinite(detail).all()


def test_one_specialisation_is_compiled() -> None:
    run(some_frame(6), some_z(6, 2))
    assert len(evaluate.signatures) == 1
