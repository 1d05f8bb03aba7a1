"""Bang's blinding index: how far the guesses betray that the person knew."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from noctiflora.trial._schedule import Arm
from noctiflora.trial._season_log import Guess


@dataclass(frozen=True, slots=True, kw_only=True)
class BlindingIndex:
    """The index of one arm.

    Parameters
    ----------
    arm : Arm
        Of whose bottles.
    right, wrong, do_not_know : int
        Guesses.
    index : float or None
        -1 (all guessed the other) over 0 (as by chance) to 1 (all guessed); None without a guess.
    sd : float or None
        Its standard error; with the few bottles of one trial a rough figure.
    """

    arm: Arm
    right: int
    wrong: int
    do_not_know: int
    index: float | None
    sd: float | None


def blinding_index(arms: Sequence[Arm], guesses: Mapping[int, Guess]) -> tuple[BlindingIndex, ...]:
    """Return Bang's index for the product's bottles and for the comparator's.

    ``(right - wrong) / n`` with "do not know" in n: the share of guesses that were right beyond chance.
    Its variance is ``(p_right (1 - p_right) + p_wrong (1 - p_wrong) + 2 p_right p_wrong) / n``.

    Parameters
    ----------
    arms : sequence of Arm
        The order.
    guesses : mapping of int to Guess
        By place of the bottle, from 0; bottles without a guess are left out.

    References
    ----------
    .. [1] Bang, Ni & Davis 2004, doi:10.1016/j.cct.2003.10.016

    Examples
    --------
    >>> found = blinding_index((Arm.PRODUCT, Arm.COMPARATOR), {0: Guess.PRODUCT, 1: Guess.PRODUCT})
    >>> [one.index for one in found]
    [1.0, -1.0]
    """
    meant = {Arm.PRODUCT: Guess.PRODUCT, Arm.COMPARATOR: Guess.COMPARATOR}
    found = []
    for arm, own in meant.items():
        said = [guesses[i] for i, a in enumerate(arms) if a is arm and i in guesses]
        right, unsure = said.count(own), said.count(Guess.DO_NOT_KNOW)
        wrong = len(said) - right - unsure
        index = sd = None
        if said:
            p, q = right / len(said), wrong / len(said)
            index, sd = p - q, math.sqrt((p * (1 - p) + q * (1 - q) + 2 * p * q) / len(said))
        found.append(BlindingIndex(arm=arm, right=right, wrong=wrong, do_not_know=unsure, index=index, sd=sd))
    return tuple(found)
