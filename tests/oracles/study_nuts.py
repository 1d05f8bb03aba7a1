"""Long NUTS chains on forty frozen trials at once: the oracle of the study's two stages.

Run from the repository root, in an environment with the ``oracle`` extra::

    python tests/oracles/study_nuts.py simulate    writes study/people.csv and study/priors.json
    python tests/oracles/study_nuts.py sample      writes study/nuts.json from those files

One stage: the population, every person's effect, kinetics and noise are sampled together; level and trend
are integrated out beside a pass over the nights, written anew here (a dense covariance of forty people took
a hundred times as long; `trial_nuts.py` checks single trials against one). It shares the model's equations
with the product, but no line: no stages, no curves, no importance sampling.
"""

import csv
import json
import math
import sys
import time
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parent / "study"
CHAINS, WARMUP, SAMPLES, SEED = 4, 500, 1500, 11
PEOPLE, NIGHTS, PERIOD = 40, 84, 14
PRIORS = {
    "coefficients": {"mu": [82.0, 12.0], "trend": [0.0, 2.0]},
    "hyper": {
        "atanh_phi": [0.35, 0.45], "log_sigma": [1.4586, 0.5], "logit_r": [0.0, 1.5],
        "log_tau_on": [2.639, 0.5], "log_tau_off": [2.303, 0.6],
    },
    "vague_sd": 8.6, "useful": 2.0,
    "population": {"mean": [0.0, 4.3], "omega_scale": 2.15, "shared": 0.36},
}  # fmt: skip
TRUTH = {"mean": 1.5, "omega": 2.0, "sigma": 4.3, "phi": 0.35, "r": 0.5, "log_tau_on": 2.3, "log_tau_off": 2.5}


def simulate() -> None:
    rng = np.random.default_rng(40)
    rows = []
    for person in range(PEOPLE):
        order = rng.integers(0, 2, NIGHTS // (2 * PERIOD))
        dose = np.concatenate([np.repeat([float(f), 1.0 - f], PERIOD) for f in order])
        theta = TRUTH["mean"] + TRUTH["omega"] * rng.normal()
        k_on = -math.expm1(-math.exp(-TRUTH["log_tau_on"] - 0.4 * rng.normal()))
        k_off = -math.expm1(-math.exp(-TRUTH["log_tau_off"] - 0.48 * rng.normal()))
        level, e, u = 82.0 + 3.0 * rng.normal(), 0.0, rng.normal()
        for t in range(NIGHTS):
            e += k_on * dose[t] * (1 - e) - k_off * (1 - dose[t]) * e
            if t:
                u = TRUTH["phi"] * u + rng.normal() * math.sqrt(1 - TRUTH["phi"] ** 2)
            noise = math.sqrt(1 - TRUTH["r"]) * u + math.sqrt(TRUTH["r"]) * rng.normal()
            y = level + theta * e + TRUTH["sigma"] * noise
            rows.append([person, t + 1, "" if rng.random() < 0.07 else f"{y:.2f}", f"{dose[t]:g}"])
    FOLDER.mkdir(exist_ok=True)
    with (FOLDER / "people.csv").open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["person", "night", "y", "dose"])
        out.writerows(rows)
    (FOLDER / "priors.json").write_text(json.dumps(PRIORS, indent=1) + "\n", encoding="utf-8")


def sample() -> None:
    import jax
    import jax.numpy as jnp
    import numpyro
    import numpyro.distributions as dist
    from numpyro.diagnostics import summary
    from numpyro.infer import MCMC, NUTS

    numpyro.enable_x64()
    priors = json.loads((FOLDER / "priors.json").read_text(encoding="utf-8"))
    hyper, over = priors["hyper"], priors["population"]
    with (FOLDER / "people.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    y = np.array([float(r["y"] or "nan") for r in rows]).reshape(PEOPLE, NIGHTS)
    dose = jnp.array([float(r["dose"]) for r in rows]).reshape(PEOPLE, NIGHTS)
    seen = jnp.asarray(~np.isnan(y))
    trend = (np.arange(NIGHTS) - (NIGHTS - 1) / 2) / 28
    (mu, mu_sd), (slope, slope_sd) = priors["coefficients"]["mu"], priors["coefficients"]["trend"]
    away = jnp.asarray(np.nan_to_num(y - mu - slope * trend))

    def of_people(name, mean, sd):
        return mean + sd * numpyro.sample(f"{name}_z", dist.Normal(jnp.zeros(PEOPLE), 1.0))

    def model() -> None:
        mean = numpyro.sample("mean", dist.Normal(*over["mean"]))
        omega = numpyro.sample("omega", dist.HalfNormal(over["omega_scale"]))
        theta = numpyro.deterministic("theta", of_people("theta", mean, omega))
        taus = []
        for name in ("log_tau_on", "log_tau_off"):
            centre, sd = hyper[name]
            middle = numpyro.sample(name, dist.Normal(centre, math.sqrt(over["shared"]) * sd))
            taus.append(of_people(name, middle, math.sqrt(1 - over["shared"]) * sd))
        k_on, k_off = (-jnp.expm1(-jnp.exp(-tau)) for tau in taus)
        noise = {name: of_people(name, *hyper[name]) for name in ("atanh_phi", "log_sigma", "logit_r")}

        def night_step(e, d):
            e = e + k_on * d * (1 - e) - k_off * (1 - d) * e
            return e, e

        _, e = jax.lax.scan(night_step, jnp.zeros(PEOPLE), dose.T)
        phi, share = jnp.tanh(noise["atanh_phi"]), jax.nn.sigmoid(noise["logit_r"])
        var = jnp.exp(2 * noise["log_sigma"])
        slow, white = var * (1 - share), var * share
        # columns: the night less the effect, then level and trend in prior SDs
        level = jnp.full((NIGHTS, PEOPLE), mu_sd)
        tilt = jnp.broadcast_to(slope_sd * jnp.asarray(trend)[:, None], (NIGHTS, PEOPLE))
        columns = jnp.stack([away.T - theta * e, level, tilt], axis=2)

        def filter_step(state, night):
            at, spread, gram, log = state
            row, here = night
            total = spread + white
            off = row - at
            w = jnp.where(here[:, None], off / jnp.sqrt(total)[:, None], 0.0)
            gram = gram + w[:, :, None] * w[:, None, :]
            log = log - 0.5 * jnp.where(here, jnp.log(total), 0.0)
            gain = jnp.where(here, spread / total, 0.0)
            at = phi[:, None] * (at + gain[:, None] * off)
            spread = phi**2 * spread * (1 - gain) + slow * (1 - phi**2)
            return (at, spread, gram, log), None

        start = (jnp.zeros((PEOPLE, 3)), slow, jnp.zeros((PEOPLE, 3, 3)), jnp.zeros(PEOPLE))
        (_, _, gram, log), _ = jax.lax.scan(filter_step, start, (columns, seen.T))
        a, b, d = gram[:, 1, 1] + 1.0, gram[:, 1, 2], gram[:, 2, 2] + 1.0
        x, z, det = gram[:, 0, 1], gram[:, 0, 2], a * d - b * b
        held = (d * x * x - 2 * b * x * z + a * z * z) / det
        numpyro.factor("y", jnp.sum(log - 0.5 * (gram[:, 0, 0] - held + jnp.log(det))))

    chains = MCMC(
        NUTS(model, target_accept_prob=0.8), num_warmup=WARMUP, num_samples=SAMPLES, num_chains=CHAINS,
        chain_method="vectorized", progress_bar=False,
    )  # fmt: skip
    start = time.process_time()
    chains.run(jax.random.PRNGKey(SEED))
    kept = ("mean", "omega", "log_tau_on", "log_tau_off", "theta")
    draws = {key: np.asarray(chains.get_samples(group_by_chain=True)[key]) for key in kept}
    told = summary(draws, group_by_chain=True)
    found = {
        key: {
            "mean": draws[key].mean(axis=(0, 1)).round(5).tolist(), "sd": draws[key].std(axis=(0, 1)).round(5).tolist(),
            "n_eff": float(np.min(told[key]["n_eff"])), "r_hat": float(np.max(told[key]["r_hat"])),
        }
        for key in kept
    }  # fmt: skip
    golden = {
        "engine": "NUTS", "chains": CHAINS, "warmup": WARMUP, "samples": SAMPLES, "seed": SEED,
        "numpyro": numpyro.__version__, "jax": jax.__version__, "cpu_seconds": round(time.process_time() - start),
        "posterior": found,
    }  # fmt: skip
    (FOLDER / "nuts.json").write_text(json.dumps(golden, indent=1) + "\n", encoding="utf-8")
    print({key: (v["n_eff"], v["r_hat"]) for key, v in found.items()}, golden["cpu_seconds"], "s CPU", flush=True)


if __name__ == "__main__":
    {"simulate": simulate, "sample": sample}[sys.argv[1]]()
