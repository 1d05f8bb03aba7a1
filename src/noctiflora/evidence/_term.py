"""The records of what a trial tells the pooling model, or why it tells nothing."""

from dataclasses import dataclass
from enum import StrEnum

from noctiflora.core import Source
from noctiflora.evidence._strain_key import StrainKey
from noctiflora.evidence._vocabulary import Form


class TermKind(StrEnum):
    """What was reported."""

    EXACT = "exact"
    FROM_P = "from_p"
    SIGNIFICANT = "significant"
    NOT_SIGNIFICANT = "not_significant"


class Silence(StrEnum):
    """Why a trial gives no term."""

    REPLACED = "replaced by the pool of its strain"
    EXCLUDED = "not randomised, confounded, or not a probiotic contrast"
    NO_SCALE = "no scale of sleep"
    CROSSOVER = "crossover without its own standard error"
    OPEN_LABEL = "open-label or not randomised"
    PARTS_DISAGREE = "only parts of a scale, and they disagree"
    UNCONFIRMED = "a number on a tertiary page only"
    NOTHING_BETWEEN = "nothing reported between the groups"
    NO_SIZES = "sizes of the arms unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One trial's term for one product (SMD, negative = better).

    Parameters
    ----------
    trial_id : str
        Trial, or the review of a pool.
    key : StrainKey
        Product.
    kind : TermKind
        What was reported.
    low, high : float
        The interval the effect lies in; equal where a number is known.
    se : float
        Standard error.
    selective : bool
        Whether only an abstract, news or tertiary text tells of it (r = 1).
    pool_of : int
        0 for a trial; for a published pool of the strain the number of its trials.
    n_people : int or None
        People behind it; None where not printed.
    arms_assumed_equal : bool
        Whether the sizes of the arms were split evenly by assumption.
    outcome : str
        The outcome it rests on.
    form : Form or None
        Form of the product.
    sources : tuple of Source
        Where it was read.
    """

    trial_id: str
    key: StrainKey
    kind: TermKind
    low: float
    high: float
    se: float
    selective: bool
    pool_of: int = 0
    n_people: int | None
    arms_assumed_equal: bool
    outcome: str
    form: Form | None
    sources: tuple[Source, ...]

    @property
    def is_exact(self) -> bool:
        """Whether a number, not a word, is known."""
        return self.low == self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class NoTerm:
    """A trial with a sleep outcome that tells nothing usable.

    Parameters
    ----------
    trial_id : str
        Trial.
    key : StrainKey or None
        Product; None where it is neither strain nor prebiotic.
    why : Silence
        The reason.
    """

    trial_id: str
    key: StrainKey | None
    why: Silence


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Every trial with a sleep outcome: its term, or why it has none.

    Parameters
    ----------
    terms : tuple of Term
        One per trial and product, and one per published pool of a strain.
    silent : tuple of NoTerm
        The others.
    """

    terms: tuple[Term, ...]
    silent: tuple[NoTerm, ...]

    @property
    def keys(self) -> tuple[StrainKey, ...]:
        """The products of all these trials, each once."""
        found = [t.key for t in self.terms] + [s.key for s in self.silent if s.key is not None]
        return tuple({key.name: key for key in found}.values())
