"""Trial: the analysis of a personal trial and its verdict."""

from noctiflora.trial._dose import Dose
from noctiflora.trial._exposure import exposure
from noctiflora.trial._gauss import posterior
from noctiflora.trial._judge import conclude, verdict
from noctiflora.trial._null import Noise
from noctiflora.trial._outcome_priors import IMPORTANT, USEFUL, WITHIN_SD, Figure, priors_for
from noctiflora.trial._posterior import LEVELS, Marginal, Posterior, Status
from noctiflora.trial._posterior_json import posterior_dict
from noctiflora.trial._priors import Prior, Priors
from noctiflora.trial._read_priors import parse_priors
from noctiflora.trial._read_series import parse_series
from noctiflora.trial._rules import sceptical, vague
from noctiflora.trial._schedule import Arm, Period, Schedule, draw
from noctiflora.trial._series import Series
from noctiflora.trial._threshold import Rate, Threshold, threshold
from noctiflora.trial._verdict import Verdict, Word

__all__ = [
    "IMPORTANT",
    "LEVELS",
    "USEFUL",
    "WITHIN_SD",
    "Arm",
    "Dose",
    "Figure",
    "Marginal",
    "Noise",
    "Period",
    "Posterior",
    "Prior",
    "Priors",
    "Rate",
    "Schedule",
    "Series",
    "Status",
    "Threshold",
    "Verdict",
    "Word",
    "conclude",
    "draw",
    "exposure",
    "parse_priors",
    "parse_series",
    "posterior",
    "posterior_dict",
    "priors_for",
    "sceptical",
    "threshold",
    "vague",
    "verdict",
]
