"""One finding: what a person's own data show on one matter, for and against."""

from dataclasses import dataclass
from enum import StrEnum

from noctiflora.core import Source


class Group(StrEnum):
    """Groups of findings in the order in which they are shown."""

    SEE_FIRST = "see to these first"
    MAY_BEAR = "may bear on your sleep"
    OPEN = "open"
    NO_SIGN = "no sign"
    NOT_MEASURED = "not measured"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One row of the list of findings.

    Parameters
    ----------
    key : str
        Stable identity, for example ``"sleep efficiency"``.
    heading : str
        Plain heading, no number.
    number : str
        The person's own number with unit and denominator, empty where not measured.
    group : Group
        Where it stands.
    text : str
        What is known, in one or two sentences; association worded as association.
    certainty : int
        Petals of the certainty flower: 0 (not graded) or 1 (very low) to 4 (high).
    would_change : str
        What would change this finding.
    sources : tuple of Source
        Everything the text rests on.
    """

    key: str
    heading: str
    number: str
    group: Group
    text: str
    certainty: int
    would_change: str
    sources: tuple[Source, ...]
