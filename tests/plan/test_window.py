"""The window holds the last six weeks of main nights and nothing from the future."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from noctiflora.plan._window import WINDOW_NIGHTS, window

from ._nights import FIRST, day, entry, night, nights, view


def test_it_ends_at_the_latest_night_and_spans_six_weeks() -> None:
    seen = view(nights(100), today=120)
    assert seen.last == day(99)
    assert len(seen.nights) == seen.n_days == WINDOW_NIGHTS
    assert len(seen.all_nights) == 100


def test_a_short_record_starts_with_its_first_night() -> None:
    seen = view([night(3), night(9)])
    assert (seen.first, seen.n_days, len(seen.nights)) == (day(3), 7, 2)


def test_naps_and_later_nights_are_set_apart_and_one_night_counts_once() -> None:
    made = [night(0), night(0, tst_min=1), night(1, nap=True), night(2), night(9)]
    seen = view(made, entry(2, "quality", 5), entry(9, "quality", 5), today=4)
    assert [n.date for n in seen.nights] == [day(0), day(2)]
    assert seen.nights[0].tst_min is None
    assert [n.date for n in seen.naps] == [day(1)]
    assert len(seen.checkins) == 1


def test_no_nights_at_all() -> None:
    seen = window([], [], [], today=FIRST, age_years=None, free_weekdays=frozenset())
    assert seen.nights == ()
    assert seen.values("tst_min").size == 0


@given(st.lists(st.one_of(st.none(), st.just(float("nan")), st.floats(0, 600)), max_size=20))
def test_unknown_is_left_out_and_never_zero(values) -> None:
    made = [night(i, tst_min=value) for i, value in enumerate(values)]
    known = [v for v in values if v is not None and v == v]
    assert np.array_equal(view(made).values("tst_min"), np.array(known, dtype=float))
