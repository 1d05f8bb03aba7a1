"""A whole study on real processes: undisturbed, with a worker killed in mid-run, and taken up again."""

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from noctiflora.core import FormatError
from noctiflora.study import Engine, StudyResult, _run, engine, result_dict, run, sample, write_result
from noctiflora.study import _sample as made
from noctiflora.study._evidence_entry import study_entries
from noctiflora.study._report import study_report

PEOPLE = 24


def silent(_what: str, _done: int, _of: int) -> None:
    return


@pytest.fixture(scope="module")
def machines() -> Iterator[Engine]:
    with engine(workers=2) as found:
        yield found


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(made, "PER_PARTITION", 4)
        return sample(tmp_path_factory.mktemp("study") / "data", people=PEOPLE, seed=6)


@pytest.fixture(scope="module")
def undisturbed(dataset: Path, tmp_path_factory: pytest.TempPathFactory, machines: Engine) -> StudyResult:
    return run(dataset, tmp_path_factory.mktemp("out"), machines, tell=silent)


def told(result: StudyResult) -> tuple[str, bytes]:
    people = pl.read_parquet(result.out / "people.parquet")
    return json.dumps(result_dict(result)), people.write_csv().encode()


def test_everybody_is_in_it(undisturbed: StudyResult) -> None:
    assert (undisturbed.n_people, undisturbed.refused, undisturbed.failed) == (PEOPLE, (), ())
    said: dict[str, Any] = json.loads(write_result(undisturbed).read_text())
    assert said["truth"]["mean"] == 1.5
    assert abs(said["pooled"]["mean"] - 1.5) < 4 * said["pooled"]["sd"]
    assert said["omega_person"] > 0
    people = pl.read_parquet(undisturbed.out / "people.parquet")
    assert people["person"].n_unique() == PEOPLE
    assert people.columns == ["person", "strain", "mean", "sd", "p_benefit", "p_useful"]


def test_a_worker_killed_in_mid_run_changes_nothing(dataset: Path, undisturbed: StudyResult, tmp_path: Path) -> None:
    killed: list[int] = []
    with engine(workers=2) as mine:
        pids = mine.map(os_pid, range(8))

        def kill(what: str, done: int, _of: int) -> None:
            if what == "trials" and done == 1 and not killed:
                killed.append(pids[0])
                os.kill(pids[0], signal.SIGKILL)

        result = run(dataset, tmp_path, mine, tell=kill)
    assert killed
    assert told(result) == told(undisturbed)


def os_pid(_item: int) -> int:
    return os.getpid()


def test_what_was_finished_is_not_repeated(
    dataset: Path, undisturbed: StudyResult, machines: Engine, tmp_path: Path
) -> None:
    first = run(dataset, tmp_path, machines, tell=silent)
    assert first.resumed == 0
    notes = sorted((tmp_path / "trials").glob("*.json"))
    for note in notes[:2]:
        note.unlink()
    again = run(dataset, tmp_path, machines, tell=silent)
    assert again.resumed == len(notes) - 2
    assert told(again) == told(undisturbed)


def test_a_partition_that_cannot_be_read_and_a_person_in_two_are_named(
    dataset: Path, machines: Engine, tmp_path: Path
) -> None:
    copy = tmp_path / "data"
    (copy / "people").mkdir(parents=True)
    (copy / "study.json").write_bytes((dataset / "study.json").read_bytes())
    files = sorted((dataset / "people").iterdir())
    for file in files[:2]:
        (copy / "people" / file.name).write_bytes(file.read_bytes())
    (copy / "people" / "part-x.parquet").write_bytes(b"no parquet")
    both = (
        pl.read_parquet(files[0]).filter(pl.col("person") == "p0000001").with_columns(pl.lit("other").alias("strain"))
    )
    both.write_parquet(copy / "people" / "part-y.parquet")
    result = run(copy, tmp_path / "out", machines, tell=silent)
    assert result.n_people == 7
    assert [f.where for f in result.failed] == ["part-x.parquet"]
    (refused,) = result.refused
    assert refused.where == "person p0000001"
    assert "part-00000.parquet (example) and part-y.parquet (other)" in refused.reason


def test_nobody_is_one_sentence(dataset: Path, machines: Engine, tmp_path: Path) -> None:
    copy = tmp_path / "data"
    (copy / "people").mkdir(parents=True)
    (copy / "study.json").write_bytes((dataset / "study.json").read_bytes())
    (copy / "people" / "a.parquet").write_bytes(b"no parquet")
    with pytest.raises(FormatError, match="nobody"):
        run(copy, tmp_path / "out", machines, tell=silent)


def test_many_people_do_not_learn_the_time_constants_and_it_is_said(
    dataset: Path, undisturbed: StudyResult, machines: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (undisturbed.caution, result_dict(undisturbed)["kinetics"]) == (None, "learned")
    monkeypatch.setattr(_run, "MOST_LEARNING", PEOPLE - 1)
    result = run(dataset, tmp_path, machines, tell=silent)
    said = result_dict(result)
    assert said["kinetics"] == "held as believed"
    assert said["caution"] in study_report(result).replace("\n", " ")
    # nothing is learned: what is said of them is what was believed (sd 0.5 times the root of the shared part)
    assert said["log_tau_on"]["mean"] == pytest.approx(2.639, abs=0.05)
    assert said["log_tau_on"]["sd"] == pytest.approx(0.3, abs=0.05)
    found = study_entries(result)
    assert found.entries == ()
    assert "too narrow" in found.missing["example"]
