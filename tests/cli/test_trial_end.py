"""``trial lock``, ``open``, ``stop``, ``verdict`` and ``share`` as typed."""

import numpy as np
import pytest

from tests.cli.season import Season, night
from tests.cli.season import season as season


@pytest.fixture
def begun(season: Season) -> Season:
    season.prepare(np.random.default_rng(1))
    season.chance(0b01)
    season.start_blinded("--nights", "7", "--pairs", "2")
    season.at(night(10))
    season.diary(night(1), (78 + np.random.default_rng(2).standard_normal(10)).tolist())
    return season


def test_nothing_is_told_before_the_lock(begun: Season) -> None:
    assert "before the lock" in begun.do("trial", "verdict", code=3).err
    assert "before the lock" in begun.do("trial", "share", code=3).err
    assert "stays sealed" in begun.helper("lock", code=3).err


def test_an_emergency_opens_and_ends_it(begun: Season) -> None:
    begun.key.write_text("another passphrase\n")
    assert "stays closed" in begun.helper("open", "--reason", "rash", code=3).err
    begun.key.write_text("mole lantern quiet orchard\n")
    said = begun.helper("open", "--reason", "rash").out
    assert said.count(": product") == 2
    assert "log is closed" in begun.do("trial", "log", "--night", "3", "--dose", "1", code=3).err
    begun.do("trial", "lock")
    text = begun.do("trial", "verdict", "--format", "csv").out
    assert "opened before the end" in text


def test_a_lost_key_keeps_the_data(begun: Season) -> None:
    assert "unblinded by key loss" in begun.do("trial", "stop", "--key-lost").out
    assert "key loss" in begun.do("trial", "verdict", code=3).err
    assert "unblinded by key loss" in begun.do("trial", "status").out
    assert str(night(10)) in begun.do("export").out
    assert "key loss" in (begun.folder / begun_report(begun)).read_text()


def begun_report(season: Season) -> str:
    season.do("assess", "--out", str(season.folder / "r"))
    return "r/report.json"


def test_an_early_stop_can_be_read(begun: Season) -> None:
    assert "ended early" in begun.do("trial", "stop", "--reason", "moved").out
    assert "its fingerprint fits" in begun.helper("lock").out
    assert "Verdict: " in begun.do("trial", "verdict").out
    shown = begun.do("trial", "share")
    assert "until its DOI is in it" in shown.err
    assert "DOI" not in begun.do("trial", "share", "--doi", "10.5281/zenodo.1").err
    place = begun.folder / "no" / "such" / "folder.md"
    assert "cannot be written" in begun.do("trial", "verdict", "--cent", str(place), code=3).err


def test_commands_without_a_trial(season: Season) -> None:
    for command in (("lock",), ("status",), ("verdict",), ("share",), ("stop",)):
        assert "trial" in season.do("trial", *command, code=5).err
