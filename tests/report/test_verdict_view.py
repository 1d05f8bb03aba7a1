"""What a page shows of a verdict."""

import pytest

from noctiflora.report import verdict_view
from noctiflora.trial import Status, Word
from tests.report.made_up import assessed, full, posterior, running


@pytest.mark.parametrize("word", [*Word, None])
def test_every_word_has_its_card_and_charts(word: Word | None) -> None:
    view = verdict_view(full(word))
    assert view is not None
    assert [c.chosen for c in view.card.choices].count(True) == (word is not None)
    assert view.figures["dots"] is not None
    assert view.figures["trial"] is not None
    assert view.unit


def test_without_a_verdict_there_is_nothing_to_show() -> None:
    assert verdict_view(assessed()) is None
    assert verdict_view(running()) is None


def test_a_result_that_did_not_settle_shows_no_dots() -> None:
    from dataclasses import replace

    unsettled = replace(posterior(), status=Status.NOT_CONVERGED)
    view = verdict_view(full(None, unsettled))
    assert view is not None
    assert view.figures["dots"] is None
    assert view.effect == ""
