"""Each engine of the trial beside other samplers: CPU time and agreement, in one run.

Run from the repository root: ``python bench/trial_engines.py``. NumPyro, PyMC, statsmodels and, where
``Rscript`` is on the path, nlme take part where they are installed and are skipped by name where not;
``pip install numpyro pymc statsmodels`` adds three of them. The normal nights are answered twice: with the
points of an answer that is shown, and with those of a simulated trial, which serve the effect. NUTS runs 4 chains
of 1,000 + 1,000 draws on the model with its path, or the dense covariance for normal nights, as
`tests/oracles` writes them.
"""

import importlib
import importlib.util
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

import numpy as np  # noqa: E402  (threads are set before)

ROOT = Path(__file__).parents[1]
ORACLES = ROOT / "tests" / "oracles"
sys.path[:0] = [str(ROOT), str(ORACLES)]

from noctiflora.trial import (  # noqa: E402
    Marginal,
    Posterior,
    _engines,
    exposure,
    parse_priors,
    parse_series,
    posterior,
)
from noctiflora.trial._importance import POINTS  # noqa: E402

CASES = {"gauss": ("trial", "monthly"), "t4": ("trial_latent", "heavy"), "ordinal": ("trial_latent", "ratings")}
ROUNDS = 9


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


def ratios(spent: float, seconds: float, few: float) -> str:
    told = f"{spent / seconds:,.0f} x"
    return told if few == seconds else f"{told} ({spent / few:,.0f} x with fewer points)"


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


NLME = """
suppressPackageStartupMessages(library(nlme))
d <- read.csv(commandArgs(TRUE)[1])
start <- proc.time()
fit <- gls(y ~ s + e, data = d, correlation = corAR1(form = ~ night), na.action = na.omit, method = "REML")
spent <- sum((proc.time() - start)[1:2])
cat(spent, coef(fit)["e"], sqrt(vcov(fit)["e", "e"]))
"""


def by_nlme(case: str) -> tuple[float, float, float] | None:
    """Return CPU seconds, estimate and standard error by R's gls with AR(1), kinetics fixed; None without nlme."""
    from trial_nuts import load

    data = load(case)
    n = data["dose"].size
    y = np.full(n, np.nan)
    y[data["night"]] = data["y"]
    e, s = exposure(data["dose"], 14, 10), (np.arange(n) - (n - 1) / 2) / 28
    with tempfile.TemporaryDirectory() as folder:
        table, script = Path(folder) / "nights.csv", Path(folder) / "fit.R"
        rows = (f"{i + 1},{'' if np.isnan(y[i]) else y[i]},{s[i]},{e[i]}" for i in range(n))
        table.write_text("night,y,s,e\n" + "\n".join(rows) + "\n", encoding="utf-8")
        script.write_text(NLME, encoding="utf-8")
        told = subprocess.run(["Rscript", script, table], capture_output=True, text=True, check=False)
    if told.returncode:
        return None
    spent, mean, sd = map(float, told.stdout.split())
    return spent, mean, sd


def with_nlme(case: str) -> None:
    if shutil.which("Rscript") is None:
        print("   nlme: Rscript is not installed, skipped")
        return
    found = by_nlme(case)
    if found is None:
        print("   nlme: R is there, but nlme is not installed, skipped")
        return
    spent, mean, sd = found
    print(f"   nlme gls, AR(1), kinetics fixed, no prior: {1000 * spent:.0f} ms; {mean:.3f} ({sd:.3f})")


def with_few_points(answer: Callable[[], Posterior], theta: Marginal) -> float:
    """Time the answer with the points of a simulated trial, and tell how far its effect lies from `theta`."""
    shown = _engines.FINE_POINTS
    _engines.FINE_POINTS = POINTS
    try:
        seconds, found = timed(answer)
    finally:
        _engines.FINE_POINTS = shown
    apart = abs(found.theta.mean - theta.mean) / theta.sd
    wide = found.theta.sd / theta.sd - 1
    print(f"   with 2 x {POINTS} points: {1000 * seconds:.1f} ms CPU; effect {apart:.3f} sd off, its sd {wide:+.1%}")
    return seconds


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
        few = seconds
        if kind == "gauss":
            few = with_few_points(lambda s=series, p=priors: posterior(s, p), theta)  # type: ignore[misc]
        if has("numpyro"):
            spent, other = nuts(folder, case)
            apart = max(abs(found.params[k].mean - v["mean"]) / v["sd"] for k, v in other.items())
            print(f"   NumPyro, 4 x 1,000: {spent:.1f} s CPU with compilation, {ratios(spent, seconds, few)};", end=" ")
            print(f"largest difference of a mean {apart:.3f} sd")
        if kind != "gauss":
            continue
        if has("pymc"):
            spent, mean, sd = by_pymc(case)
            print(f"   PyMC, 4 x 1,000: {spent:.1f} s CPU, {ratios(spent, seconds, few)}; theta {mean:.3f} ({sd:.3f})")
        if has("statsmodels"):
            spent, mean, sd = by_statsmodels(case)
            print(f"   statsmodels SARIMAX, kinetics fixed, no prior: {1000 * spent:.0f} ms; {mean:.3f} ({sd:.3f})")
        with_nlme(case)


if __name__ == "__main__":
    main()
