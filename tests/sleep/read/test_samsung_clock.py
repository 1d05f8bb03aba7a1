import datetime as dt

import pytest

from noctiflora.core import FormatError
from noctiflora.sleep.read._samsung_clock import Clock, Printed, decide, printed, printed_time

WOKE = dt.datetime(2024, 1, 16, 7, 0)


def row(hours_east: float, *, local: bool, synced_min: float | None = 3, slept_h: float = 8, day: int = 0) -> Printed:
    """Return a row of a sleep that ended at 7 on the local clock, written in either way."""
    shift = dt.timedelta(hours=hours_east)
    end = WOKE + dt.timedelta(days=day)
    utc_end = end - shift
    told = end if local else utc_end
    made = None if synced_min is None else utc_end + dt.timedelta(minutes=synced_min)
    return Printed(start=told - dt.timedelta(hours=slept_h), end=told, shift_min=round(60 * hours_east), created=made)


@pytest.mark.parametrize("hours_east", [-8, -5, -3.5, 5.5, 9])
@pytest.mark.parametrize("local", [False, True])
def test_the_time_of_creation_tells(hours_east: float, local: bool) -> None:
    synced = [3.0, 5.0, 700.0, 2.0]
    rows = [row(hours_east, local=local, synced_min=m, day=n) for n, m in enumerate(synced)]
    verdict = decide(rows)
    assert verdict.clock is (Clock.LOCAL if local else Clock.UTC)
    assert "created" in verdict.why


@pytest.mark.parametrize("hours_east", [-8, 9, 11])
@pytest.mark.parametrize("local", [False, True])
def test_else_the_hours_of_sleep_tell(hours_east: float, local: bool) -> None:
    verdict = decide([row(hours_east, local=local, synced_min=None, day=n) for n in range(3)])
    assert verdict.clock is (Clock.LOCAL if local else Clock.UTC)
    assert "hours" in verdict.why


def test_where_nothing_tells_it_is_said() -> None:
    assert "cannot tell" in decide([]).why
    assert "cannot tell" in decide([row(0, local=False)]).why
    assert "cannot tell" in decide([row(-5, local=False, synced_min=None, slept_h=0.5)]).why


def test_true_rows_of_an_export() -> None:
    """Two nights of a public description of an export, UTC-0500."""
    rows = [
        printed("2022-03-26 03:40:00.000", "2022-03-26 10:40:00.000", "UTC-0500", "2022-03-26 11:03:48.217"),
        printed("2022-07-14 03:20:00.000", "2022-07-14 10:30:00.000", "UTC-0500", "2022-07-14 13:41:29.082"),
    ]
    assert decide([r for r in rows if r]).clock is Clock.UTC


def test_printed_times() -> None:
    assert printed_time("1648266000000") == dt.datetime(2022, 3, 26, 3, 40)
    with pytest.raises(FormatError, match="twice"):
        printed_time("2022-03-26T03:40:00+01:00")
    assert printed("soon", "x", "y", "") is None
