"""Long NUTS chains on frozen series with heavy tails or ratings: the oracle of the Gibbs engine.

Run from the repository root, in an environment with the ``oracle`` extra::

    python tests/oracles/trial_nuts_latent.py simulate       writes trial_latent/*.csv and *.json (priors)
    python tests/oracles/trial_nuts_latent.py sample         writes trial_latent/nuts.json from those files
    python tests/oracles/trial_nuts_latent.py sample NAME    one case anew

The autoregressive path, every coefficient and every cutpoint are sampled; nights have a Student-t or
ordered-probit likelihood. No weights, no latent ratings, no filter: it shares no line and no
augmentation with the engine, only the model's equations.
"""

import csv
import json
import sys
import time
from pathlib import Path

import numpy as np
from trial_nuts import HYPER, KINETICS, LEVELS, NOISE, load

FOLDER = Path(__file__).parent / "trial_latent"
CHAINS, WARMUP, SAMPLES, SEED = 4, 2000, 40000, 7
CUTPOINT_STRENGTH = 10.0
CASES = {
    "heavy": {
        "seed": 21, "nights": 84, "period": 21, "missing": 0.07, "errors": "t4", "mu": 85,
        "truth": {"theta": 3.0, "phi": 0.4, "sigma": 4.3, "r": 0.5, "tau_on": 14.0, "tau_off": 10.0, "trend": 1.0},
        "priors": {
            "coefficients": {"mu": [85, 15], "trend": [0, 2], "weekend": [0, 2], "theta": [1, 2]},
            "hyper": {**NOISE, **KINETICS}, "theta_mixture": {"weight": 0.8, "vague_sd": 4.3}, "useful": 2,
            "errors": "t4",
        },
    },
    "ratings": {
        "seed": 22, "nights": 84, "period": 21, "missing": 0.07, "errors": "ordinal", "mu": 6, "scale": [0, 10],
        "truth": {"theta": 1.5, "phi": 0.4, "sigma": 1.9, "r": 0.5, "tau_on": 14.0, "tau_off": 10.0, "trend": 0.2},
        "priors": {
            "coefficients": {"mu": [6, 3.5], "trend": [0, 0.5], "weekend": [0, 0.5], "theta": [0.4, 0.8]},
            "hyper": {**NOISE, **KINETICS, "log_sigma": [0.64, 0.5]},
            "theta_mixture": {"weight": 0.8, "vague_sd": 1.9}, "useful": 0.5, "errors": "ordinal", "scale": [0, 10],
        },
    },
    "fives": {
        "seed": 23, "nights": 98, "period": 14, "missing": 0.05, "errors": "ordinal", "mu": 3.2, "scale": [1, 5],
        "truth": {"theta": 0.8, "phi": 0.3, "sigma": 0.9, "r": 0.6, "tau_on": 8.0, "tau_off": 8.0, "trend": 0.0},
        "priors": {
            "coefficients": {"mu": [3, 1.5], "trend": [0, 0.25], "weekend": [0, 0.25], "theta": [0.2, 0.4]},
            "hyper": {**NOISE, **KINETICS, "log_sigma": [-0.1, 0.5]},
            "theta_mixture": {"weight": 0.8, "vague_sd": 0.9}, "useful": 0.25, "errors": "ordinal", "scale": [1, 5],
        },
    },
}  # fmt: skip


def simulate() -> None:
    for name, case in CASES.items():
        rng = np.random.default_rng(case["seed"])
        true, n = case["truth"], case["nights"]
        k_on, k_off = 1 - np.exp(-1 / true["tau_on"]), 1 - np.exp(-1 / true["tau_off"])
        e, u, rows = 0.0, rng.normal() * np.sqrt(1 - true["r"]), []
        for t in range(n):
            dose = float((t // case["period"]) % 2)
            e += k_on * dose * (1 - e) - k_off * (1 - dose) * e
            if t:
                u = true["phi"] * u + rng.normal() * np.sqrt((1 - true["r"]) * (1 - true["phi"] ** 2))
            white = rng.standard_t(4) if case["errors"] == "t4" else rng.normal()
            weekend = float(t % 7 in (5, 6))
            mean = case["mu"] + true["trend"] * (t - (n - 1) / 2) / 28 + 0.3 * weekend + true["theta"] * e
            y = mean + true["sigma"] * (u + white * np.sqrt(true["r"]))
            if "scale" in case:
                y = float(np.clip(np.round(y), *case["scale"]))
            missing = rng.random() < case["missing"]
            rows.append([t + 1, "" if missing else f"{y:.6g}", dose, weekend])
        with (FOLDER / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(["night", "y", "dose", "weekend"])
            out.writerows(rows)
        (FOLDER / f"{name}.json").write_text(json.dumps(case["priors"], indent=1) + "\n", encoding="utf-8")


def sample_one(name: str) -> dict[str, dict[str, float]]:
    import jax
    import jax.numpy as jnp
    import numpyro
    import numpyro.distributions as dist
    from jax.scipy.special import log_ndtr
    from numpyro.diagnostics import summary
    from numpyro.infer import MCMC, NUTS

    numpyro.enable_x64()
    priors = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    data = load(name, FOLDER)
    n, night = data["dose"].size, data["night"]
    mixture = priors["theta_mixture"]

    def between(low, high):
        """Log of the normal chance between two points, without cancellation in the upper tail."""
        flip = low > 0
        a, b = jnp.where(flip, -high, low), jnp.where(flip, -low, high)
        return log_ndtr(b) + jnp.log1p(-jnp.exp(jnp.minimum(log_ndtr(a) - log_ndtr(b), -1e-12)))

    def model() -> None:
        z = {key: numpyro.sample(key, dist.Normal(*priors["hyper"][key])) for key in HYPER}
        b = jnp.stack([numpyro.sample(key, dist.Normal(*priors["coefficients"][key])) for key in data["names"]])
        m, s = priors["coefficients"]["theta"]
        parts = dist.Normal(jnp.array([float(m), 0.0]), jnp.array([float(s), float(mixture["vague_sd"])]))
        weights = dist.Categorical(jnp.array([mixture["weight"], 1 - mixture["weight"]]))
        theta = numpyro.sample("theta", dist.MixtureSameFamily(weights, parts))
        fresh = numpyro.sample("fresh", dist.Normal(jnp.zeros(n), 1.0).to_event(1))
        phi, share, sigma = jnp.tanh(z["atanh_phi"]), jax.nn.sigmoid(z["logit_r"]), jnp.exp(z["log_sigma"])
        k_on, k_off = (1 - jnp.exp(-jnp.exp(-z[key])) for key in ("log_tau_on", "log_tau_off"))

        def night_step(carry, told):
            e, u = carry
            d, shock, first = told
            e = e + k_on * d * (1 - e) - k_off * (1 - d) * e
            u = jnp.where(first, shock, phi * u + jnp.sqrt(1 - phi**2) * shock)
            return (e, u), (e, u)

        told = (jnp.asarray(data["dose"]), fresh, jnp.arange(n) == 0)
        _, (e, u) = jax.lax.scan(night_step, (0.0, 0.0), told)
        centre = data["design"] @ b + theta * e[night] + sigma * jnp.sqrt(1 - share) * u[night]
        spread = sigma * jnp.sqrt(share)
        if priors["errors"] == "t4":
            numpyro.sample("y", dist.StudentT(4.0, centre, spread), obs=data["y"])
            return
        low, high = priors["scale"]
        gaps = numpyro.sample("gaps", dist.Dirichlet(jnp.full(high - low - 1, CUTPOINT_STRENGTH)))
        inner = low + 0.5 + (high - low - 1) * jnp.cumsum(gaps)[:-1]
        cuts = jnp.concatenate([jnp.array([-1e3, low + 0.5]), inner, jnp.array([high - 0.5, 1e3])])
        at = (data["y"] - low).astype(int)
        numpyro.factor("y", jnp.sum(between((cuts[at] - centre) / spread, (cuts[at + 1] - centre) / spread)))

    chains = MCMC(
        NUTS(model, target_accept_prob=0.9), num_warmup=WARMUP, num_samples=SAMPLES, num_chains=CHAINS,
        chain_method="sequential", progress_bar=False,
    )  # fmt: skip
    start = time.process_time()
    chains.run(jax.random.PRNGKey(SEED))
    draws = {key: np.asarray(value) for key, value in chains.get_samples(group_by_chain=True).items()}
    shown = {key: value for key, value in draws.items() if value.ndim == 2}
    told = summary(shown, group_by_chain=True)
    out = {
        key: {
            "mean": float(value.mean()), "sd": float(value.std()), "n_eff": float(told[key]["n_eff"]),
            "r_hat": float(told[key]["r_hat"]), "q": {str(p): float(np.quantile(value, p)) for p in LEVELS},
        }
        for key, value in shown.items()
    }  # fmt: skip
    print(
        name, f"{time.process_time() - start:.0f} s CPU; worst r_hat {max(v['r_hat'] for v in out.values()):.4f};",
        f"least n_eff {min(v['n_eff'] for v in out.values()):.0f};",
        f"theta {out['theta']['mean']:.3f} ({out['theta']['sd']:.3f})", flush=True,
    )  # fmt: skip
    return out


def sample(names: list[str]) -> None:
    import jax
    import numpyro

    path = FOLDER / "nuts.json"
    settings = {"chains": CHAINS, "warmup": WARMUP, "samples": SAMPLES, "seed": SEED}
    versions = {"numpyro": numpyro.__version__, "jax": jax.__version__}
    cases = json.loads(path.read_text(encoding="utf-8"))["cases"] if path.exists() else {}
    for name in names or list(CASES):
        cases[name] = sample_one(name)
        golden = {"engine": "NUTS", **settings, **versions, "cases": cases}
        path.write_text(json.dumps(golden, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1] == "simulate":
        simulate()
    else:
        sample(sys.argv[2:])
