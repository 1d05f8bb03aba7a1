"""What a design of two products achieves: each has its answer, and both share the nights."""

from dataclasses import replace
from types import MappingProxyType

import numpy as np

from noctiflora.trial._arrays import Floats
from noctiflora.trial._design_plan import Plan
from noctiflora.trial._design_score import CANNOT_TELL, STOP, Endings, Score, codes, endings_at, summarise
from noctiflora.trial._priors import Priors


def endings_of_two(
    chances: Floats, c: float, theta: tuple[Floats, Floats], priors: tuple[Priors, Priors]
) -> tuple[Endings, Endings]:
    """Return how trials end for each product: both at the first look at which one harms or both are answered.

    Parameters
    ----------
    chances : (looks, n, 6)
        P(benefit), P(useful), P(benefit | sceptical) of the first product, then of the second.
    c : float
        Threshold, the same for both.
    theta : pair of (n,)
        True effects.
    priors : pair of Priors
        Direction of benefit, useful amount.
    """
    told = [codes(chances[:, :, 3 * j : 3 * j + 3], c) for j in range(2)]
    over = ((told[0] != CANNOT_TELL) & (told[1] != CANNOT_TELL)) | (told[0] == STOP) | (told[1] == STOP)
    over[-1] = True
    look = np.argmax(over, axis=0)
    first, second = (endings_at(told[j], look, theta[j], priors[j]) for j in range(2))
    return first, second


def summarise_two(plan: Plan, ended: tuple[Endings, Endings], null: Floats, c: float) -> Score:
    """Return the shares of a design of two products: of answers, of which each trial gives two; see `Score`."""
    each = tuple(summarise(plan, one, null, c) for one in ended)
    each = tuple(replace(one, capsules=one.capsules / 2) for one in each)
    answers = np.stack([one.right for one in ended]).mean(axis=0)
    return replace(
        each[0],
        capsules=2 * each[0].capsules,
        right=float(np.mean(answers)),
        wrong=float(np.mean(ended[0].wrong | ended[1].wrong)),
        error=float(np.std(answers) / np.sqrt(answers.size)),
        words=MappingProxyType({word: 0.5 * (each[0].words[word] + each[1].words[word]) for word in each[0].words}),
        products=each,
    )
