from dataclasses import replace

import pytest

from noctiflora.sleep import Stage, fragmentation, measure, persistent_latency, rem_latency, stage_latencies
from tests.sleep.exports import episode
from tests.sleep.test_metrics import AS_STAGE, LATE, YASA

HYPNOGRAM = [(AS_STAGE[e], 0.5) for e in YASA]


def test_oracle_yasa() -> None:
    """Lat_N1 1, Lat_N3 4, Lat_REM 7 and SOL_5min 1 of YASA's own vector (tests/test_sleepstats.py)."""
    night = measure(episode(LATE, HYPNOGRAM, has_in_bed=True))
    assert stage_latencies(night) == {Stage.LIGHT: 1, Stage.DEEP: 4, Stage.REM: 7}
    assert persistent_latency(night) == 1
    assert rem_latency(night) == 6
    assert fragmentation(night) == pytest.approx(7.5)


def test_persistent_sleep_is_later_than_the_first() -> None:
    stages = [(Stage.AWAKE, 10.0), (Stage.LIGHT, 3.0), (Stage.AWAKE, 4.0), (Stage.LIGHT, 2.0), (Stage.DEEP, 30.0)]
    night = measure(episode(LATE, stages, has_in_bed=True))
    assert (night.sol_min, persistent_latency(night)) == (10, 17)
    assert persistent_latency(night, least_min=3) == 10
    assert persistent_latency(night, least_min=60) is None


def test_a_hole_is_not_sleep_that_lasts() -> None:
    stages = [(Stage.AWAKE, 10.0), (Stage.LIGHT, 3.0), (Stage.UNKNOWN, 4.0), (Stage.LIGHT, 3.0)]
    night = measure(episode(LATE, stages, has_in_bed=True))
    assert persistent_latency(night) is None
    assert rem_latency(measure(episode(LATE, [*stages, (Stage.REM, 20.0)]))) is None


def test_unknown_without_the_attempt_or_the_stretches() -> None:
    night = measure(episode(LATE, HYPNOGRAM))
    assert (persistent_latency(night), stage_latencies(night)) == (None, {})
    assert rem_latency(night) == 6
    bare = replace(night, segments=())
    assert (fragmentation(bare), rem_latency(bare)) == (None, None)
    assert rem_latency(replace(night, onset=None)) is None
    assert rem_latency(measure(episode(LATE, [(Stage.LIGHT, 60.0)]))) is None
    assert rem_latency(measure(episode(LATE, [(Stage.ASLEEP, 60.0), (Stage.REM, 10.0)]))) is None
