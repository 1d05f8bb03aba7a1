"""The four words: each rule at its edge, and their precedence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noctiflora.core import Normal, RangeError
from noctiflora.trial import Priors, Word, sceptical, vague
from noctiflora.trial._rules import judge

chances = st.floats(0, 1)


def word(benefit: float, useful: float, doubt: float, c: float = 0.95) -> Word:
    return judge(p_benefit=benefit, p_useful=useful, p_sceptical=doubt, threshold=c)


@pytest.mark.parametrize(
    ("benefit", "useful", "doubt", "expected"),
    [
        (0.09, 0.01, 0.05, Word.STOP),
        (0.11, 0.01, 0.05, Word.DOES_NOT_HELP),
        (0.99, 0.09, 0.99, Word.DOES_NOT_HELP),
        (0.99, 0.11, 0.91, Word.HELPS),
        (0.95, 0.50, 0.90, Word.HELPS),
        (0.94, 0.50, 0.99, Word.CANNOT_TELL),
        (0.99, 0.50, 0.89, Word.CANNOT_TELL),
        (0.60, 0.30, 0.50, Word.CANNOT_TELL),
    ],
)
def test_each_rule_at_its_edge(benefit: float, useful: float, doubt: float, expected: Word) -> None:
    assert word(benefit, useful, doubt) is expected


@given(chances, chances, chances, st.floats(0.9, 1))
def test_a_higher_threshold_never_helps(benefit: float, useful: float, doubt: float, c: float) -> None:
    low, high = word(benefit, useful, doubt, 0.9), word(benefit, useful, doubt, c)
    assert high is low or (low is Word.HELPS and high is Word.CANNOT_TELL)


@given(chances, chances, chances)
def test_harm_comes_before_everything(benefit: float, useful: float, doubt: float) -> None:
    assert (word(benefit, useful, doubt) is Word.STOP) == (1 - benefit > 0.9)


def test_the_other_priors_are_centred_on_no_effect() -> None:
    priors = Priors(
        theta=(Normal(weight=0.5, mean=1.0, sd=2.0), Normal(weight=0.5, mean=3.0, sd=2.0)), weight=0.8, vague_sd=9.0
    )
    assert sceptical(priors).parts == ((1.0, 0.0, pytest.approx(5**0.5)),)
    assert vague(priors).parts == ((1.0, 0.0, 9.0),)


def test_priors_without_an_effect_are_refused() -> None:
    with pytest.raises(RangeError, match="width"):
        sceptical(Priors())
    with pytest.raises(RangeError, match="no vague part"):
        vague(Priors())
