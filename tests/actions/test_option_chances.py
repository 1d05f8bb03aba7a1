"""Counts of people for every option with a size of effect."""

import datetime as dt
import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from noctiflora.actions import add_evidence, list_options, option_chances, option_updates
from noctiflora.store import Store, open_store

NOW = dt.datetime(2024, 12, 1, 8, tzinfo=dt.UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Yield an empty store."""
    with open_store(tmp_path / "x.sqlite", now=lambda: NOW) as found:
        yield found


def test_every_option_with_an_effect_has_its_counts(store: Store) -> None:
    offered = list_options(store, today=NOW.date())
    found = option_chances(store, offered)
    with_effect = {o.key: o.effect for o in offered.options if o.effect is not None}
    assert found.keys() == with_effect.keys()
    for key, effect in with_effect.items():
        assert found[key].gain.centre == pytest.approx(effect.p_better_than(offered.useful), abs=1e-9)


def test_what_the_person_added_marks_its_option(store: Store) -> None:
    assert option_updates(store) == {}
    text = (files("noctiflora.evidence") / "data/additions/examples/trial.json").read_text(encoding="utf-8")
    document = json.loads(text)
    for one in document["entries"]:
        one["strains"] = "Bifidobacterium longum 1714"
    add_evidence(store, json.dumps(document).encode(), file="one.json")
    assert option_updates(store) == {"bifidobacterium-longum-1714": NOW.date()}
