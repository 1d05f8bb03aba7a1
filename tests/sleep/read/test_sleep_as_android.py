import datetime as dt
import io
from pathlib import Path

import pytest

from noctiflora.core import FormatError, RangeError
from noctiflora.sleep import Reading, Stage, read, read_all, resolve
from noctiflora.sleep.read._sleep_as_android import sniff
from tests.sleep.apps import saa_record
from tests.sleep.exports import utc, zipped

START = utc(2024, 10, 26, 21)


def reading(text: str, *, zone: str | None = None) -> Reading:
    return read(io.BytesIO(text.encode()), "sleep-export.csv", zone=zone)


def later(minutes: float) -> dt.datetime:
    return START + dt.timedelta(minutes=minutes)


def test_each_record_has_its_own_header() -> None:
    found = reading(saa_record(START, 8) + saa_record(START + dt.timedelta(days=1), 7.5, adjust="-30", rating="3.5"))
    one, two = resolve(found.episodes).nights
    assert (one.tst_min, one.waso_min, one.sol_min, one.tib_min) == (480, None, None, None)
    assert (two.tst_min, two.rating) == (420, 7)
    assert (one.onset_zone_offset_min, one.offset_zone_offset_min) == (120, 60)
    assert found.episodes[0].zone_basis == "record zone"


def test_stages_are_among_the_events() -> None:
    events = [
        ("LIGHT_START", later(10)),
        ("LIGHT_END", later(200)),
        ("DEEP_START", later(200)),
        ("DEEP_END", later(260)),
    ]
    events += [("AWAKE_START", later(260)), ("AWAKE_END", later(280)), ("LUX", later(281)), ("REM_START", later(280))]
    night = resolve(reading(saa_record(START, 6, events=events)).episodes).nights[0]
    assert (night.tst_min, night.waso_min) == (330, 20)
    assert night.stages_min[Stage.REM] == 80
    assert night.onset == later(10)


def test_entered_by_hand() -> None:
    episode = reading(saa_record(START, 8, adjust="-1.0")).episodes[0]
    assert episode.totals.tst_min == 480
    assert "entered by hand in the app" in episode.notes


def test_a_comment_may_hold_quotes_and_commas() -> None:
    assert len(reading(saa_record(START, 8, comment='€¥$\\,"" \\n Id,Tz')).episodes) == 1


def test_a_line_of_noise_is_no_record() -> None:
    assert len(reading(saa_record(START, 8) + ",,,,,,,,,,,,,,,0.1,0.2\n").episodes) == 1


def test_an_unknown_zone_falls_back_on_the_named_one() -> None:
    text = saa_record(START, 8, tz="Mars/Olympus")
    with pytest.raises(FormatError, match="cannot be read"):
        reading(text)
    assert reading(text, zone="Asia/Tokyo").episodes[0].zone_basis == "named zone"
    with pytest.raises(RangeError, match="--zone"):
        reading(saa_record(START, 8, tz=""))


@pytest.mark.parametrize(
    "change",
    [('"8.000"', '"0.000"'), ('"8.000"', '"99.0"'), ('"8.000"', '"x"'), ('"0"', '"?"'), ('"1729', '"x1729')],
)
def test_a_bad_record_is_counted_and_the_rest_kept(change: tuple[str, str]) -> None:
    bad = saa_record(START, 8).replace(*change)
    found = reading(saa_record(START + dt.timedelta(days=2), 7) + bad)
    assert len(found.episodes) == 1
    assert found.skipped[0].place == "line 4"
    with pytest.raises(FormatError):
        reading(bad)


def test_the_samples(shared: Path) -> None:
    """Real exports: start is Id, end is Id and Hours, whatever From and To say."""
    counts = {}
    for path in sorted((shared / "samples/sleep/sleep_as_android").glob("*.zip")):
        with path.open("rb") as stream:
            (found,) = read_all(stream, path.name)
        assert found.skipped == ()
        assert all(e.zone_basis == "record zone" for e in found.episodes)
        by_hand = [e for e in found.episodes if e.start == dt.datetime(2020, 11, 26, 20, tzinfo=dt.UTC)]
        assert [(e.end - e.start) / dt.timedelta(hours=1) for e in by_hand] == [11]
        counts[path.name] = len(found.episodes)
    assert sorted(counts.values()) == [2, 4, 7, 8, 10, 11]


def test_within_its_archive() -> None:
    data = zipped({"prefs.xml": b"<map/>", "alarms.json": b"[]", "sleep-export.csv": saa_record(START, 8).encode()})
    (found,) = read_all(io.BytesIO(data), "sleep-export.zip")
    assert found.name == "sleep-export.zip: sleep-export.csv"


def test_sniffing() -> None:
    assert sniff(saa_record(START, 8).encode())
    assert not sniff(b"Id,Name\n")
