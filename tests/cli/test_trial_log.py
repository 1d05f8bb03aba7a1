"""``trial log``, ``status`` and ``look`` as typed, with what is refused."""

import datetime as dt
import json
from pathlib import Path

import numpy as np
import pytest

from noctiflora.store import open_store
from tests.cli.season import Season, night
from tests.cli.season import season as season


@pytest.fixture
def begun(season: Season) -> Season:
    season.prepare(np.random.default_rng(1))
    season.start_blinded("--nights", "7", "--pairs", "2", "--looks", "1")
    season.at(night(10))
    return season


def test_entries_status_and_history(begun: Season) -> None:
    begun.log(1, [1.0] * 9)
    begun.do("trial", "log", "--night", "10", "--dose", "0.5", "--adverse", "gas", "--severity", "mild")
    begun.do("trial", "log", "--date", str(night(7)), "--guess", "do not know")
    begun.do("trial", "log", "--night", "2", "--dose", "0", "--correct")
    said = begun.do("trial", "status").out
    assert "Night 10 of 28" in said
    assert "9 of 10 doses taken, 1 entries corrected" in said
    assert "mild, gas" in said
    rows = json.loads(begun.do("trial", "log", "--history", "--format", "json").out)
    assert [r["value"] for r in rows if r["kind"] == "dose" and r["night"] == 2] == ["1", "0"]
    assert "trial_id" in begun.do("trial", "status", "--format", "csv").out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--night", "4", "--date", str(night(5)), "--dose", "1"), "slipped"),
        (("--night", "99", "--dose", "1"), "numbered from 1 to 28"),
        (("--date", str(night(-3)), "--dose", "1"), "not in the trial"),
        (("--night", "11", "--dose", "1"), "not come yet"),
        (("--night", "3", "--dose", "2"), "0 to 1"),
        (("--night", "3", "--guess", "product"), "last night"),
        (
            (
                "--night",
                "3",
            ),
            "nothing is said",
        ),
        (("--from", "nowhere.csv"), "cannot be opened"),
        (("--night", "3", "--circumstance", "wine"), "a circumstance is one of"),
        (("--night", "3", "--circumstance", "travel=perhaps"), "=yes or =no"),
    ],
)
def test_bad_input_has_its_sentence(begun: Season, arguments: tuple[str, ...], words: str) -> None:
    assert words in begun.do("trial", "log", *arguments, code=3).err


def test_a_duplicate_night_and_a_clock_set_back(begun: Season) -> None:
    begun.do("trial", "log", "--night", "3", "--dose", "1")
    assert "already" in begun.do("trial", "log", "--night", "3", "--dose", "0", code=3).err
    begun.at(night(8))
    assert "clock" in begun.do("trial", "log", "--night", "4", "--dose", "1", code=3).err
    assert "clock" in begun.do("trial", "status", code=3).err


def test_a_schedule_changed_after_the_start_is_refused(begun: Season) -> None:
    path = next(Path(begun.folder / "home").glob("*.sqlite"))
    with open_store(path, now=lambda: dt.datetime(2025, 1, 15, tzinfo=dt.UTC)) as store:
        kept = store.trials.load("season-001")
        body = json.loads(json.dumps(kept.body))
        body["plan"]["first_night"] = str(night(2))
        store.trials.save("season-001", body, version=kept.version)
    assert "changed after the start" in begun.do("trial", "status", code=3).err


def test_severe_effects_ask_to_stop(begun: Season) -> None:
    assert "Stop taking" in begun.do("trial", "log", "--adverse", "swelling", "--severity", "severe").out
    assert "SAFETY" in begun.do("trial", "status").out


def test_a_look_that_is_not_due_is_refused(begun: Season) -> None:
    assert "no look is due" in begun.helper("look", code=3).err


def test_files_that_are_no_text(begun: Season) -> None:
    path = begun.folder / "bad.csv"
    path.write_bytes(b"\xff\xfe\x00")
    assert "UTF-8" in begun.do("trial", "log", "--from", str(path), code=3).err
    path.write_bytes(b"x" * ((4 << 20) + 1))
    assert "too large" in begun.do("trial", "log", "--from", str(path), code=3).err
