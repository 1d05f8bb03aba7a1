import io

import pytest

from noctiflora.core import FormatError
from noctiflora.sleep import Reading, Stage, read, read_all, resolve
from noctiflora.sleep.read._google_stages import sniff
from tests.sleep.exports import fitbit_json, fitbit_log, utc, zipped
from tests.sleep.read.test_fitbit import EVENING, LEVELS
from tests.sleep.vendors import (
    GOOGLE_SLEEPS_HEAD,
    GOOGLE_SLEEPS_ROW,
    GOOGLE_STAGES_HEAD,
    GOOGLE_STAGES_ROWS,
    google_stage,
)


def reading(text: str) -> Reading:
    return read(io.BytesIO(text.encode()), "UserSleepStages_2026-09-01.csv")


def test_stages_with_either_name_of_wakefulness() -> None:
    (night,) = resolve(reading(GOOGLE_STAGES_HEAD + GOOGLE_STAGES_ROWS).episodes).nights
    assert night.stages_min == {Stage.AWAKE: 25, Stage.LIGHT: 90, Stage.DEEP: 75, Stage.REM: 260}
    assert (night.tib_min, night.tst_min, night.sol_min, night.waso_min) == (450, 425, 15, 10)
    assert (night.onset_zone_offset_min, night.onset) == (330, utc(2026, 9, 11, 17, 45))


def test_an_unknown_stage_is_counted() -> None:
    found = reading(GOOGLE_STAGES_HEAD + GOOGLE_STAGES_ROWS + google_stage("DREAM", "01:00", "01:10"))
    assert [(s.count, s.reason) for s in found.skipped] == [(1, "this is not a sleep stage we know")]
    with pytest.raises(FormatError, match="cannot be read"):
        reading(GOOGLE_STAGES_HEAD + google_stage("DREAM", "01:00", "01:10"))


def test_sums_stages_and_the_older_log_are_one_night_even_abroad() -> None:
    """The log of the same sleep reads 23:00, of no zone: at home in Berlin that is another time."""
    log = fitbit_log(EVENING.replace(2026, 9, 11), [("wake", 900), ("light", 5400), ("deep", 20_700)])
    files = {
        "Takeout/Google Health/UserSleeps_2026-09-01.csv": (GOOGLE_SLEEPS_HEAD + GOOGLE_SLEEPS_ROW).encode(),
        "Takeout/Google Health/UserSleepStages_2026-09-01.csv": (GOOGLE_STAGES_HEAD + GOOGLE_STAGES_ROWS).encode(),
        "Takeout/Fitbit/Global Export Data/sleep-2026-09-01.json": fitbit_json([log]),
    }
    for zone in ("Asia/Kolkata", "Europe/Berlin", "America/Los_Angeles", "Pacific/Auckland"):
        readings = read_all(io.BytesIO(zipped(files)), "takeout.zip", zone=zone)
        found = resolve([e for r in readings for e in r.episodes])
        assert [(str(n.date), n.tst_min) for n in found.nights] == [("2026-09-12", 425)]
        assert not found.naps
        assert {loser.episode.source for loser in found.losers} == {"fitbit", "google health: GOOGLE_FITBIT_AIR"}


def test_other_logs_stay() -> None:
    files = {
        "a.csv": (GOOGLE_STAGES_HEAD + GOOGLE_STAGES_ROWS).encode(),
        "b.json": fitbit_json([fitbit_log(EVENING, LEVELS)]),
    }
    readings = read_all(io.BytesIO(zipped(files)), "takeout.zip", zone="Europe/Berlin")
    assert len(resolve([e for r in readings for e in r.episodes]).nights) == 2
    assert sniff(files["a.csv"])
