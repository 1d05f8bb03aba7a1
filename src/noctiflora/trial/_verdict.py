"""The verdict of a personal trial in four words, and what it rests on."""

from dataclasses import dataclass
from enum import StrEnum

from noctiflora.trial._missing_nights import MissingNights


class Word(StrEnum):
    """The four verdicts, in order of precedence."""

    STOP = "stop"
    DOES_NOT_HELP = "does not help"
    HELPS = "helps"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One of four words with the numbers that led to it.

    Parameters
    ----------
    word : Word or None
        None where the engine did not converge.
    reason : str
        The rule that applied, in one plain sentence.
    threshold : float
        The chance of benefit that "helps" needs, fixed before the start.
    p_benefit_evidence, p_useful_evidence, p_benefit_sceptical, p_benefit_vague : float or None
        The probabilities under each prior; None where not computed.
    cost_of_knowing : float or None
        Where the treatment was known: how many times wider knowing makes the range of the effect.
    missing : MissingNights or None
        Where the nights alone say "helps": how nights are missing by arm, and whether the word bears it.
    """

    word: Word | None
    reason: str
    threshold: float
    p_benefit_evidence: float | None
    p_useful_evidence: float | None
    p_benefit_sceptical: float | None
    p_benefit_vague: float | None
    cost_of_knowing: float | None = None
    missing: MissingNights | None = None
