"""A season from the start with a helper to the shared summary, through the commands."""

import json

import numpy as np
import pytest

from noctiflora.evidence import load, read_additions
from noctiflora.trial import read_order
from tests.cli.season import OPTION, START, Season, night
from tests.cli.season import outcome as nights_of
from tests.cli.season import season as season

ORDER = "PCCPPC"


def played(season: Season, theta: float) -> Season:
    """Play 24 weeks: three pairs of 28 nights, looks after the first two."""
    rng = np.random.default_rng(4)
    season.prepare(rng)
    season.chance(0b101)
    season.start_blinded("--nights", "28", "--pairs", "3", "--looks", "2", "--secondary", "waso")
    planned = np.repeat([1.0 if letter == "P" else 0.0 for letter in ORDER], 28)
    taken = np.where(rng.random(168) < 0.05, 0.0, 1.0)
    y = nights_of(rng, planned * taken, theta)
    drank = np.arange(168) % 5 == 0
    y = y - 2.0 * drank
    for block in range(6):
        span = slice(28 * block, 28 * (block + 1))
        season.at(night(28 * (block + 1)))
        season.diary(night(28 * block + 1), y[span].tolist())
        season.log(28 * block + 1, taken[span].tolist())
        season.circumstances(28 * block + 1, drank[span].tolist())
        season.do("trial", "log", "--night", str(28 * (block + 1)), "--guess", "do not know" if block else "product")
        if block in (1, 3):
            assert season.status()["look_due"] == [28 * (block + 1)]
            word = season.helper("look").out.strip()
            assert word in {"continue", "you may stop", "stop and seek advice"}
    return season


def test_a_season_with_an_effect_ends_in_helps(season: Season) -> None:
    played(season, theta=6.0)
    assert season.status()["recorded"] == 168
    locked = season.helper("lock")
    assert "its fingerprint fits" in locked.out
    found = json.loads(season.do("trial", "verdict", "--format", "json").out)
    assert found["order"] == ORDER
    assert read_order(found["order"])
    assert found["word"] == "helps"
    assert (
        found["analyses"]["evidence prior"]["theta"]["q"]["0.025"]
        < 6.0
        < found["analyses"]["evidence prior"]["theta"]["q"]["0.975"]
    )
    assert found["after_28_nights"]["effect"]["mean"] < found["analyses"]["evidence prior"]["theta"]["mean"]
    assert {b["arm"]: b["right"] for b in found["blinding"]} == {"product": 1, "comparator": 0}
    # awake time falls with efficiency, and better means less of it
    waso = found["secondary"]["outcomes"]["waso"]
    assert waso["better_by"] > 0
    assert waso["p_benefit"] > 0.9
    assert found["secondary"]["decides"] is False
    assert list(found["circumstances"]["used"]) == ["alcohol"]
    assert found["analyses"]["evidence prior"]["params"]["alcohol"]["mean"] < 0
    assert 150 <= found["doses_taken"] < found["doses_planned"] == 168
    text = season.do("trial", "verdict").out
    assert text.startswith("Verdict: helps.")
    assert "What now: You can go on" in text

    out = season.folder / "share.json"
    season.do("trial", "share", "--out", str(out), "--doi", "10.5281/zenodo.1", "--agreed-before")
    added = read_additions(out.read_text(), load(), where="share.json")
    assert not added.refused, added.refused
    assert str(START.year) not in out.read_text()
    another = str(season.folder / "another.sqlite")
    assert "1 taken" in season.do("evidence", "add", str(out), "--db", another).out
    report = season.folder / "cent.md"
    season.do("trial", "verdict", "--cent", str(report))
    assert report.read_text().count("\n## ") == 44

    page = season.folder / "report"
    season.do("assess", "--out", str(page))
    assert json.loads((page / "report.json").read_text())["verdict"]["word"] == "helps"


def test_a_season_without_an_effect_does_not_end_in_helps(season: Season) -> None:
    played(season, theta=0.0)
    season.helper("lock")
    found = json.loads(season.do("trial", "verdict", "--format", "json").out)
    assert found["word"] in {"does not help", "cannot tell"}


def test_nothing_starts_before_the_safety_questions(season: Season) -> None:
    season.diary(START, [80.0])
    ended = season.helper("start", "--option", OPTION, "--dose", "1 g", "--useful", "2", code=4)
    assert "safety questions are open" in ended.err


@pytest.mark.parametrize("wrong", ["nothing-like-it", "bright-morning"])
def test_an_option_that_cannot_be_blinded_or_is_unknown_is_refused(season: Season, wrong: str) -> None:
    season.prepare(np.random.default_rng(1))
    ended = season.helper("start", "--option", wrong, "--dose", "1 g", "--useful", "2", code=3)
    assert ended.err.startswith("noctiflora: ")
