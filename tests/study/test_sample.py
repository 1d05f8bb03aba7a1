"""Made-up data sets: the same seed, the same files."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from noctiflora.core import RangeError
from noctiflora.study import Truth, read_settings, sample
from noctiflora.study._dataset import partitions, read_partition
from noctiflora.study._sample import _exposure
from noctiflora.trial import exposure


def test_the_same_seed_gives_the_same_people_and_more_people_begin_alike(tmp_path: Path) -> None:
    one, two, more = (sample(tmp_path / name, people=n, seed=3) for name, n in (("a", 4), ("b", 4), ("c", 6)))
    first = pl.read_parquet(one / "people" / "part-00000.parquet")
    assert first.equals(pl.read_parquet(two / "people" / "part-00000.parquet"))
    assert pl.read_parquet(more / "people" / "part-00000.parquet").head(first.height).equals(first)
    other = sample(tmp_path / "d", people=4, seed=4)
    assert not pl.read_parquet(other / "people" / "part-00000.parquet").equals(first)


def test_every_person_can_be_read_and_takes_turns(tmp_path: Path) -> None:
    folder = sample(tmp_path / "a", people=300, seed=1)
    settings = read_settings(folder)
    files = partitions(folder)
    assert len(files) == 2
    people, refused = read_partition(files[1], settings)
    assert (len(people), refused) == (50, [])
    for person in people:
        halves = person.series.dose.reshape(-1, 28)
        assert np.all(halves.sum(axis=1) == 14)
    truth = pl.read_parquet(folder / "truth.parquet")["theta"]
    assert truth.mean() == pytest.approx(Truth().mean, abs=0.3)
    assert truth.std() == pytest.approx(Truth().omega, abs=0.2)


def test_the_exposure_is_that_of_the_analysis() -> None:
    dose = np.array([0.0, 1.0, 1.0, 0.0, 1.0])
    assert _exposure(dose, 14.0, 10.0) == pytest.approx(exposure(dose, tau_on=14.0, tau_off=10.0))


def test_what_cannot_be_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RangeError, match="people are"):
        sample(tmp_path / "a", people=0, seed=1)
    with pytest.raises(RangeError, match="people are"):
        sample(tmp_path / "a", people=1, seed=-1)
    sample(tmp_path / "b", people=1, seed=1)
    with pytest.raises(RangeError, match="already"):
        sample(tmp_path / "b", people=1, seed=1)
