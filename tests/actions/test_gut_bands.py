"""The bands behind the signs of the stool test kept last."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from noctiflora.actions import gut_bands, keep_gut_file, observe_gut, read_gut
from noctiflora.gut import Level
from noctiflora.store import Store, open_store

NOW = dt.datetime(2024, 12, 1, 8, tzinfo=dt.UTC)
SAMPLE = Path(__file__).parents[2].parent / "shared/samples/gut/formats/ubiome_2016-08-02_gut.json"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Yield an empty store."""
    with open_store(tmp_path / "x.sqlite", now=lambda: NOW) as found:
        yield found


def test_without_a_test_there_is_no_band(store: Store) -> None:
    assert gut_bands(store, today=NOW.date()) == {}


@pytest.mark.skipif(not SAMPLE.exists(), reason="the shared sample files are not here")
def test_every_band_stands_in_the_words_of_its_sign(store: Store) -> None:
    (file,) = read_gut([SAMPLE])
    assert file.reading is not None
    keep_gut_file(store, SAMPLE, file.reading)
    signs = observe_gut(store, today=NOW.date())
    bands = gut_bands(store, today=NOW.date())
    assert bands
    for key, places in bands.items():
        for place in places:
            assert place.level is not Level.NOT_ASSESSABLE
            assert (
                f"{place.taxon} {place.level.value}, percentile {place.low:.0f} to {place.high:.0f}" in signs[key].text
            )
