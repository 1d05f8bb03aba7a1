"""Adding evidence at the command line: kept, compared, refused with field and reason, forgotten."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.evidence.test_read_additions import DATA, EXAMPLES, entry, text

TRIAL = str(DATA / "examples" / "trial.json")


def test_an_added_trial_moves_the_result_and_can_be_forgotten(run: Run) -> None:
    def ps128() -> dict[str, object]:
        found = json.loads(run("evidence", "pool", "--strain", "PS128", "--format", "json").out)["strains"][0]
        assert isinstance(found, dict)
        return found

    before = ps128()
    found = json.loads(run("evidence", "add", TRIAL, "--format", "json").out)
    assert (found["taken"], found["kept"], found["refused"]) == (["EXAMPLE_TRIAL"], True, [])
    move = found["moves"][0]
    after = ps128()
    assert move["mean_before"] == pytest.approx(before["mean"])
    assert move["mean_after"] == pytest.approx(after["mean"])
    assert move["certainty_after"] == after["certainty"]
    assert after["n_trials"] == 2
    assert "(added by you)" in run("evidence", "strain", "PS128").out
    assert any(r["trial_id"] == "EXAMPLE_TRIAL" for r in json.loads(run("evidence", "trials", "--format", "json").out))
    listed = json.loads(run("evidence", "added", "--format", "json").out)
    assert [row["file"] for row in listed] == ["trial.json"]
    assert run("evidence", "drop", "EXAMPLE_TRIAL").code == 0
    assert ps128() == before
    assert run("evidence", "added").out.startswith("Nothing was added")
    assert run("evidence", "drop", "EXAMPLE_TRIAL").code == 5


def test_a_dry_run_keeps_nothing(run: Run) -> None:
    ended = run("evidence", "add", TRIAL, "--dry-run")
    assert ended.code == 0
    assert "checked, not kept" in ended.out
    assert json.loads(run("evidence", "added", "--format", "json").out) == []


def test_the_good_are_kept_and_the_bad_named(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "two.json"
    path.write_text(text(entry(), entry(id="OTHER", doi=None)), encoding="utf-8")
    ended = run("evidence", "add", str(path))
    assert ended.code == 3
    assert "refused: two.json, entry 2 (OTHER), field doi:" in ended.err
    assert len(json.loads(run("evidence", "added", "--format", "json").out)) == 1


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("fail_*.json")), ids=lambda p: p.stem)
def test_what_must_fail_is_refused(run: Run, path: Path) -> None:
    ended = run("evidence", "add", str(path))
    assert ended.code == 3
    assert ended.err.startswith("refused: ")
    assert ended.out == "Nothing was taken.\n"


def test_files_that_are_none(run: Run, tmp_path: Path) -> None:
    assert run("evidence", "add", str(tmp_path / "gone.json")).code == 3
    path = tmp_path / "x.json"
    path.write_bytes(b"\xff\xfe\x00rubbish")
    assert run("evidence", "add", str(path)).code == 3


def test_hostile_text_does_not_reach_the_terminal(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    bad = entry(id="a\x1b[2J", strains="\x1b[31m")
    path.write_text(text(entry(product="caps\x1b[2J", population="p\u202e"), bad), encoding="utf-8")
    ended = run("evidence", "add", str(path))
    assert ended.code == 3
    page = run("evidence", "strain", "PS128").out
    assert "caps?[2J" in page
    for said in (ended.out, ended.err, page, run("evidence", "added").out, run("evidence", "trials").out):
        assert "\x1b" not in said
        assert "\u202e" not in said
