"""What a run-in tells of a person's night-to-night noise, and what is believed without one."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from noctiflora.core import RangeError
from noctiflora.trial._arrays import Floats
from noctiflora.trial._frame import fill, frame
from noctiflora.trial._importance import draw_hyper
from noctiflora.trial._null import Noise
from noctiflora.trial._priors import Priors
from noctiflora.trial._series import Series
from noctiflora.trial._transform import bend

ENOUGH = 7
"""Known nights from which a run-in is used (assumed: fewer tell less of the spread than the priors do)."""
MISSING = 0.07
"""Share of nights without an outcome before any run-in (assumed, 0 to 0.2; the model text simulates with it)."""
MISSING_NIGHTS = 14.0
"""How many nights of run-in weigh as much as that assumption (assumed, 7 to 28)."""
DRAWS = 1024
SEED = 20240302


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NoiseBelief:
    """What is believed of a person's noise, as weighted points.

    Parameters
    ----------
    z : (M, 3)
        atanh phi, log sigma, logit r.
    weight : (M,)
        Weights, summing to 1.
    missing : float
        Share of nights without an outcome.
    n_known : int
        Known nights of the run-in it rests on; 0 if none was used.
    """

    z: Floats
    weight: Floats
    missing: float
    n_known: int

    @property
    def middle(self) -> Noise:
        """The noise at the means: one person to stand for all."""
        atanh_phi, log_sigma, logit_r = (self.weight @ self.z).tolist()
        return Noise(
            sigma=float(np.exp(log_sigma)),
            phi=float(np.tanh(atanh_phi)),
            white=float(1 / (1 + np.exp(-logit_r))),
            missing=self.missing,
        )

    def steadier(self, factor: float) -> "NoiseBelief":
        """Return the belief with sigma times `factor`."""
        return NoiseBelief(
            z=self.z + np.array([0.0, np.log(factor), 0.0]),
            weight=self.weight,
            missing=self.missing,
            n_known=self.n_known,
        )

    def draw(self, uniform: Floats) -> Floats:
        """Return one point for each of `uniform`, (n,) between 0 and 1: (n, 3)."""
        rising = np.argsort(self.z[:, 1], kind="stable")
        edges = np.cumsum(self.weight[rising])
        at = np.minimum(np.searchsorted(edges, uniform * edges[-1]), edges.size - 1)
        return np.asarray(self.z[rising[at]])


def known_noise(noise: Noise) -> NoiseBelief:
    """Return the belief that the noise is exactly `noise`."""
    white = min(max(noise.white, 1e-9), 1 - 1e-9)
    z = np.array([[np.arctanh(noise.phi), np.log(noise.sigma), np.log(white / (1 - white))]])
    return NoiseBelief(z=z, weight=np.ones(1), missing=noise.missing, n_known=0)


def learn_noise(run_in: Series | None, priors: Priors) -> NoiseBelief:
    """Return what is believed of the noise: the posterior of the run-in, or the priors.

    The run-in passes through the engine of the trial itself, without dose: spread, autocorrelation
    and white share come out together, drawn to their priors as far as the nights leave it open.
    It is seen on the scale of `priors.transform`, in natural units at the person's own mean.
    The share of missing nights is that of the run-in drawn to 7 % with the weight of 14 nights.

    Parameters
    ----------
    run_in : Series or None
        Nights before the trial, all of them without product.
    priors : Priors
        Priors with ``log_sigma``.

    Raises
    ------
    RangeError
        If a night of the run-in has a dose, or the priors lack ``log_sigma`` where no run-in tells it.
    """
    if run_in is not None and np.any(run_in.dose > 0):
        raise RangeError(
            "a run-in has no product", where=f"{run_in.where}, dose", do="give the nights before the trial"
        )
    n_known = 0 if run_in is None else run_in.n_nights - run_in.n_missing
    if run_in is None or n_known < ENOUGH:
        return _from_priors(priors)
    bent = bend(run_in, priors.transform).series
    full, _ = fill(bent, priors)
    draws = draw_hyper(frame(bent, full))
    missing = (run_in.n_missing + MISSING * MISSING_NIGHTS) / (run_in.n_nights + MISSING_NIGHTS)
    return NoiseBelief(z=draws.z[:, :3], weight=draws.weight, missing=missing, n_known=n_known)


def _from_priors(priors: Priors) -> NoiseBelief:
    from scipy.stats import qmc  # here, for most commands draw nothing and scipy.stats is slow to load

    from noctiflora.trial._defaults import HYPER_PRIORS

    told = {**HYPER_PRIORS, **priors.hyper}
    if "log_sigma" not in told:
        raise RangeError(
            "the spread of the nights is not known",
            where=f"{priors.where}, log_sigma",
            do="give a run-in of 7 nights or more",
        )
    names = ("atanh_phi", "log_sigma", "logit_r")
    uniform = np.clip(qmc.Sobol(3, scramble=True, rng=np.random.default_rng(SEED)).random(DRAWS), 1e-9, 1 - 1e-9)
    mean, sd = (np.array([getattr(told[name], side) for name in names]) for side in ("mean", "sd"))
    return NoiseBelief(z=mean + sd * ndtri(uniform), weight=np.full(DRAWS, 1 / DRAWS), missing=MISSING, n_known=0)
