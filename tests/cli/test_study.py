"""Studies at the command line."""

import json
from pathlib import Path

import polars as pl

from tests.cli.conftest import Run
from tests.study.summaries import normal_summary, people, write


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


def test_a_registry_is_pooled_and_hostile_summaries_are_named(run: Run, tmp_path: Path) -> None:
    folder = write(tmp_path / "all", [*people(12), normal_summary(50, unit="min"), {}])
    done = run("study", "registry", str(folder), "--out", str(tmp_path / "out"), "--format", "json")
    assert done.code == 3
    said = json.loads(done.out)
    assert (said["n_people"], said["n_refused"]) == (12, 2)
    assert "all.jsonl, line 13, field unit: sleep efficiency is in points" in done.err
    table = run("study", "registry", str(folder))
    assert "12 summaries count" in table.out
    assert "person-0000" in table.out
    added = run("evidence", "add", str(tmp_path / "out" / "evidence.json"), "--db", str(tmp_path / "x.db"))
    assert (added.code, "1 taken" in added.out) == (0, True)


def test_a_registry_without_summaries_is_refused(run: Run, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none"):
        ended = run("study", "registry", str(path))
        assert (ended.code, ended.err.count("\n")) == (3, 1)
    assert run("study", "registry", str(tmp_path), "--within-sd", "-1").code == 2


def test_a_study_of_a_known_strain_writes_an_entry_for_the_evidence(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    run("study", "sample", "--people", "6", "--seed", "3", "--out", str(folder))
    file = next((folder / "people").iterdir())
    table = pl.read_parquet(file).with_columns(pl.lit("Bifidobacterium longum 1714").alias("strain"))
    table.write_parquet(file)
    said = json.loads((folder / "study.json").read_text())
    said["evidence"] = {"instrument": "diary", "blinding": "double-blind", "n_agreed_before": 6}
    (folder / "study.json").write_text(json.dumps(said))
    done = run("study", "run", str(folder), "--workers", "1")
    assert (done.code, "evidence add" in done.out) == (0, True), done.err
    assert "# A study" in (folder / "results" / "report.md").read_text(encoding="utf-8")
    added = run("evidence", "add", str(folder / "results" / "evidence.json"), "--db", str(tmp_path / "x.db"))
    assert (added.code, "1 taken" in added.out) == (0, True), added.err
