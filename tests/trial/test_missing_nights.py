"""Nights that are missing by arm: counts, bad values, and what stays as it was."""

import datetime as dt

import numpy as np
import pytest
from scipy.stats import hypergeom

from noctiflora.trial import Series
from noctiflora.trial._missing_nights import BAD, MissingNights, as_bad, missing_nights, on_calendar

NAN = float("nan")


def series(y: list[float], dose: list[float], **more: object) -> Series:
    return Series(nights=np.arange(1, len(y) + 1), y=y, dose=dose, **more)  # type: ignore[arg-type]


def test_a_bad_night_is_the_mean_of_the_worst_sixth() -> None:
    z = np.random.default_rng(1).standard_normal(400_000)
    assert z[z < -1].mean() == pytest.approx(-BAD, abs=0.005)


def test_nights_are_counted_by_what_was_assigned() -> None:
    found = missing_nights(series([80, NAN, NAN, NAN, 81, 82], [0, 0, 1, 1, 1, 0]))
    assert (found.missing_with, found.nights_with, found.missing_without, found.nights_without) == (2, 3, 1, 3)
    assert found.excess == 1
    planned = series([80, NAN, NAN, NAN, 81, 82], [0, 0, 1, 0, 1, 0], assigned=[0, 0, 1, 1, 1, 0])
    assert missing_nights(planned) == found
    assert missing_nights(series([80, NAN, 81, 82], [0, 0, 1, 1])).excess == 0
    assert missing_nights(series([80, NAN], [1, 1])).excess == 0


@pytest.mark.parametrize("better", [True, False])
def test_the_excess_nights_become_bad_and_no_others(better: bool) -> None:
    y = np.array([78.0, 82, 80, 84, NAN, NAN, 79, 81, NAN, 83, 70, 90])
    told = series(y.tolist(), [0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0])
    worse = as_bad(told, BAD, higher_is_better=better)
    new = np.isnan(y) & ~np.isnan(worse.y)
    assert new.sum() == missing_nights(told).excess == 3
    assert np.array_equal(worse.y[~new], y[~new], equal_nan=True)
    seen = y[~np.isnan(y)]
    expected = 81 + (-1 if better else 1) * BAD * np.std(seen, ddof=1)
    # these are whole numbers, as ratings are, so the new ones are too
    assert worse.y[new] == pytest.approx(np.round(expected))


def test_a_bad_night_is_no_worse_than_the_worst_seen() -> None:
    told = series([80.5, 81, 80, NAN, 81, 80], [0, 0, 0, 1, 1, 1])
    assert as_bad(told, 3.0, higher_is_better=True).y[3] == 80
    assert as_bad(told, 3.0, higher_is_better=False).y[3] == 81


def test_nothing_is_changed_where_nothing_is_missing_too_often() -> None:
    told = series([80, NAN, 81, 82], [0, 0, 1, 1])
    assert as_bad(told, BAD, higher_is_better=True) is told
    nothing_seen = series([80, 79, NAN, NAN], [0, 0, 1, 1])
    assert as_bad(nothing_seen, BAD, higher_is_better=True) is nothing_seen


def test_absent_nights_count_as_missing_and_get_their_row() -> None:
    gap = Series(
        nights=[1, 2, 3, 6, 7], y=[80.5, 82, 79, 81, NAN], dose=[0, 0, 1, 1, 0.2], covariates={"late": [1, 0, 0, 1, 1]},
        dates=tuple(dt.date(2024, 1, d) for d in (1, 2, 3, 6, 7)), s=[0, 1, 2, 5, 6], others={"b": [0, 0, 1, 0, 0]},
        assigned=[0, 0, 1, 1, 0],
    )  # fmt: skip
    every = on_calendar(gap)
    assert every.n_nights == every.nights.size == 7
    assert every.n_missing == gap.n_missing == 3
    assert every.dose.tolist() == [0, 0, 1, 1, 1, 1, 0.2]
    assert every.covariates["late"].tolist() == [1, 0, 0, 0, 0, 1, 1]
    assert every.dates == tuple(dt.date(2024, 1, d) for d in range(1, 8))
    assert every.s is not None
    assert every.s.tolist() == list(range(7))
    assert every.others["b"].tolist() == [0, 0, 1, 1, 1, 0, 0]
    assert missing_nights(gap).missing_with == 2
    assert np.isnan(as_bad(gap, BAD, higher_is_better=True).y).sum() == 2
    assert on_calendar(every) is every


def test_a_word_is_overturned_by_bad_nights_and_not_by_worse_ones() -> None:
    def found(tipping: float | None) -> MissingNights:
        return MissingNights(
            missing_with=9, nights_with=56, missing_without=1, nights_without=56, excess=8, by_chance=0.01,
            tipping=tipping,
        )  # fmt: skip

    assert found(BAD).overturns
    assert found(0.5).overturns
    assert not found(2.0).overturns
    assert not found(None).overturns


def test_the_chance_of_so_many_is_hypergeometric() -> None:
    found = missing_nights(series([80, NAN, NAN, NAN, 81, 82], [0, 0, 1, 1, 1, 0]))
    assert found.by_chance == pytest.approx(hypergeom.sf(1, 6, 3, 3))
    assert not found.uneven
    many = missing_nights(series([80.0] * 20 + [NAN] * 6 + [80.0] * 14, [0.0] * 20 + [1.0] * 20))
    assert many.by_chance == pytest.approx(hypergeom.sf(5, 40, 20, 6))
    assert many.uneven
    assert missing_nights(series([80, 81], [0, 1])).by_chance == 1.0
