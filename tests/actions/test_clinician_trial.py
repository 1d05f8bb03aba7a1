"""The trial's part of the clinician's page."""

import pytest

from noctiflora.actions import LogLine, log_trial
from noctiflora.actions._clinician_trial import dose_words, running_blocks
from noctiflora.store import Store
from tests.actions.seasons import ORDER, at, day, kept, nights, record


@pytest.mark.parametrize(
    ("value", "words"), [(1e10, "1 × 10¹⁰"), (2.5e9, "2.5 × 10⁹"), (5.0, "5"), (0.5, "0.5"), (200000.0, "200000")]
)
def test_doses_read_as_printed(value: float, words: str) -> None:
    assert dose_words(value) == words


def test_twins_read_the_same(store: Store) -> None:
    nights(store, 1.0, n=20)
    found = []
    for order in (ORDER, "CPPCCP"):
        made = kept(store, record(order=order))
        found.append(running_blocks(store, made, today=day(20), harms=True))
    assert found[0] == found[1]


def test_effects_are_counted_and_bounded(store: Store) -> None:
    kept(store)
    lines = [LogLine(night=1, adverse=f"effect {i}", severity="mild") for i in range(8)]
    made = log_trial(store, [*lines, lines[0]], now=at(2), today=day(2))
    block = running_blocks(store, made, today=day(2), harms=True)[-1]
    assert block.heading == "Unwanted effects"
    assert "effect 0 (mild), 2 times" in block.points
    assert len(block.points) == 6
    assert "2 more" in block.paragraphs[0]
