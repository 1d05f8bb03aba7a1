"""One thing worth trying, or not: what is known of it, and whether it is open to this person."""

from dataclasses import dataclass
from enum import StrEnum

from noctiflora.core import Predictive, Source
from noctiflora.plan._gate_record import Door, Scope


class Blinding(StrEnum):
    """Whether an option can be blinded at home."""

    YES = "can be blinded at home"
    HARD = "hard to blind at home"
    NO = "cannot be blinded at home"
    NOT_KNOWN = "not known"


class Standing(StrEnum):
    """Groups of options in the order in which they are shown."""

    GUIDELINE = "recommended by a guideline"
    MEASURE = "costs nothing to try"
    NOTHING = "doing nothing new"
    PLAUSIBLE = "a useful effect is plausible"
    NO_DIFFERENCE = "trials found no difference"
    NO_RESULT = "no result on sleep"
    NO_NUMBER = "no size of effect is known"
    NOT_PLAUSIBLE = "a useful effect is not plausible"


_BORROWED = frozenset({Standing.NO_DIFFERENCE, Standing.NO_RESULT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option with its expected effect and its standing.

    Parameters
    ----------
    key : str
        Stable identity, for example ``"bifidobacterium-longum-1714"``.
    name : str
        As shown.
    kind : Scope
        What the gates call it.
    tags : tuple of str
        Further tags that gates act on.
    door : Door
        How the gates leave it.
    door_reason : str
        Why, in plain words; empty where open.
    warnings : tuple of str
        Warnings that stand above the numbers.
    dose : str
        Dose and duration as used in trials; "not known" where no page says.
    known : str
        What trials have shown, one honest sentence, nulls included.
    not_known : str
        What they have not.
    effect : Predictive or None
        Expected effect on the person's nightly outcome; None where no number exists.
    blinding : Blinding
        Whether a blinded trial at home is possible.
    blinding_reason : str
        Why.
    certainty : int
        0 (not graded) or 1 (very low) to 4 (high).
    sources : tuple of Source
        Everything the row rests on.
    standing : Standing
        The group it is shown in.
    n_trials : int
        Randomised trials found, registered ones without result included.
    n_people : int or None
        People in these trials; None where a trial does not say.
    burden : int
        How much trouble it is, 0 to 3.
    reported : str
        What controlled trials reported on sleep, in one word; empty where not said.
    cost : float or None
        What the person pays a day, in their own currency; None where not entered.
    """

    key: str
    name: str
    kind: Scope
    tags: tuple[str, ...]
    door: Door
    door_reason: str
    warnings: tuple[str, ...]
    dose: str
    known: str
    not_known: str
    effect: Predictive | None
    blinding: Blinding
    blinding_reason: str
    certainty: int
    sources: tuple[Source, ...]
    standing: Standing = Standing.NO_NUMBER
    n_trials: int = 0
    n_people: int | None = None
    burden: int = 0
    reported: str = ""
    cost: float | None = None

    @property
    def proviso(self) -> str:
        """Words to stand beside the expected effect where this product's own trials do not bear it; else empty."""
        borrowed = self.standing in _BORROWED and self.effect is not None
        return "if it acted like the average strain" if borrowed else ""
