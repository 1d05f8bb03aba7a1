"""The same nights in the exports of several makers at once: none counts twice, none is lost."""

import datetime as dt
import io
import itertools
from dataclasses import replace

import pytest

from noctiflora.sample import Person, Vendor, export, person
from noctiflora.sleep import Episode, Stage, read, read_all, resolve
from tests.sample.conftest import FIRST
from tests.sleep.apps import health_connect
from tests.sleep.exports import apple_xml, night, pieces, utc
from tests.sleep.read.test_health_connect import SESSION, STAGES
from tests.sleep.vendors import oura_json, oura_period

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


def test_a_ring_mirrored_by_two_phones_is_one_night() -> None:
    """The ring's own export, and what it wrote into Apple Health and Health Connect of the same night."""
    ring = read(io.BytesIO(oura_json(oura_period())), "oura.json").episodes
    start = utc(2024, 1, 15, 22)
    told = [(Stage.AWAKE, 20), (Stage.LIGHT, 200), (Stage.DEEP, 100), (Stage.AWAKE, 10), (Stage.REM, 140)]
    mirrored = [
        *pieces(night(start, told), source="Oura"),
        *pieces(night(start, [(Stage.IN_BED, 480)]), source="iPhone"),
    ]
    apple = read(io.BytesIO(apple_xml(mirrored)), "export.xml", zone="Europe/Berlin").episodes
    android = read(io.BytesIO(health_connect([SESSION], STAGES)), "health_connect_export.db").episodes
    by = dt.timedelta(minutes=(start - min(e.start for e in android)).total_seconds() // 60)
    android = tuple(
        replace(
            e,
            start=e.start + by,
            end=e.end + by,
            segments=tuple(replace(s, start=s.start + by, end=s.end + by) for s in e.segments),
        )
        for e in android
    )
    for order in itertools.permutations((ring, apple, android)):
        found = resolve([e for episodes in order for e in episodes])
        assert ([n.tst_min for n in found.nights], found.naps) == ([440], ())
        kept = {"oura", "apple: Oura", "apple: iPhone", *(e.source for e in android)} - {found.nights[0].source}
        assert {loser.episode.source for loser in found.losers} == kept


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(200, 212))
def test_many_people_with_everything_at_once(seed: int) -> None:
    one = person(seed, start=FIRST)
    episodes = []
    for kind in KINDS:
        for reading in read_all(io.BytesIO(export(one, kind)), kind.file_name, zone=one.home):
            episodes.extend(reading.episodes)
    check(one, episodes)
