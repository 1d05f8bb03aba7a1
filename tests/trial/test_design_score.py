"""How trials are counted: by the verdict's own rules, at the first look that says something."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from noctiflora.trial import Word
from noctiflora.trial._design_plan import Plan
from noctiflora.trial._design_score import (
    FUTILE,
    NEVER,
    WORDS,
    endings,
    least_threshold,
    null_scores,
    summarise,
)
from noctiflora.trial._rules import judge
from tests.trial.design_cells import SLOW

chance = st.floats(0, 1)


@given(rows=st.lists(st.tuples(chance, chance, chance), min_size=1, max_size=30), c=st.floats(0.9, 1))
def test_the_last_look_follows_the_verdicts_rules(rows: list[tuple[float, float, float]], c: float) -> None:
    chances = np.array(rows)[None]
    ended = endings(chances, c, np.zeros(len(rows)), SLOW)
    for code, (good, worth, doubt) in zip(ended.word.tolist(), rows, strict=True):
        assert WORDS[code] is judge(p_benefit=good, p_useful=worth, p_sceptical=doubt, threshold=c)


@given(rows=st.lists(st.tuples(chance, chance, chance), min_size=1, max_size=30))
def test_a_null_score_is_the_thresholds_score(rows: list[tuple[float, float, float]]) -> None:
    found = null_scores(np.array(rows)[None])
    for score, (good, worth, doubt) in zip(found.tolist(), rows, strict=True):
        helps = judge(p_benefit=good, p_useful=worth, p_sceptical=doubt, threshold=0.0) is Word.HELPS
        assert score == (good if helps else 0.0)


def test_a_look_ends_a_trial_for_benefit_futility_or_harm_and_only_then() -> None:
    """Five trials: helps early; futile early; between .05 and .10 goes on; harm early; goes on."""
    first = [[0.99, 0.8, 0.97], [0.5, 0.04, 0.5], [0.6, 0.07, 0.5], [0.05, 0.3, 0.1], [0.8, 0.5, 0.8]]
    last = [[0.1, 0.0, 0.1], [0.99, 0.9, 0.99], [0.6, 0.07, 0.5], [0.9, 0.5, 0.9], [0.97, 0.5, 0.95]]
    theta = np.array([1.0, 3.0, 3.0, 0.5, -1.0])
    ended = endings(np.array([first, last]), 0.95, theta, SLOW)
    assert [WORDS[code] for code in ended.word] == [
        Word.HELPS,
        Word.DOES_NOT_HELP,
        Word.DOES_NOT_HELP,
        Word.STOP,
        Word.HELPS,
    ]
    assert ended.look.tolist() == [0, 0, 1, 0, 1]
    assert ended.right.tolist() == [True, False, False, False, False]
    assert ended.wrong.tolist() == [False, True, True, True, True]
    assert FUTILE < 0.07 < 0.10

    plan = Plan(on=14, off=28, pairs=2, n_looks=1)
    score = summarise(plan, ended, np.array([0.0, 0.96, 0.9, 0.0]), 0.95)
    assert score.right == 0.2
    assert score.wrong == 0.8
    assert score.clear == 1.0
    assert score.words[Word.DOES_NOT_HELP] == 0.4
    assert score.nights == pytest.approx((3 * 42 + 2 * 84) / 5)
    assert score.capsules == pytest.approx((3 * 14 + 2 * 28) / 5)
    assert score.false_alarms.rate == 0.25
    assert score.error == pytest.approx(np.sqrt(0.2 * 0.8 / 5))


def test_direction_turns_what_is_right() -> None:
    lower = replace(SLOW, higher_is_better=False)
    ended = endings(np.array([[[0.99, 0.8, 0.97]] * 2]), 0.95, np.array([-1.0, 1.0]), lower)
    assert ended.right.tolist() == [True, False]


def test_the_smallest_threshold_that_keeps_the_rate() -> None:
    scores = np.array([0.0] * 90 + [0.91, 0.92, 0.93, 0.94, 0.95, 0.96, 0.97, 0.98, 0.99, 0.995])
    assert least_threshold(scores, 0.05) == 0.951
    assert least_threshold(np.zeros(100), 0.05) == 0.9
    assert least_threshold(np.ones(100), 0.05) == NEVER
