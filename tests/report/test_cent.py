"""Every item of CENT has an answer, and text of any origin stays text."""

import pytest

from noctiflora.core import RangeError
from noctiflora.report import CentAnswer, CentStatus, cent_text
from noctiflora.report._cent import ITEMS

FULL = {number: CentAnswer(status=CentStatus.FILLED, text=f"answer {number}") for number in ITEMS}


def test_every_item_stands_in_order() -> None:
    text = cent_text("T", FULL)
    places = [text.index(f"## {number}. ") for number in ITEMS]
    assert places == sorted(places)
    assert len(ITEMS) == 44
    assert "10.1136/bmj.h1738" in text


@pytest.mark.parametrize(
    "answers",
    [
        {k: v for k, v in FULL.items() if k != "5"},
        FULL | {"99": FULL["5"]},
        FULL | {"5": CentAnswer(status=CentStatus.FILLED, text=" ")},
    ],
)
def test_a_missing_unknown_or_empty_item_is_refused(answers: dict[str, CentAnswer]) -> None:
    with pytest.raises(RangeError, match="every item"):
        cent_text("T", answers)


def test_hostile_text_is_no_markup() -> None:
    answers = FULL | {"19": CentAnswer(status=CentStatus.FILLED, text="# x\n## 20. [a](b) <script>")}
    text = cent_text("T", answers)
    assert "<script>" not in text
    assert text.count("\n## ") == len(ITEMS)
