"""The axis at the command line: every answer says hypothesis, and what cannot be run is refused in words."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli.conftest import Run


def test_a_run_gives_every_night_and_says_hypothesis(run: Run) -> None:
    shown = run("axis", "simulate", "--weeks", "2")
    assert shown.code == 0
    assert shown.out.startswith("Hypothesis")
    found = json.loads(run("axis", "simulate", "--weeks", "2", "--format", "json").out)
    assert found["label"] == "hypothesis"
    assert found["status"] == "done"
    assert len(found["nights"]) == 14
    assert {"date", "tst_min", "waso_min", "sol_min", "se_pct", "awakenings", "dlmo_h"} <= set(found["nights"][0])
    assert found["hypotheses"]


def test_an_intervention_and_a_setting_change_the_nights(run: Run) -> None:
    plain = run("axis", "simulate", "--preset", "insomnia", "--weeks", "2", "--format", "json").out
    with_strain = run(
        "axis", "simulate", "--preset", "insomnia", "--weeks", "2", "--intervention", "live-strain:1:0:14",
        "--set", "DAO=0.8", "--format", "json",
    ).out  # fmt: skip
    assert json.loads(plain)["nights"] != json.loads(with_strain)["nights"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--preset", "nobody"),
        ("--set", "NOSUCH=1"),
        ("--set", "DAO"),
        ("--set", "DAO=1000"),
        ("--intervention", "phgg:-5"),
        ("--intervention", "magic:1"),
        ("--weeks", "0"),
        ("--weeks", "60"),
        ("--step", "2"),
        ("--mode", "often"),
        ("--chart", "x.pdf"),
        ("--set", "tA=240 min"),
        ("--step", "0.2"),
    ],
)
def test_what_cannot_be_run_is_refused_in_one_line(run: Run, arguments: tuple[str, ...]) -> None:
    ended = run("axis", "simulate", *arguments)
    assert ended.code == 3
    assert len([line for line in ended.err.strip().splitlines() if "Compiling" not in line]) == 1


@pytest.mark.parametrize("name", ["day.svg", "day.html"])
def test_a_chart_is_written_and_says_hypothesis(run: Run, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert run("axis", "simulate", "--weeks", "1", "--intervention", "phgg:5", "--chart", str(path)).code == 0
    assert "ypothesis" in path.read_text(encoding="utf-8")
    lost = run("axis", "simulate", "--weeks", "1", "--chart", str(tmp_path / "none" / name))
    assert (lost.code, "cannot be written" in lost.err) == (3, True)


def test_own_days_are_read_and_overlapping_shifts_are_refused_by_day(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "days.json"
    path.write_text('{"days": [{"sleep": [[25, 30]]}]}')
    found = json.loads(run("axis", "simulate", "--weeks", "1", "--schedule", str(path), "--format", "json").out)
    assert found["nights"][-1]["tst_min"] < 310
    path.write_text('{"days": [{"work": [[8, 16], [15, 20]]}]}')
    ended = run("axis", "simulate", "--weeks", "1", "--schedule", str(path))
    assert ended.code == 3
    assert "day 1" in ended.err
    for lost in (tmp_path, tmp_path / "none.json"):
        assert run("axis", "simulate", "--schedule", str(lost)).code == 3
    path.write_bytes(b"\xff\xfe\x00")
    assert run("axis", "simulate", "--schedule", str(path)).code == 3


def test_a_preparation_without_a_name_says_whose_size_it_has(run: Run) -> None:
    shown = run("axis", "simulate", "--weeks", "1", "--intervention", "live-strain:1")
    assert "example potency 0.3" in shown.out


def test_a_trace_holds_every_state(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "trace.csv"
    assert run("axis", "simulate", "--weeks", "1", "--trace", str(path)).code == 0
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1 + 8 * 240, "the header, then the last night before and seven days in steps of 0.1 h"
    assert len(lines[0].split(",")) > 30


def test_sbml_is_xml(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "model.xml"
    assert run("axis", "sbml", "--out", str(path)).code == 0
    assert ElementTree.parse(path).getroot().tag.endswith("sbml")


def test_a_cohort_and_the_virtual_trials(run: Run) -> None:
    many = json.loads(
        run(
            "axis", "cohort", "--people", "32", "--weeks", "2", "--arm", "strain=live-strain:1:0:14", "--format", "json"
        ).out
    )
    assert many["people"] == 32
    assert set(many["arms"]) == {"no change", "strain"}
    one = json.loads(run("axis", "trial", "--people", "16", "--weeks", "2", "--format", "json").out)
    assert one["design"] == "parallel"


def test_a_virtual_trial_of_one_can_be_analysed(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "virtual.csv"
    path.write_text(run("axis", "trial", "--design", "n-of-1", "--weeks", "12", "--period", "21").out)
    found = json.loads(run("trial", "analyse", str(path), "--format", "json").out)
    assert found["n_nights"] == 84
    assert found["status"] == "converged"


def test_potency_is_found_for_a_strain(run: Run) -> None:
    found = json.loads(run("axis", "calibrate", "--strain", "1714", "--people", "24").out)
    assert "1714" in found["subject"]


def test_sensitivity_differs_from_preset_to_preset(run: Run) -> None:
    windy, poor = (
        json.loads(run("axis", "sensitivity", "--preset", p, "--format", "json").out) for p in ("windy", "insomnia")
    )
    assert windy["singular_values"] != poor["singular_values"]
    assert run("axis", "sensitivity", "--preset", "nobody").code == 3
