"""Studies at the command line."""

import json
from pathlib import Path

import polars as pl

from tests.cli.conftest import Run


def test_a_made_up_study_runs_and_runs_again(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    made = run("study", "sample", "--people", "8", "--seed", "2", "--out", str(folder))
    assert (made.code, "8 made-up people" in made.out) == (0, True)
    first = run("study", "run", str(folder), "--workers", "1", "--format", "json")
    assert first.code == 0, first.err
    said = json.loads(first.out)
    assert (said["n_people"], set(said["pooled"])) == (8, {"mean", "sd", "q"})
    assert said["truth"]["omega_person"] == 1.5
    file = next((folder / "people").iterdir())
    table = pl.read_parquet(file).with_columns(pl.col("y").cast(pl.String))
    table[3, "y"] = "bad"
    table.write_parquet(file)
    again = run("study", "run", str(folder), "--workers", "1")
    assert again.code == 3
    assert "row 5, y: found 'bad'" in again.err
    assert "8 people" in again.out


def test_what_is_no_study_is_refused(run: Run, tmp_path: Path) -> None:
    ended = run("study", "run", str(tmp_path))
    assert (ended.code, "study sample" in ended.err) == (3, True)
    taken = run("study", "sample", "--people", "0", "--out", str(tmp_path / "x"))
    assert (taken.code, "people are" in taken.err) == (3, True)
