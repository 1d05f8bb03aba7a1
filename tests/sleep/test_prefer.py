import datetime as dt

import pytest

from noctiflora.core import RangeError
from noctiflora.sleep import EditField, NightEdit, Preference, Stage, resolve
from tests.sleep.exports import episode, utc

START = utc(2024, 1, 15, 22)
DATE = dt.date(2024, 1, 16)
WATCH = episode(START, [(Stage.LIGHT, 240), (Stage.REM, 200)], source="apple: Watch")
APP = episode(START, [(Stage.ASLEEP, 300)], source="app")


def chosen(prefer: Preference, **more: object) -> tuple[str, float | None]:
    (night,) = resolve([WATCH, APP], prefer=prefer, **more).nights  # type: ignore[arg-type]
    return night.source, night.tst_min


def test_a_preferred_source_wins_against_its_rank_and_says_so() -> None:
    assert chosen(Preference()) == ("apple: Watch", 440)
    assert chosen(Preference(always="app")) == ("app", 300)
    found = resolve([WATCH, APP], prefer=Preference(always="APP"))
    assert "its source is preferred by hand" in found.nights[0].notes
    assert [loser.episode.source for loser in found.losers] == ["apple: Watch"]


def test_one_night_alone_and_before_the_rule_for_all() -> None:
    assert chosen(Preference(by_date={DATE: "app"})) == ("app", 300)
    assert chosen(Preference(by_date={DATE: "apple"}, always="app")) == ("apple: Watch", 440)
    assert chosen(Preference(by_date={DATE + dt.timedelta(days=1): "app"})) == ("apple: Watch", 440)


def test_a_source_that_did_not_see_the_night_changes_nothing() -> None:
    assert chosen(Preference(always="oura")) == ("apple: Watch", 440)


def test_a_correction_by_hand_wins_over_the_preference() -> None:
    edit = NightEdit(date=DATE, field=EditField.TST, value=333.0)
    assert chosen(Preference(always="app"), edits=[edit]) == ("app", 333)


@pytest.mark.parametrize("name", ["", "  ", "x" * 101])
def test_names_of_nothing_are_refused(name: str) -> None:
    with pytest.raises(RangeError, match="name of a source"):
        Preference(always=name)
    with pytest.raises(RangeError, match="name of a source"):
        Preference(by_date={DATE: name})


def test_the_name_of_a_maker_means_its_stages_too() -> None:
    assert Preference(always="samsung").wants("samsung stages: app", DATE)
    assert Preference(always="google health").wants("google health stages: X", DATE)
    assert not Preference(always="samsung stages").wants("samsung", DATE)
