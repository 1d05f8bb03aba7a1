"""What comes first, and only when it is really there."""

import pytest

from noctiflora.plan._find_first import STALE_DAYS, is_poor, is_stale, lasting_trouble, old_record, very_short
from noctiflora.plan._finding import Group

from ._nights import day, night, nights, view


@pytest.mark.parametrize(
    ("fields", "poor"),
    [
        ({}, None),
        ({"sol_min": 30.0}, False),
        ({"sol_min": 31.0}, True),
        ({"se_pct": 85.0}, False),
        ({"se_pct": 84.0}, True),
        ({"sol_min": 5.0, "se_pct": 70.0}, True),
    ],
)
def test_a_poor_night(fields, poor) -> None:
    assert is_poor(night(0, **fields)) is poor


def weeks(count: int, poor: int) -> list:
    return [night(i, sol_min=60.0 if i % 7 < poor else 10.0) for i in range(7 * count)]


def test_three_poor_nights_in_each_of_twelve_weeks() -> None:
    (finding,) = lasting_trouble(view(weeks(12, 3)))
    assert finding.group is Group.SEE_FIRST
    assert finding.number.startswith("36 of 84 nights")


@pytest.mark.parametrize(("count", "poor"), [(11, 7), (12, 2)])
def test_shorter_or_rarer_trouble_is_not_lasting(count: int, poor: int) -> None:
    assert lasting_trouble(view(weeks(count, poor))) == ()


def test_one_good_or_unknown_week_breaks_it() -> None:
    made = weeks(12, 7)
    good = [night(i, sol_min=10.0) if 35 <= i < 42 else n for i, n in enumerate(made)]
    unknown = [n for i, n in enumerate(made) if not 35 <= i < 39]
    assert lasting_trouble(view(good)) == ()
    assert lasting_trouble(view(unknown)) == ()


def test_very_short_nights_among_the_latest() -> None:
    made = [night(i, tst_min=299.0 if i in (27, 28, 29) else 400.0) for i in range(30)]
    (finding,) = very_short(view(made))
    assert finding.number == "under 5 hours on 3 of your last 14 nights"
    early = [night(i, tst_min=200.0 if i < 10 else 400.0) for i in range(30)]
    assert very_short(view(early)) == ()
    assert very_short(view(nights(30, tst_min=300.0))) == ()


def test_an_old_record_says_so() -> None:
    seen = view(nights(20), today=60)
    (finding,) = old_record(seen, day(60))
    assert finding.number == "41 days ago"
    assert finding.group is Group.OPEN
    assert old_record(seen, day(30)) == ()


@pytest.mark.parametrize(("days", "stale"), [(STALE_DAYS, False), (STALE_DAYS + 1, True)])
def test_a_stale_record_is_said_first(days: int, stale: bool) -> None:
    seen = view(nights(20), today=19 + days)
    (finding,) = old_record(seen, day(19 + days))
    assert is_stale(seen, day(19 + days)) is stale
    assert finding.group is (Group.SEE_FIRST if stale else Group.OPEN)
    assert (f"{days} days old" in finding.heading) is stale


def test_no_nights_are_not_stale() -> None:
    assert not is_stale(view([]), day(900))


def test_red_flags_of_a_stale_record_are_worded_as_past() -> None:
    (short,) = very_short(view(nights(20, tst_min=200.0)), stale=True)
    (lasting,) = lasting_trouble(view(weeks(12, 7)), stale=True)
    for finding in (short, lasting):
        assert "when these nights were recorded" in finding.heading
        assert "still" in finding.text
    assert "your last" not in short.number
    assert "if it goes on" not in short.text
