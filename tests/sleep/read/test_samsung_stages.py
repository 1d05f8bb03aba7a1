import io

from noctiflora.sleep import Reading, Stage, read, resolve
from noctiflora.sleep.read._samsung_stages import sniff
from tests.sleep.exports import utc
from tests.sleep.vendors import (
    SAMSUNG_HEAD,
    SAMSUNG_ROW,
    SAMSUNG_STAGES_HEAD,
    SAMSUNG_STAGES_ROWS,
    samsung_stage,
)


def reading(text: str) -> Reading:
    return read(io.BytesIO(text.encode()), "com.samsung.health.sleep_stage.20220401.csv")


def test_stages() -> None:
    (night,) = resolve(reading(SAMSUNG_STAGES_HEAD + SAMSUNG_STAGES_ROWS).episodes).nights
    assert night.stages_min == {Stage.AWAKE: 20, Stage.LIGHT: 180, Stage.DEEP: 90, Stage.REM: 130}
    assert (night.tib_min, night.tst_min, night.sol_min) == (420, 400, 20)
    assert (night.onset, night.onset_zone_offset_min, night.source) == (utc(2022, 3, 26, 4), -300, "samsung stages")


def test_an_unknown_code_is_counted() -> None:
    found = reading(SAMSUNG_STAGES_HEAD + SAMSUNG_STAGES_ROWS + samsung_stage(1, "10:40", "10:50"))
    assert [(s.place, s.count) for s in found.skipped] == [("line 7", 1)]


def test_sleeps_and_stages_are_one_night() -> None:
    sleeps = read(io.BytesIO((SAMSUNG_HEAD + SAMSUNG_ROW).encode()), "a")
    found = resolve([*sleeps.episodes, *reading(SAMSUNG_STAGES_HEAD + SAMSUNG_STAGES_ROWS).episodes])
    assert ([n.tst_min for n in found.nights], found.naps, len(found.losers)) == ([400], (), 1)
    assert sniff(SAMSUNG_STAGES_HEAD.encode())
