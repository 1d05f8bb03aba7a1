import datetime as dt
import io
from pathlib import Path

import pytest

from noctiflora.core import FormatError, RangeError
from noctiflora.sleep import Reading, Stage, read, resolve
from noctiflora.sleep.read import _health_connect
from noctiflora.sleep.read._health_connect import sniff
from tests.sleep.apps import health_connect, ms
from tests.sleep.exports import utc

START, END = utc(2024, 3, 30, 22), utc(2024, 3, 31, 5)
SESSION = (ms(START), ms(END), 3600, 7200, 1)


def at(minutes: float) -> int:
    return ms(START + dt.timedelta(minutes=minutes))


STAGES = [(1, 1, at(0), at(20)), (1, 4, at(20), at(200)), (1, 5, at(200), at(260)), (1, 3, at(260), at(270))]
STAGES += [(1, 6, at(270), at(330)), (1, 7, at(330), at(335)), (1, 2, at(335), at(420))]


def reading(data: bytes, *, zone: str | None = None) -> Reading:
    return read(io.BytesIO(data), "health_connect_export.db", zone=zone)


def test_stages_as_android_numbers_them() -> None:
    night = resolve(reading(health_connect([SESSION], STAGES)).episodes).nights[0]
    assert (night.tst_min, night.waso_min, night.awakenings) == (385, 15, 2)
    assert night.stages_min[Stage.DEEP] == 60
    assert night.stages_min[Stage.OUT_OF_BED] == 10
    assert (night.onset_zone_offset_min, night.offset_zone_offset_min) == (60, 120)
    assert (night.tib_min, night.sol_min) == (None, None)
    assert night.source == "health connect: Samsung Health"


def test_a_session_without_stages_is_unknown_not_zero() -> None:
    night = resolve(reading(health_connect([SESSION])).episodes).nights[0]
    assert (night.onset, night.offset, night.tst_min, night.waso_min) == (START, END, None, None)


def test_two_apps_mirror_one_night_once() -> None:
    other = (*SESSION[:4], 2)
    found = resolve(reading(health_connect([SESSION, other], STAGES, apps={1: "A", 2: "B"})).episodes)
    assert [n.source for n in found.nights] == ["health connect: A"]
    assert len(found.losers) == 1


def test_without_offset_the_named_zone_is_asked_for() -> None:
    data = health_connect([(*SESSION[:2], None, None, 1)], STAGES)
    with pytest.raises(RangeError, match="--zone"):
        reading(data)
    assert reading(data, zone="Asia/Tokyo").episodes[0].start_offset_min == 540


def test_an_unknown_stage_is_unknown_and_a_bad_row_is_counted() -> None:
    stages = [(1, 9, at(0), at(100)), (1, 4, at(100), at(420)), (1, "x", "y", "z"), (1, 5, at(400), at(999))]
    found = reading(health_connect([SESSION, (ms(END), ms(START), 0, 0, 1), ("x", 1, 0, 0, 1)], stages))
    assert found.episodes[0].segments[0].stage is Stage.UNKNOWN
    assert max(s.end for s in found.episodes[0].segments) == END
    assert sum(s.count for s in found.skipped) == 2


@pytest.mark.parametrize(
    "script",
    [
        "DROP TABLE sleep_session_record_table;",
        "DROP TABLE sleep_session_record_table; CREATE VIEW sleep_session_record_table AS WITH RECURSIVE"
        " c(row_id, start_time, end_time) AS (SELECT 1,1,2 UNION ALL SELECT row_id+1,1,2 FROM c) SELECT * FROM c;",
        "ALTER TABLE sleep_session_record_table RENAME COLUMN start_time TO begin_time;",
    ],
    ids=["no table", "a view without end", "other columns"],
)
def test_another_database_is_refused(script: str) -> None:
    with pytest.raises(FormatError, match="no sleep table") as caught:
        reading(health_connect([], script=script))
    assert caught.value.where == "health_connect_export.db"


def test_a_long_query_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_health_connect, "MOST_STEPS", 0)
    with pytest.raises(FormatError, match="damaged"):
        reading(health_connect([SESSION] * 200, STAGES * 200))


def test_damage_is_refused_and_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    data = health_connect([SESSION], STAGES)
    for broken in (data[:5000], data[:16], data[:100] + b"\xff" * 3000 + data[3100:]):
        with pytest.raises(FormatError):
            reading(broken)
    reading(data)
    assert list(tmp_path.iterdir()) == []


def test_a_database_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_health_connect, "LARGEST_BYTES", 1000)
    with pytest.raises(FormatError, match="larger than any export"):
        reading(health_connect([SESSION]))


def test_the_sample(shared: Path) -> None:
    """Facts of the README beside the sample."""
    path = shared / "samples/sleep/health_connect/health_connect_export_synthetic.db"
    found = resolve(reading(path.read_bytes()).episodes)
    told = {n.date.isoformat(): n.tst_min for n in found.nights}
    assert told == {"2024-03-30": 425, "2024-03-31": 370, "2024-04-04": 400, "2024-04-05": None}
    spring = found.nights[1]
    assert spring.stages_min[Stage.OUT_OF_BED] == 20
    assert spring.spt_min == 390
    assert [n.tst_min for n in found.naps] == [40]
    assert len(found.losers) == 1


def test_sniffing() -> None:
    assert sniff(b"SQLite format 3\x00...")
    assert not sniff(b"SQLite format 2")
