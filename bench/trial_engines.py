"""Each engine of the trial beside other samplers: CPU time and agreement, in one run.

Run from the repository root: ``python bench/trial_engines.py``. NumPyro, PyMC and statsmodels take
part where they are installed and are skipped by name where not; in this checkout
``pip install numpyro pymc statsmodels`` adds them. NUTS runs 4 chains of 1,000 + 1,000 draws on the
model with its path, or the dense covariance for normal nights, as `tests/oracles` writes them.
"""

import importlib
import importlib.util
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

import numpy as np  # noqa: E402  (threads are set before)

ROOT = Path(__file__).parents[1]
ORACLES = ROOT / "tests" / "oracles"
sys.path[:0] = [str(ROOT), str(ORACLES)]

from noctiflora.trial import Posterior, exposure, parse_priors, parse_series, posterior  # noqa: E402

CASES = {"gauss": ("trial", "monthly"), "t4": ("trial_latent", "heavy"), "ordinal": ("trial_latent", "ratings")}
ROUNDS = 5


def has(name: str) -> bool:
    if importlib.util.find_spec(name) is None:
        print(f"   {name}: not installed, skipped")
        return False
    return True


def timed(answer: Callable[[], Posterior]) -> tuple[float, Posterior]:
    answer()
    spent = []
    for _ in range(ROUNDS):
        start = time.process_time()
        found = answer()
        spent.append(time.process_time() - start)
    return statistics.median(spent), found


def nuts(folder: str, case: str) -> tuple[float, dict[str, dict[str, float]]]:
    module = importlib.import_module("trial_nuts" if folder == "trial" else "trial_nuts_latent")
    module.WARMUP, module.SAMPLES = 1000, 1000  # type: ignore[attr-defined]
    start = time.process_time()
    found = module.sample_one(case)
    return time.process_time() - start, found


def by_pymc(case: str) -> tuple[float, float, float]:
    """Return CPU seconds, mean and sd of theta by PyMC's NUTS; normal nights only."""
    import pymc as pm
    import pytensor.tensor as pt
    from trial_nuts import HYPER, load

    priors = json.loads((ORACLES / "trial" / f"{case}.json").read_text(encoding="utf-8"))
    data = load(case)
    lag = np.abs(data["night"][:, None] - data["night"][None, :])
    m, s = priors["coefficients"]["theta"]
    mixture = priors["theta_mixture"]
    start = time.process_time()
    with pm.Model():
        z = {key: pm.Normal(key, *priors["hyper"][key]) for key in HYPER}
        b = pt.stack([pm.Normal(str(key), *priors["coefficients"][key]) for key in data["names"]])
        parts = [pm.Normal.dist(m, s), pm.Normal.dist(0.0, mixture["vague_sd"])]
        theta = pm.Mixture("theta", w=[mixture["weight"], 1 - mixture["weight"]], comp_dists=parts)
        k_on, k_off = (1 - pt.exp(-pt.exp(-z[key])) for key in HYPER[3:])
        e, path = pt.constant(0.0), []
        for d in data["dose"]:
            e = e + k_on * d * (1 - e) - k_off * (1 - d) * e
            path.append(e)
        share = pm.math.invlogit(z["logit_r"])
        phi = pt.tanh(z["atanh_phi"])
        powers = pt.concatenate([pt.ones(1), pt.cumprod(pt.ones(int(lag.max())) * phi)])
        cov = pt.exp(2 * z["log_sigma"]) * ((1 - share) * powers[lag] + share * pt.eye(lag.shape[0]))
        centre = pt.dot(data["design"], b) + theta * pt.stack(path)[data["night"]]
        pm.MvNormal("y", centre, cov, observed=data["y"])
        trace = pm.sample(1000, tune=1000, chains=4, cores=1, random_seed=7, progressbar=False)
    draws = trace.posterior["theta"].to_numpy()
    return time.process_time() - start, float(draws.mean()), float(draws.std())


def by_statsmodels(case: str) -> tuple[float, float, float]:
    """Return CPU seconds, estimate and standard error by SARIMAX with the kinetics fixed at their prior medians."""
    from statsmodels.tsa.statespace.sarimax import SARIMAX
    from trial_nuts import load

    data = load(case)
    y = np.full(data["dose"].size, np.nan)
    y[data["night"]] = data["y"]
    columns = np.zeros((y.size, 2))
    columns[:, 0] = (np.arange(y.size) - (y.size - 1) / 2) / 28
    columns[:, 1] = exposure(data["dose"], 14, 10)
    start = time.process_time()
    fit = SARIMAX(y, exog=np.column_stack([np.ones(y.size), columns]), order=(1, 0, 1)).fit(disp=False)
    return time.process_time() - start, float(fit.params[2]), float(fit.bse[2])


def main() -> None:
    for kind, (folder, case) in CASES.items():
        path = ORACLES / folder / case
        series = parse_series(path.with_suffix(".csv").read_text(encoding="utf-8"), where=case)
        told = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        priors = parse_priors(told, where=case)
        seconds, found = timed(lambda s=series, p=priors: posterior(s, p))  # type: ignore[misc]
        theta = found.theta
        print(f"{kind}, {found.n_nights} nights: {1000 * seconds:.1f} ms CPU; theta {theta.mean:.3f} ({theta.sd:.3f})")
        print(f"   {found.engine}")
        if has("numpyro"):
            spent, other = nuts(folder, case)
            apart = max(abs(found.params[k].mean - v["mean"]) / v["sd"] for k, v in other.items())
            print(f"   NumPyro, 4 x 1,000: {spent:.1f} s CPU with compilation, {spent / seconds:,.0f} x;", end=" ")
            print(f"largest difference of a mean {apart:.3f} sd")
        if kind != "gauss":
            continue
        if has("pymc"):
            spent, mean, sd = by_pymc(case)
            print(f"   PyMC, 4 x 1,000: {spent:.1f} s CPU, {spent / seconds:,.0f} x; theta {mean:.3f} ({sd:.3f})")
        if has("statsmodels"):
            spent, mean, sd = by_statsmodels(case)
            print(f"   statsmodels SARIMAX, kinetics fixed, no prior: {1000 * spent:.0f} ms; {mean:.3f} ({sd:.3f})")


if __name__ == "__main__":
    main()
