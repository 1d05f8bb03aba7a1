"""A plain NumPy version of the engine's core: dense covariances, one loop per formula.

It shares no code with the engine: no Kalman pass, no whitening, no closed form for theta.
"""

import numpy as np
import numpy.typing as npt

from noctiflora.trial._frame import Frame

Array = npt.NDArray[np.float64]


def exposure(dose: Array, log_tau_on: float, log_tau_off: float) -> Array:
    k_on, k_off = 1 - np.exp(-np.exp(-log_tau_on)), 1 - np.exp(-np.exp(-log_tau_off))
    e, path = 0.0, []
    for d in dose:
        e = e + k_on * d * (1 - e) - k_off * (1 - d) * e
        path.append(e)
    return np.array(path)


def noise_covariance(z: Array, seen: Array) -> Array:
    """Covariance of the observed nights: sigma^2 [(1 - r) phi^|i-j| + r I]."""
    at = np.flatnonzero(seen)
    phi, sigma, r = np.tanh(z[0]), np.exp(z[1]), 1 / (1 + np.exp(-z[2]))
    lag = np.abs(at[:, None] - at[None, :])
    return sigma**2 * ((1 - r) * phi ** lag.astype(float) + r * np.eye(at.size))


def log_normal(y: Array, mean: Array, cov: Array) -> float:
    sign, logdet = np.linalg.slogdet(2 * np.pi * cov)
    assert sign > 0 or y.size == 0
    off = y - mean
    return float(-0.5 * (logdet + off @ np.linalg.solve(cov, off)))


def log_evidence(z: Array, frame: Frame) -> float:
    """Log p(y|z), everything but z integrated out, by the marginal normal of y."""
    seen = frame.seen
    y, x = frame.cols[seen, 0], frame.cols[seen, 1:]
    e = exposure(frame.dose, z[3], z[4])[seen]
    base = noise_covariance(z, seen) + x @ x.T
    parts = [np.log(w) + log_normal(y, m * e, base + s**2 * np.outer(e, e)) for w, m, s in frame.theta]
    return float(np.logaddexp.reduce(parts))


def conditional(z: Array, frame: Frame, part: int) -> tuple[Array, Array]:
    """Mean and covariance of (scaled coefficients, theta) given z and one part of theta's prior."""
    seen = frame.seen
    _, m, s = frame.theta[part]
    design = np.column_stack([frame.cols[seen, 1:], exposure(frame.dose, z[3], z[4])[seen]])
    p = design.shape[1] - 1
    prior_mean, prior_precision = np.append(np.zeros(p), m), np.diag(np.append(np.ones(p), s**-2.0))
    inverse = np.linalg.inv(noise_covariance(z, seen))
    cov = np.linalg.inv(design.T @ inverse @ design + prior_precision)
    mean = cov @ (design.T @ inverse @ frame.cols[seen, 0] + prior_precision @ prior_mean)
    return mean, cov
