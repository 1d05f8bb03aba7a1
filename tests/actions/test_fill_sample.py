"""The made-up person in a store."""

import datetime as dt
from pathlib import Path

from noctiflora.actions import fill_sample, list_nights
from noctiflora.actions._fill_sample import SAMPLE_NAME
from noctiflora.sample import person
from noctiflora.store import Store


def test_the_store_holds_nights_answers_and_a_trial(store: Store, tmp_path: Path) -> None:
    said: list[str] = []
    today = fill_sample(store, tmp_path, say=said.append)
    nights = list_nights(store).nights
    assert nights[-1].date == today - dt.timedelta(days=1)
    assert len(nights) > 150
    assert len(store.trials.list()) == 1
    assert store.answers.history()
    assert any(line.startswith("Trial:") for line in said)
    assert person(1, start=today, n_nights=1).name == SAMPLE_NAME
