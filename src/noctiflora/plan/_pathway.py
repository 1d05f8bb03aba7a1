"""What a person's own data show on one pathway from gut to sleep, for and against."""

from dataclasses import dataclass
from enum import StrEnum

from noctiflora.core import Source
from noctiflora.plan._finding import Group


class Direction(StrEnum):
    """Which way a sign points: that the pathway acts against this person's sleep, or that it does not."""

    TOWARD = "points to it"
    AWAY = "points away from it"
    OPEN = "does not tell"


class Moved(StrEnum):
    """Where a laboratory value lies against its reference."""

    HIGHER = "higher"
    LOWER = "lower"
    USUAL = "usual"
    NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """One value of a stool sample or a laboratory, for one row of the table of pathways.

    Parameters
    ----------
    text : str
        What was seen, with number, unit and reference, in plain words.
    moved : Moved
        Where it lies; which way that points is read from the table, never handed in.
    sources : tuple of Source
        What the reference rests on.
    """

    text: str
    moved: Moved
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One sign that was seen.

    Parameters
    ----------
    path_id : str
        Row of the table of pathways.
    seen : str
        What was seen, with number and denominator.
    direction : Direction
        Which way it points; OPEN wherever the table gives no direction.
    certainty : int
        How strong the link of such a sign to sleep is in people: 1 (very low) to 4 (high).
    limits : str
        What must not be read into it.
    sources : tuple of Source
        What the sign and its reference rest on.
    """

    path_id: str
    seen: str
    direction: Direction
    certainty: int
    limits: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """One thing that was not measured: what it is, by what kind of test it could be seen, and where."""

    path_id: str
    observable: str
    kind: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PathwayFinding:
    """One pathway: what was seen, what points for and against, what was not measured.

    There is no sum over the signs: they differ in kind, and none measures the pathway itself.

    Parameters
    ----------
    pathway, heading : str
        Name in the evidence, and plain heading.
    group : Group
        MAY_BEAR where signs point to it and none away, NO_SIGN where some point away and none to it,
        OPEN where they disagree or do not tell, NOT_MEASURED where nothing was seen.
    toward, away, undirected : tuple of Signal
        The signs by direction; those that disagree are both here.
    not_measured : tuple of Unseen
        The rest of the table's rows.
    known : str
        What is known of the pathway and sleep in people, association worded as association.
    certainty : int
        Strength of the human evidence that the pathway bears on sleep, 1 (very low) to 4 (high).
    sources : tuple of Source
        What `known` and the signs rest on.
    """

    pathway: str
    heading: str
    group: Group
    toward: tuple[Signal, ...]
    away: tuple[Signal, ...]
    undirected: tuple[Signal, ...]
    not_measured: tuple[Unseen, ...]
    known: str
    certainty: int
    sources: tuple[Source, ...]

    @property
    def signals(self) -> tuple[Signal, ...]:
        """All signs, those that point to it first."""
        return (*self.toward, *self.away, *self.undirected)

    @property
    def disagree(self) -> bool:
        """Whether some signs point to it and others away."""
        return bool(self.toward) and bool(self.away)
