"""The zone: asked once, kept, changed only by name."""

import pytest

from noctiflora.actions import home_zone, keep_zone
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
