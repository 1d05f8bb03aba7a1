import datetime as dt
from dataclasses import replace

import pytest

from noctiflora.core import RangeError
from noctiflora.report import PeriodDates
from noctiflora.trial import Word
from tests.report.made_up import design, full, running, verdict


def test_a_result_is_refused_while_the_order_is_sealed() -> None:
    with pytest.raises(RangeError, match="sealed"):
        replace(full(), design=design(opened=False))
    with pytest.raises(RangeError, match="sealed"):
        replace(full(), design=None)


def test_a_verdict_needs_its_result_but_a_safety_stop_does_not() -> None:
    data = full()
    assert data.trial is not None
    with pytest.raises(RangeError, match="verdict"):
        replace(data, trial=None)
    stopped = replace(running(), verdict=verdict(Word.STOP, data.trial.posterior))
    assert stopped.running


def test_periods_end_where_the_next_begins() -> None:
    period = PeriodDates(start=dt.date(2026, 1, 1), n_nights=7)
    assert period.end == dt.date(2026, 1, 7)
    planned = design()
    assert planned.opened
    assert planned.comparison == "with placebo"
    assert design(blinded=False).comparison == "without it"
    assert not replace(planned, periods=()).opened
