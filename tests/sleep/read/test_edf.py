import datetime as dt
import io
import sys

import pytest

from noctiflora.core import FormatError, RangeError
from noctiflora.sleep import Reading, Stage, read, resolve
from noctiflora.sleep.read._edf import sniff
from tests.sleep.apps import hypnogram
from tests.sleep.exports import utc
from tests.sleep.test_metrics import YASA

START = dt.datetime(2024, 1, 15, 22, 30)
NAMES = ("W", "N1", "N2", "N3", "R")


def marks(
    stages: list[int], *, lights: bool = True, names: tuple[str, ...] = NAMES
) -> list[tuple[float, float | None, str]]:
    found: list[tuple[float, float | None, str]] = [
        (30.0 * n, 30.0, f"Sleep stage {names[s]}") for n, s in enumerate(stages)
    ]
    if lights:
        found += [(0.0, None, "Lights off"), (30.0 * len(stages), None, "Lights on")]
    return found


def reading(data: bytes, *, zone: str | None = "Europe/Berlin") -> Reading:
    return read(io.BytesIO(data), "night.edf", zone=zone)


@pytest.mark.parametrize("names", [NAMES, ("W", "1", "2", "4", "R")])
def test_the_hypnogram_of_yasa(names: tuple[str, ...]) -> None:
    night = resolve(reading(hypnogram(START, marks(YASA, names=names))).episodes).nights[0]
    assert (night.tib_min, night.spt_min, night.tst_min, night.sol_min, night.waso_min) == (10, 8, 8, 1, 0)
    assert night.se_pct == 80
    assert night.stages_min[Stage.DEEP] == 2.5
    assert night.onset == utc(2024, 1, 15, 21, 31)


def test_without_lights_there_is_no_time_in_bed() -> None:
    found = reading(hypnogram(START, marks(YASA, lights=False)))
    night = resolve(found.episodes).nights[0]
    assert (night.tib_min, night.tst_min, night.sol_min) == (None, 8, None)
    assert "lights off" in night.notes[0]


def test_a_stage_without_length_lasts_until_the_next() -> None:
    found = reading(
        hypnogram(START, [(0, None, "Sleep stage N2"), (3600, None, "Sleep stage W"), (3660, None, "Sleep stage R")])
    )
    assert [s.stage for s in found.episodes[0].segments] == [Stage.LIGHT]


def test_no_stages_no_night() -> None:
    found = reading(hypnogram(START, [(5, 1, "cough")]))
    assert (found.episodes, found.notes) == ((), ("the file holds no sleep stages",))


def test_a_hidden_or_impossible_date() -> None:
    data = hypnogram(START, marks(YASA))
    with pytest.raises(FormatError, match="hides its date"):
        reading(data.replace(b"15-JAN-2024", b"X          "))
    with pytest.raises(RangeError, match="--zone"):
        reading(data, zone=None)


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d[:400],
        lambda d: d[:-600],
        lambda d: d[:236] + b"99999999" + d[244:],
        lambda d: d[:236] + b"-1      " + d[244:],
        lambda d: d[:252] + b"9999" + d[256:],
        lambda d: d[:252] + b"x   " + d[256:],
        lambda d: d[:168] + b"99.99.99" + d[176:],
    ],
)
def test_damage_is_refused(change) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(FormatError):
        reading(change(hypnogram(START, marks(YASA))))


def test_without_the_extra_one_sentence_tells_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    data = hypnogram(START, marks(YASA))
    monkeypatch.setitem(sys.modules, "edfio", None)
    with pytest.raises(FormatError, match=r"optional part.*noctiflora\[edf\]"):
        reading(data)


def test_sniffing() -> None:
    assert sniff(hypnogram(START, marks(YASA))[:1000])
    assert not sniff(b"0       " + b" " * 300)
