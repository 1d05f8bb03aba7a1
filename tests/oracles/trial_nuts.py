"""Long NUTS chains on frozen series: the oracle of the Gaussian engine.

Run from the repository root, in an environment with the ``oracle`` extra::

    python tests/oracles/trial_nuts.py simulate    writes trial/*.csv and trial/*.json (priors)
    python tests/oracles/trial_nuts.py sample      writes trial/nuts.json from those files

The model is written anew, with a dense covariance over the observed nights and every
coefficient sampled, so that it shares no line with the engine: not the Kalman pass, not the
integration over coefficients, not the reading of files, not the filling of priors (all are
given). What it does share is the model's equations.
"""

import csv
import json
import sys
import time
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parent / "trial"
LEVELS = (0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975)
HYPER = ("atanh_phi", "log_sigma", "logit_r", "log_tau_on", "log_tau_off")
CHAINS, WARMUP, SAMPLES, SEED = 4, 1000, 4000, 7
KINETICS = {"log_tau_on": [2.639, 0.5], "log_tau_off": [2.303, 0.6]}
NOISE = {"atanh_phi": [0.35, 0.45], "log_sigma": [1.46, 0.5], "logit_r": [0.0, 1.5]}
CASES = {
    "monthly": {
        "seed": 1, "nights": 84, "period": 21, "missing": 0.07, "absent": [],
        "truth": {"theta": 3.0, "phi": 0.4, "sigma": 4.3, "r": 0.5, "tau_on": 14.0, "tau_off": 10.0, "trend": 1.0},
        "priors": {
            "coefficients": {"mu": [85, 15], "trend": [0, 2], "weekend": [0, 2], "alcohol": [0, 3], "theta": [1, 2]},
            "hyper": {**NOISE, **KINETICS}, "theta_mixture": {"weight": 0.8, "vague_sd": 4.3}, "useful": 2,
        },
    },
    "weekly": {
        "seed": 2, "nights": 56, "period": 7, "missing": 0.1, "absent": [],
        "truth": {"theta": 2.0, "phi": -0.3, "sigma": 4.0, "r": 0.3, "tau_on": 4.0, "tau_off": 4.0, "trend": 0.0},
        "priors": {
            "coefficients": {"mu": [85, 15], "trend": [0, 2], "weekend": [0, 2], "alcohol": [0, 3], "theta": [1, 2]},
            "hyper": {**NOISE, "log_tau_on": [1.0, 0.7], "log_tau_off": [1.0, 0.7]}, "useful": 2,
        },
    },
    "gaps": {
        "seed": 3, "nights": 70, "period": 14, "missing": 0.1, "absent": [9, 10, 11, 29, 43, 44, 62],
        "truth": {"theta": -12.0, "phi": 0.8, "sigma": 30.0, "r": 0.2, "tau_on": 8.0, "tau_off": 14.0, "trend": -4.0},
        "priors": {
            "coefficients": {
                "mu": [45, 54], "trend": [0, 7], "weekend": [0, 7], "alcohol": [0, 11], "theta": [-4, 8],
            },
            "hyper": {**NOISE, **KINETICS, "log_sigma": [3.42, 0.5]},
            "theta_mixture": {"weight": 0.8, "vague_sd": 30}, "useful": 5, "higher_is_better": False,
        },
    },
    "conflict": {
        "seed": 4, "nights": 42, "period": 21, "missing": 0.05, "absent": [],
        "truth": {"theta": -3.0, "phi": 0.2, "sigma": 2.5, "r": 0.6, "tau_on": 5.0, "tau_off": 5.0, "trend": 0.0},
        "priors": {
            "coefficients": {"mu": [80, 15], "trend": [0, 2], "weekend": [0, 2], "alcohol": [0, 3], "theta": [2, 1.5]},
            "hyper": {**NOISE, **KINETICS}, "theta_mixture": {"weight": 0.8, "vague_sd": 4.3}, "useful": 2,
        },
    },
    "white": {
        "seed": 5, "nights": 120, "period": 30, "missing": 0.0, "absent": [],
        "truth": {"theta": 0.0, "phi": 0.5, "sigma": 5.0, "r": 0.97, "tau_on": 14.0, "tau_off": 10.0, "trend": 0.5},
        "priors": {
            "coefficients": {"mu": [85, 15], "trend": [0, 2], "weekend": [0, 2], "alcohol": [0, 3], "theta": [1, 2]},
            "hyper": {**NOISE, **KINETICS}, "theta_mixture": {"weight": 0.8, "vague_sd": 4.3}, "useful": 2,
        },
    },
}  # fmt: skip


def simulate() -> None:
    for name, case in CASES.items():
        rng = np.random.default_rng(case["seed"])
        true, n = case["truth"], case["nights"]
        dose = np.array([(t // case["period"]) % 2 for t in range(n)], dtype=float)
        if name == "gaps":
            dose *= rng.choice([1.0, 1.0, 1.0, 0.5, 0.0], n)
        for night in case["absent"]:
            dose[night - 1] = dose[night - 2]
        k_on, k_off = 1 - np.exp(-1 / true["tau_on"]), 1 - np.exp(-1 / true["tau_off"])
        e, u, rows = 0.0, rng.normal() * np.sqrt(1 - true["r"]), []
        for t in range(n):
            e += k_on * dose[t] * (1 - e) - k_off * (1 - dose[t]) * e
            if t:
                u = true["phi"] * u + rng.normal() * np.sqrt((1 - true["r"]) * (1 - true["phi"] ** 2))
            weekend, alcohol = float(t % 7 in (5, 6)), float(rng.random() < 0.3)
            mean = case["priors"]["coefficients"]["mu"][0] + true["trend"] * (t - (n - 1) / 2) / 28
            y = (
                mean
                + weekend
                - 2 * alcohol
                + true["theta"] * e
                + true["sigma"] * (u + rng.normal() * np.sqrt(true["r"]))
            )
            missing = rng.random() < case["missing"]
            rows.append([t + 1, "" if missing else f"{y:.4f}", dose[t], weekend, alcohol])
        with (FOLDER / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(["night", "y", "dose", "weekend", "alcohol"])
            out.writerows(row for row in rows if row[0] not in case["absent"])
        (FOLDER / f"{name}.json").write_text(json.dumps(case["priors"], indent=1) + "\n", encoding="utf-8")


def load(name: str, folder: Path = FOLDER) -> dict[str, np.ndarray]:
    """Return the calendar's dose and trend with the observed nights' values."""
    with (folder / f"{name}.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    n = int(rows[-1]["night"])
    by_night = {int(row["night"]): row for row in rows}
    dose = np.zeros(n)
    for t in range(n):
        dose[t] = float(by_night[t + 1]["dose"]) if t + 1 in by_night else dose[t - 1]
    seen = [row for row in rows if row["y"]]
    night = np.array([int(row["night"]) - 1 for row in seen])
    covariates = [name for name in rows[0] if name not in ("night", "y", "dose")]
    design = [np.ones(len(seen)), (night - (n - 1) / 2) / 28, *[[float(r[c]) for r in seen] for c in covariates]]
    return {
        "dose": dose, "night": night, "y": np.array([float(row["y"]) for row in seen]),
        "design": np.column_stack(design), "names": np.array(["mu", "trend", *covariates]),
    }  # fmt: skip


def sample_one(name: str) -> dict[str, dict[str, float]]:
    import jax
    import jax.numpy as jnp
    import numpyro
    import numpyro.distributions as dist
    from numpyro.diagnostics import summary
    from numpyro.infer import MCMC, NUTS

    numpyro.enable_x64()
    priors = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    data = load(name)
    n, night = data["dose"].size, data["night"]
    lag = np.abs(night[:, None] - night[None, :])
    mixture = priors.get("theta_mixture", {"weight": 1.0, "vague_sd": 1.0})

    def model() -> None:
        z = {key: numpyro.sample(key, dist.Normal(*priors["hyper"][key])) for key in HYPER}
        b = jnp.stack([numpyro.sample(key, dist.Normal(*priors["coefficients"][key])) for key in data["names"]])
        m, s = priors["coefficients"]["theta"]
        if mixture["weight"] < 1:
            parts = dist.Normal(jnp.array([float(m), 0.0]), jnp.array([float(s), float(mixture["vague_sd"])]))
            weights = dist.Categorical(jnp.array([mixture["weight"], 1 - mixture["weight"]]))
            theta = numpyro.sample("theta", dist.MixtureSameFamily(weights, parts))
        else:
            theta = numpyro.sample("theta", dist.Normal(m, s))
        phi, share = jnp.tanh(z["atanh_phi"]), jax.nn.sigmoid(z["logit_r"])
        k_on, k_off = (1 - jnp.exp(-jnp.exp(-z[key])) for key in ("log_tau_on", "log_tau_off"))

        def night_step(e, d):
            e = e + k_on * d * (1 - e) - k_off * (1 - d) * e
            return e, e

        _, e = jax.lax.scan(night_step, 0.0, jnp.asarray(data["dose"]))
        powers = jnp.concatenate([jnp.ones(1), jnp.cumprod(jnp.full(n - 1, phi))])
        cov = jnp.exp(2 * z["log_sigma"]) * ((1 - share) * powers[lag] + share * jnp.eye(night.size))
        numpyro.sample("y", dist.MultivariateNormal(data["design"] @ b + theta * e[night], cov), obs=data["y"])

    chains = MCMC(
        NUTS(model, target_accept_prob=0.8), num_warmup=WARMUP, num_samples=SAMPLES, num_chains=CHAINS,
        chain_method="sequential", progress_bar=False,
    )  # fmt: skip
    start = time.process_time()
    chains.run(jax.random.PRNGKey(SEED))
    draws = {key: np.asarray(value) for key, value in chains.get_samples(group_by_chain=True).items()}
    told = summary(draws, group_by_chain=True)
    out = {
        key: {
            "mean": float(value.mean()), "sd": float(value.std()), "n_eff": float(told[key]["n_eff"]),
            "r_hat": float(told[key]["r_hat"]), "q": {str(p): float(np.quantile(value, p)) for p in LEVELS},
        }
        for key, value in draws.items()
    }  # fmt: skip
    worst = max(out.values(), key=lambda v: v["r_hat"])
    print(
        name, f"{time.process_time() - start:.0f} s CPU; worst r_hat {worst['r_hat']:.4f};",
        f"least n_eff {min(v['n_eff'] for v in out.values()):.0f};",
        f"theta {out['theta']['mean']:.3f} ({out['theta']['sd']:.3f})", flush=True,
    )  # fmt: skip
    return out


def sample() -> None:
    import jax
    import numpyro

    settings = {"chains": CHAINS, "warmup": WARMUP, "samples": SAMPLES, "seed": SEED}
    versions = {"numpyro": numpyro.__version__, "jax": jax.__version__}
    cases = {name: sample_one(name) for name in CASES}
    golden = {"engine": "NUTS", **settings, **versions, "cases": cases}
    (FOLDER / "nuts.json").write_text(json.dumps(golden, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    {"simulate": simulate, "sample": sample}[sys.argv[1]]()
