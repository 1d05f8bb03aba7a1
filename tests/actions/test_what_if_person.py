"""A person for the sliders: from the last four weeks of nights, never from those of a trial under way."""

import datetime as dt

import pytest

from noctiflora.actions import _what_if_person as room
from noctiflora.actions._what_if_person import WhatIfPerson, what_if_person
from noctiflora.core import RangeError
from noctiflora.sleep import Night, Resolution
from noctiflora.store import Store
from tests.actions import seasons

TODAY = dt.date(2025, 1, 31)


def night(ago: int, *, tst: float | None = 400.0) -> Night:
    """Return a night from 23:10 to 06:30 UTC+1, 20 min after lights out, 10 min before getting up."""
    date = TODAY - dt.timedelta(days=ago)
    return Night(
        date=date,
        source="diary: x",
        onset=dt.datetime.combine(date - dt.timedelta(days=1), dt.time(22, 10), dt.UTC),
        offset=dt.datetime.combine(date, dt.time(5, 30), dt.UTC),
        onset_zone_offset_min=60,
        offset_zone_offset_min=60,
        tst_min=tst,
        sol_min=20.0,
        waso_min=40.0,
        terminal_wake_min=10.0,
    )


def given(monkeypatch: pytest.MonkeyPatch, nights: list[Night]) -> None:
    found = Resolution(nights=tuple(nights), naps=(), losers=())
    monkeypatch.setattr(room, "list_nights", lambda store: found)


def test_hours_in_bed_and_medians_come_from_the_nights(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, [night(1), night(2), night(3, tst=None), night(90, tst=100.0)])
    found = what_if_person(store, today=TODAY, dinner_h=18.5)
    assert (found.bed_h, found.rise_h) == pytest.approx((22.8, 6.7))
    assert (found.tst_min, found.sol_min, found.waso_min) == (400.0, 20.0, 50.0)
    assert found.n_nights == 3
    assert found.dinner_h == 18.5


def test_without_nights_it_is_nobody(store: Store) -> None:
    assert what_if_person(store, today=TODAY) == WhatIfPerson()


def test_nights_of_a_trial_under_way_are_left_out(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    seasons.kept(store)
    inside = [night(k, tst=600.0) for k in range(10)]
    before = [night(k, tst=400.0) for k in range(30, 40)]
    given(monkeypatch, [*inside, *before])
    assert all(n.date >= seasons.FIRST for n in inside)
    assert all(n.date < seasons.FIRST for n in before)
    assert what_if_person(store, today=TODAY).tst_min == 400.0


@pytest.mark.parametrize(
    "told",
    [
        {"rise_h": 16.0, "bed_h": 8.5},
        {"dinner_h": 12.5},
        {"evening_lux": -5.0},
        {"stress": 2.0},
        {"tst_min": -1.0},
        {"bed_h": float("nan")},
    ],
)
def test_what_no_night_can_be_is_refused(told: dict[str, float]) -> None:
    with pytest.raises(RangeError):
        WhatIfPerson(**told)
