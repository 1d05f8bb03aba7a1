import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.sleep import Night, Stage, State, measure, sri, states
from tests.sleep.exports import episode, utc


def spans(*asleep: tuple[float, float], until: float) -> list[State]:
    """Return states in days: asleep as given, awake between."""
    out, at = [], 0.0
    for a, b in asleep:
        out += [State(start_min=at * 1440, end_min=a * 1440, asleep=False)]
        out += [State(start_min=a * 1440, end_min=b * 1440, asleep=True)]
        at = b
    return [
        s for s in [*out, State(start_min=at * 1440, end_min=until * 1440, asleep=False)] if s.end_min > s.start_min
    ]


def value(found: list[State]) -> float:
    result = sri(found)
    assert result is not None
    return result.sri


def test_oracle_ggir() -> None:
    """GGIR 3, tests/testthat/test_CalcSleepRegularityIndex.R: fractions of days; each pair of days gives 80."""
    days = [(0.4, 0.8), (0.5, 0.8), (0.5, 0.9), (0.4, 0.9), (0.4, 0.8)]
    assert value(spans(*[(n + a, n + b) for n, (a, b) in enumerate(days)], until=5)) == pytest.approx(80)


def test_oracle_perfect_and_opposite() -> None:
    assert value(spans(until=5)) == 100
    assert value(spans((0, 1), (2, 3), (4, 5), until=5)) == -100


def test_oracle_half_an_hour_each_way() -> None:
    """91.667 of pyActigraphy's formula: an hour of 24 differs between every two days."""
    days = [(0.0, 8 / 24), (0.5 / 24, 8.5 / 24)] * 3
    found = spans(*[(n + a, n + b) for n, (a, b) in enumerate(days)], until=6)
    assert value(found) == pytest.approx(91.667, abs=1e-3)


def test_nothing_to_compare() -> None:
    assert sri([]) is None
    assert sri(spans(until=1)) is None


def test_unknown_hours_are_left_out_not_counted() -> None:
    """PyActigraphy's index turns NaN on six unknown hours in five days."""
    found = spans(until=5)
    holed = [State(start_min=0, end_min=2000, asleep=False), State(start_min=2360, end_min=7200, asleep=False)]
    one, two = sri(found), sri(holed)
    assert one is not None
    assert two is not None
    assert two.sri == 100
    assert two.compared_h == one.compared_h - 12


bits = st.lists(st.booleans(), min_size=30, max_size=96)


@settings(max_examples=100)
@given(bits, st.integers(0, 20))
def test_formula_epoch_by_epoch(row: list[bool], hole: int) -> None:
    """The sweep against Phillips' formula on one-hour epochs, some unknown."""
    known = [n % 23 != hole for n in range(len(row))]
    found = [State(start_min=60.0 * n, end_min=60.0 * n + 60, asleep=row[n]) for n in range(len(row)) if known[n]]
    pairs = [(n, n + 24) for n in range(len(row) - 24) if known[n] and known[n + 24]]
    result = sri(found)
    if not pairs:
        assert result is None
        return
    assert result is not None
    expected = -100 + 200 * sum(row[a] == row[b] for a, b in pairs) / len(pairs)
    assert result.sri == pytest.approx(expected)
    assert result.compared_h == pytest.approx(len(pairs))


def week(start: dt.datetime, n: int, *, skip: int | None = None) -> list[Night]:
    out = []
    for day in range(n):
        wall = start.replace(tzinfo=None) + dt.timedelta(days=day)
        # 23:00 to 07:00 by the clock of Berlin, whatever the clock does in between.
        summer = dt.datetime(2024, 3, 31) <= wall < dt.datetime(2024, 10, 27)
        tomorrow = wall + dt.timedelta(hours=8)
        summer_end = dt.datetime(2024, 3, 31, 3) <= tomorrow < dt.datetime(2024, 10, 27, 3)
        onset = (wall - dt.timedelta(hours=2 if summer else 1)).replace(tzinfo=dt.UTC)
        offset = (tomorrow - dt.timedelta(hours=2 if summer_end else 1)).replace(tzinfo=dt.UTC)
        if day != skip:
            out.append(measure(episode(onset, [(Stage.ASLEEP, (offset - onset).total_seconds() / 60)])))
    return out


@pytest.mark.parametrize("start", [utc(2024, 3, 27, 23), utc(2024, 10, 23, 23), utc(2024, 1, 5, 23)])
def test_the_same_clock_hours_every_day_are_regular_across_a_clock_change(start: dt.datetime) -> None:
    found = sri(states(week(start, 8)))
    assert found is not None
    assert found.sri == pytest.approx(100)


def test_around_a_missing_night_nothing_is_known() -> None:
    whole, holed = sri(states(week(utc(2024, 1, 5, 23), 9))), sri(states(week(utc(2024, 1, 5, 23), 9, skip=4)))
    assert whole is not None
    assert holed is not None
    assert holed.sri == 100
    assert holed.compared_h < whole.compared_h - 24


def test_a_nap_is_sleep_by_day() -> None:
    nights = week(utc(2024, 1, 5, 23), 4)
    nap = measure(episode(utc(2024, 1, 7, 13), [(Stage.ASLEEP, 60)]), nap=True)
    known = [s for s in states(nights, [nap]) if s.asleep]
    assert len(known) == 5
    found = sri(states(nights, [nap]))
    assert found is not None
    assert found.sri < 100


def test_wakefulness_within_the_night_counts_where_it_is_known() -> None:
    one = measure(
        episode(utc(2024, 1, 5, 23), [(Stage.LIGHT, 60), (Stage.AWAKE, 30), (Stage.UNKNOWN, 10), (Stage.REM, 60)])
    )
    assert [s.asleep for s in states([one])] == [True, False, True]
