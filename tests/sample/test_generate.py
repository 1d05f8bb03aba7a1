"""Tests of the making of a person."""

import datetime as dt
from itertools import pairwise

import numpy as np
import pytest

from noctiflora.core import RangeError, night_date, offset_min, zone
from noctiflora.sample import Person, person
from noctiflora.sample._generate import AWAY, HOME

FIRST = dt.date(2024, 10, 7)


def test_the_same_seed_gives_the_same_person_and_another_another(someone: Person) -> None:
    assert person(3, start=FIRST) == someone
    assert person(4, start=FIRST) != someone


def test_dates_follow_each_other_and_are_those_of_waking_up(someone: Person) -> None:
    assert [n.date for n in someone.nights] == [FIRST + dt.timedelta(days=k) for k in range(196)]
    for night in someone.nights:
        end = night.slept.bed_end
        assert night_date(end, offset_min(end, zone(night.slept.zone))) == night.date
        for nap in night.naps:
            assert night_date(nap.offset, offset_min(nap.offset, zone(nap.zone)), nap=True) == night.date


def test_sleeps_never_overlap_not_even_on_days_of_travel() -> None:
    for seed in range(100, 125):
        nights = person(seed, start=FIRST).nights
        sleeps = sorted(
            [n.slept for n in nights] + [nap for n in nights for nap in n.naps], key=lambda slept: slept.bed_start
        )
        for before, after in pairwise(sleeps):
            assert (after.bed_start - before.bed_end).total_seconds() > 3600


def test_the_person_shows_every_kind_of_trouble(someone: Person) -> None:
    nights = someone.nights
    assert sum(not n.device_worn and not n.in_bed_only for n in nights) == round(0.06 * 196)
    assert sum(n.in_bed_only for n in nights) == round(0.02 * 196)
    assert sum(n.diary is None for n in nights) == round(0.06 * 196)
    assert not any(n.in_bed_only and n.device_worn for n in nights)
    assert any(n.naps for n in nights)
    assert any(n.dose_taken < n.dose_assigned for n in nights)
    assert any(not n.dose_logged for n in nights)


def test_some_naps_count_for_the_next_date() -> None:
    late = [
        nap
        for seed in range(5)
        for night in person(seed, start=FIRST).nights
        for nap in night.naps
        if nap.offset.astimezone(zone(nap.zone)).date() < night.date
    ]
    assert late
    assert all(nap.offset.astimezone(zone(nap.zone)).hour >= 18 for nap in late)


def test_six_nights_are_slept_away_and_both_clock_changes_slept_through(someone: Person) -> None:
    away = [n.date for n in someone.nights if n.slept.zone == AWAY]
    assert someone.trip is not None
    assert away == [someone.trip.first + dt.timedelta(days=k) for k in range(6)]
    changes = [
        n.date
        for n in someone.nights
        if offset_min(n.slept.bed_start, zone(n.slept.zone)) != offset_min(n.slept.bed_end, zone(n.slept.zone))
    ]
    assert changes == [dt.date(2024, 10, 27), dt.date(2025, 3, 30)]


def test_no_trip_where_none_is_wanted_or_the_record_is_short() -> None:
    assert person(1, start=FIRST, n_nights=40, trip=False).trip is None
    assert person(1, start=FIRST, n_nights=27).trip is None
    assert {n.slept.zone for n in person(1, start=FIRST, n_nights=27).nights} == {HOME}


def test_the_diary_tells_the_models_efficiency_up_to_rounding(someone: Person) -> None:
    gap = np.array([n.diary.efficiency - n.efficiency for n in someone.nights if n.diary])
    assert abs(gap.mean()) < 0.15
    assert np.abs(gap).max() < 2.5
    assert all(0 <= n.diary.quality <= 10 for n in someone.nights if n.diary)


def test_diary_and_device_agree_in_part(someone: Person) -> None:
    both = [(n.diary.efficiency, 100 * n.slept.tst_min / n.slept.tib_min) for n in someone.nights if n.diary]
    assert 0.4 < np.corrcoef(np.array(both).T)[0, 1] < 0.95


def test_a_regression_on_the_true_exposure_finds_the_true_effect() -> None:
    long = person(8, start=dt.date(2000, 1, 1), n_nights=3600, n_pairs=63, theta=5.0)
    nights = [n for n in long.nights if n.diary]
    k = np.array([(n.date - long.nights[0].date).days for n in nights])
    x = np.column_stack([np.ones(len(k)), k / 28, [n.exposure for n in nights]])
    y = np.array([n.diary.efficiency for n in nights if n.diary])
    # The ceiling at 98 would bend the line: look where the trend has not reached it.
    low = k < 1500
    beta, *_ = np.linalg.lstsq(x[low], y[low], rcond=None)
    # Standard error about 7 * 1.2 / (0.3 * sqrt(1400)) = 0.75.
    assert abs(beta[2] - 5.0) < 2.2


@pytest.mark.parametrize(
    ("name", "bad"), [("n_nights", 0), ("run_in_nights", -1), ("period_nights", 0), ("n_pairs", -1)]
)
def test_impossible_numbers_are_refused_by_name(name: str, bad: int) -> None:
    with pytest.raises(RangeError, match=name):
        person(1, start=FIRST, **{name: bad})
    with pytest.raises(RangeError, match="seed"):
        person(-1, start=FIRST)


def test_one_night_is_enough() -> None:
    assert len(person(1, start=FIRST, n_nights=1).nights) == 1
