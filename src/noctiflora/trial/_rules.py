"""The rules that turn probabilities into one of four words."""

from dataclasses import replace

from noctiflora.core import Normal, RangeError
from noctiflora.trial._priors import Priors
from noctiflora.trial._verdict import Word

HARM = 0.90
"""Chance of harm above which the word is stop (model text, section 3)."""
HOPELESS = 0.10
"""Chance of the useful amount below which it does not help (model text, section 3)."""
SCEPTICAL = 0.90
"""Chance of benefit that the sceptical prior must leave for "helps" (model text, section 3)."""


_GIVE = "start from priors_for, or fill the priors in"


def judge(*, p_benefit: float, p_useful: float, p_sceptical: float, threshold: float) -> Word:
    """Return the word for the chances under the evidence prior and the sceptical one.

    Examples
    --------
    >>> judge(p_benefit=0.97, p_useful=0.6, p_sceptical=0.93, threshold=0.95).value
    'helps'
    >>> judge(p_benefit=0.97, p_useful=0.05, p_sceptical=0.93, threshold=0.95).value
    'does not help'
    """
    if 1.0 - p_benefit > HARM:
        return Word.STOP
    if p_useful < HOPELESS:
        return Word.DOES_NOT_HELP
    if p_benefit >= threshold and p_sceptical >= SCEPTICAL:
        return Word.HELPS
    return Word.CANNOT_TELL


def sceptical(priors: Priors) -> Priors:
    """Return the priors with the effect centred on none and as wide as the evidence.

    Raises
    ------
    RangeError
        If the priors tell no effect.
    """
    if priors.theta is None:
        raise RangeError("the sceptical prior takes its width from that of the effect", where="sceptical", do=_GIVE)
    return _centred(priors, priors.informative_sd)


def vague(priors: Priors) -> Priors:
    """Return the priors with the vague part alone for the effect.

    Raises
    ------
    RangeError
        If the priors tell no vague part.
    """
    if priors.vague_sd is None:
        raise RangeError("these priors have no vague part", where="vague", do=_GIVE)
    return _centred(priors, priors.vague_sd)


def _centred(priors: Priors, sd: float) -> Priors:
    return replace(priors, theta=(Normal(weight=1.0, mean=0.0, sd=sd),), weight=1.0)
