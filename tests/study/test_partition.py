"""A partition is done once, kept whole, and known again by its content."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from noctiflora.study import Belief, read_settings, sample, stack
from noctiflora.study import _partition as part
from noctiflora.study._dataset import partitions, read_partition
from noctiflora.study._population import each_likelihood
from noctiflora.trial import contribution

BELIEF = Belief(strains={"example": (0.0, 4.0)}, covariates={}, omega_scale=2.0, onset=(2.64, 0.5), washout=(2.3, 0.6))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return sample(tmp_path / "data", people=4, seed=2)


def test_a_finished_partition_is_not_repeated(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (file,), settings = partitions(folder), read_settings(folder)
    first = part.analyse_partition(file, settings, tmp_path)
    assert (first.resumed, len(first.people), first.refused) == (False, 4, ())
    monkeypatch.setattr(part, "contribution", None)  # would fail if it were asked again
    again = part.analyse_partition(file, settings, tmp_path)
    assert again == replace(first, resumed=True)
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".")]


def test_another_content_or_study_is_done_anew(folder: Path, tmp_path: Path) -> None:
    (file,), settings = partitions(folder), read_settings(folder)
    mark = part.fingerprint(file, settings)
    assert part.fingerprint(file, replace(settings, within_sd=5.0)) != mark
    pl.read_parquet(file).with_columns(pl.col("y") + 0.01).write_parquet(file)
    assert part.fingerprint(file, settings) != mark


def test_a_half_written_result_is_not_taken(folder: Path, tmp_path: Path) -> None:
    (file,), settings = partitions(folder), read_settings(folder)
    first = part.analyse_partition(file, settings, tmp_path)
    next(tmp_path.glob("*.json")).unlink()
    assert part.analyse_partition(file, settings, tmp_path) == first


def test_what_is_kept_is_what_the_trials_say(folder: Path, tmp_path: Path) -> None:
    (file,), settings = partitions(folder), read_settings(folder)
    kept = part.analyse_partition(file, settings, tmp_path)
    people, _ = read_partition(file, settings)
    direct = stack([contribution(p.series, part.priors_of(settings)) for p in people], [0] * 4)
    pile, names = part.load_pile(kept.file, (), ("example",), ())
    assert names == tuple(p.name for p in people)
    rows = BELIEF.centre[None] + 0.1 * np.random.default_rng(1).standard_normal((3, 4))
    assert each_likelihood(pile, rows, BELIEF).tobytes() == each_likelihood(direct, rows, BELIEF).tobytes()
    summed = part.partition_likelihood(kept.file, (), BELIEF, (), rows)
    assert summed == pytest.approx(each_likelihood(direct, rows, BELIEF).sum(axis=1))
    _, fewer = part.load_pile(kept.file, (names[1],), ("example",), ())
    assert fewer == (names[0], *names[2:])


def test_a_person_with_one_arm_is_named(folder: Path, tmp_path: Path) -> None:
    (file,), settings = partitions(folder), read_settings(folder)
    table = pl.read_parquet(file)
    first = table["person"][0]
    table = table.with_columns(pl.when(pl.col("person") == first).then(0.0).otherwise(pl.col("dose")).alias("dose"))
    table.write_parquet(file)
    kept = part.analyse_partition(file, settings, tmp_path)
    assert len(kept.people) == 3
    (refused,) = kept.refused
    assert first in refused.where
    assert "one arm" in refused.reason


def test_a_partition_without_people_is_empty(folder: Path, tmp_path: Path) -> None:
    (file,), settings = partitions(folder), read_settings(folder)
    pl.read_parquet(file).head(0).write_parquet(file)
    assert part.analyse_partition(file, settings, tmp_path).people == ()
