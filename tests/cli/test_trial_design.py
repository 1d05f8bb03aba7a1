"""``trial design`` from the terminal: a list to read, JSON to its keys, and plain refusals."""

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest

from tests.cli.conftest import Run

QUICK = ("--trials", "100", "--max-weeks", "8", "--looks", "0")


@pytest.fixture
def run_in(tmp_path: Path) -> Path:
    y = 85 + 2.5 * np.random.default_rng(1).standard_normal(40)
    path = tmp_path / "run-in.csv"
    path.write_text("night,y\n" + "".join(f"{i},{v:.2f}\n" for i, v in enumerate(y, start=1)))
    return path


def test_json_is_to_its_keys_and_the_same_twice(run: Run, run_in: Path) -> None:
    asked = ("trial", "design", "--option", "lactobacillus-gasseri-cp2305", *QUICK, "--run-in", str(run_in),
             "--least", "10", "--price", "0.5", "--max-capsules", "42", "--format", "json")  # fmt: skip
    ended = run(*asked)
    assert ended.code == 0
    found = json.loads(ended.out)
    assert found["answerable"] is True
    assert found["run_in"]["nights_used"] == 40
    assert found["frontier"]
    for row in found["frontier"]:
        assert row["capsules"] == row["pairs"] * row["nights_with"] <= 42
        assert row["weeks"] <= 8
        assert row["cost"] == 0.5 * row["capsules"]
        words = [row[f"{word}_of_100"] for word in ("helps", "does_not_help", "stop", "cannot_tell")]
        assert sum(words) == pytest.approx(100, abs=0.3)
        assert row["right_of_100"] + row["wrong_of_100"] == pytest.approx(100 - words[-1], abs=0.3)
    assert found["weekly_switching"]["offered"] is False
    assert found["weekly_switching"]["nights_with"] == 7
    assert found["threshold"]["false_alarms"]["as modelled"] <= 0.05
    assert set(found["threshold"]["false_alarms"]) == {"as modelled", "ar2", "step", "unequal"}
    assert found["three_arms"] is False
    assert found["second_option"] is None
    assert run(*asked).out == ended.out


def test_the_list_reads_as_sentences(run: Run, run_in: Path) -> None:
    ended = run(
        "trial", "design", "--option", "lactobacillus-gasseri-cp2305", *QUICK, "--run-in", str(run_in), "--least", "10"
    )
    said = " ".join(ended.out.split())
    assert ended.code == 0
    assert "of 100 trials like yours" in said
    assert "end in a clear and right answer" in said
    assert "Not offered: switching every week" in said
    assert "Knowing what you take costs answers" in said
    assert "“helps” needs a chance of benefit of" in said
    assert "40 known nights of run-in.csv" in said
    # nothing was answered yet, so the option is closed, and that stands first
    assert ended.out.startswith("Lactobacillus gasseri CP2305 (heat-killed) is not open to you")


def test_no_is_said_plainly_with_what_would_help(run: Run) -> None:
    ended = run("trial", "design", "--option", "bifidobacterium-longum-1714", *QUICK, "--least", "80")
    said = " ".join(ended.out.split())
    assert ended.code == 0
    assert "No design you would accept can answer this" in said
    assert "a steadier outcome" in said
    assert "a trial twice as long" in said
    assert "half the useful amount (1 points)" in said
    assert "not your own nights" in said


def test_an_unlikely_useful_amount_is_said_before_the_start(run: Run) -> None:
    ended = run("trial", "design", "--option", "kefir", "--instrument", "wearable", *QUICK)
    said = " ".join(ended.out.split())
    assert "is more than trials suggest" in said
    assert "The diary's sleep efficiency may serve better" in said
    assert "a chance of 10 in 100" in said
    assert "It cannot be blinded at home" in said


def test_csv_has_one_row_for_each_design(run: Run, run_in: Path) -> None:
    ended = run("trial", "design", "--option", "kefir", *QUICK, "--run-in", str(run_in), "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(ended.out)))
    assert rows
    assert {"weeks", "capsules", "right_of_100", "worth_it"} <= set(rows[0])


def test_refusals_are_one_sentence(run: Run, tmp_path: Path) -> None:
    missing = run("trial", "design", "--option", "kefir", "--run-in", str(tmp_path / "none.csv"))
    assert missing.code == 3
    assert "cannot be opened" in missing.err
    binary = tmp_path / "b.csv"
    binary.write_bytes(b"night,y\n\xff\xfe")
    assert run("trial", "design", "--option", "kefir", "--run-in", str(binary)).code == 3
    unknown = run("trial", "design", "--option", "kefr")
    assert unknown.code == 3
    assert "try kefir" in unknown.err
    assert run("trial", "design", "--option", "bright-morning").code == 3
    short = run("trial", "design", "--option", "kefir", "--max-weeks", "3")
    assert short.code == 3
    assert "allow at least 6 weeks" in short.err
    assert run("trial", "design", "--option", "kefir", "--useful", "-1").code == 3
    assert run("trial", "design", "--option", "kefir", "--looks", "9").code == 2


THREE = ("--trials", "100", "--max-weeks", "9", "--looks", "0", "--least", "1")
TWO_OPTIONS = ("--option", "lactobacillus-gasseri-cp2305", "--option", "bifidobacterium-longum-1714")


def test_two_options_are_designed_as_three_arms(run: Run, run_in: Path) -> None:
    asked = ("trial", "design", *TWO_OPTIONS, *THREE, "--run-in", str(run_in), "--price", "0.5", "--price", "1")
    found = json.loads(run(*asked, "--format", "json").out)
    assert found["three_arms"] is True
    assert found["second_option"]["option"] == "bifidobacterium-longum-1714"
    for row in found["frontier"]:
        assert row["products"] == 2
        assert row["nights"] == row["pairs"] * (2 * row["nights_with"] + row["nights_without"])
        assert row["capsules"] == 2 * row["pairs"] * row["nights_with"]
        assert row["cost"] == pytest.approx(1.5 * row["pairs"] * row["nights_with"])
        assert row["right_of_100"] == pytest.approx(
            (row["first_right_of_100"] + row["second_right_of_100"]) / 2, abs=0.11
        )
        assert row["start"] == ""
    said = " ".join(run(*asked).out.split())
    assert "both products share one comparator" in said
    assert "triples" in said
    assert "not drawn and sealed here yet" in said
    assert "trial start" not in said


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--option", "kefir"), "two products at most"),
        (("--price", "1", "--price", "1", "--price", "1"), "more prices than options"),
    ],
)
def test_what_is_no_trial_of_three_arms_is_refused(run: Run, more: tuple[str, ...], words: str) -> None:
    ended = run("trial", "design", *TWO_OPTIONS, *THREE, *more)
    assert ended.code == 3
    assert words in ended.err


def test_an_unknown_second_option_is_refused(run: Run) -> None:
    ended = run("trial", "design", "--option", "lactobacillus-gasseri-cp2305", "--option", "nothing", *THREE)
    assert ended.code == 3
    assert "nothing" in ended.err
