"""Two products of one trial: each has its answer, and false alarms count for the whole trial."""

import numpy as np
import pytest

from noctiflora.trial import Plan, Priors, Word
from noctiflora.trial._design_score import CANNOT_TELL, DOES_NOT_HELP, HELPS, STOP, null_scores
from noctiflora.trial._design_score_two import endings_of_two, summarise_two

PRIORS = Priors(useful=2.0)
SURE, NOT, HARM, OPEN = (0.99, 0.9, 0.99), (0.3, 0.02, 0.3), (0.05, 0.2, 0.05), (0.6, 0.3, 0.6)
PLAN = Plan(on=14, off=14, pairs=2, n_looks=1, products=2)


def chances(*trials: tuple[tuple[tuple[float, ...], ...], ...]) -> np.ndarray:
    """Return (looks, n, 6) from each trial's looks, a pair of chances for each product."""
    return np.array([[[*a, *b] for a, b in trial] for trial in trials]).transpose(1, 0, 2)


TRIALS = chances(
    ((SURE, OPEN), (SURE, NOT)),
    ((SURE, NOT), (OPEN, OPEN)),
    ((OPEN, HARM), (SURE, SURE)),
    ((OPEN, OPEN), (OPEN, SURE)),
)
THETA = (np.array([1.0, -1.0, 1.0, 1.0]), np.array([3.0, 0.0, -1.0, -1.0]))


def test_a_trial_ends_when_both_are_answered_or_one_harms() -> None:
    first, second = endings_of_two(TRIALS, 0.95, THETA, (PRIORS, PRIORS))
    assert first.look.tolist() == second.look.tolist() == [1, 0, 0, 1]
    assert first.word.tolist() == [HELPS, HELPS, CANNOT_TELL, CANNOT_TELL]
    assert second.word.tolist() == [DOES_NOT_HELP, DOES_NOT_HELP, STOP, HELPS]
    assert first.right.tolist() == [True, False, False, False]
    assert second.right.tolist() == [False, True, True, False]


def test_right_counts_answers_and_wrong_counts_trials() -> None:
    ended = endings_of_two(TRIALS, 0.95, THETA, (PRIORS, PRIORS))
    found = summarise_two(PLAN, ended, np.zeros(4), 0.95)
    assert found.right == pytest.approx(3 / 8)
    assert found.wrong == pytest.approx(3 / 4)
    assert [one.right for one in found.products] == [0.25, 0.5]
    assert found.words[Word.HELPS] == pytest.approx(3 / 8)
    assert sum(found.words.values()) == pytest.approx(1.0)
    assert found.nights == pytest.approx((84 + 42 + 42 + 84) / 4)
    assert found.capsules == pytest.approx(2 * found.products[0].capsules) == (56 + 28 + 28 + 56) / 4


def test_a_false_alarm_of_either_is_one_of_the_trial() -> None:
    assert null_scores(TRIALS).tolist() == [0.99, 0.99, 0.99, 0.99]
    assert null_scores(TRIALS[..., 3:]).tolist() == [0.0, 0.0, 0.99, 0.99]
    both = null_scores(TRIALS)
    assert np.all(both >= null_scores(TRIALS[..., :3]))
    assert np.all(both >= null_scores(TRIALS[..., 3:]))
