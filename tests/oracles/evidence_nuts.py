"""Golden posterior of the uncut pooling model by NUTS on a frozen data set: python tests/oracles/evidence_nuts.py.

Needs numpyro; not run by the test suite. The frozen terms are in evidence_nuts_terms.json, the answer goes to
evidence_nuts.json, both beside this file. The model is written out here once more, on purpose, from the text of
the model and without any code of the package.
"""

import json
import sys
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
import numpyro.distributions as dist
from jax.scipy.special import log_ndtr
from numpyro.infer import MCMC, NUTS

HERE = Path(__file__).parent
DRAWS, CHAINS, WARM = 30_000, 2, 3_000


def log_between(low: float, high: float, at: jax.Array, sd: jax.Array) -> jax.Array:
    """Return log P(low < y < high)."""
    if low is None:
        return log_ndtr((high - at) / sd)
    if high is None:
        return log_ndtr((at - low) / sd)
    a, b = log_ndtr((low - at) / sd), log_ndtr((high - at) / sd)
    return b + jnp.log1p(-jnp.exp(a - b))


def model(data: dict) -> None:
    """Write theta_i = mu + r_i b + g + s + eps_i, with eps integrated out, everything else sampled."""
    mu = numpyro.sample("mu", dist.Normal(data["mu"][0], data["mu"][1]))
    b = numpyro.sample("b_rep", dist.Normal(0, data["b_sd"]))
    omega_s, omega_g, tau = (numpyro.sample(n, dist.HalfNormal(data["scale"])) for n in ("omega_s", "omega_g", "tau"))
    strains = data["strains"]
    zs = numpyro.sample("zs", dist.Normal(0, 1).expand([len(strains)]))
    zg = numpyro.sample("zg", dist.Normal(0, 1).expand([data["n_groups"]]))
    groups = jnp.array([s["group"] for s in strains])
    effect = numpyro.deterministic("effect", mu + omega_g * zg[groups] + omega_s * zs)
    for k, strain in enumerate(strains):
        for t, term in enumerate(strain["terms"]):
            at = effect[k] + (b if term["selective"] else 0.0)
            sd = jnp.sqrt(term["se"] ** 2 + (tau**2 if term["shares_tau"] else 0.0))
            if term["low"] is not None and term["low"] == term["high"]:
                value = dist.Normal(at, sd).log_prob(term["low"])
            else:
                value = log_between(term["low"], term["high"], at, sd)
            numpyro.factor(f"term_{k}_{t}", value)


def main() -> None:
    numpyro.set_host_device_count(CHAINS)
    numpyro.enable_x64()
    data = json.loads((HERE / "evidence_nuts_terms.json").read_text(encoding="utf-8"))
    kernel = NUTS(model, target_accept_prob=0.95)
    run = MCMC(kernel, num_warmup=WARM, num_samples=DRAWS, num_chains=CHAINS, progress_bar=False)
    run.run(jax.random.PRNGKey(20261122), data)
    draws = run.get_samples(group_by_chain=True)
    names = ("mu", "b_rep", "omega_s", "omega_g", "tau")
    golden = {
        "made_with": {"numpyro": numpyro.__version__, "jax": jax.__version__, "python": sys.version.split()[0]},
        "draws": DRAWS * CHAINS,
        "divergences": int(run.get_extra_fields()["diverging"].sum()),
        "shared": {n: summary(np.asarray(draws[n])) for n in names},
        "strains": [
            {"strain": s["strain"], **summary(np.asarray(draws["effect"])[:, :, k])}
            for k, s in enumerate(data["strains"])
        ],
    }
    (HERE / "evidence_nuts.json").write_text(json.dumps(golden, indent=1) + "\n", encoding="utf-8")


def summary(draws: np.ndarray) -> dict[str, float]:
    """Return mean, SD, split R-hat and effective sample size of draws of shape (chains, n)."""
    return {
        "mean": round(float(draws.mean()), 6),
        "sd": round(float(draws.std()), 6),
        "r_hat": round(float(numpyro.diagnostics.split_gelman_rubin(draws)), 5),
        "ess": round(float(numpyro.diagnostics.effective_sample_size(draws))),
    }


if __name__ == "__main__":
    main()
