"""CPU time of one analysis of 84 nights: compiled, against the same engine in plain NumPy, in the same run.

Run from the repository root: ``python bench/trial_analyse.py``. Prints medians over interleaved
rounds, and the cost of the first call in a fresh process without and with compiled code on disk.
The NumPy engine is the same search and sampling with `tests/trial/plain_engine.py`'s idea of
the inner step, made as quick as NumPy allows: one Kalman pass over all points at once.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

import numpy as np  # noqa: E402  (threads are set before)

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from noctiflora.trial import Posterior, Priors, Series, _engines, _importance, posterior  # noqa: E402
from noctiflora.trial._importance import POINTS  # noqa: E402
from noctiflora.trial._kernel import DETAIL  # noqa: E402
from noctiflora.trial._kernel import evaluate as compiled  # noqa: E402
from tests.trial.worlds import PRIORS, drawn  # noqa: E402

ROUNDS, SERIES = 5, 12
FRESH = """
import time, sys
sys.path.insert(0, {root!r})
start = time.process_time()
import numpy as np
from noctiflora.trial import posterior
from tests.trial.worlds import PRIORS, drawn
imported = time.process_time()
series, _ = drawn(np.random.default_rng(1))
posterior(series, PRIORS)
print(imported - start, time.process_time() - imported)
"""


def in_numpy(z, cols, seen, dose, theta, log_like, detail) -> None:
    """Do what `evaluate` does with arrays over all points and a Python loop over nights."""
    n_points, p = len(z), cols.shape[1] - 1
    phi, per_var = np.tanh(z[:, 0]), np.exp(-2 * z[:, 1])
    share = 1 / (1 + np.exp(-z[:, 2]))
    k_on, k_off = -np.expm1(-np.exp(-z[:, 3])), -np.expm1(-np.exp(-z[:, 4]))
    var, e = 1 - share, np.zeros(n_points)
    fresh = var * (1 - phi**2)
    state, rows, logdet = np.zeros((p + 2, n_points)), [], np.zeros(n_points)
    for row, here, d in zip(cols, seen, dose, strict=True):
        e = e + k_on * d * (1 - e) - k_off * (1 - d) * e
        if here:
            total = var + share
            v = np.concatenate([np.broadcast_to(row[:, None], (p + 1, n_points)), e[None]]) - state
            rows.append(v / np.sqrt(total))
            logdet += np.log(total)
            state = phi * (state + var / total * v)
            var = phi**2 * var * share / total + fresh
        else:
            state, var = phi * state, phi**2 * var + fresh
    w = np.array(rows).reshape(len(rows), p + 2, n_points).transpose(2, 0, 1)
    gram = (w.transpose(0, 2, 1) @ w) * per_var[:, None, None]
    inverse = np.linalg.inv(np.eye(p) + gram[:, 1:-1, 1:-1])
    logdet_a = -np.linalg.slogdet(inverse)[1]
    both = gram[:, 1:-1][:, :, [0, -1]]
    solved = inverse @ both
    inner = both.transpose(0, 2, 1) @ solved
    base = -0.5 * (len(rows) * (np.log(2 * np.pi) + 2 * z[:, 1]) + logdet + logdet_a + gram[:, 0, 0] - inner[:, 0, 0])
    slope, precision = gram[:, -1, 0] - inner[:, 0, 1], np.maximum(gram[:, -1, -1] - inner[:, 1, 1], 0)
    known = theta[:, 2] ** -2
    h = slope[:, None] + theta[:, 1] * known
    parts = np.log(theta[:, 0]) + 0.5 * (h**2 / (precision[:, None] + known) - theta[:, 1] ** 2 * known)
    parts -= 0.5 * np.log1p(precision[:, None] * theta[:, 2] ** 2)
    log_like[:] = base + np.logaddexp.reduce(parts, axis=1)
    if detail.size:
        detail[:, :DETAIL] = np.column_stack([base, slope, precision])
        diagonal = np.diagonal(inverse, axis1=1, axis2=2)
        detail[:, DETAIL:] = np.concatenate([solved[:, :, 0], solved[:, :, 1], diagonal], axis=1)


def timed(series: Series, priors: Priors) -> tuple[float, Posterior]:
    start = time.process_time()
    found = posterior(series, priors)
    return time.process_time() - start, found


def fresh(cache: str) -> tuple[float, float]:
    told = subprocess.run(
        [sys.executable, "-c", FRESH.format(root=str(ROOT))],
        env={**os.environ, "NUMBA_CACHE_DIR": cache}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    imported, first = map(float, told.stdout.split())
    return imported, first


def main() -> None:
    rng = np.random.default_rng(1)
    all_series = [drawn(rng)[0] for _ in range(SERIES)]
    timed(all_series[0], PRIORS)
    shown = _engines.FINE_POINTS
    quick, few, slow, apart = [], [], [], 0.0
    for _ in range(ROUNDS):
        for series in all_series:
            seconds, one = timed(series, PRIORS)
            quick.append(seconds)
            _engines.FINE_POINTS = POINTS
            few.append(timed(series, PRIORS)[0])
            _engines.FINE_POINTS = shown
            _importance.evaluate = in_numpy
            seconds, two = timed(series, PRIORS)
            slow.append(seconds)
            _importance.evaluate = compiled
            apart = max(apart, abs(one.theta.mean - two.theta.mean) / one.theta.sd)
    a, b = statistics.median(quick), statistics.median(slow)
    print(f"84 nights, 5 coefficients, {len(quick)} analyses each, CPU, one thread")
    print(f"compiled {1000 * a:.2f} ms (slowest {1000 * max(quick):.1f}); NumPy {1000 * b:.1f} ms; ratio {b / a:.1f}")
    c = 1000 * statistics.median(few)
    print(f"compiled with the 2 x {POINTS} points that serve the effect alone: {c:.2f} ms")
    print(f"largest difference of the mean: {apart:.1e} sd")
    with tempfile.TemporaryDirectory() as cache:
        for what in ("nothing compiled", "compiled code on disk"):
            imported, first = fresh(cache)
            print(f"fresh process, {what}: import {imported:.2f} s, first analysis {first:.2f} s")


if __name__ == "__main__":
    main()
