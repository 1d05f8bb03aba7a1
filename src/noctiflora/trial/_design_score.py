"""What a design achieves: how its simulated trials end."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from noctiflora.trial._arrays import Flags, Floats, Integers
from noctiflora.trial._design_plan import Plan
from noctiflora.trial._priors import Priors
from noctiflora.trial._rules import HARM, HOPELESS, SCEPTICAL
from noctiflora.trial._threshold import LOWEST, Rate
from noctiflora.trial._verdict import Word

FUTILE = 0.05
"""Chance of the useful amount below which a look ends the trial (model text, section 4)."""
WORDS = (Word.CANNOT_TELL, Word.STOP, Word.DOES_NOT_HELP, Word.HELPS)
"""Words by the codes that the arrays of this file use."""
CANNOT_TELL, STOP, DOES_NOT_HELP, HELPS = range(4)
NEVER = 1.001
"""Threshold where none keeps the error rate: no chance reaches it, so "helps" is never said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How trials of one design end, by simulation.

    Parameters
    ----------
    right : float
        Share that ends in a clear and right answer: the assurance. Right is "helps" where the
        effect is above none, "does not help" where it is below the useful amount, "stop" where it
        is harm.
    wrong : float
        Share that ends in a clear and wrong one.
    error : float
        Monte-Carlo standard error of `right`.
    words : mapping of Word to float
        Share of each of the four words.
    nights, capsules : float
        Expected length, and expected daily doses with product: looks may end it early.
    c : float
        Chance of benefit that "helps" needs with this design; above 1 where no threshold keeps
        false alarms rare, so that "helps" cannot be said.
    false_alarms : Rate
        Share of twins without effect that end in "helps".
    n : int
        Simulated trials.
    products : tuple of Score
        Of two products each by itself. Then `right` and `words` are of 100 answers, two a trial, while
        `wrong` is the share of trials with any wrong answer.
    """

    right: float
    wrong: float
    error: float
    words: Mapping[Word, float]
    nights: float
    capsules: float
    c: float
    false_alarms: Rate
    n: int
    products: tuple["Score", ...] = ()

    @property
    def clear(self) -> float:
        """Share that ends in a clear answer."""
        return self.right + self.wrong


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Endings:
    """How each simulated trial of one design ends.

    Parameters
    ----------
    word : (n,) int
        Codes into `WORDS`.
    look : (n,) int
        Look at which it ends.
    right, wrong : (n,)
        Whether the word is clear and right; clear and wrong.
    """

    word: Integers
    look: Integers
    right: Flags
    wrong: Flags


def least_threshold(scores: Floats, allowed: float) -> float:
    """Return the smallest c, in thousandths and at least `LOWEST`, that at most this share of the scores reaches."""
    falling = np.sort(scores)[::-1]
    over = math.floor(allowed * scores.size + 1e-9)
    if over >= scores.size:
        return LOWEST
    c = max((math.floor(1000 * float(falling[over])) + 1) / 1000, LOWEST)
    return c if c <= 1.0 else NEVER


def null_scores(chances: Floats) -> Floats:
    """Return the largest chance of benefit over the looks at which all else that "helps" needs is there.

    Parameters
    ----------
    chances : (looks, n, 3 * products)
        P(benefit), P(useful), P(benefit | sceptical); of two products the larger chance counts, so that
        the rate of false alarms is that of the whole trial.
    """
    good, worth, doubt = (chances[:, :, j::3] for j in range(3))
    able = (1 - good <= HARM) & (worth >= HOPELESS) & (doubt >= SCEPTICAL)
    return np.asarray(np.where(able, good, 0.0).max(axis=(0, 2)))


def endings(chances: Floats, c: float, theta: Floats, priors: Priors) -> Endings:
    """Return how trials end: at the first look that says more than "go on", else at the last.

    Parameters
    ----------
    chances : (looks, n, 3)
        P(benefit), P(useful), P(benefit | sceptical) at each look.
    c : float
        Threshold.
    theta : (n,)
        True effects.
    priors : Priors
        Direction of benefit, useful amount.
    """
    code = codes(chances, c)
    over = code != CANNOT_TELL
    over[-1] = True
    return endings_at(code, np.argmax(over, axis=0), theta, priors)


def codes(chances: Floats, c: float) -> Integers:
    """Return what each look would say, (looks, n), as codes; see `endings`."""
    good, worth, doubt = (chances[:, :, j] for j in range(3))
    hopeless = np.full(chances.shape[0], FUTILE)
    hopeless[-1] = HOPELESS
    helps = (good >= c) & (doubt >= SCEPTICAL) & (worth >= HOPELESS)
    code = np.where(helps, HELPS, CANNOT_TELL)
    code = np.where(worth < hopeless[:, None], DOES_NOT_HELP, code)
    return np.asarray(np.where(1 - good > HARM, STOP, code))


def endings_at(code: Integers, look: Integers, theta: Floats, priors: Priors) -> Endings:
    """Return how trials end that end at these looks, (n,)."""
    word = code[look, np.arange(code.shape[1])]
    benefit = theta if priors.higher_is_better else -theta
    truth = np.select(
        [word == HELPS, word == DOES_NOT_HELP, word == STOP],
        [benefit > 0, benefit < priors.useful, benefit < 0],
        default=False,
    )
    clear = word != CANNOT_TELL
    return Endings(word=word, look=look, right=clear & truth, wrong=clear & ~truth)


def summarise(plan: Plan, ended: Endings, null: Floats, c: float) -> Score:
    """Return the shares of a design's trials.

    Parameters
    ----------
    plan : Plan
        The design.
    ended : Endings
        Of its trials.
    null : (n,)
        `null_scores` of the twins without effect.
    c : float
        Threshold.
    """
    n = ended.word.size
    right, false = float(np.mean(ended.right)), float(np.mean(null >= c))
    ends = np.array(plan.ends)
    nights = ends[ended.look]
    capsules = plan.products * plan.on * (nights // plan.block)
    return Score(
        right=right,
        wrong=float(np.mean(ended.wrong)),
        error=math.sqrt(right * (1 - right) / n),
        words=MappingProxyType({word: float(np.mean(ended.word == code)) for code, word in enumerate(WORDS)}),
        nights=float(np.mean(nights)),
        capsules=float(np.mean(capsules)),
        c=c,
        false_alarms=Rate(rate=false, error=math.sqrt(false * (1 - false) / null.size)),
        n=n,
    )
