"""Default priors of the nightly model, each number with its source."""

from collections.abc import Mapping
from types import MappingProxyType

from noctiflora.core import Source
from noctiflora.trial._priors import Prior

HYPER_PRIORS: Mapping[str, Prior] = MappingProxyType(
    {
        "atanh_phi": Prior(mean=0.35, sd=0.45),
        "logit_r": Prior(mean=0.0, sd=1.5),
        "log_tau_on": Prior(mean=2.6390573296152584, sd=0.5),
        "log_tau_off": Prior(mean=2.302585092994046, sd=0.6),
    }
)
"""Hyperparameters that do not depend on the outcome: tau_on about 14 nights, tau_off about 10."""

HYPER_SOURCES: Mapping[str, Source] = MappingProxyType(
    {
        "atanh_phi": Source(
            ref="assumed", note="phi about 0.34, 90 % within -0.37 to 0.79: a rebound is possible, a random walk is not"
        ),
        "logit_r": Source(ref="assumed", note="share of white noise anywhere, 90 % within 0.08 to 0.92"),
        "log_tau_on": Source(
            ref="10.1038/s41598-024-53810-w",
            note="a difference at week 4 that was gone at week 8; spread assumed: 90 % within 6 to 32 nights",
        ),
        "log_tau_off": Source(ref="assumed", note="wash-out of 1 to 3 weeks, kept wide; no primary source was found"),
    }
)

LOG_SIGMA_SD = 0.5
"""Spread of log sigma about the within-person SD (assumed: a factor of 2.3 either way, 90 %)."""

REFERENCE_SD = 8.4
"""Within-person daily SD of sleep efficiency, points (actigraphy, n = 669; PMID 17580601).

The widths of the coefficients were set in points of sleep efficiency; for any other outcome they
keep their ratio to the within-person SD.
"""
MU_SD = 15.0 / REFERENCE_SD
"""Spread of the level in within-person SDs (assumed: 15 points of sleep efficiency)."""
TREND_SD = 2.0 / REFERENCE_SD
"""Spread of the trend over 28 nights in within-person SDs (assumed: 2 points of sleep efficiency)."""
COVARIATE_SD = 3.0 / REFERENCE_SD
"""Spread of a covariate's effect, per SD of a graded or for the whole of a 0/1 covariate, in
within-person SDs (assumed: 3 points of sleep efficiency)."""
WEEKDAY_SD = 2.0 / REFERENCE_SD
"""Spread of a weekday's effect in within-person SDs (assumed: 2 points of sleep efficiency)."""
THETA_SD = 1.0
"""Spread of the effect where no prior is given, in within-person SDs, centred on no effect (assumed)."""
INFORMATIVE_WEIGHT = 0.8
"""Weight of the evidence in the mixture prior of theta (assumed, 0.5 to 0.9; the robust part is that of
Schmidli 2014)."""
UNKNOWN_SD = 1.0
"""Within-person SD taken when neither the priors nor two differing nights tell one (assumed; any unit)."""
