"""Scores are sums; gaps never flatter; item 9 speaks for itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noctiflora.core import RangeError
from noctiflora.intake._questionnaire import load_questionnaire
from noctiflora.intake._score_answers import score_answers

PHQ9, GAD7 = load_questionnaire("phq9"), load_questionnaire("gad7")
ANSWERS = st.lists(st.integers(0, 3), min_size=9, max_size=9)


@given(ANSWERS)
def test_a_whole_form_is_its_sum(answers: list[int]) -> None:
    scored = score_answers(PHQ9, answers)
    assert scored.total == sum(answers)
    assert scored.crisis == (answers[8] > 0)
    assert scored.n_missing == 0


@given(ANSWERS, st.sets(st.integers(0, 8), max_size=9))
def test_gaps_are_filled_up_to_two_and_never_flatter(answers: list[int], gaps: set[int]) -> None:
    holes = [None if i in gaps else a for i, a in enumerate(answers)]
    scored = score_answers(PHQ9, holes)
    given_sum = sum(a for a in holes if a is not None)
    assert scored.n_missing == len(gaps)
    assert (scored.total is None) == (len(gaps) > 2)
    if scored.total is not None:
        exact = given_sum * 9 / (9 - len(gaps))
        assert exact - 1e-9 <= scored.total < exact + 1
        assert given_sum <= scored.total <= 27
    assert scored.crisis == (8 not in gaps and answers[8] > 0)
    assert (scored.crisis_answer is None) == (8 in gaps)


def test_item_9_calls_for_help_whatever_the_rest() -> None:
    assert score_answers(PHQ9, [None] * 8 + [1]).crisis
    assert not score_answers(PHQ9, [3] * 8 + [0]).crisis
    assert not score_answers(GAD7, [3] * 7).crisis


@pytest.mark.parametrize("answers", [[], [0] * 8, [0] * 10, [0] * 8 + [4], [0] * 8 + [-1]])
def test_what_is_no_set_of_answers_is_refused(answers: list[int]) -> None:
    with pytest.raises(RangeError, match="phq9"):
        score_answers(PHQ9, answers)
