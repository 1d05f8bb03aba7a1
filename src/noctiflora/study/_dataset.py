"""The partitions of a data set: one row per person-night, each person whole in one file."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from noctiflora.core import FormatError, NoctifloraError
from noctiflora.study._settings import OPTIONAL_COLUMNS, Settings
from noctiflora.trial import Series

PEOPLE = "people"
"""The folder of partitions inside a data set."""
TEXT = ("person", "strain", "zone")
ROW = "row"
MOST_NAMED = 20
"""Most rows of a partition that are named one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Something that was left out.

    Parameters
    ----------
    where : str
        Partition, and row or person.
    reason : str
        Why, in a sentence.
    """

    where: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Person:
    """One person's nights, ready to be analysed.

    Parameters
    ----------
    name : str
        As the data set calls them.
    strain : str
        What they took.
    known : (C,)
        The covariates of the person.
    series : Series
        The nights.
    """

    name: str
    strain: str
    known: np.ndarray
    series: Series


def partitions(folder: Path) -> tuple[Path, ...]:
    """Return the files of a data set in the order of their names.

    Raises
    ------
    FormatError
        If there are none.
    """
    found = sorted(p for p in (folder / PEOPLE).glob("*") if p.suffix in (".parquet", ".csv") and p.is_file())
    if not found:
        raise FormatError(
            "this data set has no partitions",
            where=str(folder / PEOPLE),
            do="put Parquet or CSV files there, each person whole in one of them",
        )
    return tuple(found)


def read_partition(path: Path, settings: Settings) -> tuple[list[Person], list[Refused]]:
    """Return the people of one partition and what had to be left out; a bad row costs that row only.

    Raises
    ------
    FormatError
        If the file cannot be read or its columns are others than the study's.
    """
    table = _table(path)
    _check_columns(table, path, settings)
    numbers = [c for c in table.columns if c not in TEXT and c in (*settings.columns, "assigned")]
    clean, refused = _numbers(table.with_row_index(ROW, offset=2), numbers, path)
    people: list[Person] = []
    for name, nights in _by_person(clean):
        try:
            people.append(_person(name, nights, path, settings))
        except NoctifloraError as error:
            refused.append(Refused(where=f"{path.name}, person {name}", reason=str(error)))
    return people, refused


def _table(path: Path) -> pl.DataFrame:
    try:
        if path.suffix == ".parquet":
            return pl.read_parquet(path, memory_map=False)
        return pl.read_csv(path, infer_schema=False, null_values=[""])
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        said = str(error).splitlines()[0][:80] if str(error) else type(error).__name__
        raise FormatError("this partition cannot be read", where=path.name, found=said, do="write it again") from None


def _check_columns(table: pl.DataFrame, path: Path, settings: Settings) -> None:
    have, want = set(table.columns), set(settings.columns)
    missing, more = sorted(want - have), sorted(have - want - set(OPTIONAL_COLUMNS))
    if missing or more:
        raise FormatError(
            "this partition has other columns than the study",
            where=path.name,
            found=(f"without {', '.join(missing)}" if missing else f"with {', '.join(more)}"),
            do=f"columns: {', '.join(settings.columns)}; zone and assigned may follow",
        )


def _numbers(table: pl.DataFrame, names: list[str], path: Path) -> tuple[pl.DataFrame, list[Refused]]:
    """Cast the numeric columns; drop and name the rows that hold something else."""
    cast = table.with_columns(
        *(pl.col(n).cast(pl.Float64, strict=False).alias(f"{n}#") for n in names),
        *(pl.col(n).cast(pl.String) for n in TEXT if n in table.columns),
    )
    bad = [
        pl.when((pl.col(f"{n}#").is_null() & pl.col(n).is_not_null()) | pl.col(f"{n}#").is_infinite())
        .then(pl.lit(n))
        .otherwise(None)
        for n in names
    ]
    needed = [pl.when(pl.col(n).is_null()).then(pl.lit(n)).otherwise(None) for n in names if n != "y"]
    lost = [pl.when(pl.col(n).is_null()).then(pl.lit(n)).otherwise(None) for n in ("person", "strain")]
    cast = cast.with_columns(pl.coalesce(*bad, *needed, *lost).alias("bad#"))
    wrong = cast.filter(pl.col("bad#").is_not_null())
    refused = [
        Refused(
            where=f"{path.name}, row {row[ROW]}, {row['bad#']}",
            reason=f"found {_shown(row[row['bad#']])}; give a {'name' if row['bad#'] in TEXT else 'number'}",
        )
        for row in wrong.head(MOST_NAMED).iter_rows(named=True)
    ]
    if wrong.height > MOST_NAMED:
        refused.append(Refused(where=path.name, reason=f"{wrong.height - MOST_NAMED} more rows like these"))
    good = cast.filter(pl.col("bad#").is_null())
    return good.with_columns(pl.col(f"{n}#").alias(n) for n in names), refused


def _shown(value: object) -> str:
    return "nothing" if value is None else repr(str(value)[:40])


def _by_person(table: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    for (name,), nights in table.group_by("person", maintain_order=True):
        yield str(name), nights


def _person(name: str, nights: pl.DataFrame, path: Path, settings: Settings) -> Person:
    where = f"{path.name}, person {name}"
    for column, words in (("strain", "took more than one strain"), ("zone", "has nights of more than one time zone")):
        if column in nights.columns and nights[column].n_unique() > 1:
            found = ", ".join(sorted(map(str, nights[column].unique().to_list()))[:3])
            raise FormatError(f"this person {words}", where=where, found=found, do="give each part a name of its own")
    known = nights.select(settings.person_covariates).unique()
    if settings.person_covariates and known.height != 1:
        raise FormatError("what is known of a person must be the same on all nights", where=where, do="correct it")
    nights = nights.sort("night")
    number = nights["night"].to_numpy()
    if np.any(number != np.round(number)):
        raise FormatError("a night's number is a whole one", where=where, do="number the nights 1, 2, 3 ...")
    if nights["night"].n_unique() != nights.height:
        twice = nights.filter(pl.col("night").is_duplicated())["night"][0]
        raise FormatError("a night stands twice", where=where, found=f"night {twice:g}", do="keep one of them")
    return Person(
        name=name,
        strain=str(nights["strain"][0]),
        known=known.to_numpy().reshape(-1) if settings.person_covariates else np.zeros(0),
        series=Series(
            nights=number.astype(np.int64),
            y=nights["y"].fill_null(float("nan")).to_numpy(),
            dose=nights["dose"].to_numpy(),
            covariates={c: nights[c].to_numpy() for c in settings.night_covariates},
            assigned=nights["assigned"].to_numpy() if "assigned" in nights.columns else None,
            where=where,
        ),
    )
