import dataclasses
import datetime as dt

import pytest

from noctiflora.sleep import Exposure


def test_an_answer_cannot_be_changed() -> None:
    one = Exposure(source="whoop", date=dt.date(2026, 1, 3), question="Coffee?", answer=None)
    assert one.note == ""
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.answer = True  # type: ignore[misc]
