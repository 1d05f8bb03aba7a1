"""The zone: asked once, kept, changed only by name."""

import datetime as dt

import pytest

from noctiflora.actions import check_in, home_zone, keep_zone, list_nights
from noctiflora.core import RangeError
from noctiflora.store import Store


def test_it_is_kept_and_a_change_tells_the_one_before(store: Store) -> None:
    assert home_zone(store) is None
    assert keep_zone(store, "Europe/Berlin") is None
    assert keep_zone(store, "Europe/Berlin") is None
    assert keep_zone(store, "Asia/Tokyo") == "Europe/Berlin"
    assert home_zone(store) == "Asia/Tokyo"


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../etc/passwd", "Europe/Berlin\n"])
def test_what_is_no_zone_is_refused_and_not_kept(store: Store, name: str) -> None:
    with pytest.raises(RangeError):
        keep_zone(store, name)
    assert home_zone(store) is None


def test_mornings_of_no_known_zone_become_nights_once_it_is_named(store: Store) -> None:
    date = dt.date(2025, 1, 6)
    check_in(store, date, {"bed_time_h": 23.5, "wake_time_h": 7.0}, today=date, zone=home_zone(store))
    check_in(store, date + dt.timedelta(days=1), {"quality": 6.0}, today=date + dt.timedelta(days=1))
    assert list_nights(store).nights == ()
    keep_zone(store, "Asia/Tokyo")
    (night,) = list_nights(store).nights
    assert (night.date, night.offset_zone_offset_min) == (date, 540)
    keep_zone(store, "Europe/Berlin")
    assert list_nights(store).nights == (night,)
