"""Partitions: a bad row costs that row, a bad person that person, a bad file that file."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from noctiflora.core import FormatError, Outcome
from noctiflora.study import Settings
from noctiflora.study._dataset import partitions, read_partition

SETTINGS = Settings(outcome=Outcome.EFFICIENCY, within_sd=4.3, useful=2.0)
KNOWN = Settings(
    outcome=Outcome.EFFICIENCY, within_sd=4.3, useful=2.0, person_covariates=("age",), night_covariates=("alcohol",)
)


def rows(person: str, n: int = 6, **more: object) -> pl.DataFrame:
    columns = {
        "person": [person] * n,
        "strain": ["x"] * n,
        "night": np.arange(1, n + 1),
        "y": np.linspace(80, 90, n),
        "dose": np.arange(n) % 2,
        **more,
    }
    return pl.DataFrame(columns)


@pytest.fixture(params=["parquet", "csv"])
def write(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[pl.DataFrame], Path]:
    def to_file(table: pl.DataFrame) -> Path:
        path = tmp_path / f"part-0.{request.param}"
        if request.param == "csv":
            table.write_csv(path)
        else:
            table.write_parquet(path)
        return path

    return to_file


def test_people_come_with_their_nights(write: Callable[[pl.DataFrame], Path]) -> None:
    table = pl.concat([rows("b", age=40.0, alcohol=1.5), rows("a", age=50.0, alcohol=0.0)])
    people, refused = read_partition(write(table), KNOWN)
    assert refused == []
    assert [(p.name, p.strain, p.known.tolist()) for p in people] == [("b", "x", [40.0]), ("a", "x", [50.0])]
    assert people[0].series.y == pytest.approx(np.linspace(80, 90, 6))
    assert people[0].series.covariates["alcohol"].tolist() == [1.5] * 6


def test_a_missing_outcome_is_a_missing_night_and_rows_may_stand_in_any_order(
    write: Callable[[pl.DataFrame], Path],
) -> None:
    table = rows("a").with_columns(pl.when(pl.col("night") == 3).then(None).otherwise(pl.col("y")).alias("y"))
    people, refused = read_partition(write(table.reverse()), SETTINGS)
    assert refused == []
    assert people[0].series.nights.tolist() == [1, 2, 3, 4, 5, 6]
    assert np.isnan(people[0].series.y).tolist() == [False, False, True, False, False, False]


def test_one_bad_row_is_named_and_the_rest_is_done(write: Callable[[pl.DataFrame], Path]) -> None:
    table = pl.concat([rows("a"), rows("b")]).with_columns(pl.col("y").cast(pl.String), pl.col("dose").cast(pl.String))
    table[7, "y"] = "eighty"
    table[9, "dose"] = None
    people, refused = read_partition(write(table), SETTINGS)
    assert [p.series.nights.size for p in people] == [6, 4]
    assert [(r.where.partition(", ")[2], r.reason) for r in refused] == [
        ("row 9, y", "found 'eighty'; give a number"),
        ("row 11, dose", "found nothing; give a number"),
    ]


def test_many_bad_rows_are_counted(write: Callable[[pl.DataFrame], Path]) -> None:
    table = rows("a", 50).with_columns(pl.lit("x").alias("dose"))
    people, refused = read_partition(write(table), SETTINGS)
    assert people == []
    assert len(refused) == 21
    assert refused[-1].reason == "30 more rows like these"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"strain": ["x", "x", "x", "y", "y", "y"]}, "more than one strain"),
        ({"zone": ["Europe/Berlin"] * 5 + ["Asia/Tokyo"]}, "more than one time zone"),
        ({"night": [1, 2, 2, 3, 4, 5]}, "twice"),
        ({"night": [1.0, 2.0, 2.5, 3.0, 4.0, 5.0]}, "whole"),
        ({"dose": [0, 1, 2, 0, 1, 0]}, "0 to 1"),
        ({"night": [0, 1, 2, 3, 4, 5]}, "night"),
    ],
)
def test_a_person_who_cannot_be_read_is_named_and_others_are_done(
    write: Callable[[pl.DataFrame], Path], change: dict[str, list[object]], words: str
) -> None:
    good = rows("good", zone="Europe/Berlin") if "zone" in change else rows("good")
    bad = rows("bad", **change)
    people, refused = read_partition(write(pl.concat([good, bad], how="vertical_relaxed")), SETTINGS)
    assert [p.name for p in people] == ["good"]
    (one,) = refused
    assert "person bad" in one.where
    assert words in one.reason


def test_what_is_known_of_a_person_stays_the_same(write: Callable[[pl.DataFrame], Path]) -> None:
    table = rows("a", age=[40.0] * 5 + [41.0], alcohol=0.0)
    people, (refused,) = read_partition(write(table), KNOWN)
    assert people == []
    assert "same on all nights" in refused.reason


@pytest.mark.parametrize(("change", "words"), [({"mood": 1.0}, "with mood"), ({"dose": None}, "without dose")])
def test_other_columns_are_refused(
    write: Callable[[pl.DataFrame], Path], change: dict[str, object], words: str
) -> None:
    table = rows("a", mood=1.0) if "mood" in change else rows("a").drop("dose")
    with pytest.raises(FormatError, match=words):
        read_partition(write(table), SETTINGS)


def test_rubbish_is_refused(tmp_path: Path) -> None:
    for name, content in (("a.parquet", b"PAR1 not really"), ("b.csv", b"\xff\xfe\x00"), ("c.parquet", b"")):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(FormatError):
            read_partition(path, SETTINGS)


def test_partitions_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    (tmp_path / "people").mkdir()
    with pytest.raises(FormatError, match="no partitions"):
        partitions(tmp_path)
    for name in ("b.csv", "a.parquet", "readme.txt"):
        (tmp_path / "people" / name).write_text("")
    assert [p.name for p in partitions(tmp_path)] == ["a.parquet", "b.csv"]
