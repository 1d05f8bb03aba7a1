from dataclasses import replace

import pytest

from noctiflora.core import Outcome
from noctiflora.report import ReportData
from noctiflora.report._answer import answer, gains
from noctiflora.report._effect import Measure
from noctiflora.trial import Status, Word
from tests.report.made_up import assessed, empty, full, posterior, running, verdict

MEASURE = Measure(outcome=Outcome.EFFICIENCY, tib_min=480)


@pytest.mark.parametrize(
    ("data", "start"),
    [
        (full(), "Bifidobacterium longum 1714 helps you sleep: about 13 more minutes"),
        (full(Word.STOP, posterior(-3.2, 1.6)), "Stop taking Bifidobacterium longum 1714: you sleep worse with it"),
        (full(Word.STOP, posterior(2.0, 1.6)), "Stop taking Bifidobacterium longum 1714: a safety rule fired"),
        (full(Word.CANNOT_TELL, posterior(0.6, 2.4)), "Your nights cannot tell whether"),
        (full(Word.DOES_NOT_HELP, posterior(-0.2, 1.0)), "Bifidobacterium longum 1714 does not help you"),
        (full(Word.DOES_NOT_HELP, posterior(1.0, 0.5)), "Bifidobacterium longum 1714 does something"),
        (full(None), "There is no verdict"),
        (running(), "Your trial of Bifidobacterium longum 1714 is under way: "),
        (assessed(), "On a middling night you sleep "),
        (empty(), "No nights are in yet"),
    ],
)
def test_the_answer_is_one_sentence_that_can_be_read_aloud(data: ReportData, start: str) -> None:
    said = answer(data, MEASURE)
    assert said.startswith(start)
    assert said.endswith(".")
    assert ". " not in said
    if data.trial is not None:
        assert "%" not in said


def test_a_running_trial_counts_nights_and_says_nothing_of_effects() -> None:
    said = answer(running(), MEASURE)
    assert "of 168 nights" in said
    assert "asleep" not in said


def test_gains_put_better_to_the_right() -> None:
    up, down = gains(posterior(2.0, 1.0)), gains(posterior(2.0, 1.0, higher=False))
    assert up == pytest.approx(down)
    assert up[0.05] < up[0.5] < up[0.95]


def test_an_unsettled_calculation_has_no_size() -> None:
    found = replace(posterior(), status=Status.NOT_CONVERGED)
    data = replace(full(None, found), verdict=verdict(None, found))
    assert "minutes" not in answer(data, MEASURE)


def test_a_stop_without_any_design_is_still_said() -> None:
    data = replace(empty(), verdict=verdict(Word.STOP, posterior()))
    assert answer(data, MEASURE).startswith("Stop")
