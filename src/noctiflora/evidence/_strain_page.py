"""The records of a page about one product."""

from dataclasses import dataclass
from enum import StrEnum

from noctiflora.core import Instrument, Outcome, Predictive, Source
from noctiflora.evidence._grade import Grade
from noctiflora.evidence._pooled import Estimate, PooledStrain
from noctiflora.evidence._population import Population


class Tier(StrEnum):
    """How much a line of the forest plot knows."""

    INTERVAL = "interval"
    SIGNIFICANT_ONLY = "significant only"
    NOT_SIGNIFICANT = "not significant only"
    NOTHING = "nothing usable"
    POOLED = "pooled"


class Level(StrEnum):
    """In what a mechanism was seen."""

    HUMAN = "human"
    ANIMAL = "animal"
    IN_VITRO = "in vitro"
    PROPOSED = "proposed"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeTold:
    """What one trial told of one outcome.

    Parameters
    ----------
    outcome : str
        As printed.
    about : str
        Sleep as rated, sleep as measured, or something else.
    days : int or None
        When it was read.
    told : str
        What was told of the difference between the groups, in words.
    """

    outcome: str
    about: str
    days: int | None
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialCard:
    """One trial as the page tells of it.

    Parameters
    ----------
    trial_id, title : str
        Key, and author with year where printed.
    links : tuple of str
        Addresses of the paper.
    people, design, product : str
        Who, how, and what, in words.
    dose : str or None
        Daily dose as printed.
    days : int or None
        Length of intake.
    outcomes : tuple of OutcomeTold
        Every outcome, nulls too.
    counts_as : str
        What it adds to the result, or why nothing.
    adverse_events : str or None
        As reported; None where nothing was read of them.
    added : bool
        Whether the person added it.
    """

    trial_id: str
    title: str
    links: tuple[str, ...]
    people: str
    design: str
    product: str
    dose: str | None
    days: int | None
    outcomes: tuple[OutcomeTold, ...]
    counts_as: str
    adverse_events: str | None
    added: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ForestLine:
    """One line of the forest plot (SMD, negative = better).

    Parameters
    ----------
    label : str
        Trial, or what was pooled.
    tier : Tier
        How it is to be drawn: a bar with its point; a bracket open to one side; a bracket about nothing; dots.
    mean, low, high : float or None
        Point and ends; None where not known, or where the bracket is open.
    link : str or None
        Address.
    """

    label: str
    tier: Tier
    mean: float | None
    low: float | None
    high: float | None
    link: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MechanismClaim:
    """A mechanism that was seen or proposed, with the level at which."""

    strain: str
    what: str
    levels: tuple[Level, ...]
    as_noted: str
    source: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainStep:
    """One step of the scaling to the nightly outcome."""

    what: str
    value: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StrainPage:
    """Everything known of one product, nulls included.

    Parameters
    ----------
    pooled : PooledStrain
        Its result.
    free, sceptical : Estimate
        The same without a review, and with a discounted one.
    population : Population
        The mean of all probiotics.
    summary : tuple of str
        What it comes to, in plain sentences.
    important_smd, important_points : float
        Smallest difference between groups called important, SMD and PSQI points.
    important_source : Source
        Where that comes from.
    p_important : float
        Chance of so much in a new person.
    trials : tuple of TrialCard
        Every trial with a sleep outcome.
    forest : tuple of ForestLine
        Data of the forest plot.
    mechanisms : tuple of MechanismClaim
        With their level.
    products : tuple of str
        Named only as trials and their sources name them.
    related : tuple of str
        Blends that hold it, or the parts of a blend; nothing flows between them.
    outcome, instrument : Outcome, Instrument
        Nightly outcome that the effect is scaled to.
    expected : Predictive
        Effect on it in a new person.
    useful, p_useful : float or None
        Amount worth it, and the chance of it; None where none was named.
    chain : tuple of ChainStep
        The scaling, step by step.
    grade : Grade
        Certainty with every reason.
    """

    pooled: PooledStrain
    free: Estimate
    sceptical: Estimate
    population: Population
    summary: tuple[str, ...]
    important_smd: float
    important_points: float
    important_source: Source
    p_important: float
    trials: tuple[TrialCard, ...]
    forest: tuple[ForestLine, ...]
    mechanisms: tuple[MechanismClaim, ...]
    products: tuple[str, ...]
    related: tuple[str, ...]
    outcome: Outcome
    instrument: Instrument
    expected: Predictive
    useful: float | None
    p_useful: float | None
    chain: tuple[ChainStep, ...]
    grade: Grade
