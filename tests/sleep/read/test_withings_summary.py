import datetime as dt
import io
import json
from pathlib import Path

import pytest

from noctiflora.core import FormatError, RangeError
from noctiflora.sleep import Night, Reading, Stage, read, resolve
from noctiflora.sleep.read._withings_summary import person, sniff
from tests.sleep.exports import utc, withings_json

START = int(utc(2024, 1, 15, 22).timestamp())


def row(**more: object) -> dict[str, object]:
    data = {
        "lightsleepduration": 12000,
        "deepsleepduration": 6000,
        "remsleepduration": 6000,
        "wakeupduration": 3000,
        "durationtosleep": 600,
        "durationtowakeup": 900,
        "wakeupcount": 2,
        "total_sleep_time": 24000,
        "waso": 3300,
        "out_of_bed_count": 1,
    }
    data |= {k: v for k, v in more.items() if k in data}  # type: ignore[misc]
    rest = {k: v for k, v in more.items() if k not in data}
    base = {"id": 1, "timezone": "Europe/Paris", "startdate": START, "enddate": START + 28800, "data": data}
    return {**base, **rest}


def reading(*rows: object, zone: str | None = None) -> Reading:
    return read(io.BytesIO(withings_json(rows)), "summary.json", zone=zone)


def one(**more: object) -> Night:
    return resolve(reading(row(**more)).episodes).nights[0]


def test_a_night() -> None:
    night = one()
    assert (night.tib_min, night.tst_min, night.sol_min, night.waso_min) == (480, 400, 10, 55)
    assert (night.spt_min, night.awakenings, night.terminal_wake_min) == (455, 2, 15)
    assert night.stages_min[Stage.OUT_OF_BED] == 30
    assert night.onset_zone_offset_min == 60


def test_time_in_no_stage_without_count_is_unknown() -> None:
    assert one(out_of_bed_count=0).stages_min[Stage.UNKNOWN] == 30


def test_a_negative_sum_is_worked_out_from_the_others() -> None:
    assert one(waso=-25920).waso_min == 55


def test_a_latency_that_cannot_be_is_left_out() -> None:
    night = one(durationtosleep=28800)
    assert (night.tst_min, night.sol_min, night.onset) == (400, None, None)
    assert night.se_pct == pytest.approx(100 * 400 / 480)


def test_the_zone_is_the_records_own_else_the_named_one() -> None:
    own = reading(row(timezone="Asia/Tokyo"), zone="Europe/Paris").episodes[0]
    assert (own.start_offset_min, own.zone_basis) == (540, "record zone")
    named = reading(row(timezone="No/Where"), zone="Europe/Paris")
    assert (named.episodes[0].start_offset_min, named.episodes[0].zone_basis) == (60, "named zone")
    assert named.notes
    with pytest.raises(RangeError, match="--zone NAME"):
        reading(row(timezone=None))


@pytest.mark.parametrize(
    "more",
    [
        {"startdate": "soon"},
        {"enddate": START - 10},
        {"enddate": START + 30 * 3600},
        {"startdate": 1e300},
        {"total_sleep_time": float("nan")},
        {"lightsleepduration": "many"},
        {"data": None},
    ],
)
def test_a_bad_night_is_counted_and_the_rest_kept(more: dict[str, object]) -> None:
    found = reading(row(), row(**more))
    assert len(found.episodes) == 1
    assert found.skipped[0].place == "night 2"
    with pytest.raises(FormatError):
        reading(row(**more))


def test_no_nights_is_no_error() -> None:
    assert reading().episodes == ()


def test_sniffing_and_the_account() -> None:
    assert sniff(withings_json([row()]))
    assert not sniff(withings_json([{"startdate": 1, "state": 0}]))
    assert not sniff(b"[]")
    assert person({"body": {"userid": 7}}) is not None
    assert person({"body": {}}) is None
    with pytest.raises(FormatError, match="no list"):
        read(io.BytesIO(b'{"x": {"series": []}, "body": 1}'), "x.json", zone=None)


def test_sample_of_300_nights(shared: Path) -> None:
    path = shared / "samples" / "sleep" / "withings" / "sleep_summary.json"
    with path.open("rb") as stream:
        found = read(stream, path.name, zone=None)
    assert len(found.episodes) == 300
    assert found.skipped == ()
    nights = resolve(found.episodes).nights
    assert len(nights) == 300
    assert sum(n.tst_min or 0 for n in nights) == 115_380
    assert all(n.tst_min == sum(m for s, m in n.stages_min.items() if s.is_sleep) for n in nights)
    printed = {r["date"] for r in json.loads(path.read_text())["body"]["series"]}
    assert {n.date.isoformat() for n in nights} == printed
    by_date = {n.date: n for n in nights}
    spring = by_date[dt.date(2021, 3, 28)]
    assert (spring.tib_min, spring.onset_zone_offset_min, spring.offset_zone_offset_min) == (471, 60, 120)
    autumn = by_date[dt.date(2021, 10, 31)]
    assert (autumn.onset_zone_offset_min, autumn.offset_zone_offset_min) == (120, 60)
    assert autumn.tib_min == pytest.approx(570.25)


def test_sample_of_an_older_answer(shared: Path) -> None:
    path = shared / "samples" / "sleep" / "withings" / "withings-sleep-summary.json"
    with path.open("rb") as stream:
        nights = resolve(read(stream, path.name, zone=None).episodes).nights
    assert [(n.tst_min, n.tib_min, n.onset_zone_offset_min) for n in nights] == [(186, 190, 60), (495, 540, 60)]
