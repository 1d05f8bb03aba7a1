"""The same nights in the exports of several makers at once: none counts twice, none is lost."""

import io
import itertools

import pytest

from noctiflora.sample import Person, Vendor, export, person
from noctiflora.sleep import Episode, read_all, resolve
from tests.sample.conftest import FIRST

KINDS = (
    Vendor.APPLE,
    Vendor.FITBIT_TAKEOUT,
    Vendor.GOOGLE_HEALTH,
    Vendor.OURA,
    Vendor.OURA_CSV,
    Vendor.GARMIN,
    Vendor.GARMIN_CONNECT,
    Vendor.GARMIN_FIT,
    Vendor.WHOOP,
    Vendor.SAMSUNG,
    Vendor.WITHINGS_SUMMARY,
)


@pytest.fixture(scope="module")
def someone() -> Person:
    return person(5, start=FIRST, n_nights=40, period_nights=4, run_in_nights=8)


@pytest.fixture(scope="module")
def told(someone: Person) -> dict[Vendor, list[Episode]]:
    out = {}
    for kind in KINDS:
        readings = read_all(io.BytesIO(export(someone, kind)), kind.file_name, zone=someone.home)
        out[kind] = [e for r in readings for e in r.episodes]
    return out


def check(someone: Person, episodes: list[Episode]) -> None:
    found = resolve(episodes)
    worn = {n.date: n.slept.tst_min for n in someone.nights if n.device_worn}
    nights = {n.date: n.tst_min for n in found.nights if n.date in worn}
    assert nights == pytest.approx(worn, abs=0.5)
    assert len(found.naps) == sum(len(n.naps) for n in someone.nights)


ZONE_LESS = {Vendor.FITBIT_TAKEOUT, Vendor.GARMIN, Vendor.GARMIN_FIT}
PAIRS = [
    pair
    for pair in itertools.combinations(KINDS, 2)
    # Fitbit's clock readings abroad can only be told from another night by a record that knows its offset.
    if not (Vendor.FITBIT_TAKEOUT in pair and ZONE_LESS.issuperset(pair))
]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_two_makers(someone: Person, told: dict[Vendor, list[Episode]], one: Vendor, other: Vendor) -> None:
    check(someone, [*told[one], *told[other]])


def test_all_makers_at_once(someone: Person, told: dict[Vendor, list[Episode]]) -> None:
    check(someone, [e for episodes in told.values() for e in episodes])
