"""A store of one's own, and the sample person in it."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from noctiflora.sample import Person, person
from noctiflora.store import Store, open_store

NOW = dt.datetime(2025, 5, 1, 8, tzinfo=dt.UTC)
START = dt.date(2024, 10, 7)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "x.sqlite", now=lambda: NOW) as opened:
        yield opened


@pytest.fixture(scope="session")
def sample() -> Person:
    return person(2, start=START, n_nights=84, run_in_nights=28, period_nights=14, n_pairs=2)
