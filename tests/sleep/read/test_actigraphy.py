import datetime as dt
import io
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from noctiflora.core import FormatError, RangeError
from noctiflora.sleep import Reading, read, resolve
from noctiflora.sleep.read import _actigraphy
from noctiflora.sleep.read._actigraphy import CWA, GENEACTIV, rhythm_told, sniff

DATA = CWA + b"\0" * 2000
LYING = dt.datetime(2024, 1, 15, 23, 0, 5, tzinfo=dt.UTC).timestamp()
NAN = float("nan")
SCORED = {
    "Day N": [1, 2, 3],
    "Date": ["2024-01-15", "2024-01-16", "2024-01-17"],
    "TSO Start Timestamp": [LYING, NAN, LYING + 2 * 86_400],
    "TSO Start": ["2024-01-15 23:00:05.000000", NAN, "2024-01-17 23:00:05.000000"],
    "TSO Duration": [480.0, NAN, 470.0],
    "total sleep time": [442, NAN, 460],
    "wake after sleep onset": [30, NAN, 5],
    "sleep onset latency": [8, NAN, 5],
    "number of wake bouts": [4, NAN, 1],
}
"""Names and kinds of what skdh.sleep.Sleep.predict 0.17.18 returns for two nights and a day without rest."""


def stand_in(monkeypatch: pytest.MonkeyPatch, scored: dict[str, list[object]] | Exception) -> list[Path]:
    """Put modules in the place of the library; return the files it was given."""
    seen: list[Path] = []

    class Reader:
        def predict(self, *, file: str) -> dict[str, object]:
            assert Path(file).read_bytes() == DATA
            seen.append(Path(file))
            return {"time": [1.0], "accel": [[0.0, 0.0, 1.0]], "fs": 20.0, "gyro": []}

    class Windows:
        def __init__(self, *, bases: list[int], periods: list[int]) -> None:
            assert (bases, periods) == ([12], [24])

        def predict(self, *, time: object) -> dict[str, object]:
            return {"day_ends": {(12, 24): time}}

    class Sleep:
        def predict(self, *, time: object, accel: object, fs: float, day_ends: object) -> object:
            assert day_ends
            if isinstance(scored, Exception):
                raise scored
            return scored

    for name, parts in {
        "skdh": {},
        "skdh.io": {"ReadCwa": Reader, "ReadBin": Reader},
        "skdh.preprocessing": {"GetDayWindowIndices": Windows},
        "skdh.sleep": {"Sleep": Sleep},
    }.items():
        module = ModuleType(name)
        module.__dict__.update(parts)
        monkeypatch.setitem(sys.modules, name, module)
    sys.modules["skdh"].__dict__["io"] = sys.modules["skdh.io"]
    return seen


def reading(*, zone: str | None = "Europe/Berlin", data: bytes = DATA) -> Reading:
    return read(io.BytesIO(data), "wrist.cwa", zone=zone)


def test_nights_on_the_clock_of_the_device(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = stand_in(monkeypatch, SCORED)
    found = reading()
    one, two = resolve(found.episodes).nights
    assert one.onset == dt.datetime(2024, 1, 15, 22, 8, 5, tzinfo=dt.UTC)
    assert (one.tst_min, one.waso_min, one.awakenings, one.tib_min, one.sol_min) == (442, 30, 4, None, None)
    assert one.spt_min == 472
    assert (two.date.isoformat(), two.source) == ("2024-01-18", "actigraphy: Axivity")
    assert found.notes == ("a day of the recording holds no rest that could be told",)
    assert not seen[0].exists()


def test_a_short_recording_holds_no_night(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, {"TSO Start Timestamp": []})
    found = reading()
    assert (found.episodes, found.notes) == ((), ("the recording is too short to hold a night",))


def test_what_the_library_cannot_read_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, KeyError("x"))
    with pytest.raises(FormatError, match="damaged or cannot be scored"):
        reading()
    stand_in(monkeypatch, {"TSO Start Timestamp": [LYING], "TSO Duration": [NAN]})
    with pytest.raises(FormatError, match=r"no length|cannot be read"):
        reading()


def test_without_the_extra_one_sentence_tells_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "skdh", None)
    for data in (DATA, GENEACTIV + b"\r\n"):
        with pytest.raises(FormatError, match=r"optional part.*noctiflora\[actigraphy\]"):
            reading(data=data)


def test_the_zone_and_the_size_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RangeError, match="--zone"):
        reading(zone=None)
    monkeypatch.setattr(_actigraphy, "LARGEST_BYTES", 100)
    with pytest.raises(FormatError, match="too large"):
        reading()


def test_the_samples_are_recognised(shared: Path) -> None:
    folder = shared / "samples/sleep/actigraphy"
    assert sniff((folder / "ax6_sample.cwa").read_bytes()[:4096])
    assert sniff((folder / "gnactv_sample.bin").read_bytes()[:4096])
    assert not sniff((folder / "actigraph_testfile.gt3x").read_bytes()[:4096])


def test_the_rhythm_of_rest_and_movement_is_told() -> None:
    start = dt.datetime(2024, 1, 15, 6, tzinfo=dt.UTC).timestamp()
    time = start + 600.0 * np.arange(6 * 24 * 7)
    awake = (time // 3600 % 24 < 1) | (time // 3600 % 24 >= 6)
    accel = np.zeros((time.size, 3))
    accel[:, 2] = np.where(awake, 1.05, 1.0)
    told = rhythm_told(time, accel)
    assert told.startswith("rest-activity rhythm of 7 days: interdaily stability 1.00, ")
    assert "least active 5 h from 1:00 (0.0 mg)" in told
    assert "(50.0 mg)" in told
    assert rhythm_told(time[:50], accel[:50]) == ""
    assert rhythm_told([], np.zeros((0, 3))) == ""
    assert rhythm_told([0.0, 1e9], np.zeros((2, 3))) == ""
